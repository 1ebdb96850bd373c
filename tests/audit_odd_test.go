package tests

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"encoding/json"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestAuditOfOtherForms: each mention is a row or has a reason, also in forms that few files have.
func TestAuditOfOtherForms(t *testing.T) {
	for _, tt := range []struct{ name, file, text, want string }{
		{
			"a named volume onto Docker's folder", "compose.yaml", "services:\n  a:\n    volumes:\n" +
				"    - data:/var/lib/docker\n",
			"a path in a container",
		},
		{
			"a named volume of a folder of the node", "compose.yaml", "volumes:\n  run:\n    driver_opts: {type: none, " +
				"o: bind, device: /var/run}\n", "named as a bind mount",
		},
		{"a folder of the node in values", "values.yaml", "agent:\n  hostRun: /var/run\n", "named as a value"},
		{
			"a member of a Jsonnet object", "a.jsonnet", "{\n  _config+:: { run: '/var/run', " +
				"sock:: '/var/run/docker.sock' },\n  a: { hostPath: { path: $._config.sock } },\n}\n",
			"the value of sock, which line 3 mounts",
		},
		{
			"a check of Polaris", "polaris.yaml", "customChecks:\n  a:\n    schema:\n      properties:\n        path:\n" +
				"          not:\n            const: /var/run/docker.sock\n", "a check of Polaris",
		},
		{"a context over SSH", "a.sh", "docker context create r --docker host=ssh://user@node\n", "not in a known form"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			folder := t.TempDir()
			put(t, filepath.Join(folder, tt.file), tt.text)
			out, errs, _ := verb(t, "", "audit", folder)
			require.Contains(t, out, tt.want, errs)
		})
	}
}

// TestAuditOfReleases: Helm keeps its manifests in Secrets, in gzip. A record that cannot be read is said.
func TestAuditOfReleases(t *testing.T) {
	encoded := func(text []byte) string {
		var zipped bytes.Buffer
		w := gzip.NewWriter(&zipped)
		_, err := w.Write(text)
		require.NoError(t, err)
		require.NoError(t, w.Close())
		once := base64.StdEncoding.EncodeToString(zipped.Bytes())
		return base64.StdEncoding.EncodeToString([]byte(once))
	}
	manifest, err := json.Marshal(map[string]string{"manifest": "hostPath:\n  path: /var/run/docker.sock\n"})
	require.NoError(t, err)
	for data, want := range map[string]string{
		encoded(manifest): "the record of a release of Helm: audit the objects",
		encoded(bytes.Repeat([]byte(" "), 32<<20+1)): "cannot be read: it has more than 32 MiB",
		"SDRzSQ==": "cannot be read",
	} {
		out, errs, status := verb(t, "apiVersion: v1\nkind: Secret\nmetadata: {name: r}\ntype: helm.sh/release.v1\ndata:\n  "+
			"release: "+data+"\n", "audit", "-")
		require.Equal(t, 0, status, errs)
		require.Contains(t, out, want, errs)
	}
}
