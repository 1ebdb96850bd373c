package journal

import (
	"cmp"
	"slices"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
	"github.com/boxp/dindify/fn/yamldoc"
)

// usualAlias is the name that a journal does not write out.
const usualAlias = "host.docker.internal"

// aliasNames are the names of an entry of hostAliases that a conversion adds, as its journal has them: "" for the usual
// one.
func aliasNames(alias *yaml.Node) string {
	var names []string
	for _, n := range yamldoc.Items(alias, "hostnames") {
		names = append(names, n.Value)
	}
	if text := strings.Join(names, ","); text != usualAlias {
		return text
	}
	return ""
}

// dropAliases removes an entry that the conversion added. If somebody has added names to it, only the conversion's
// names are removed.
func dropAliases(list kube.Field, at kube.Entry, was string) {
	ours := strings.Split(cmp.Or(was, usualAlias), ",")
	isOurs := func(name string) bool { return slices.Contains(ours, name) }
	names := list.Items()[at.At].Get("hostnames")
	theirs := slices.DeleteFunc(names.Texts(), isOurs)
	if len(theirs) == 0 {
		list.DropEntry(at.At)
		return
	}
	names.Warn(report.Because(report.RevertKept, "was added by the conversion, and somebody has added %s: that stays",
		strings.Join(theirs, ", ")))
	for _, e := range slices.Backward(names.Entries()) {
		if isOurs(e.Name) {
			names.DropEntry(e.At)
		}
	}
}
