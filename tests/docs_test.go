package tests

import (
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"sigs.k8s.io/yaml"
)

var (
	fence       = regexp.MustCompile("(?ms)^```.*?^```$")
	link        = regexp.MustCompile(`\]\(([^)\s]+)\)|(?:src|href|srcset)="([^"]+)"|(?m)^\[[^\]]+\]:\s+(\S+)$`)
	headline    = regexp.MustCompile(`(?m)^#+ (.*)$`)
	inBackticks = regexp.MustCompile("`((?:fn|docs|tests|examples|overlays|base|tools|\\.github|\\.ci)/[a-z0-9_./-]*)`")
	unslug      = regexp.MustCompile(`[^\p{L}\p{N}\- _]`)
)

// TestMarkdownPointsToWhatIsThere checks links to files and headings, and repository paths in backticks.
func TestMarkdownPointsToWhatIsThere(t *testing.T) {
	for _, file := range markdown(t) {
		text := fence.ReplaceAllString(read(t, file), "")
		for _, m := range link.FindAllStringSubmatch(text, -1) {
			requireTarget(t, file, m[1]+m[2]+m[3])
		}
		for _, m := range inBackticks.FindAllStringSubmatch(text, -1) {
			fromRoot, fromHere := filepath.Join("..", m[1]), filepath.Join(filepath.Dir(file), m[1])
			require.True(t, exists(fromRoot) || exists(fromHere), "%s names `%s`, which is not there", file, m[1])
		}
	}
}

// TestIssueFormsAreWhatGitHubTakes checks for the mistakes that break a form: a field without an id, an empty choice.
func TestIssueFormsAreWhatGitHubTakes(t *testing.T) {
	forms, err := filepath.Glob("../.github/ISSUE_TEMPLATE/*.yml")
	require.NoError(t, err)
	require.Len(t, forms, 4)
	for _, file := range forms {
		if filepath.Base(file) == "config.yml" {
			continue
		}
		var form struct {
			Name, Description string
			Labels            []string
			Body              []struct {
				Type, ID   string
				Attributes struct {
					Label, Description, Render string
					Options                    []string
				}
				Validations struct{ Required bool }
			}
		}
		require.NoError(t, yaml.UnmarshalStrict([]byte(read(t, file)), &form), file)
		require.NotEmpty(t, form.Name)
		require.NotEmpty(t, form.Description)
		for _, field := range form.Body {
			require.Contains(t, []string{"textarea", "input", "dropdown"}, field.Type, file)
			require.NotEmpty(t, field.ID, file)
			require.NotEmpty(t, field.Attributes.Label, file)
			require.Equal(t, field.Type == "dropdown", len(field.Attributes.Options) > 0, file)
		}
	}
}

func markdown(t *testing.T) []string {
	var files []string
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && slices.Contains([]string{".git", "bin", "node_modules"}, d.Name()):
			return filepath.SkipDir
		case filepath.Ext(path) == ".md":
			files = append(files, path)
		}
		return nil
	})
	require.NoError(t, err)
	require.Greater(t, len(files), 8)
	return files
}

func requireTarget(t *testing.T, file, target string) {
	u, err := url.Parse(target)
	require.NoError(t, err, "%s: %s", file, target)
	if u.Scheme != "" || u.Host != "" {
		return
	}
	at := file
	if u.Path != "" {
		at = filepath.Join(filepath.Dir(file), u.Path)
		require.True(t, exists(at), "%s links to %s, which is not there", file, target)
	}
	if u.Fragment != "" && filepath.Ext(at) == ".md" {
		require.Contains(t, anchors(read(t, at)), u.Fragment, "%s links to %s", file, target)
	}
}

// anchors returns the headings as GitHub names them, and the anchors that a page defines.
func anchors(text string) []string {
	var all []string
	for _, m := range headline.FindAllStringSubmatch(fence.ReplaceAllString(text, ""), -1) {
		slug := unslug.ReplaceAllString(strings.ToLower(m[1]), "")
		all = append(all, strings.ReplaceAll(slug, " ", "-"))
	}
	for _, m := range regexp.MustCompile(`<a (?:id|name)="([^"]+)"`).FindAllStringSubmatch(text, -1) {
		all = append(all, m[1])
	}
	return all
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

func read(t *testing.T, file string) string {
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	return string(text)
}
