package verify

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"slices"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"

	"github.com/boxp/dindify/fn/kube"
)

// Workload is an object that creates pods, whatever its kind.
type Workload struct {
	Kind, Namespace, Name string
	UID                   types.UID
	Labels, Annotations   map[string]string
	Template              corev1.PodTemplateSpec
	Selector              *metav1.LabelSelector // of its pods; nil if they are found by their owner
	Suspended             bool                  // a CronJob whose schedule is suspended
	owner                 string                // name of its controller
	controlled            bool                  // by a workload of one of the kinds
	over                  bool                  // a Pod or Job that has ended
	rollout               rolloutState
	updateRevision        string   // of a StatefulSet: the label of the newest template's pods
	schedule              schedule // of a CronJob
	failure               string   // why the controller makes no pods, by the object's conditions
}

// String is Kind/name.
func (w *Workload) String() string { return w.Kind + "/" + w.Name }

// completes reports whether its pods end by themselves.
func (w *Workload) completes() bool {
	return slices.ContainsFunc(kube.PodSpecLocations, func(l kube.PodSpecLocation) bool {
		return l.Kind == w.Kind && l.Completes
	})
}

// rolloutState is the progress of the newest template.
type rolloutState struct {
	observed       bool // the controller has seen the newest template
	wanted         int32
	total, updated int32 // pods, and those of the newest template
	ready          int32
}

func (s rolloutState) complete() bool {
	return s.observed && s.updated >= s.wanted && s.ready >= s.wanted && s.total <= max(s.wanted, s.updated)
}

// anyWorkload has the fields of every kind of workload: fields with the same name have the same meaning.
type anyWorkload struct {
	metav1.ObjectMeta `json:"metadata"`
	Spec              struct {
		Replicas    *int32                 `json:"replicas"`
		Selector    json.RawMessage        `json:"selector"`
		Suspend     bool                   `json:"suspend"`
		Template    corev1.PodTemplateSpec `json:"template"`
		JobTemplate struct {
			Spec struct {
				Template corev1.PodTemplateSpec `json:"template"`
			} `json:"spec"`
		} `json:"jobTemplate"`
	} `json:"spec"`
	Status struct {
		ObservedGeneration     int64        `json:"observedGeneration"`
		Replicas               int32        `json:"replicas"`
		UpdatedReplicas        int32        `json:"updatedReplicas"`
		ReadyReplicas          int32        `json:"readyReplicas"`
		DesiredNumberScheduled int32        `json:"desiredNumberScheduled"`
		CurrentNumberScheduled int32        `json:"currentNumberScheduled"`
		UpdatedNumberScheduled int32        `json:"updatedNumberScheduled"`
		NumberReady            int32        `json:"numberReady"`
		UpdateRevision         string       `json:"updateRevision"`
		LastScheduleTime       *metav1.Time `json:"lastScheduleTime"`
		LastSuccessfulTime     *metav1.Time `json:"lastSuccessfulTime"`
		Conditions             []struct {
			Type    string `json:"type"`
			Status  string `json:"status"`
			Message string `json:"message"`
		} `json:"conditions"`
		Phase string `json:"phase"`
	} `json:"status"`
}

// readWorkload reads an object of one of the kinds.
func readWorkload(k kind, raw []byte) (*Workload, error) {
	o := &anyWorkload{}
	if err := json.Unmarshal(raw, o); err != nil {
		return nil, decodeError(err)
	}
	selector, err := o.selector(k.name)
	if err != nil {
		return nil, decodeError(err)
	}
	owner := ""
	if controller := metav1.GetControllerOfNoCopy(o); controller != nil {
		owner = controller.Name
	}
	w := &Workload{
		Kind: k.name, Namespace: o.Namespace, Name: o.Name, UID: o.UID,
		Labels: o.Labels, Annotations: o.Annotations,
		Template: o.Spec.Template, Selector: selector, Suspended: o.Spec.Suspend, rollout: o.rollout(k.name),
		owner: owner, controlled: o.controlled(), over: o.over(),
		updateRevision: o.Status.UpdateRevision, failure: o.failure(),
		schedule: schedule{o.Status.LastScheduleTime, o.Status.LastSuccessfulTime, o.Spec.Suspend},
	}
	switch k.name {
	case "CronJob":
		w.Template, w.Selector = o.Spec.JobTemplate.Spec.Template, nil
	case "Pod":
		pod := &corev1.Pod{}
		if err := json.Unmarshal(raw, pod); err != nil {
			return nil, decodeError(err)
		}
		w.Template = corev1.PodTemplateSpec{ObjectMeta: pod.ObjectMeta, Spec: pod.Spec}
	}
	return w, nil
}

// selector returns the selector of the pods. That of a ReplicationController is a mapping of labels.
func (o *anyWorkload) selector(kind string) (selector *metav1.LabelSelector, err error) {
	if len(o.Spec.Selector) == 0 {
		return nil, nil
	}
	if kind != "ReplicationController" {
		err = json.Unmarshal(o.Spec.Selector, &selector)
		return selector, err
	}
	selector = &metav1.LabelSelector{}
	err = json.Unmarshal(o.Spec.Selector, &selector.MatchLabels)
	return selector, err
}

func (o *anyWorkload) rollout(kind string) rolloutState {
	s := rolloutState{observed: o.Status.ObservedGeneration >= o.Generation, wanted: 1}
	if o.Spec.Replicas != nil {
		s.wanted = *o.Spec.Replicas
	}
	switch kind {
	case "DaemonSet":
		s.wanted, s.total = o.Status.DesiredNumberScheduled, o.Status.CurrentNumberScheduled
		s.updated, s.ready = o.Status.UpdatedNumberScheduled, o.Status.NumberReady
	case "Deployment", "StatefulSet":
		s.total, s.updated, s.ready = o.Status.Replicas, o.Status.UpdatedReplicas, o.Status.ReadyReplicas
	case "ReplicaSet", "ReplicationController": // their templates have no versions
		s.total, s.updated, s.ready = o.Status.Replicas, o.Status.Replicas, o.Status.ReadyReplicas
	}
	return s
}

func (o *anyWorkload) controlled() bool {
	owner := metav1.GetControllerOfNoCopy(o)
	if owner == nil {
		return false
	}
	_, known := kindOfObject(owner.APIVersion, owner.Kind)
	return known
}

func (o *anyWorkload) over() bool {
	if o.Status.Phase == string(corev1.PodSucceeded) || o.Status.Phase == string(corev1.PodFailed) {
		return true
	}
	for _, c := range o.Status.Conditions {
		if (c.Type == "Complete" || c.Type == "Failed") && c.Status == "True" {
			return true
		}
	}
	return false
}

// failure returns the message of the condition with which a controller says that it makes no pods, or "".
func (o *anyWorkload) failure() string {
	for _, c := range o.Status.Conditions {
		if (c.Type == "ReplicaFailure" || c.Type == "Failed") && c.Status == "True" {
			return cmp.Or(c.Message, c.Type)
		}
	}
	return ""
}

// list is any list of the API.
type list struct {
	Items []json.RawMessage `json:"items"`
}

// listWorkloads reads all workloads of a kind in a namespace, or in all of them.
func (r *run) listWorkloads(ctx context.Context, k kind, namespace string) ([]*Workload, error) {
	return r.listThose(ctx, k, k.path(namespace))
}

// listThose reads the workloads of a kind at a path.
func (r *run) listThose(ctx context.Context, k kind, path string) ([]*Workload, error) {
	var found list
	if err := r.Get(ctx, path, &found); err != nil {
		return nil, err
	}
	var all []*Workload
	for _, raw := range found.Items {
		w, err := readWorkload(k, raw)
		if err != nil {
			return nil, err
		}
		all = append(all, w)
	}
	return all, nil
}

// byName is the query for the object of a name. It needs the right to list, which a run without names asks for, and not
// the right to get.
func byName(name string) []string { return []string{"fieldSelector", "metadata.name=" + name} }

// readAgain reads a workload with the right by which it was found.
func (r *run) readAgain(ctx context.Context, w *Workload) (*Workload, error) {
	k := kindOf(w.Kind)
	if len(r.targets) > 0 || len(r.Manifests) > 0 {
		return r.getWorkload(ctx, k, w.Namespace, w.Name)
	}
	found, err := r.listThose(ctx, k, withQuery(k.path(w.Namespace), byName(w.Name)...))
	if err != nil || len(found) == 0 {
		return nil, cmp.Or(err, errors.New("it is gone"))
	}
	return found[0], nil
}

func (r *run) getWorkload(ctx context.Context, k kind, namespace, name string) (*Workload, error) {
	var raw []byte
	if err := r.Get(ctx, k.path(namespace, name), &raw); err != nil {
		return nil, err
	}
	return readWorkload(k, raw)
}
