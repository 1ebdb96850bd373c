package tests

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestBaselineKnowsAFileHoweverItIsSpelled: jobs name the same tree by ., by its folder, or by an absolute path.
func TestBaselineKnowsAFileHoweverItIsSpelled(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	put(t, "repo/dir/app.yaml", deployment)
	put(t, "repo/dir/run.sh", "docker run -v /var/run/docker.sock:/s app\n")
	put(t, "repo/deeper/folder/README.txt", "")
	require.NoError(t, os.Symlink("repo", "link"))
	repo := filepath.Join(dir, "repo")
	for _, baseline := range []string{filepath.Join(repo, "known.json"), filepath.Join(t.TempDir(), "known.json")} {
		t.Chdir(repo)
		spellings := []string{".", "./", "dir", "dir/", "./dir", "dir/../dir", repo, repo + "/dir/", dir + "/link/dir"}
		for _, written := range spellings {
			_, errs, status := verb(t, "", "audit", "--write-baseline", baseline, written)
			require.Equal(t, 0, status, errs)
			for _, read := range spellings {
				out, _, status := verb(t, "", "audit", "--baseline", baseline, read)
				require.Equal(t, 0, status, "written of %s, read of %s: %s", written, read, out)
			}
		}
	}
	t.Chdir(filepath.Join(repo, "deeper", "folder"))
	out, _, status := verb(t, "", "audit", "--baseline", "../../known.json", "../..")
	require.Equal(t, 0, status, "from another folder: %s", out)
}

// TestFingerprintDoesNotDependOnTheSpelling: code scanning would close an alert and open another.
func TestFingerprintDoesNotDependOnTheSpelling(t *testing.T) {
	t.Chdir(t.TempDir())
	put(t, "dir/app.yaml", deployment)
	one, _, _ := verb(t, "", "audit", "-o", "sarif", ".")
	other, _, _ := verb(t, "", "audit", "-o", "sarif", "dir/../dir/app.yaml")
	require.Equal(t, fingerprint(t, one), fingerprint(t, other))
}

// TestBaselineKnowsAMentionAndNotAnother: one mention in place of another is a new use, if their numbers are equal.
func TestBaselineKnowsAMentionAndNotAnother(t *testing.T) {
	container := func(more string) string {
		return strings.Replace(deployment, "image: example.com/app", "image: example.com/app\n        "+more, 1)
	}
	const head = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  run: |\n"
	for name, c := range map[string]struct{ file, before, after string }{
		"field": {
			"a.yaml", container("env: [{name: DOCKER_HOST, value: 'unix:///var/run/docker.sock'}]"),
			container("args: [run, -v, '/var/run/docker.sock:/s', app]"),
		},
		"value": {"a.yaml", container("args: ['ls /var/run/docker.sock']"), container("args: ['rm /var/run/docker.sock']")},
		"text": {
			"a.yaml", head + "    docker run -v /var/run/docker.sock:/s app\n    ls /var/run/docker.sock\n",
			head + "    docker run -v /var/run/docker.sock:/s app\n    curl --unix-socket /var/run/docker.sock http://a/\n",
		},
		"row of a text": {
			"a.yaml", head + "    docker run -v /var/run/docker.sock:/s app\n",
			head + "    docker run --mount type=bind,source=/var/run/docker.sock,target=/s app\n",
		},
		"script": {
			"a.sh", "docker run -v /var/run/docker.sock:/s app\nls /var/run/docker.sock\n",
			"docker run -v /var/run/docker.sock:/s app\nrm /var/run/docker.sock\n",
		},
		"row of a script": {
			"a.sh", "docker run -v /var/run/docker.sock:/s app\n",
			"docker run --mount type=bind,source=/var/run/docker.sock,target=/s app\n",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			put(t, c.file, c.before)
			_, errs, status := verb(t, "", "audit", "--write-baseline", "known.json", c.file)
			require.Equal(t, 0, status, errs)
			put(t, c.file, "\n\n"+c.before)
			out, _, status := verb(t, "", "audit", "--baseline", "known.json", c.file)
			require.Equal(t, 0, status, "moved: %s", out)
			put(t, c.file, strings.Replace(c.before, ":/s app", ":/s app:2", 1))
			out, _, status = verb(t, "", "audit", "--baseline", "known.json", c.file)
			require.Equal(t, 0, status, "another version of an image: %s", out)
			put(t, c.file, c.after)
			out, _, status = verb(t, "", "audit", "--baseline", "known.json", c.file)
			require.Equal(t, 1, status, out)
			require.NotContains(t, out, "()")
		})
	}
}
