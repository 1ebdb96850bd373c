package convert

import (
	"cmp"
	"maps"
	"slices"
	"sync"

	"k8s.io/apimachinery/pkg/api/resource"

	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
)

// quotaSums adds up what all clients of a run need of each quota. Clients are checked at the same time.
type quotaSums struct {
	sync.Mutex
	of map[quotaName]*quotaSum
}

type quotaName struct{ namespace, object, resource string }

type quotaSum struct {
	at          kube.Field
	hard, total resource.Quantity
	clients     int
	way         string // to need less
	told        bool   // a client alone exceeds it

	most    resource.Quantity // the largest addition of a client's update
	updated *Client           // that client
	update  surge
}

// exceeds adds what a client needs of a quota, and reports whether that alone exceeds it.
func (q *quotaSums) exceeds(at kube.Field, name string, hard resource.Quantity, need addition, of *Client) bool {
	alone := need.quantity.Cmp(hard) > 0
	q.Lock()
	defer q.Unlock()
	if q.of == nil {
		q.of = map[quotaName]*quotaSum{}
	}
	key := quotaName{at.Object().Namespace(), at.Object().Name(), name}
	sum := q.of[key]
	if sum == nil {
		sum = &quotaSum{at: at, hard: hard, way: need.way}
		q.of[key] = sum
	}
	sum.total.Add(need.quantity)
	sum.clients++
	if update := surgeOf(of); update.pods > 0 && sum.isExceededBy(need.surge, of, update) {
		sum.most, sum.updated, sum.update = need.surge, of, update
	}
	sum.told = sum.told || alone
	return alone
}

// isExceededBy reports whether an update is worse than the one so far: it waits, or needs more. The order in which
// clients are checked does not matter.
func (s *quotaSum) isExceededBy(most resource.Quantity, of *Client, update surge) bool {
	switch {
	case s.updated == nil:
		return true
	case update.waits != s.update.waits:
		return update.waits
	}
	return cmp.Or(-most.Cmp(s.most), cmp.Compare(of.title(), s.updated.title())) < 0
}

// warnOfSharedQuotas warns of quotas that have room for each client, but not for all of them.
func (c *converter) warnOfSharedQuotas() {
	byName := func(a, b quotaName) int {
		return cmp.Or(cmp.Compare(a.namespace, b.namespace), cmp.Compare(a.object, b.object),
			cmp.Compare(a.resource, b.resource))
	}
	for _, name := range slices.SortedFunc(maps.Keys(c.quotas.of), byName) {
		sum := c.quotas.of[name]
		if !sum.told && sum.total.Cmp(sum.hard) > 0 {
			why := report.Because(report.ResourceQuota, "is %s, but the %d converted workloads of the namespace need %s "+
				"together, with what the conversion adds: some of it will be refused; raise it, or %s",
				sum.hard.String(), sum.clients, sum.total.String(), sum.way)
			c.Set.Report.Add(sum.at.Finding(report.Warning, why))
		} else if !sum.told && sum.updated != nil {
			c.reportSurge(sum)
		}
	}
}

// reportSurge reports a quota that has room for the pods of its clients, but not for those that an update adds.
func (c *converter) reportSurge(sum *quotaSum) {
	total := sum.total.DeepCopy()
	if total.Add(sum.most); total.Cmp(sum.hard) <= 0 {
		return
	}
	severity, effect := report.Info, "until old ones are gone"
	if sum.update.waits {
		severity, effect = report.Warning, "and it waits for them without an end"
	}
	c.Set.Report.Add(sum.at.Finding(severity, report.Because(report.ResourceQuota, "is %s, of which the converted "+
		"workloads need %s, but an update of %s needs room for %d more of its pods, %s together: they are refused, %s; "+
		"raise it, or %s", sum.hard.String(), sum.total.String(), sum.updated.title(), sum.update.pods, total.String(),
		effect, sum.update.way)))
}
