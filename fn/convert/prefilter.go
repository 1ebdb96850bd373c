package convert

import (
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/yamldoc/fast"
)

// Most documents of a build mention nothing that concerns a run, and their trees are not even looked at. Where the
// words are wrong, tests/shortcuts_test.go says so.

// ours is in all that dindify writes: annotations and labels of dindify.dev, names of its volumes, its configuration.
const ours = "dind"

// telling words are in every document that a run has something to do with, or to say of: paths on the node, as volumes
// and other texts name them, sockets, and daemons.
var telling = []string{"hostPath", "host_path", "sock", "pipe", "Pipe", "PIPE", "dind", "dockerd"}

// Tells says whether a document may be about the node's runtime, or a daemon. One that is not is looked at only where
// another one names it.
func Tells(text string) bool { return fast.Mentions(text, telling...) }

// concerns says whether a document may be about the node's runtime, or a daemon, itself or by its claims.
func (c *Conversion) concerns(item *kube.Item) bool {
	text := item.Document().Text()
	return Tells(text) || len(c.claims) > 0 && fast.Mentions(text, "claimName")
}
