package tests

import (
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const diagrams = "testdata/diagrams"

// TestDiagramsStayAsTheyWereLookedAt compares pictures with files that somebody has checked in a browser. After
// -update, check them again.
func TestDiagramsStayAsTheyWereLookedAt(t *testing.T) {
	for name, args := range map[string][]string{
		"unix":    {"cases/openhands/input.yaml"},
		"tcp":     {"-c", "cases/openhands-sidecar-tcp/config.yaml", "cases/openhands-sidecar-tcp/input.yaml"},
		"tls":     {"-c", "cases/openhands-tls/config.yaml", "cases/openhands-tls/input.yaml"},
		"sidecar": {"-c", "cases/cleanup-sidecar/config.yaml", "cases/cleanup-sidecar/input.yaml"},
		"kata":    {"-c", "cases/openhands-kata/config.yaml", "cases/openhands-kata/input.yaml"},
		"before":  {"--before", "cases/openhands/input.yaml"},
		"after":   {"--after", "cases/openhands/input.yaml"},
		"socket":  {diagrams + "/socket.yaml"},
		"hostile": {"-c", "cases/cleanup-generated/config.yaml", diagrams + "/hostile.yaml"},
	} {
		t.Run(name, func(t *testing.T) {
			out, errs, status := verb(t, "", append([]string{"diagram"}, args...)...)
			require.Zero(t, status, errs)
			file := filepath.Join(diagrams, name+".svg")
			if *update {
				require.NoError(t, os.WriteFile(file, []byte(out), 0o644))
			}
			want, err := os.ReadFile(file)
			require.NoError(t, err)
			require.Equal(t, string(want), out, "go test ./tests -run Diagram -update rewrites it")
			checkSVG(t, out)
		})
	}
}

// checkSVG checks that a picture is XML, that nothing is outside of it, and that it has a description for screen
// readers.
func checkSVG(t *testing.T, text string) {
	t.Helper()
	width, described := 0, 0
	require.Contains(t, text, `class="page" x="0" y="0"`, "it can be read where nothing behind it is light, and no "+
		"media query counts")
	d := xml.NewDecoder(strings.NewReader(text))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		require.NoError(t, err)
		e, isStart := token.(xml.StartElement)
		if !isStart {
			continue
		}
		at := map[string]string{}
		for _, a := range e.Attr {
			at[a.Name.Local] = a.Value
		}
		number := func(name string) int {
			n, err := strconv.Atoi(at[name])
			require.NoError(t, err, "%s of %v", name, e)
			return n
		}
		switch e.Name.Local {
		case "svg":
			require.Equal(t, "img", at["role"])
			width = number("width")
		case "desc":
			described++
		case "rect":
			require.Positive(t, number("width"))
			require.Positive(t, number("height"))
			require.LessOrEqual(t, number("x")+number("width"), width)
		}
	}
	require.Equal(t, 1, described)
}

func TestADiagramOfWhatIsConvertedAlreadyIsTheSame(t *testing.T) {
	input, err := os.ReadFile("cases/openhands/input.yaml")
	require.NoError(t, err)
	converted, _, status := verb(t, string(input), "convert")
	require.Zero(t, status)
	want, _, _ := verb(t, string(input), "diagram")
	got, errs, status := verb(t, converted, "diagram", "-")
	require.Zero(t, status, errs)
	require.Equal(t, want, got)
}

// TestADiagramSaysHowToGoOn checks the message if there is nothing to draw, or too much.
func TestADiagramSaysHowToGoOn(t *testing.T) {
	two := "cases/two-workloads-in-a-namespace/input.yaml"
	for name, c := range map[string]struct {
		args []string
		says []string
	}{
		"nothing converted": {[]string{"cases/observer-daemonset/input.yaml"}, []string{
			"[observer]", "dindify audit",
			"dindify.dev/convert",
		}},
		"several workloads": {[]string{two}, []string{"--object", "Deployment/ci/agent", "Deployment/ci/builder"}},
		"no such workload": {[]string{"--object", "Deployment/nobody", two}, []string{
			"Deployment/nobody",
			"Deployment/ci/agent",
		}},
		"bad configuration": {[]string{"-c", two, two}, []string{"config-invalid"}},
		"no such file":      {[]string{"nowhere.yaml"}, []string{"nowhere.yaml"}},
	} {
		t.Run(name, func(t *testing.T) {
			out, errs, status := verb(t, "", append([]string{"diagram"}, c.args...)...)
			require.Equal(t, 1, status)
			require.Empty(t, out)
			for _, words := range c.says {
				require.Contains(t, errs, words)
			}
		})
	}
	for _, object := range []string{"Deployment/builder", "Deployment/ci/builder"} {
		out, errs, status := verb(t, "", "diagram", "--object", object, two)
		require.Zero(t, status, errs)
		require.Contains(t, out, "Deployment/builder, before and after")
	}
}

// TestEveryCaseIsDrawn draws every case with a workload to convert.
func TestEveryCaseIsDrawn(t *testing.T) {
	drawn := 0
	for _, c := range cases(t) {
		args := []string{"diagram", filepath.Join(c.dir, "input.yaml")}
		if c.read(t, "config.yaml") != nil {
			args = append(args, "-c", filepath.Join(c.dir, "config.yaml"))
		}
		if out, _, status := verb(t, "", args...); status == 0 {
			checkSVG(t, out)
			drawn++
		}
	}
	require.Greater(t, drawn, 20)
}

// TestHostileTextsStayTexts draws names that no cluster accepts: markup, control characters, very long ones.
func TestHostileTextsStayTexts(t *testing.T) {
	drawn := 0
	for _, hostile := range []string{
		`</text><script>alert(1)</script>`, `]]>&amp;"'`, "\u0001\u001b[31m\ufffe",
		strings.Repeat("長", 5000), "a\u202eb", "",
	} {
		quoted := strconv.QuoteToASCII(hostile)
		in := strings.NewReplacer("name: app", "name: "+quoted, "image: example.com/app",
			"image: "+quoted).Replace(deployment)
		out, _, status := verb(t, in, "diagram")
		if status != 0 {
			continue // not YAML
		}
		require.NotContains(t, out, "<script")
		checkSVG(t, out)
		drawn++
	}
	require.GreaterOrEqual(t, drawn, 4)
}

// TestTheSocketsPathIsNeverShortened, whatever its length: it is the most important label.
func TestTheSocketsPathIsNeverShortened(t *testing.T) {
	for _, socket := range []string{"/var/run/docker.sock", "/run/user/1000/docker.sock", "/" +
		strings.Repeat("very-long/", 9) + "docker.sock"} {
		in := strings.ReplaceAll(deployment, "/var/run/docker.sock", socket)
		out, errs, status := verb(t, in, "diagram")
		require.Zero(t, status, errs)
		checkSVG(t, out)
		require.Contains(t, out, ">node "+socket+"</text>")
		require.GreaterOrEqual(t, strings.Count(out, ">"+socket+"</text>"), 2, "at the mount, and at the daemon")
		require.NotContains(t, out, "<title>"+socket, "a tooltip is for what is shortened")
	}
}

// TestPrivilegedIsMarked checks the mark before and after, in the picture and in its legend, and that an unprivileged
// daemon has none.
func TestPrivilegedIsMarked(t *testing.T) {
	mark := `>privileged</text>`
	legend := "privileged: a break-out gives root on the node"
	out, _, _ := verb(t, deployment, "diagram")
	require.Equal(t, 1, strings.Count(out, mark))
	require.Contains(t, out, legend)
	both := strings.Replace(deployment, "        volumeMounts:", "        securityContext: {privileged: true}\n        "+
		"volumeMounts:", 1)
	out, _, _ = verb(t, both, "diagram")
	require.Equal(t, 3, strings.Count(out, mark))
	out, errs, status := verb(t, "", "diagram", "-c", "cases/openhands-kata/config.yaml",
		"cases/openhands-kata/input.yaml")
	require.Zero(t, status, errs)
	require.NotContains(t, out, mark)
	require.NotContains(t, out, legend)
}

// TestDiagramsForMarkdown checks that every run prints the same, and that Mermaid does not interpret text of the
// input.
func TestDiagramsForMarkdown(t *testing.T) {
	for name, args := range map[string][]string{
		"unix":    {"cases/openhands/input.yaml"},
		"tcp":     {"-c", "cases/openhands-sidecar-tcp/config.yaml", "cases/openhands-sidecar-tcp/input.yaml"},
		"hostile": {"-c", "cases/cleanup-generated/config.yaml", diagrams + "/hostile.yaml"},
	} {
		out, errs, status := verb(t, "", append([]string{"diagram", "-o", "mermaid"}, args...)...)
		require.Zero(t, status, errs)
		file := filepath.Join(diagrams, name+".mmd")
		if *update {
			put(t, file, out)
		}
		require.Equal(t, get(t, file), out, "go test ./tests -run Diagram -update rewrites it")
	}
	hostile := strings.Replace(deployment, "image: example.com/app",
		`image: "a\"]; <b>\n  subgraph x\n  click x href\"javascript:alert(1)\" %%"`, 1)
	out, errs, status := verb(t, hostile, "diagram", "-o", "mermaid")
	require.Zero(t, status, errs)
	require.NotRegexp(t, `(?m)^\s*(click|%%)|<b>|^  subgraph x`, out)
	_, errs, status = verb(t, deployment, "diagram", "-o", "png")
	require.Equal(t, 1, status)
	require.Contains(t, errs, "svg or mermaid")
}
