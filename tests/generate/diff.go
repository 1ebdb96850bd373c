package generate

import (
	"fmt"

	"github.com/pmezard/go-difflib/difflib"
)

// diff returns the difference of two texts, or "".
func diff(want, got string) string {
	if want == got {
		return ""
	}
	text, err := difflib.GetUnifiedDiffString(difflib.UnifiedDiff{
		A: difflib.SplitLines(want), B: difflib.SplitLines(got), FromFile: "wanted", ToFile: "came", Context: 2,
	})
	if err != nil || text == "" {
		return fmt.Sprintf("wanted %q\ncame %q", want, got)
	}
	return text
}
