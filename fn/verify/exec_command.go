package verify

import (
	"cmp"
	"slices"
	"strings"

	corev1 "k8s.io/api/core/v1"

	"github.com/boxp/dindify/fn/kube"
)

// execCommand is a command line `kubectl exec TARGET -c CONTAINER -- COMMAND`.
type execCommand struct {
	target               string   // as the command has it: KIND/NAME, or a pod's name
	kind, name           string   // of the target; a kind of the table kinds
	namespace, container string   // "" if the command does not say
	before, after        []string // words up to and including "--"; the command after it
}

// kubectlValues are the options of kubectl exec whose value is the next word. Others have theirs after "=", or none.
var kubectlValues = []string{
	"--as", "--as-group", "--as-uid", "--cache-dir", "--certificate-authority", "--client-certificate", "--client-key",
	"--cluster", "--container", "--context", "--filename", "--kubeconfig", "--kuberc", "--namespace",
	"--pod-running-timeout", "--request-timeout", "--server", "--tls-server-name", "--token", "--user", "--v",
}

// kubectlShort maps the one-letter options with a value to their names.
var kubectlShort = map[byte]string{
	'c': "--container", 'n': "--namespace", 'f': "--filename", 's': "--server", 'v': "--v",
}

// parseExec splits a command line; ok is false if it is not a kubectl exec with a named target.
func parseExec(line []string) (e execCommand, ok bool) {
	dashes := slices.Index(line, "--")
	if dashes < 1 || !slices.Contains(line[:dashes], "exec") {
		return e, false
	}
	e.before, e.after = line[:dashes+1], line[dashes+1:]
	var words []string
	for i := 0; i < dashes; i++ {
		option, value, separate := splitOption(line[i])
		if separate {
			i++
			value = line[i]
		}
		switch option {
		case "":
			words = append(words, line[i])
		case "--container":
			e.container = value
		case "--namespace":
			e.namespace = value
		}
	}
	if len(words) == 3 {
		words = words[1:] // kubectl, which is the image's entrypoint if it is not in the command
	}
	if len(words) != 2 || words[0] != "exec" {
		return e, false
	}
	kindName, name, found := strings.Cut(words[1], "/")
	if !found {
		kindName, name = "pod", words[1]
	}
	k, known := findKind(kindName)
	e.target, e.kind, e.name = words[1], k.name, name
	return e, known && name != ""
}

// splitOption splits a word into the long name of an option and its value. It returns "" for a word that is no option.
// separate is true if the value is the next word.
func splitOption(word string) (option, value string, separate bool) {
	switch {
	case strings.HasPrefix(word, "--"):
		option, value, hasValue := strings.Cut(word, "=")
		return option, value, !hasValue && slices.Contains(kubectlValues, option)
	case !strings.HasPrefix(word, "-"):
		return "", "", false
	}
	for i := 1; i < len(word); i++ {
		if long, found := kubectlShort[word[i]]; found {
			value = strings.TrimPrefix(word[i+1:], "=")
			return long, value, value == ""
		}
	}
	return word, "", false
}

// targets reports whether the command's target is a workload, or a pod that has its name from one.
func (e execCommand) targets(w *Workload) bool {
	return e.kind == w.Kind && e.name == w.Name ||
		e.kind == "Pod" && w.Kind == "StatefulSet" && kube.HasOrdinal(e.name, w.Name)
}

// wrongContainer returns a finding if a clean-up's command does not run in the daemon's container. Without -c kubectl
// takes the container of an annotation, or the first one.
func (s *Subject) wrongContainer(c *cleanup) (f Finding, wrong bool) {
	name := cmp.Or(c.exec.container, s.defaultContainer())
	chosen := "container " + name
	if c.exec.container == "" {
		chosen += " (the default, without -c)"
	}
	has := func(container *corev1.Container) bool { return container.Name == name }
	hint := "set the container in the command: -c " + s.Daemon.Name
	switch {
	case c.exec.kind == "" || name == s.Daemon.Name:
		return f, false
	case slices.ContainsFunc(s.Clients, has):
		return warn(hint, "CronJob %s runs its command in %s, a client of the daemon %s; that cleans only if its image has "+
			"the program", c.job.Name, chosen, s.Daemon.Name), true
	}
	return fail(hint, "CronJob %s cleans %s, and the daemon's is %s", c.job.Name, chosen, s.Daemon.Name), true
}

// defaultContainerAnnotation is read by kubectl exec and kubectl logs.
const defaultContainerAnnotation = "kubectl.kubernetes.io/default-container"

// defaultContainer returns the container in which kubectl exec runs a command without -c.
func (s *Subject) defaultContainer() string {
	annotations := s.Workload.Template.Annotations
	if s.Pod != nil {
		annotations = s.Pod.Annotations
	}
	name := annotations[defaultContainerAnnotation]
	for _, c := range slices.Concat(s.Spec.Containers, s.Spec.InitContainers) {
		if c.Name == name {
			return name
		}
	}
	if len(s.Spec.Containers) == 0 {
		return ""
	}
	return s.Spec.Containers[0].Name
}
