package verify

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	yamlutil "k8s.io/apimachinery/pkg/util/yaml"
	"sigs.k8s.io/yaml"
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

// ReadManifests reads a stream of YAML or JSON documents; Lists are split. The name is for messages.
func ReadManifests(name string, in io.Reader) ([]*Manifest, error) {
	reader := yamlutil.NewYAMLReader(bufio.NewReader(in))
	var all []*Manifest
	for {
		document, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return all, nil
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		raw, err := yaml.YAMLToJSON(document)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, decodeError(err))
		}
		if all, err = appendObjects(all, raw); err != nil {
			return nil, fmt.Errorf("%s: %w", name, decodeError(err))
		}
	}
}

func appendObjects(all []*Manifest, raw []byte) ([]*Manifest, error) {
	if string(raw) == "null" {
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
