package verify

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
)

// Result is the outcome of a check.
type Result string

// Results, from the best to the worst. Unknown is not a failure: the user may not read something, or the objects do
// not tell.
const (
	Skip    Result = "skip" // does not apply
	OK      Result = "ok"
	Unknown Result = "unknown"
	Warn    Result = "warn"
	Fail    Result = "fail"
)

var severities = map[Result]int{Skip: 0, OK: 1, Unknown: 2, Warn: 3, Fail: 4}

// Worse reports whether a result is worse than another one.
func (r Result) Worse(than Result) bool { return severities[r] > severities[than] }

// Evidence is the source of a result.
type Evidence string

// Seen means observed in the running cluster; Inferred means concluded from the objects' fields.
const (
	Seen     Evidence = "seen"
	Inferred Evidence = "inferred"
)

// Finding is the result of a check, with its text.
type Finding struct {
	Result   Result
	Evidence Evidence
	Text     string // what was observed
	Hint     string // what to do about it; may have several lines

	forbidden bool // unknown because the user lacks a right
}

func ok(text string, args ...any) Finding {
	return Finding{Result: OK, Evidence: Seen, Text: fmt.Sprintf(text, args...)}
}

func skip(text string, args ...any) Finding {
	return Finding{Result: Skip, Evidence: Inferred, Text: fmt.Sprintf(text, args...)}
}

func warn(hint, text string, args ...any) Finding {
	return Finding{Result: Warn, Evidence: Seen, Text: fmt.Sprintf(text, args...), Hint: hint}
}

func fail(hint, text string, args ...any) Finding {
	return Finding{Result: Fail, Evidence: Seen, Text: fmt.Sprintf(text, args...), Hint: hint}
}

func unknown(hint, text string, args ...any) Finding {
	return Finding{Result: Unknown, Evidence: Seen, Text: fmt.Sprintf(text, args...), Hint: hint}
}

// askForRight is the hint for a right that the user lacks.
const askForRight = "ask for the right; the check rights prints a Role"

// notAllowed is unknown because the user lacks a right. The hint becomes the Role to ask for if the check rights does
// not run.
func notAllowed(text string, args ...any) Finding {
	f := unknown(askForRight, text, args...)
	f.forbidden = true
	return f
}

// checkAgain is the hint if a request failed for a reason that is not the user's and not the object's.
const checkAgain = "check again when the API server answers and the pod runs"

// inferred marks a finding that follows from the objects' fields.
func (f Finding) inferred() Finding {
	f.Evidence = Inferred
	return f
}

// blind returns a finding for an error that prevents a check. It is never a failure of the workload.
func blind(err error, what string, args ...any) Finding {
	what = fmt.Sprintf(what, args...)
	if apierrors.IsForbidden(err) {
		return notAllowed("you may not %s", what)
	}
	return unknown(checkAgain, "could not %s: %s", what, cause(err))
}

// requestURL matches the request in an error of net/http. That of an exec has the whole command.
var requestURL = regexp.MustCompile(`(?:[A-Z][A-Za-z]+ )?"[a-z]+://[^"]*": `)

// cause returns an error without the URL of its request. Of a long one it keeps the end, which says why.
func cause(err error) string {
	line, _, _ := strings.Cut(strings.TrimSpace(requestURL.ReplaceAllString(err.Error(), "")), "\n")
	if len(line) <= longest {
		return line
	}
	return "..." + strings.ToValidUTF8(line[len(line)-longest:], "")
}

// hintWith returns the hint of a result that is not ok, with the check to read more about, unless it names one.
func (f Finding) hintWith(id string) string {
	if !f.Result.Worse(OK) || strings.Contains(f.Hint, explain) {
		return f.Hint
	}
	return f.Hint + "\n" + explain + id
}

// explain is the command that says what a check does. An id follows.
const explain = "dindify explain "

func notFound(err error) bool { return apierrors.IsNotFound(err) }

// namespaceNotFound reports whether an object cannot be made since its namespace is not there.
func namespaceNotFound(err error) bool {
	return notFound(err) && strings.Contains(err.Error(), "namespaces")
}

// unreachable returns the error for a cluster that does not tell its version.
func unreachable(err error) error {
	var status apierrors.APIStatus
	switch {
	case apierrors.IsUnauthorized(err):
		return fmt.Errorf("the cluster does not accept the credentials of the kubeconfig: log in again: %w", err)
	case errors.As(err, &status):
		return fmt.Errorf("the cluster does not tell its version: %w", err)
	}
	return fmt.Errorf("no answer from the cluster: %w", err)
}

// message returns the API server's own message from an error.
func message(err error) string {
	var status apierrors.APIStatus
	if errors.As(err, &status) {
		return status.Status().Message
	}
	return err.Error()
}

// longest is the maximum length of a line of a log or a message.
const longest = 200

func shorten(line string) string {
	if len(line) <= longest {
		return line
	}
	return strings.ToValidUTF8(line[:longest], "") + "..."
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(s), "\n")
	return shorten(line)
}

func lastLine(s string) string {
	lines := strings.Split(strings.TrimSpace(s), "\n")
	return shorten(lines[len(lines)-1])
}

// output returns the first line that a command printed, standard error first.
func (o Output) output() string {
	if line := firstLine(o.Stderr); line != "" {
		return line
	}
	return firstLine(o.Stdout)
}
