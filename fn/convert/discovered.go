package convert

import (
	"github.com/boxp/dindify/fn/claims"
	"github.com/boxp/dindify/fn/discover"
)

// discover finds the workloads to convert, and the jobs.
func (c *converter) discover() {
	c.Set.Index()
	c.readNeighbours()
	if c.claims == nil { // an audit reverts nothing
		c.claims = claims.NewIndex(c.Set)
	}
	c.finder = discover.New(c.Set, c.Spec, c.claims, c.sources)
	all := c.finder.Find()
	c.Uses, c.Workloads = all.Uses, all.Workloads
	for _, f := range all.Clients {
		c.clients = append(c.clients, &Client{at: f.At, ref: f.Ref, location: f.Location, named: f.Named, idle: f.Idle})
	}
	for _, job := range all.Jobs {
		c.cleanups = append(c.cleanups, &Cleanup{at: job.At, left: job.Left})
	}
}
