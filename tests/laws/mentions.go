package laws

import (
	"bytes"
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/boxp/dindify/fn/audit"
	"github.com/boxp/dindify/fn/cli"
)

// mention is a plain text search for the subject of law 7. It does not use the code that it checks.
var mention = regexp.MustCompile(`(docker|containerd|crio|podman|cri-dockerd|dockershim)\.sock\b` +
	`|pipe\\\\?docker_engine` +
	`|\b[a-z0-9.-]+:237[56]\b` +
	`|(hostPath|host_path|mountPath|mount_path)\S*\s*[:=]\s*["']?/(var/)?run/?["']?\s*$` +
	`|-\s+["']?/(var/)?run(/docker\.sock)?:/`)

// CheckMentions is law 7: an audit of a file reports every line outside of comments that names a runtime's socket, a
// folder that contains one, or a Docker endpoint.
func CheckMentions(t *testing.T, file, text string) {
	t.Helper()
	var out, errs bytes.Buffer
	cli.Run(cli.Streams{In: strings.NewReader(""), Out: &out, Err: &errs}, "test", []string{
		"audit", "-o",
		"json", "--mentions", file,
	})
	var rows []audit.Row
	if out.Len() > 0 { // otherwise the file was not readable, and may mention nothing
		require.NoError(t, json.Unmarshal(out.Bytes(), &rows), errs.String())
	}
	var accounted []int
	for _, r := range rows {
		accounted = append(append(accounted, r.Line), r.Covers...)
		require.NotEmpty(t, r.Reason)
	}
	n := 0
	for line := range strings.Lines(text) {
		n++
		body := strings.TrimSpace(line)
		if strings.HasPrefix(body, "#") || strings.HasPrefix(body, "//") {
			continue
		}
		if before, _, _ := strings.Cut(body, " #"); mention.MatchString(before) {
			require.Contains(t, accounted, n, "%s:%d is not accounted for: %s", file, n, body)
		}
	}
}
