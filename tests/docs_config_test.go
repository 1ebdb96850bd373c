package tests

import (
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/yamldoc"
)

var yamlBlock = regexp.MustCompile("(?ms)^```yaml.*?\n(.*?)^```$")

// TestConfigurationsOfDocsAreValid checks that dindify accepts every functionConfig in a page.
func TestConfigurationsOfDocsAreValid(t *testing.T) {
	found := 0
	for _, file := range markdown(t) {
		for _, block := range yamlBlock.FindAllStringSubmatch(read(t, file), -1) {
			if !strings.Contains(block[1], "kind: DinD\n") && !strings.Contains(block[1], "\n  cleanup.mode: ") {
				continue
			}
			found++
			doc, err := yamldoc.Parse(block[1])
			require.NoError(t, err, "%s\n%s", file, block[1])
			_, problems := config.Load(doc.Root())
			require.Empty(t, problems, "%s\n%s", file, block[1])
		}
	}
	require.Positive(t, found)
}
