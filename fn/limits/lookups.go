package limits

import "sync/atomic"

// LookupCount counts the lookups of a run. Documents are converted at the same time.
type LookupCount struct {
	lookups atomic.Int64
	most    int64
}

// CountLookups returns the count of a run with that number of documents.
func CountLookups(documents int) *LookupCount {
	return &LookupCount{most: int64(Lookups + LookupsPerDocument*documents)}
}

// Add adds lookups. It returns false if the run exceeds its limit; the run has failed then.
func (c *LookupCount) Add(n int) bool { return c.lookups.Add(int64(n)) <= c.most }
