package generate

import (
	"bytes"
	"fmt"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/kio"
	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// hosts format a ResourceList for a KRM function, each in its own way. They return "" for input that they cannot read.
var hosts = []struct {
	name string
	list func(m Manifest, functionConfig string) string
}{
	{"plain", verbatim},
	{"kpt", kpt},
	{"kustomize", kustomize},
	{"json", wholeJSON},
}

const listHead = "apiVersion: config.kubernetes.io/v1\nkind: ResourceList\n"

func configured(functionConfig string) string {
	if functionConfig == "" {
		return ""
	}
	return "functionConfig:\n" + indented(functionConfig, "  ", "  ")
}

// verbatim prints each document unchanged after a dash.
func verbatim(m Manifest, functionConfig string) string {
	var out strings.Builder
	out.WriteString(listHead + configured(functionConfig) + "items:\n")
	for _, doc := range m.Docs {
		out.WriteString(indented(doc, "- ", "  "))
	}
	if strings.Contains(out.String(), "\t") {
		return "" // a tab is not indentation
	}
	return out.String()
}

func indented(text, first, rest string) string {
	var out strings.Builder
	margin := first
	for line := range strings.Lines(strings.TrimSuffix(text, "\n") + "\n") {
		if line != "\n" || margin == first {
			out.WriteString(margin)
		}
		margin = rest
		out.WriteString(line)
	}
	return out.String()
}

// kpt reads and writes with kyaml, and records the origin of each object.
func kpt(m Manifest, functionConfig string) string {
	return viaKyaml(m, functionConfig, func(i int, n *yaml.RNode) error {
		return annotate(n, "config.kubernetes.io/index", fmt.Sprint(i), "config.kubernetes.io/path", "input.yaml",
			"internal.config.kubernetes.io/index", fmt.Sprint(i), "internal.config.kubernetes.io/path", "input.yaml",
			"config.k8s.io/id", fmt.Sprint(i+1))
	})
}

// kustomize records what it will rename, and the index that it gives each object for the function.
func kustomize(m Manifest, functionConfig string) string {
	return viaKyaml(m, functionConfig, func(i int, n *yaml.RNode) error {
		return annotate(n, "config.kubernetes.io/index", fmt.Sprint(i), "internal.config.kubernetes.io/index", fmt.Sprint(i),
			"internal.config.kubernetes.io/id", fmt.Sprint(i+1),
			"internal.config.kubernetes.io/annotations-migration-resource-id", fmt.Sprint(i),
			"internal.config.kubernetes.io/previousNames", n.GetName(),
			"internal.config.kubernetes.io/previousKinds", n.GetKind(), "internal.config.kubernetes.io/previousNamespaces",
			"default")
	})
}

func annotate(n *yaml.RNode, pairs ...string) error {
	for i := 0; i < len(pairs); i += 2 {
		if err := n.PipeE(yaml.SetAnnotation(pairs[i], pairs[i+1])); err != nil {
			return err
		}
	}
	return nil
}

func viaKyaml(m Manifest, functionConfig string, note func(int, *yaml.RNode) error) string {
	nodes, err := (&kio.ByteReader{
		Reader: strings.NewReader(strings.Join(m.Docs, "\n---\n")), OmitReaderAnnotations: true,
		DisableUnwrapping: true,
	}).Read()
	if err != nil {
		return ""
	}
	for i, n := range nodes {
		if err := note(i, n); err != nil {
			return ""
		}
	}
	var out bytes.Buffer
	w := kio.ByteWriter{
		Writer: &out, WrappingKind: kio.ResourceListKind, WrappingAPIVersion: kio.ResourceListAPIVersion,
		KeepReaderAnnotations: true,
	}
	if functionConfig != "" {
		if w.FunctionConfig, err = yaml.Parse(functionConfig); err != nil {
			return ""
		}
	}
	if err := w.Write(nodes); err != nil {
		return ""
	}
	if _, err := yaml.Parse(out.String()); err != nil {
		return "" // kyaml moves a block scalar with an indentation indicator (|4), and keeps the indicator
	}
	return out.String()
}

// wholeJSON prints a list on one line.
func wholeJSON(m Manifest, functionConfig string) string {
	list := obj("apiVersion", "config.kubernetes.io/v1", "kind", "ResourceList")
	var items []string
	for _, o := range m.Objects {
		items = append(items, jsonOf(o))
	}
	text := strings.TrimSuffix(jsonOf(list), "}")
	if functionConfig != "" {
		config, err := yaml.Parse(functionConfig)
		if err != nil {
			return ""
		}
		asJSON, err := config.MarshalJSON()
		if err != nil {
			return ""
		}
		text += `,"functionConfig":` + strings.TrimSpace(string(asJSON))
	}
	return text + `,"items":[` + strings.Join(items, ",") + "]}\n"
}
