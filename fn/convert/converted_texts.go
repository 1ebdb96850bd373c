package convert

import (
	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/journal"
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/yamldoc"
)

// keepConvertedTexts keeps documents that may have an earlier conversion. An edit replaces an item's document.
func (c *converter) keepConvertedTexts(items []*kube.Item) {
	if c.Mode != config.DinD {
		return
	}
	c.convertedTexts = map[*kube.Item]*yamldoc.Document{}
	for _, item := range items {
		c.convertedTexts[item] = item.Document()
	}
}

// restoreConvertedText restores the text of a document that had a conversion, if this one gives the same objects again.
// Another program may have printed them since: kustomize sorts their keys. The revert of this text gave the one that
// this conversion began with, so it needs no proof of its own.
func (c *converter) restoreConvertedText(w *work) {
	earlier, now := c.convertedTexts[w.item], w.item.Document()
	if earlier == nil || earlier.Text() == now.Text() {
		return
	}
	if c.Set.Matches(w.item, earlier, func(now, then *kube.Object) bool {
		return now.EqualsBut(then, journal.Annotation) && journal.Same(now, then)
	}) {
		w.item.Restore(earlier)
	}
}
