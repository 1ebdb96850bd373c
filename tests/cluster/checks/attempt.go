package checks

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
)

// recorder is a test that records its failure instead of failing.
type recorder struct {
	testing.TB
	failure string
}

func (r *recorder) Errorf(format string, args ...any) {
	if r.failure == "" {
		r.failure = fmt.Sprintf(format, args...)
	}
}

func (r *recorder) Error(args ...any)                 { r.Errorf("%s", fmt.Sprint(args...)) }
func (r *recorder) Fatal(args ...any)                 { r.Fatalf("%s", fmt.Sprint(args...)) }
func (r *recorder) Fatalf(format string, args ...any) { r.Errorf(format, args...); r.FailNow() }
func (r *recorder) FailNow()                          { runtime.Goexit() }

// attempt runs a check; if a step fails, its error is the finding.
func attempt(t testing.TB, look func(testing.TB) Finding) (finding Finding) {
	t.Helper()
	r := &recorder{TB: t}
	done := make(chan struct{})
	go func() {
		defer close(done)
		finding = look(r)
	}()
	<-done
	if r.failure != "" {
		t.Logf("%s", r.failure)
		return bad("`%s`", summary(reason(r.failure)))
	}
	return finding
}

// reason returns the error from the message of a failed requirement.
func reason(failure string) string {
	_, text, found := strings.Cut(failure, "Error:")
	if !found {
		return failure
	}
	text, _, _ = strings.Cut(text, "Test:")
	return strings.TrimSpace(strings.ReplaceAll(text, "Received unexpected error:", ""))
}
