package yamldoc

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/boxp/dindify/fn/pattern"
)

// countedFromZero matches the errors of the parser, whose line the library counts from zero. It adds one only to those
// of the scanner (go.yaml.in/yaml/v3, decode.go, parser.fail; the texts are in parserc.go).
var countedFromZero = pattern.Lazy(`^line (\d+): (did not find expected (',' or |'-' indicator|<|key|node content)|` +
	`found (duplicate %|incompatible YAML document|undefined tag handle))`)

// parseError returns an error of the library with 1-based lines.
func parseError(err error) error {
	text := strings.TrimPrefix(err.Error(), "yaml: ")
	if m := countedFromZero().FindStringSubmatch(text); m != nil {
		if line, err := strconv.Atoi(m[1]); err == nil {
			text = fmt.Sprintf("line %d%s", line+1, strings.TrimPrefix(text, "line "+m[1]))
		}
	}
	return errors.New(text)
}
