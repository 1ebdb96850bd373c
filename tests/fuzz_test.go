package tests

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/function"
	"github.com/boxp/dindify/fn/stream"
	"github.com/boxp/dindify/fn/yamldoc"
	"github.com/boxp/dindify/tests/laws"
)

// FuzzFunction runs the function on arbitrary bytes.
func FuzzFunction(f *testing.F) {
	f.Add([]byte(list("", deployment)))
	f.Add([]byte(list(spec("client: {transport: TLS}"), deployment)))
	f.Add([]byte(
		`{"apiVersion":"config.kubernetes.io/v1","kind":"ResourceList","items":[{"kind":"Pod","apiVersion":"v1"}]}`))
	f.Fuzz(func(t *testing.T, in []byte) {
		out, rep := function.Run(string(in), function.Override{})
		for _, e := range rep.Errors() {
			require.NotEqual(t, "internal", e.ID, e.Text)
		}
		if !rep.Failed() {
			again, second := function.Run(out.String(), function.Override{})
			require.False(t, second.Failed(), "%v\n%s", second.Errors(), out)
			require.Equal(t, itemTexts(t, out.String()), itemTexts(t, again.String()), "twice is once")
		}
	})
}

// itemTexts returns the items of a ResourceList without its results: each run adds results.
func itemTexts(t *testing.T, list string) (texts []string) {
	l, err := stream.ReadList(list, func(string) bool { return true })
	require.NoError(t, err, "%s", list)
	for _, item := range l.Items {
		texts = append(texts, item.Document().Text())
	}
	return texts
}

// FuzzFile checks the laws on any stream of documents.
func FuzzFile(f *testing.F) {
	for _, c := range cases(f) {
		f.Add(c.read(f, "input.yaml"))
	}
	f.Fuzz(func(t *testing.T, in []byte) {
		out, rep := laws.Apply(in, nil)
		if rep.Failed() {
			for _, e := range rep.Errors() {
				require.NotEqual(t, "internal", e.ID, e.Text)
			}
			return
		}
		again, _ := laws.Apply(out, nil)
		require.Equal(t, string(out), string(again), "twice")
		before, rep := laws.Revert(in, nil)
		if rep.Failed() {
			return
		}
		back, rep := laws.Revert(out, nil)
		require.False(t, rep.Failed(), "%v", rep.Errors())
		require.Equal(t, string(before), string(back), "back")
	})
}

// FuzzJournal gives a converted workload a forged journal. Whatever it contains, image, commands and security contexts
// of the application's container must not change.
func FuzzJournal(f *testing.F) {
	converted, _ := laws.Apply([]byte(deployment), nil)
	doc, err := yamldoc.Parse(strings.SplitN(string(converted), "\n---\n", 2)[0])
	require.NoError(f, err)
	f.Add(yamldoc.Text(doc.Root(), "metadata", "annotations", "dindify.dev/journal"))
	f.Fuzz(func(t *testing.T, journal string) {
		target, err := yamldoc.Parse(deployment)
		require.NoError(t, err)
		target, err = target.Edit(func(d *yamldoc.Draft) error {
			annotations, err := d.Build(map[string]string{"dindify.dev/journal": journal})
			d.Set(yamldoc.Get(d.Root(), "metadata"), "annotations", annotations)
			return err
		})
		if err != nil {
			return
		}
		out, rep := laws.Revert([]byte(target.Text()), nil)
		if rep.Failed() {
			require.Equal(t, target.Text(), string(out))
			return
		}
		after, err := yamldoc.Parse(string(out))
		require.NoError(t, err)
		container := yamldoc.Items(after.Root(), "spec", "template", "spec", "containers")[0]
		require.Equal(t, "example.com/app", yamldoc.Text(container, "image"))
		require.Nil(t, yamldoc.Get(container, "securityContext"))
		for _, v := range yamldoc.Items(after.Root(), "spec", "template", "spec", "volumes") {
			if p := yamldoc.Text(v, "hostPath", "path"); p != "" {
				require.Contains(t, p, "docker.sock")
			}
		}
	})
}

// FuzzConfig runs the decoder on any functionConfig.
func FuzzConfig(f *testing.F) {
	f.Add([]byte(spec("daemon: {storage: {ephemeral: {size: 1Gi}}}")))
	for _, c := range cases(f) {
		f.Add(c.read(f, "config.yaml"))
	}
	f.Fuzz(func(_ *testing.T, in []byte) {
		if doc, err := yamldoc.Parse(string(in)); err == nil {
			config.Load(doc.Root())
		}
	})
}
