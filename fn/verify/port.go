package verify

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
)

// reach is the outcome of a connection to a port.
type reach int

const (
	closed   reach = iota // refused
	open                  // something answered
	guarded               // something answered, and requires a certificate
	unproven              // it timed out, or there was no route
)

// portClosed asks the API server to connect to the daemon's ports: those of its arguments, and Docker's own. The API
// server represents any client outside of the pod.
func portClosed(ctx context.Context, s *Subject) Finding {
	switch {
	case s.Pod == nil:
		return unknown("wait for a pod", "no pod of its newest template runs")
	case s.Pod.Status.PodIP == "":
		return unknown("wait for the pod", "pod %s has no address yet, so nothing can connect to it: %s", s.Pod.Name,
			s.complaints(ctx, s.Pod))
	}
	var refused, secured, unseen []string
	for _, port := range s.daemonPorts() {
		reached, why := s.dial(ctx, port)
		switch reached {
		case open:
			return fail("set spec.client.transport: Unix; by hand: dockerd with --host for the socket only, on 127.0.0.1, or "+
				"with --tlsverify",
				"the API server reaches Docker's API at port %d without a password, and so does every pod (%s)", port, why)
		case closed:
			refused = append(refused, fmt.Sprint(port))
		case guarded:
			secured = append(secured, fmt.Sprint(port))
		case unproven:
			unseen = append(unseen, fmt.Sprintf("%d (%s)", port, why))
		}
	}
	text := strings.Join(nonEmpty(phrase("is refused at ", refused), phrase("needs a client's certificate at ", secured),
		phrase("cannot tell of ", unseen)), ", and ")
	if len(unseen) > 0 {
		return unknown("the check port-listen decides", "the API server %s", text)
	}
	return ok("the API server %s", text)
}

// phrase returns words and a list, or "" for an empty one.
func phrase(words string, list []string) string {
	if len(list) == 0 {
		return ""
	}
	return words + strings.Join(list, " and ")
}

// daemonPorts returns Docker's own ports and those that the daemons of the pod open, each once.
func (s *Subject) daemonPorts() []int32 {
	return compact(slices.Concat(dockerPorts, s.openPorts()))
}

// dial makes the API server send a request to a port of the pod: without TLS, and with it to a server that asks for it.
func (s *Subject) dial(ctx context.Context, port int32) (reach, string) {
	name := fmt.Sprintf("%s:%d", s.Pod.Name, port)
	answer, err := s.ping(ctx, name)
	if err != nil && strings.Contains(proxyError(err), "HTTP request to an HTTPS server") {
		answer, err = s.ping(ctx, "https:"+name)
	}
	if err == nil {
		return open, "it answers " + firstLine(string(answer))
	}
	text := proxyError(err)
	switch {
	case strings.Contains(text, "connection refused"):
		return closed, text
	case strings.Contains(text, "certificate"), strings.Contains(text, "handshake"):
		return guarded, text
	case strings.Contains(text, "malformed HTTP response"):
		return open, text
	}
	return unproven, firstLine(text)
}

func (s *Subject) ping(ctx context.Context, name string) (answer []byte, err error) {
	err = s.Get(ctx, core(s.namespace(), "pods", name)+"/proxy/_ping", &answer)
	return answer, err
}

// proxyError returns the API server's message about a connection that failed. It is plain text, which a client keeps
// as the cause of its own error.
func proxyError(err error) string {
	var status apierrors.APIStatus
	if errors.As(err, &status) && status.Status().Details != nil {
		for _, cause := range status.Status().Details.Causes {
			if cause.Message != "" {
				return cause.Message
			}
		}
	}
	return err.Error()
}
