package main

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/boxp/dindify/tests/corpus"
)

func TestFetch(t *testing.T) {
	files := corpus.Files()[:3]
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/"+files[2].Repository+"/"+files[2].Commit+"/"+files[2].Path {
			http.NotFound(w, r)
			return
		}
		_, _ = w.Write([]byte(r.URL.Path))
	}))
	defer server.Close()
	dir := filepath.Join(t.TempDir(), "corpus")
	require.NoError(t, os.MkdirAll(dir, 0o755))
	require.NoError(t, os.WriteFile(filepath.Join(dir, files[0].Name), []byte("mine"), 0o644))

	var out bytes.Buffer
	err := fetch(&out, server.URL, dir, append(files, corpus.File{Name: "999", IsCut: true}))
	require.ErrorContains(t, err, files[2].Name)
	require.Contains(t, out.String(), "1 fetched, 1 there already, 1 missing; 1 were cut out")
	require.Contains(t, out.String(), files[1].Name+" is not the text that was judged")

	text, err := os.ReadFile(filepath.Join(dir, files[1].Name))
	require.NoError(t, err)
	require.Equal(t, "/"+files[1].Repository+"/"+files[1].Commit+"/"+files[1].Path, string(text))
	text, err = os.ReadFile(filepath.Join(dir, files[0].Name))
	require.NoError(t, err)
	require.Equal(t, "mine", string(text), "what is there stays")
}

func TestIndex(t *testing.T) {
	names := map[string]bool{}
	for _, f := range corpus.Files() {
		require.False(t, names[f.Name], f.Name)
		names[f.Name] = true
		require.Len(t, f.Sum, 64, f.Name)
		require.Contains(t, []string{"client", "cleanup", "observer", "unsure", "already-dind", "none"}, f.Class, f.Name)
		if !f.IsCut {
			require.Len(t, f.Commit, 40, f.Name)
			require.Contains(t, f.Repository, "/", f.Name)
			require.NotEmpty(t, f.Path, f.Name)
		}
	}
	require.Len(t, names, 162)
}
