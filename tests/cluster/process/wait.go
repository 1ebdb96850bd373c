package process

import (
	"testing"
	"time"
)

// WaitFor polls until check returns nil; at the deadline the test fails with the last error.
func WaitFor(t testing.TB, what string, deadline time.Duration, check func() error) {
	t.Helper()
	end := time.Now().Add(deadline)
	for {
		err := check()
		if err == nil {
			return
		}
		if time.Now().After(end) {
			t.Fatalf("%s: still not so after %s: %v", what, deadline, err)
		}
		time.Sleep(200 * time.Millisecond)
	}
}
