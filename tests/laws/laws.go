// Package laws checks the laws that hold for every input and every configuration; see design, section 6: applying
// twice equals applying once; a revert restores the input byte for byte; a configuration replaces an earlier one;
// mounts and volumes match; the output decodes strictly; other objects do not change; an error changes nothing.
package laws

import (
	"bytes"
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"

	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/function"
	"github.com/boxp/dindify/fn/journal"
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
	"github.com/boxp/dindify/fn/stream"
	"github.com/boxp/dindify/fn/yamldoc"
)

// Apply applies a functionConfig (YAML; empty for none) to a stream of documents. After an error the output is the
// input.
func Apply(input, functionConfig []byte) ([]byte, *report.Report) {
	return apply(input, func() (config.Spec, []string) { return load(functionConfig) })
}

// Revert reverts the conversions that a functionConfig selects.
func Revert(input, functionConfig []byte) ([]byte, *report.Report) {
	return apply(input, func() (config.Spec, []string) {
		spec, problems := load(functionConfig)
		spec.Mode = config.DooD
		return spec, problems
	})
}

func load(functionConfig []byte) (config.Spec, []string) {
	doc, err := yamldoc.Parse(string(functionConfig))
	if err != nil {
		return config.New(), []string{err.Error()}
	}
	return config.Load(doc.Root())
}

func apply(input []byte, load func() (config.Spec, []string)) ([]byte, *report.Report) {
	rep := &report.Report{}
	file, err := stream.ReadFile("input.yaml", string(input))
	if err != nil {
		rep.Fail(report.InputInvalid, "%v", err)
		return input, rep
	}
	set, _ := function.Convert(file.Items, rep, load)
	items := set.Items
	if rep.Failed() {
		return input, rep
	}
	var added []*kube.Item
	for _, item := range items {
		if item.Added && !item.Gone {
			added = append(added, item)
		}
	}
	text, err := file.Print(added)
	if err != nil {
		rep.Fail(report.Internal, "%v", err)
		return input, rep
	}
	return []byte(text.String()), rep
}

// Check checks the laws for an input and a configuration, and returns the output.
func Check(t testing.TB, input, functionConfig []byte) ([]byte, *report.Report) {
	t.Helper()
	output, rep := Apply(input, functionConfig)
	checkFunction(t, input, functionConfig, output, rep)
	if rep.Failed() {
		require.Equal(t, string(input), string(output), "an error changes nothing")
		return output, rep
	}
	again, second := Apply(output, functionConfig)
	require.Empty(t, second.Errors(), "applying twice")
	require.Equal(t, string(output), string(again), "applying twice is applying once")
	if spec, _ := load(functionConfig); spec.Journal == config.JournalNone {
		return output, rep // cannot be reverted
	}
	back, third := Revert(output, functionConfig)
	require.Empty(t, third.Errors(), "reverting")
	before, _ := Revert(input, functionConfig) // the input itself may be the output of a conversion
	require.Equal(t, string(before), string(back), "a revert gives back the input")
	checkUntouched(t, output, input, before)
	checkLineEnds(t, input, output)
	checkPods(t, input, output)
	return output, rep
}

// CheckSwitch checks that applying b to the output of a equals applying b to the input.
func CheckSwitch(t testing.TB, input, a, b []byte) {
	t.Helper()
	if spec, problems := load(b); len(problems) > 0 || spec.Mode == config.Audit ||
		len(spec.Targets)+len(spec.PodSpecPaths) > 0 {
		return // changes nothing, or selects some workloads only
	}
	if spec, _ := load(a); len(spec.PodSpecPaths) > 0 || spec.Journal == config.JournalNone {
		return // b does not know the pod's path, or its original
	}
	first, rep := Apply(input, a)
	want, wantRep := Apply(input, b)
	if rep.Failed() || wantRep.Failed() {
		return
	}
	got, gotRep := Apply(first, b)
	require.Empty(t, gotRep.Errors())
	require.Equal(t, string(sorted(t, want)), string(sorted(t, got)), "a configuration replaces an earlier one")
}

// checkFunction runs the same as a KRM function, on a ResourceList: its items must be the output of convert, or after
// an error the unchanged items.
func checkFunction(t testing.TB, input, functionConfig, converted []byte, want *report.Report) {
	t.Helper()
	list, ok := ResourceList(input, functionConfig)
	if !ok {
		return
	}
	out, rep := function.Run(string(list), function.Override{})
	require.Equal(t, want.Failed(), rep.Failed(), "as a function: %v; as files: %v", rep.Errors(), want.Errors())
	after, err := stream.ReadList(out.String(), func(string) bool { return true })
	require.NoError(t, err, "what a function prints is a ResourceList")
	if !rep.Failed() {
		require.Equal(t, objectsOfFile(t, converted), objectsOfItems(t, after), "the function does what convert does")
		return
	}
	require.True(t, strings.HasPrefix(out.String(), strings.TrimSuffix(string(list), "\n")), "an error leaves every "+
		"item as it was:\n%s", out)
	require.NotEmpty(t, rep.Results())
	for f := range rep.BySeverity() {
		require.Equal(t, report.Error, f.Severity)
		break
	}
}

func objectsOfFile(t testing.TB, text []byte) []any {
	file, err := stream.ReadFile("", string(text))
	require.NoError(t, err)
	return objects(t, file.Items)
}

func objectsOfItems(t testing.TB, list *stream.List) []any { return objects(t, list.Items) }

// objects parses items with a parser other than dindify's. It omits journals: they contain texts, whose indentation
// differs in a list. The revert checks them.
func objects(t testing.TB, items []*kube.Item) []any {
	var all []any
	for _, item := range items {
		text := []byte(item.Document().Text())
		var o any
		if json.Unmarshal(text, &o) == nil {
			text, _ = json.Marshal(o) // without the escapes that YAML does not know
		}
		require.NoError(t, yaml.Unmarshal(text, &o), "%s", text)
		if o == nil {
			continue
		}
		if object, isMap := o.(map[string]any); isMap {
			forget(object, journal.Annotation)
		}
		all = append(all, o)
	}
	return all
}

// forget removes a key of annotations, also in lists of objects.
func forget(object map[string]any, annotation string) {
	metadata, _ := object["metadata"].(map[string]any)
	annotations, _ := metadata["annotations"].(map[string]any)
	delete(annotations, annotation)
	items, _ := object["items"].([]any)
	for _, item := range items {
		if o, isMap := item.(map[string]any); isMap {
			forget(o, annotation)
		}
	}
}

// blankLine is a line of spaces, which in a block scalar is part of the text.
var blankLine = regexp.MustCompile(`(?m)^ +$`)

// ResourceList wraps documents that begin in the first column into a ResourceList.
func ResourceList(input, functionConfig []byte) ([]byte, bool) {
	file, err := stream.ReadFile("", string(input))
	if err != nil || bytes.ContainsAny(input, "\t\r") || blankLine.Match(input) || !bytes.HasSuffix(input, []byte("\n")) {
		return nil, false // indented, or with lines after it, a block scalar would have another value
	}
	if bytes.Contains(input, []byte(`\/`)) && json.Valid(input) {
		return nil, false // an escape of JSON, which is an error in a list in YAML
	}
	var out bytes.Buffer
	out.WriteString("apiVersion: config.kubernetes.io/v1\nkind: ResourceList\n")
	if len(bytes.TrimSpace(functionConfig)) > 0 {
		doc, err := yamldoc.Parse(string(functionConfig))
		if err != nil || doc.Root() == nil {
			return nil, false
		}
		out.WriteString("functionConfig:\n")
		indent(&out, functionConfig, "  ")
	}
	n := 0
	for _, item := range file.Items {
		root := item.Document().Root()
		if root == nil {
			continue
		}
		if root.Column != 1 || len(root.Content) == 0 || root.Content[0].Line == 0 {
			return nil, false
		}
		if n++; n == 1 {
			out.WriteString("items:\n")
		}
		out.WriteString("-\n")
		indent(&out, []byte(strings.TrimPrefix(item.Document().Text(), "\ufeff")), "  ")
	}
	return out.Bytes(), true
}

func indent(out *bytes.Buffer, text []byte, margin string) {
	for line := range bytes.Lines(text) {
		if len(bytes.TrimSpace(line)) > 0 {
			out.WriteString(margin)
		}
		out.Write(line)
	}
	if !bytes.HasSuffix(text, []byte("\n")) {
		out.WriteString("\n")
	}
}

func checkUntouched(t testing.TB, output []byte, inputs ...[]byte) {
	t.Helper()
	after, err := stream.ReadFile("", string(output))
	require.NoError(t, err)
	texts := map[string]bool{}
	for _, input := range inputs {
		before, err := stream.ReadFile("", string(input))
		require.NoError(t, err)
		for _, item := range before.Items {
			texts[strings.TrimSpace(item.Document().Text())] = true
		}
	}
	for _, item := range after.Items {
		root, text := item.Document().Root(), item.Document().Text()
		serves := yamldoc.Text(root, "metadata", "annotations", kube.ServesAnnotation)
		if strings.Contains(text, journal.Annotation) || serves != "" {
			continue
		}
		require.True(t, texts[strings.TrimSpace(text)], "touched without a journal:\n%s", text)
	}
}

// sorted returns a stream with its documents sorted: generated ones keep the position from an earlier run.
func sorted(t testing.TB, text []byte) []byte {
	file, err := stream.ReadFile("", string(text))
	require.NoError(t, err)
	var texts []string
	for _, item := range file.Items {
		texts = append(texts, strings.TrimSpace(item.Document().Text()))
	}
	return joinSorted(texts)
}
