package verify

import (
	"fmt"
	"regexp"
	"strings"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
)

// cannotAskError says what prevents the dry run of an object. It is no refusal of the object.
type cannotAskError struct {
	text, hint string
	lacking    bool // a right of the user
}

func (e *cannotAskError) Error() string { return "the server cannot be asked: " + e.text }

// reasons are why objects could not be asked for, each with its objects.
type reasons []*reason

type reason struct {
	text    string
	objects []string
}

func (all *reasons) add(m *Manifest, text string) {
	for _, one := range *all {
		if one.text == text {
			one.objects = append(one.objects, m.String())
			return
		}
	}
	*all = append(*all, &reason{text, []string{m.String()}})
}

func (all reasons) String() string {
	lines := make([]string, len(all))
	for i, one := range all {
		lines[i] = strings.Join(one.objects, ", ") + ": " + one.text
	}
	return strings.Join(lines, "; ")
}

// notInCluster returns the error for an object that depends on another one of the files.
func notInCluster(what string) error {
	f := notYet(what)
	return &cannotAskError{text: f.Text, hint: f.Hint}
}

// mayNot returns the error for a dry run for which the user lacks a right.
func mayNot(text string, args ...any) error {
	return &cannotAskError{text: "you may not " + fmt.Sprintf(text, args...), hint: askForRight, lacking: true}
}

// noAnswer returns the error for a request that fails for another reason than its object.
func noAnswer(err error) error { return &cannotAskError{text: message(err), hint: checkAgain} }

// strictDecoding begins the API server's list of unknown and duplicate fields.
const strictDecoding = "strict decoding error"

// patchValue is the whole patch in an error of the API server. That of a Secret has its values.
var patchValue = regexp.MustCompile(`^ ?"" is invalid: patch: Invalid value: "(?:[^"\\]|\\.)*": `)

// refusalText returns why the API server refuses an object, without the object.
func refusalText(err error) string {
	return afterColon(patchValue.ReplaceAllString(message(err), ""), strictDecoding)
}

// refusal returns the error of a dry run that refuses an object. What concerns only the user or the connection is a
// cannotAskError.
func refusal(err error, m *Manifest, namespace string) error {
	if err == nil {
		return nil
	}
	kind := kindOfRefusal(err, namespace)
	switch {
	case kind.unasked:
		return &cannotAskError{text: message(err), hint: kind.hintFor(err, m.String(), namespace)}
	case apierrors.IsForbidden(err) && strings.Contains(err.Error(), "attempting to grant RBAC permissions"):
		return mayNot("grant what the role has")
	case userLacksRight(err):
		return mayNot("do it: %s", message(err))
	case apierrors.IsInvalid(err), apierrors.IsBadRequest(err), apierrors.IsConflict(err), notFound(err),
		apierrors.IsForbidden(err), kind != otherKind:
		return err // the right was there, so it is validation or admission that refuses
	}
	return noAnswer(err)
}

// userLacksRight reports whether an error is about the user's rights, and not about an object.
func userLacksRight(err error) bool {
	return apierrors.IsForbidden(err) && strings.Contains(err.Error(), `User "`) &&
		strings.Contains(err.Error(), `" cannot `)
}
