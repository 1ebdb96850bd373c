package convert

// discover finds the workloads to convert, and the jobs.
func (c *converter) discover() {
	c.Set.Index()
	c.readNeighbours()
	if c.claims == nil { // an audit reverts nothing
		c.claims = indexClaims(c.Set)
	}
	c.finder = newFinder(c.Set, c.Spec, c.claims, c.sources, c.lookups)
	all := c.finder.find()
	c.Uses, c.Workloads = all.uses, all.workloads
	for _, f := range all.clients {
		c.clients = append(c.clients, &Client{at: f.at, ref: f.ref, location: f.location, named: f.named, idle: f.idle})
	}
	for _, job := range all.jobs {
		c.cleanups = append(c.cleanups, &Cleanup{at: job.at, left: job.left})
	}
}
