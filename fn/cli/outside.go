package cli

import (
	"fmt"
	"slices"
	"strings"

	"github.com/boxp/dindify/fn/stream"
)

// refuseOutside refuses to write a file outside of the arguments, to which a symbolic link in a folder leads: a
// repository may contain a link to any file of the user.
func refuseOutside(args []string, files []*stream.File, texts []*stream.Text) error {
	real := resolver{}
	var roots, named, outside []string
	for _, arg := range args {
		if isFolder(arg) {
			roots = append(roots, realFolder(arg))
		} else {
			named = append(named, real.path(arg))
		}
	}
	for i, f := range files {
		path := real.path(f.Name)
		isInside := func(root string) bool { return isBelow(path, root) }
		if !texts[i].Is(f.Text()) && !slices.Contains(named, path) && !slices.ContainsFunc(roots, isInside) {
			outside = append(outside, f.Name)
		}
	}
	if len(outside) > 0 {
		return fmt.Errorf("%s: a symbolic link out of the folder, through which -i does not write: name it as an argument, "+
			"or leave it out with --exclude; no file was changed", strings.Join(outside, ", "))
	}
	return nil
}
