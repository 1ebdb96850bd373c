package discover

import (
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/yamldoc/fast"
)

// Most documents of a build mention nothing relevant for a run, and are not parsed. tests/shortcuts_test.go detects
// wrong words.

// relevantWords lists strings of which every relevant document has at least one: paths on the node, in volumes and in
// other texts, sockets, and daemons.
var relevantWords = []string{"hostPath", "host_path", "sock", "pipe", "Pipe", "PIPE", "dind", "dockerd"}

// daemonWords lists strings of which every document with a pod that has its own daemon has at least one: see whyDaemon.
var daemonWords = []string{"dind", "dockerd", DockerData}

// IsRelevant reports whether a document may be about the node's runtime, or a daemon. Others are parsed only if another
// document refers to them.
func IsRelevant(text string) bool { return fast.Mentions(text, relevantWords...) }

// concerns reports whether a document may be about the node's runtime, or a daemon, directly or by its claims.
func (f *Finder) concerns(item *kube.Item) bool {
	text := item.Document().Body()
	return IsRelevant(text) || !f.claims.IsEmpty() && fast.Mentions(text, "claimName") ||
		f.claims.HasSocket() && fast.Mentions(text, "olumeClaimTemplate")
}
