package peers

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// measurement has the cost and the result of a finder on a folder.
type measurement struct {
	files  int           // with findings
	cpu    time.Duration // of all cores
	memory int64         // peak, in bytes
}

func measured(t *testing.T, f finder, dir string) (m measurement) {
	t.Helper()
	command := f.command(dir)
	cmd := exec.Command(command[0], command[1:]...)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	var exit *exec.ExitError
	if err := cmd.Run(); err != nil && (!errors.As(err, &exit) || exit.ExitCode() > 2) {
		require.NoError(t, err, errs.String())
	}
	usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage)
	require.True(t, ok)
	m.cpu, m.memory = cmd.ProcessState.SystemTime()+cmd.ProcessState.UserTime(), usage.Maxrss<<10
	m.files = filesIn(t, f.name, out.Bytes())
	return m
}

// filesIn counts the files that the output of a finder names.
func filesIn(t *testing.T, name string, output []byte) int {
	files := map[string]bool{}
	switch {
	case len(output) == 0:
	case strings.HasPrefix(name, "dindify"):
		var rows []struct{ File string }
		require.NoError(t, json.Unmarshal(output, &rows))
		for _, r := range rows {
			files[r.File] = true
		}
	case strings.HasPrefix(name, "kube-linter"):
		var result struct {
			Reports []struct {
				Object struct{ Metadata struct{ FilePath string } }
			}
		}
		require.NoError(t, json.Unmarshal(output, &result))
		for _, r := range result.Reports {
			files[r.Object.Metadata.FilePath] = true
		}
	case strings.HasPrefix(name, "trivy"):
		var result struct {
			Results []struct {
				Target            string
				Misconfigurations []struct{ ID string }
			}
		}
		require.NoError(t, json.Unmarshal(output, &result))
		for _, r := range result.Results {
			for _, m := range r.Misconfigurations {
				if m.ID == "KSV-0006" { // hostPath volume mounted with docker.sock
					files[r.Target] = true
				}
			}
		}
	default:
		for line := range strings.Lines(string(output)) {
			files[line] = true
		}
	}
	return len(files)
}

// section returns the text of a page between a marker and the next end marker.
func section(t *testing.T, page, begin string) string {
	_, section, _ := cut(t, page, begin)
	return section
}

func writeSection(t *testing.T, page, begin, section string) {
	before, _, after := cut(t, page, begin)
	require.NoError(t, os.WriteFile(page, []byte(before+section+after), 0o644))
}

func cut(t *testing.T, page, begin string) (before, section, after string) {
	text, err := os.ReadFile(page)
	require.NoError(t, err)
	at := strings.Index(string(text), begin)
	require.GreaterOrEqual(t, at, 0, "no %q in %s", begin, page)
	at += len(begin)
	length := strings.Index(string(text[at:]), end)
	require.GreaterOrEqual(t, length, 0, "no %q in %s", end, page)
	return string(text[:at]), string(text[at : at+length]), string(text[at+length:])
}
