package config

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"k8s.io/apimachinery/pkg/util/validation"
)

func TestNamesAreThoseOfKubernetes(t *testing.T) {
	long := func(length int) string { return strings.Repeat("a", length) }
	dotted := func(labels int) string { return strings.TrimSuffix(strings.Repeat("ab.", labels), ".") }
	for _, name := range []string{
		"", "a", "0", "-", ".", "a-b", "a--b", "-a", "a-", "a.b", "a..b", ".a", "a.", "a-.b", "a.-b", "a.b-c.d", "A", "aB", "a_b", "a b", "a\n", "\na",
		"é", "a\xff", "a\x00", "a/b", "a:b", "*.a", "127.0.0.1", "host.docker.internal", "dind-daemon",
		long(62), long(63), long(64), "-" + long(63), long(63) + ".a", long(64) + ".a", long(253), long(254), "-" + long(253),
		dotted(20), dotted(21), dotted(84), dotted(85), dotted(85) + "-", strings.Repeat(".", 254), strings.Repeat("é", 32), strings.Repeat("é", 127),
	} {
		require.Equal(t, first(validation.IsDNS1123Label(name)), wrongLabel(name), "%q", name)
		require.Equal(t, first(validation.IsDNS1123Subdomain(name)), wrongSubdomain(name), "%q", name)
	}
}

func first(problems []string) string {
	if len(problems) == 0 {
		return ""
	}
	return problems[0]
}
