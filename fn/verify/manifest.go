package verify

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	yamlutil "k8s.io/apimachinery/pkg/util/yaml"
)

// Manifest is an object of a file.
type Manifest struct {
	metav1.TypeMeta   `json:",inline"`
	metav1.ObjectMeta `json:"metadata"`
	Raw               json.RawMessage `json:"-"` // the whole object
}

// String is Kind/name.
func (m *Manifest) String() string { return m.Kind + "/" + m.Name }

// workloadKind returns the kind of a workload; known is false for other objects.
func (m *Manifest) workloadKind() (k kind, known bool) { return kindOfObject(m.APIVersion, m.Kind) }

// guessed is the number of bytes by which a stream is taken for JSON or YAML, as in kubectl.
const guessed = 4096

// afterEnd is what follows the end of a YAML document without the separator of the next one. kubectl does not read it.
var afterEnd = regexp.MustCompile(`(?m)^\.\.\.[ \t\r]*\n(?:[ \t\r]*(?:#.*)?\n)*[^\s#-]`)

// ReadManifests reads a stream of YAML or JSON documents as kubectl does; Lists are split. The name is for messages.
func ReadManifests(name string, in io.Reader) ([]*Manifest, error) {
	text, err := io.ReadAll(in)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if afterEnd.Match(text) {
		return nil, fmt.Errorf("%s: kubectl reads nothing after the line ...: begin each document with ---", name)
	}
	decoder := yamlutil.NewYAMLOrJSONDecoder(bytes.NewReader(text), guessed)
	var all []*Manifest
	for {
		var raw json.RawMessage
		if err := decoder.Decode(&raw); errors.Is(err, io.EOF) {
			return all, nil
		} else if err != nil {
			return nil, fmt.Errorf("%s: %w", name, decodeError(err))
		}
		if all, err = appendObjects(all, raw); err != nil {
			return nil, fmt.Errorf("%s: %w", name, decodeError(err))
		}
	}
}

func appendObjects(all []*Manifest, raw []byte) ([]*Manifest, error) {
	if len(raw) == 0 || string(raw) == "null" {
		return all, nil
	}
	m := &Manifest{Raw: raw}
	if err := json.Unmarshal(raw, m); err != nil {
		return nil, err
	}
	var items list
	switch err := json.Unmarshal(raw, &items); {
	case !strings.HasSuffix(m.Kind, "List"), items.Items == nil && m.Name != "":
		return append(all, m), nil // also a kind of others that ends so
	case err != nil:
		return nil, err
	}
	for _, item := range items.Items {
		var err error
		if all, err = appendObjects(all, item); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// isGuard reports whether an object is dindify's own configuration, which no cluster accepts: kustomize skipped the
// function.
func (m *Manifest) isGuard() bool {
	return m.Kind == "DinD" && strings.HasPrefix(m.APIVersion, "dindify.dev/")
}
