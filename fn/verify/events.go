package verify

import (
	"cmp"
	"context"
	"slices"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
)

// objectRef names the object of an event. A pod of a StatefulSet has the name of the one before it, and another UID.
type objectRef struct {
	kind, name string
	uid        types.UID // "" if it is not known
}

// concerns reports whether an event is about the object.
func (o objectRef) concerns(e *corev1.Event) bool {
	about := e.InvolvedObject
	return about.Kind == o.kind && about.Name == o.name && (o.uid == "" || about.UID == "" || about.UID == o.uid)
}

// warnings returns the messages of an object's warning events, the newest first, or none if the user may not read
// them.
func (s *Subject) warnings(ctx context.Context, object objectRef) []string {
	var events corev1.EventList
	if err := s.Get(ctx, withQuery(core(s.namespace(), "events"), "fieldSelector", "involvedObject.name="+object.name),
		&events); err != nil {
		return nil
	}
	slices.SortStableFunc(events.Items, func(a, b corev1.Event) int { return eventTime(&b).Compare(eventTime(&a).Time) })
	var all []string
	for i := range events.Items {
		e := &events.Items[i]
		if e.Type != corev1.EventTypeWarning || !object.concerns(e) {
			continue
		}
		if line := e.Reason + ": " + firstLine(e.Message); !slices.Contains(all, line) {
			all = append(all, line)
		}
	}
	return all
}

// eventTime returns when an event was last seen. Clients of events.k8s.io do not set lastTimestamp.
func eventTime(e *corev1.Event) *metav1.Time {
	switch {
	case e.Series != nil:
		return &metav1.Time{Time: e.Series.LastObservedTime.Time}
	case !e.LastTimestamp.IsZero():
		return &e.LastTimestamp
	case !e.EventTime.IsZero():
		return &metav1.Time{Time: e.EventTime.Time}
	}
	return &e.CreationTimestamp
}

const noReason = "no condition and no event that you may read says why"

// whyNoPod returns why the controller makes no pods of the newest template: the message of its condition, or of the
// newest warning about the object that makes them.
func (s *Subject) whyNoPod(ctx context.Context) string {
	if !s.Workload.rollout.observed {
		return "the controller has not seen the newest template yet"
	}
	latest := append(s.warnings(ctx, s.maker), "")[0]
	return cmp.Or(firstLine(s.Workload.failure), latest, noReason)
}
