package corpus

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/boxp/dindify/fn/cli"
)

var named = regexp.MustCompile(`[A-Z]\w+/[\w./-]+`)

// TestCorpusIsDrawn draws every converted workload of the corpus, and checks that the picture is XML.
func TestCorpusIsDrawn(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(existing(t), "*"))
	require.NoError(t, err)
	drawn := 0
	for _, file := range files {
		out, errs, status := draw(file)
		if _, list, several := strings.Cut(errs, "say which with --object: "); status != 0 && several {
			for _, object := range named.FindAllString(list, -1) {
				out, errs, status = draw("--object", object, file)
				require.Zero(t, status, "%s %s: %s", file, object, errs)
				requireXML(t, out)
				drawn++
			}
			continue
		}
		if status == 0 {
			requireXML(t, out)
			drawn++
		}
		require.NotContains(t, errs, "defect", file)
	}
	t.Logf("%d files, %d pictures", len(files), drawn)
	require.Positive(t, drawn)
}

func draw(args ...string) (out, errs string, status int) {
	var o, e bytes.Buffer
	status = cli.Run(cli.Streams{In: strings.NewReader(""), Out: &o, Err: &e}, "test", append([]string{"diagram"},
		args...))
	return o.String(), e.String(), status
}

func requireXML(t *testing.T, text string) {
	d := xml.NewDecoder(strings.NewReader(text))
	for {
		_, err := d.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		require.NoError(t, err)
	}
}

// existing returns the corpus folder; the test is skipped if there is none.
func existing(t *testing.T) string {
	dir := Dir()
	if !isFolder(dir) {
		t.Skipf("MISSING: %s; make corpus fetches the manifests", dir)
	}
	return dir
}
