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
}

// exceeds adds what a client needs of a quota, and reports whether that alone exceeds it.
func (q *quotaSums) exceeds(at kube.Field, name string, hard resource.Quantity, need addition) bool {
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
	sum.told = sum.told || alone
	return alone
}

// warnOfSharedQuotas warns of quotas that have room for each client, but not for all of them.
func (c *converter) warnOfSharedQuotas() {
	byName := func(a, b quotaName) int {
		return cmp.Or(cmp.Compare(a.namespace, b.namespace), cmp.Compare(a.object, b.object),
			cmp.Compare(a.resource, b.resource))
	}
	for _, name := range slices.SortedFunc(maps.Keys(c.quotas.of), byName) {
		if sum := c.quotas.of[name]; !sum.told && sum.total.Cmp(sum.hard) > 0 {
			why := report.Because(report.ResourceQuota, "is %s, but the %d converted workloads of the namespace need %s "+
				"together, with what the conversion adds: some of it will be refused; raise it, or %s",
				sum.hard.String(), sum.clients, sum.total.String(), sum.way)
			c.Set.Report.Add(sum.at.Finding(report.Warning, why))
		}
	}
}
