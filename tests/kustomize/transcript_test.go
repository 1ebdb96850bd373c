package kustomize

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write what the commands of the transcripts print")

var console = regexp.MustCompile("(?s)```console\n(.*?) *```")

// TestTranscriptsAreWhatTheCommandsPrint runs every command of the pages' console blocks in sequence, in a separate
// folder.
func TestTranscriptsAreWhatTheCommandsPrint(t *testing.T) {
	for _, page := range []string{"docs/first-use.md", "docs/migration.md"} {
		t.Run(filepath.Base(page), func(t *testing.T) {
			file := filepath.Join(root, page)
			text, err := os.ReadFile(file)
			require.NoError(t, err)
			s := newSession(t)
			ran := console.ReplaceAllStringFunc(string(text), func(block string) string {
				return "```console\n" + s.replay(t, console.FindStringSubmatch(block)[1]) + "```"
			})
			if *update {
				require.NoError(t, os.WriteFile(file, []byte(ran), 0o644))
				return
			}
			require.Equal(t, string(text), ran)
		})
	}
}

// session is a shell that keeps its folder between commands.
type session struct{ home, dir string }

// newSession provides the repositories of the pages, at the addresses in the pages.
func newSession(t *testing.T) *session {
	home := t.TempDir()
	s := &session{home: home, dir: home}
	for name, from := range map[string]string{
		"ci":      "tests/testdata/first-use",
		"dindify": "base",
	} {
		at := filepath.Join(home, ".repositories", name)
		to := at
		if name == "dindify" {
			to = filepath.Join(at, "base")
		}
		require.NoError(t, os.CopyFS(to, os.DirFS(filepath.Join(root, from))))
		s.run(t, fmt.Sprintf("cd %s && git init -q -b main && git add . && git -c user.name=x -c user.email=x@example.com "+
			"commit -qm start", at))
	}
	return s
}

func (s *session) replay(t *testing.T, block string) string {
	margin := block[:len(block)-len(strings.TrimLeft(block, " "))] // for a block inside a list
	var out strings.Builder
	for line := range strings.Lines(block) {
		command, ok := strings.CutPrefix(line, margin+"$ ")
		if !ok {
			continue
		}
		out.WriteString(line)
		for printed := range strings.Lines(s.run(t, command)) {
			out.WriteString(strings.TrimRight(margin+printed, " \n") + "\n")
		}
	}
	return out.String() + margin
}

func (s *session) run(t *testing.T, command string) string {
	bin, _, _ := strings.Cut(path, string(os.PathListSeparator))
	cmd := exec.Command("bash", "-c", command+"\npwd > "+s.home+"/.pwd")
	cmd.Dir = s.dir
	cmd.Env = append(os.Environ(), "PATH="+path, "HOME="+s.home, "NO_COLOR=1", "LC_ALL=C",
		"GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_COUNT=2",
		"GIT_CONFIG_KEY_0=url."+s.home+"/.repositories/.insteadOf", "GIT_CONFIG_VALUE_0=https://git.example.com/",
		"GIT_CONFIG_KEY_1=url."+s.home+"/.repositories/.insteadOf", "GIT_CONFIG_VALUE_1=https://github.com/boxp/")
	out, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	if err != nil {
		require.ErrorAs(t, err, &exit, "%s %s", bin, command)
	}
	dir, err := os.ReadFile(s.home + "/.pwd")
	require.NoError(t, err)
	s.dir = strings.TrimSpace(string(dir))
	return string(out)
}
