package verify

import (
	"fmt"
	"regexp"
	"strings"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
)

// cannotAskError says what prevents the dry run of an object. It is no refusal of the object.
type cannotAskError struct {
	text    string
	lacking bool // a right of the user
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

// cannotAsk returns an error that is no refusal.
func cannotAsk(text string, args ...any) error {
	return &cannotAskError{text: fmt.Sprintf(text, args...)}
}

// mayNot returns the error for a dry run for which the user lacks a right.
func mayNot(text string, args ...any) error {
	return &cannotAskError{text: "you may not " + fmt.Sprintf(text, args...), lacking: true}
}

// strictDecoding begins the API server's list of unknown and duplicate fields.
const strictDecoding = "strict decoding error"

// patchValue is the whole patch in an error of the API server. That of a Secret has its values.
var patchValue = regexp.MustCompile(`^ ?"" is invalid: patch: Invalid value: "(?:[^"\\]|\\.)*": `)

// refusalText returns why the API server refuses an object, without the object.
func refusalText(err error) string {
	return afterColon(patchValue.ReplaceAllString(message(err), ""), strictDecoding)
}

// refusal returns the error of a dry run that refuses the object. What concerns only the user or the connection is
// a cannotAskError.
func refusal(err error) error {
	switch {
	case err == nil, apierrors.IsInvalid(err), apierrors.IsBadRequest(err), apierrors.IsConflict(err), notFound(err):
		return err
	case apierrors.IsForbidden(err) && strings.Contains(err.Error(), "attempting to grant RBAC permissions"):
		return mayNot("grant what the role has")
	case apierrors.IsForbidden(err), strings.Contains(err.Error(), "admission webhook"):
		return err // the right was there, so it is admission that refuses
	case strings.Contains(err.Error(), "failed to create typed patch object"):
		return err // a field that the schema does not have, with status 500
	}
	return cannotAsk("%s", message(err))
}
