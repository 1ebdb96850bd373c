package convert

import (
	"fmt"
	"slices"
	"strings"

	"github.com/boxp/dindify/fn/evidence"
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
	"github.com/boxp/dindify/fn/socket"
)

// Class is what a workload does with a container runtime.
type Class string

// Classes.
const (
	ClientClass   Class = "client"       // runs containers of its own: gets its own daemon
	CleanupClass  Class = "cleanup"      // prunes: cleans the new daemon instead
	ObserverClass Class = "observer"     // needs the node's containers: left alone
	DinDClass     Class = "already DinD" // has its own daemon: left alone
	UnsureClass   Class = "unsure"       // left alone until the annotation decides
	OtherRuntime  Class = "other"        // no Docker API: left alone
	OwnedClass    Class = "owned"        // made by the controller of another object: left alone
)

// verdict is a class, and what speaks for it.
type verdict struct {
	Class    Class
	Evidence string
	Assumed  bool   // a client only because nothing speaks against it
	id       string // of the finding that says why the workload is left alone
}

func unsure(id, why string, args ...any) verdict {
	return verdict{Class: UnsureClass, Evidence: fmt.Sprintf(why, args...), id: id}
}

// classify decides what a pod does with the sockets that it uses, and by what evidence. Wrong conversion is worse than
// none: a single sign that the node's own containers matter is enough to leave it alone.
//
//	annotation | signs of an observer | socket | prunes | class
//	false      | any                  | any    | any    | unsure (left alone)
//	any        | any                  | unused | any    | unsure
//	true       | any                  | any    | any    | client
//	none       | yes                  | any    | no     | observer
//	none       | the node's files     | any    | yes    | unsure
//	none       | no                   | file   | yes    | cleanup
//	none       | no                   | dir    | any    | unsure
//	none       | no                   | file   | no     | client
func (c *Conversion) classify(pod kube.Pod, uses []*Use) verdict {
	switch answer := annotation(pod); {
	case answer == "false":
		return unsure(report.OptedOut, "%s is false", kube.Convert)
	case !reaches(uses, socket.Docker):
		return verdict{Class: OtherRuntime, Evidence: otherRuntime(uses[0]), id: report.RuntimeSocket}
	case mountsNothing(uses):
		return unsure(report.SocketUnmounted, "no container mounts the volume")
	case answer == "true":
		return verdict{Class: ClientClass, Evidence: kube.Convert + " is true"}
	case answer != "":
		return unsure(report.ClassUnsure, "%s is %q, neither true nor false", kube.Convert, answer)
	}
	if _, line := pruning(uses); line != "" {
		return classifyCleanup(pod, uses, line)
	}
	if signs := observing(pod, uses); len(signs) > 0 {
		return verdict{Class: ObserverClass, Evidence: strings.Join(signs, "; "), id: report.Observer}
	}
	if why := c.undecided(pod, uses); why.Class != "" {
		return why
	}
	return clientVerdict(pod, uses)
}

// classifyCleanup takes a job for a clean-up where its commands need no more than the socket: they will run elsewhere.
func classifyCleanup(pod kube.Pod, uses []*Use, line string) verdict {
	signs := slices.Concat(nodeState(pod), directories(uses), beyondDaemon(uses))
	if len(signs) > 0 {
		return unsure(report.ClassUnsure, "runs %s, and %s", line, strings.Join(signs, "; "))
	}
	return verdict{Class: CleanupClass, Evidence: "runs " + line}
}

// annotation is the user's word: on the object, or on the pod template.
func annotation(pod kube.Pod) string {
	if a := pod.Object().Annotation(kube.Convert); a != "" {
		return a
	}
	return pod.Template().Text("metadata", "annotations", kube.Convert)
}

func otherRuntime(u *Use) string {
	if u.Runtime == socket.Pipe {
		return "uses Docker on a Windows node, and DinD is for Linux"
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

// clientVerdict is that of a workload with no sign of another class. Where nothing shows that it runs containers of its
// own either, it is assumed.
func clientVerdict(pod kube.Pod, uses []*Use) verdict {
	var signs []string
	add := func(sign string) {
		if !slices.Contains(signs, sign) {
			signs = append(signs, sign)
		}
	}
	for _, u := range uses {
		if line := commandOf(u.Container); line != "" {
			if command := works().FindString(line); command != "" {
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
	v := verdict{Class: ClientClass, Evidence: kindOf(pod) + " that mounts the socket; "}
	if len(signs) == 0 {
		v.Assumed = true
		v.Evidence += "assumed, since nothing shows what it does with it"
	}
	v.Evidence += strings.Join(signs, "; ")
	return v
}

// testcontainersVariable is the first variable of a container's that only Testcontainers reads; "" where there is none.
func testcontainersVariable(c kube.Container) string {
	for _, v := range c.Get("env").Items() {
		if name := v.Text("name"); strings.HasPrefix(name, "TESTCONTAINERS_") {
			return name
		}
	}
	return ""
}
