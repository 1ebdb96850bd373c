package kustomize

import (
	"fmt"
	"path/filepath"
	"strings"

	"github.com/boxp/dindify/fn/pattern"
)

// kustomize reads an entry of resources as a file first, and then as a folder, and its error has both attempts: the
// same sentence twice if there is no such entry. The texts are those of api/internal/target/kusttarget.go.
var (
	below    = pattern.Lazy(`("?)(?:recursed accumulation of|couldn't make target for) path '([^']*)': `)
	asFolder = pattern.Lazy(`(?s)accumulation err='(.*)': must build at directory: .*`)
	fetched  = pattern.Lazy(`(?s)accumulation err='.*': (failed to run )`)
	noFolder = pattern.Lazy(`loader\.New "must build at directory: not a valid directory: ([^"]*)"`)
	noFile   = pattern.Lazy(`evalsymlink failure on '[^']*' : lstat `)
)

// readable returns kustomize's error with the folder of the kustomization, and without the attempts that do not matter.
func readable(target string, err error) error {
	dir, text := target, err.Error()
	for at := below().FindStringSubmatchIndex(text); at != nil; at = below().FindStringSubmatchIndex(text) {
		quote := text[at[2]:at[3]]
		dir, text = text[at[4]:at[5]], strings.TrimSuffix(text[at[1]:], quote)
	}
	text = asFolder().ReplaceAllString(text, "$1")
	text = fetched().ReplaceAllString(text, "$1")
	text = noFolder().ReplaceAllString(text, "$1")
	text = noFile().ReplaceAllString(text, "")
	text = strings.Replace(text, "accumulating resources: accumulating resources", "accumulating resources", 1)
	if component := filepath.Join(dir, program); strings.HasSuffix(text, component+": no such file or directory") {
		return fmt.Errorf("%s lists the component %s, which does not exist: dindify init %s writes it", dir, program, dir)
	}
	return fmt.Errorf("%s: %s", dir, text)
}
