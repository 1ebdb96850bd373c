package kubeclient_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"k8s.io/client-go/rest"

	"github.com/boxp/dindify/fn/kubeclient"
	"github.com/boxp/dindify/fn/verify"
)

// server answers with an object, except for paths and methods that it is silent about. It counts the requests.
type server struct {
	*httptest.Server
	silent func(*http.Request) bool
	asked  []string
}

func start(t *testing.T, silent func(*http.Request) bool) *server {
	t.Helper()
	s := &server{silent: silent}
	end := make(chan struct{})
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.asked = append(s.asked, r.Method+" "+r.URL.Path)
		if s.silent(r) {
			select {
			case <-end:
			case <-r.Context().Done():
			}
			return
		}
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write([]byte(`{"gitVersion":"v1.36.3"}`))
	}))
	t.Cleanup(func() {
		close(end)
		s.Close()
	})
	return s
}

func client(t *testing.T, s *server) *kubeclient.Client {
	t.Helper()
	c, err := kubeclient.New(&rest.Config{Host: s.URL, Timeout: 50 * time.Millisecond})
	require.NoError(t, err)
	return c
}

// TestASilentServerIsNotAskedForEver checks that each request has an end, that its error names the server and the flag,
// and that a server which answers nothing costs two timeouts and not one for each request. What a run has made is
// deleted all the same.
func TestASilentServerIsNotAskedForEver(t *testing.T) {
	s := start(t, func(*http.Request) bool { return true })
	c := client(t, s)
	for range 2 {
		err := c.Get(t.Context(), "/version", nil)
		require.ErrorContains(t, err, s.URL+" did not answer within")
		require.ErrorContains(t, err, "--request-timeout")
	}
	require.ErrorContains(t, c.Create(t.Context(), "/api/v1/namespaces/a/pods", struct{}{}, nil), "is not asked again")
	require.Len(t, s.asked, 2)
	s.silent = func(*http.Request) bool { return false }
	require.NoError(t, c.Delete(t.Context(), "/apis/batch/v1/namespaces/a/jobs/b"))
	require.NoError(t, c.Get(t.Context(), "/version", nil), "a server that answers is asked again")
}

// TestOneSlowRequestIsNotASilentServer checks that an answer in between starts the count again.
func TestOneSlowRequestIsNotASilentServer(t *testing.T) {
	s := start(t, func(r *http.Request) bool { return strings.HasSuffix(r.URL.Path, "/services") })
	c := client(t, s)
	for range 3 {
		require.ErrorContains(t, c.Get(t.Context(), "/api/v1/services", nil), "did not answer")
		require.NoError(t, c.Get(t.Context(), "/version", nil))
	}
}

// TestAnInterruptedRequestIsNotASilentServer checks Ctrl-C, and the short time of a completion.
func TestAnInterruptedRequestIsNotASilentServer(t *testing.T) {
	s := start(t, func(*http.Request) bool { return true })
	ctx, stop := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer stop()
	err := client(t, s).Get(ctx, "/version", nil)
	require.ErrorIs(t, err, context.DeadlineExceeded)
	require.NotContains(t, err.Error(), "--request-timeout")
}

// TestExecEndsWithItsContext checks a server that takes a websocket for an exec and says nothing, and one that refuses
// it and says nothing to SPDY.
func TestExecEndsWithItsContext(t *testing.T) {
	for name, silent := range map[string]func(*http.Request) bool{
		"websocket": func(*http.Request) bool { return true },
		"SPDY":      func(r *http.Request) bool { return r.Method == http.MethodPost },
	} {
		t.Run(name, func(t *testing.T) {
			s := start(t, silent)
			ctx, stop := context.WithTimeout(t.Context(), 200*time.Millisecond)
			defer stop()
			began := time.Now()
			_, err := client(t, s).Exec(ctx, verify.Command{Namespace: "a", Pod: "b", Container: "c", Args: []string{"id"}})
			require.ErrorIs(t, err, context.DeadlineExceeded)
			require.Less(t, time.Since(began), 5*time.Second)
		})
	}
}
