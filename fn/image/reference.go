package image

import (
	"strings"

	"github.com/boxp/dindify/fn/pattern"
)

// The grammar of github.com/distribution/reference, compiled on first use: the library compiles its expressions at each
// start of the program.
const (
	label  = `(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])`
	domain = `(?:` + label + `(?:\.` + label + `)*|\[[a-fA-F0-9:]+\])(?::[0-9]+)?`
	part   = `[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*`
	digest = `[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[[:xdigit:]]{32,}`
)

var reference = pattern.Lazy(`^((?:` + domain + `/)?` + part + `(?:/` + part + `)*)(?::\w[\w.-]{0,127})?(?:@` +
	digest + `)?$`)

// longestName is the number of characters that a name may have.
const longestName = 255

// Invalid returns why a text is not the reference of an image, or "".
func Invalid(ref string) string {
	parts := reference().FindStringSubmatch(ref)
	switch {
	case parts == nil && reference().MatchString(strings.ToLower(ref)):
		return "its name must be in lower case"
	case parts == nil:
		return "a reference is name, name:tag or name@digest, such as docker:28-dind"
	case strings.Contains(ref, "@sha256:") && len(ref)-strings.Index(ref, "@sha256:") != len("@sha256:")+64:
		return "a digest of sha256 has 64 hexadecimal digits"
	case len(parts[1]) > longestName:
		return "its name has more than 255 characters"
	}
	return ""
}
