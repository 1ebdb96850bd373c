package verify

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// TestSelector checks -l as kubectl has it: by labels of the workloads, of one kind or of all, in the cluster and in
// files.
func TestSelector(t *testing.T) {
	const label = "app=openhands,tier notin (test)"
	for name, c := range map[string]struct {
		o    Options
		refs string
		err  string
	}{
		"no kind":       {Options{Selector: label}, "Deployment/openhands/openhands", ""},
		"its kind":      {Options{Selector: label, Names: []string{"sts,deploy"}}, "Deployment/openhands/openhands", ""},
		"everywhere":    {Options{Selector: label, AllNamespaces: true}, "Deployment/openhands/openhands", ""},
		"another kind":  {Options{Selector: label, Names: []string{"sts"}}, "", "no workload.* with the labels app"},
		"other labels":  {Options{Selector: "app=other"}, "", "no workload.* with the labels app=other"},
		"a name":        {Options{Selector: label, Names: []string{"deploy/openhands"}}, "", "takes kinds and no names"},
		"a name beside": {Options{Selector: label, Names: []string{"deploy", "openhands"}}, "", "openhands: -l takes kinds"},
		"no such kind":  {Options{Selector: label, Names: []string{"svc"}}, "", "svc: must be one of the kinds Deployment"},
		"no selector":   {Options{Selector: "app in openhands"}, "", "-l app in openhands: "},
	} {
		t.Run(name, func(t *testing.T) {
			for _, files := range []bool{false, true} {
				f := healthy(t)
				f.objects[f.find("Deployment/openhands")]["metadata"].(object)["labels"] = object{"app": "openhands"}
				c.o.Namespace, c.o.Skip = "openhands", []string{"leftovers"}
				if files {
					c.o.Manifests = manifestsOf(t, f, map[string]any{})
				}
				rep, err := Run(t.Context(), f, c.o)
				if c.err != "" {
					require.Error(t, err)
					require.Regexp(t, c.err, err.Error())
					continue
				}
				require.NoError(t, err)
				require.Len(t, rep.Workloads, 1)
				require.Equal(t, c.refs, rep.Workloads[0].Ref)
			}
		})
	}
}

// TestSelectorOfTheApply checks that --pre sends the server only what kubectl apply -l would.
func TestSelectorOfTheApply(t *testing.T) {
	f := healthy(t)
	files := manifestsOf(t, f, map[string]any{
		"Deployment/openhands": object{"metadata": object{"labels": object{"app": "openhands"}}},
	})
	rep, err := Run(t.Context(), f, Options{
		Namespace: "openhands", Pre: true, Only: []string{"apply"}, Manifests: files, Selector: "app=openhands",
	})
	require.NoError(t, err)
	require.Equal(t, "the server accepts 1 objects (dry run)", rep.Checks[0].Text)
	_, err = Run(t.Context(), f, Options{Namespace: "openhands", Pre: true, Manifests: files, Selector: "app=other"})
	require.ErrorContains(t, err, "no object in the files of -f has the labels app=other")
}
