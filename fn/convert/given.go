package convert

import (
	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/journal"
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/yamldoc"
)

// keepGiven keeps documents that may have an earlier conversion. An edit replaces an item's document.
func (c *converter) keepGiven(items []*kube.Item) {
	if c.Mode != config.DinD {
		return
	}
	c.given = map[*kube.Item]*yamldoc.Document{}
	for _, item := range items {
		c.given[item] = item.Document()
	}
}

// restoreGiven restores the text of a document that had a conversion, if this one gives the same objects again. Another
// program may have printed them since: kustomize sorts their keys. The revert of this text gave the one that this
// conversion began with, so it needs no proof of its own.
func (c *converter) restoreGiven(w *work) {
	given, now := c.given[w.item], w.item.Document()
	if given == nil || given.Text() == now.Text() {
		return
	}
	if c.Set.Matches(w.item, given, func(now, then *kube.Object) bool {
		return now.EqualsBut(then, journal.Annotation) && journal.Same(now, then)
	}) {
		w.item.Restore(given)
	}
}
