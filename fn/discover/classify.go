package discover

import (
	"fmt"
	"slices"
	"strings"

	"github.com/boxp/dindify/fn/commands"
	"github.com/boxp/dindify/fn/evidence"
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
	"github.com/boxp/dindify/fn/socket"
)

// Class is the purpose of a workload's use of a container runtime.
type Class string

// Values of Class.
const (
	ClientClass   Class = "client"       // runs containers: gets its own daemon
	CleanupClass  Class = "cleanup"      // prunes: cleans the new daemon instead
	ObserverClass Class = "observer"     // needs the node's containers: not converted
	DinDClass     Class = "already DinD" // has its own daemon: not converted
	UnsureClass   Class = "unsure"       // not converted unless annotated
	OtherRuntime  Class = "other"        // not Docker's API: not converted
	OwnedClass    Class = "owned"        // created by the controller of another object: not converted
)

// verdict is a class with its evidence.
type verdict struct {
	Class    Class
	Evidence string
	Assumed  bool   // a client only because there is no evidence against it
	id       string // id of the finding about a workload that is not converted
}

func unsure(id, why string, args ...any) verdict {
	return verdict{Class: UnsureClass, Evidence: fmt.Sprintf(why, args...), id: id}
}

const unmounted = "no container mounts the volume"

// of returns the class of one of the pod's uses, and the evidence: a pod may mount only some of its volumes.
func (v verdict) of(u *Use) (class Class, evidence string) {
	switch {
	case u.Pod.InText() || v.id == report.OptedOut || v.Class == OwnedClass || v.Class == DinDClass:
		return v.Class, v.Evidence
	case !u.Mounted() && v.Class != OtherRuntime:
		return UnsureClass, unmounted
	case v.id == report.SocketUnmounted: // the verdict is on Docker's socket, and this use is of another runtime
		return OtherRuntime, otherRuntime(u)
	}
	return v.Class, v.Evidence
}

// classify returns the class of a pod and the evidence. A wrong conversion is worse than none: a single sign that the
// workload needs the node's own containers is enough not to convert it.
//
//	annotation | signs of an observer | socket | prunes | class
//	false      | any                  | any    | any    | unsure (left alone)
//	any        | any                  | unused | any    | unsure
//	true       | any                  | any    | any    | client
//	none       | yes                  | any    | no     | observer; unsure with signs of a client
//	none       | the node's files     | any    | yes    | unsure
//	none       | no                   | file   | yes    | cleanup
//	none       | no                   | any    | script | unsure
//	none       | no                   | dir    | any    | unsure
//	none       | no                   | file   | no     | client
func (f *Finder) classify(pod kube.Pod, uses []*Use) verdict {
	switch answer := annotation(pod); {
	case answer == "false":
		return unsure(report.OptedOut, "%s is false", kube.ConvertAnnotation)
	case !reaches(uses, socket.Docker):
		return verdict{Class: OtherRuntime, Evidence: otherRuntime(uses[0]), id: report.RuntimeSocket}
	case mountsNothing(uses):
		return unsure(report.SocketUnmounted, unmounted)
	case slices.ContainsFunc(uses, (*Use).isMadeByTemplate):
		return mayBeBound(uses)
	case answer == "true":
		return verdict{Class: ClientClass, Evidence: kube.ConvertAnnotation + " is true"}
	case answer != "":
		return unsure(report.ClassUnsure, "%s is %q, neither true nor false", kube.ConvertAnnotation, answer)
	}
	if why := mayBeBound(uses); why.Class != "" {
		return why
	}
	if _, line := FindPruning(uses); line != "" {
		return f.classifyCleanup(pod, uses, line)
	}
	if signs := observerSigns(pod, uses); len(signs) > 0 {
		return observerVerdict(signs, uses)
	}
	if why := f.scriptVerdict(pod, uses); why.Class != "" {
		return why
	}
	if why := f.unsureVerdict(pod, uses); why.Class != "" {
		return why
	}
	return clientVerdict(pod, uses)
}

// classifyCleanup classifies a job as a clean-up if its commands need only the socket, since they will run elsewhere.
func (f *Finder) classifyCleanup(pod kube.Pod, uses []*Use, line string) verdict {
	if why := f.foreignVerdict(pod, uses); why.Class != "" {
		return why
	}
	signs := slices.Concat(nodeSigns(pod, false), directorySigns(uses), signsOfOtherNeeds(uses))
	if len(signs) > 0 {
		return unsure(report.ClassUnsure, "runs %s, and %s", line, strings.Join(signs, "; "))
	}
	return verdict{Class: CleanupClass, Evidence: "runs " + line}
}

// observerVerdict returns the verdict for a workload with signs of an observer. A container that runs others
// contradicts them, unless a known program needs the node's containers.
func observerVerdict(signs []string, uses []*Use) verdict {
	why := strings.Join(signs, "; ")
	if slices.ContainsFunc(uses, (*Use).runsContainers) && !slices.ContainsFunc(uses, (*Use).isKnownObserver) {
		client := strings.Join(clientSigns(uses), "; ")
		return unsure(report.ClassUnsure, "%s, as a client, and %s, as an observer", client, why)
	}
	return verdict{Class: ObserverClass, Evidence: why, id: report.Observer}
}

// runsContainers reports whether the container certainly runs containers, by a command or because of its image.
func (u *Use) runsContainers() bool {
	return commands.Run().MatchString(commands.WithHooks(u.Container)) || startsContainers(u.Container)
}

func (u *Use) isKnownObserver() bool {
	known, ok := evidence.Of(u.Container.Text("image"))
	return ok && known.Kind == evidence.Observer
}

// annotation returns the user's decision, on the object or the pod template.
func annotation(pod kube.Pod) string {
	if a := pod.Object().Annotation(kube.ConvertAnnotation); a != "" {
		return a
	}
	return pod.Template().Text("metadata", "annotations", kube.ConvertAnnotation)
}

func otherRuntime(u *Use) string {
	if u.Runtime == socket.Pipe {
		return "uses Docker on a Windows node, but DinD needs Linux"
	}
	return "uses " + string(u.Runtime) + ", which is not Docker's API"
}

func reaches(uses []*Use, r socket.Runtime) bool {
	for _, u := range uses {
		if u.Runtime == r {
			return true
		}
	}
	return false
}

func mountsNothing(uses []*Use) bool {
	for _, u := range uses {
		if u.Mounted() && u.Runtime == socket.Docker {
			return false
		}
	}
	return true
}

// clientVerdict returns the verdict for a workload without signs of another class. Without evidence that it runs
// containers, it is assumed to be a client.
func clientVerdict(pod kube.Pod, uses []*Use) verdict {
	signs := clientSigns(uses)
	v := verdict{Class: ClientClass, Evidence: kindOf(pod) + " that mounts the socket; "}
	if len(signs) == 0 {
		v.Assumed = true
		v.Evidence += "assumed, since there is no evidence of its purpose"
	}
	v.Evidence += strings.Join(signs, "; ")
	return v
}

// clientSigns lists the signs that a workload runs containers of its own.
func clientSigns(uses []*Use) (signs []string) {
	add := func(sign string) {
		if !slices.Contains(signs, sign) {
			signs = append(signs, sign)
		}
	}
	for _, u := range uses {
		if line := commands.WithHooks(u.Container); line != "" {
			if command := commands.BuildOrRun().FindString(line); command != "" {
				add("runs " + command)
			}
		}
		if known, ok := evidence.Of(u.Container.Text("image")); ok && known.Kind == evidence.Client {
			add(describe(known))
		}
		if name := testcontainersVariable(u.Container); name != "" {
			add("sets " + name + ", by which Testcontainers starts containers")
		}
	}
	return signs
}

// testcontainersVariable returns the first variable of a container that only Testcontainers reads, or "".
func testcontainersVariable(c kube.Container) string {
	for _, v := range c.Get("env").Items() {
		if name := v.Text("name"); strings.HasPrefix(name, "TESTCONTAINERS_") {
			return name
		}
	}
	return ""
}
