package verify

import (
	"context"
	"errors"
	"fmt"
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

// portClosed asks the API server to connect to the daemon's ports. The API server represents any client outside of the
// pod.
func portClosed(ctx context.Context, s *Subject) Finding {
	if s.Pod == nil {
		return unknown("wait for a pod", "no pod of its newest template runs")
	}
	plain, why := s.dial(ctx, "http", 2375)
	if plain == open {
		return fail("set spec.client.transport: Unix; by hand: dockerd with --host for the socket only, or on 127.0.0.1",
			"the API server reaches Docker's API at port 2375 without a password, and so does every pod (%s)", why)
	}
	secured, whySecured := s.dial(ctx, "https", 2376)
	switch {
	case secured == open:
		return fail("set spec.client.transport: Unix, or start dockerd with --tlsverify",
			"port 2376 answers without a client's certificate (%s)", whySecured)
	case plain == unproven:
		return unknown("the check port-listen decides",
			"the API server cannot tell whether port 2375 is closed: %s", why)
	case secured == guarded:
		return ok("the API server is refused at 2375, and 2376 wants a client's certificate")
	case secured == unproven:
		return unknown("the check port-listen decides",
			"the API server is refused at 2375, and cannot tell of 2376: %s", whySecured)
	}
	return ok("the API server is refused at 2375 and 2376")
}

// dial makes the API server send a request to a port of the pod.
func (s *Subject) dial(ctx context.Context, scheme string, port int) (reach, string) {
	name := fmt.Sprintf("%s:%d", s.Pod.Name, port)
	if scheme == "https" {
		name = "https:" + name
	}
	var answer []byte
	err := s.Get(ctx, core(s.namespace(), "pods", name)+"/proxy/_ping", &answer)
	if err == nil {
		return open, "it answers " + firstLine(string(answer))
	}
	text := proxyError(err)
	switch {
	case strings.Contains(text, "connection refused"):
		return closed, text
	case strings.Contains(text, "certificate"), strings.Contains(text, "handshake"):
		return guarded, text
	case strings.Contains(text, "malformed HTTP response"), strings.Contains(text, "HTTP response to HTTPS client"),
		strings.Contains(text, "HTTP request to an HTTPS server"):
		return open, text
	}
	return unproven, firstLine(text)
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
