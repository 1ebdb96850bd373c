package cli

import (
	"io/fs"
	"path/filepath"
	"slices"

	"github.com/boxp/dindify/fn/audit"
	"github.com/boxp/dindify/fn/starter"
)

// skipCharts notes the Helm charts below a folder that use a runtime's socket, but not those of kustomizations and
// packages, which render them.
func (n *initializer) skipCharts(root string, sources []string) error {
	charts, err := chartsBelow(root)
	for _, chart := range n.withoutExcluded(root, charts) {
		isRendered := slices.ContainsFunc(sources, func(dir string) bool { return isBelow(chart, dir) })
		if isRendered || !usesSocket(chart) {
			continue
		}
		n.skipped++
		n.note("%s was skipped: the templates of this chart must be rendered first: %s", chart, rendered(chart, initVerb))
	}
	return err
}

// chartsBelow returns the Helm charts below a folder, without charts in others.
func chartsBelow(root string) (charts []string, err error) {
	err = walkFolders(root, func(path string) error {
		if starter.IsChart(path) {
			charts = append(charts, path)
			return filepath.SkipDir
		}
		return nil
	})
	return charts, err
}

// usesSocket reports whether a file of a chart, of its templates or values, has a path to a runtime's socket.
func usesSocket(chart string) (uses bool) {
	_ = filepath.WalkDir(chart, func(path string, d fs.DirEntry, err error) error { // an audit says what cannot be read
		if err != nil || !d.Type().IsRegular() || !isManifest(path) && filepath.Ext(path) != ".tpl" {
			return nil //nolint:nilerr // see above
		}
		text, err := readFile(path)
		if uses = err == nil && len(audit.Text(path, text, "", 0).Rows) > 0; uses {
			return fs.SkipAll
		}
		return nil
	})
	return uses
}
