package journal

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/boxp/dindify/fn/report"
)

func TestJournalOfAnotherKindIsSkippedIfAControllerCopiedIt(t *testing.T) {
	const controlled = "namespace: ci\n  ownerReferences: [{kind: Task, name: agent, controller: true}]"
	for name, c := range map[string]struct {
		from, to, id string
		failed       bool
	}{
		"to what it creates":            {"namespace: ci", controlled, report.JournalForeign, false},
		"to an object without a daemon": {"name: dind-data", "name: data", report.JournalForeign, false},
		"not to a workload of its own":  {"", "", report.JournalDamaged, true},
	} {
		t.Run(name, func(t *testing.T) {
			text := fmt.Sprintf(converted, `"{version: 2, object: Task/agent, daemon: dind-daemon, edits: []}"`)
			o, rep := object(t, strings.ReplaceAll(text, c.from, c.to))
			_, ok := Read(o, leadsToSock)
			require.False(t, ok)
			require.Equal(t, c.failed, rep.Failed())
			require.Equal(t, c.id, rep.All()[0].ID)
		})
	}
}

func TestJournalThatNamesNoObjectIsRefused(t *testing.T) {
	for _, field := range []string{"", "object: '',", "object: Deployment,", "object: /agent,"} {
		o, rep := object(t, fmt.Sprintf(converted, `"{version: 2, `+field+` daemon: dind-daemon, edits: []}"`))
		_, ok := Read(o, leadsToSock)
		require.False(t, ok, field)
		require.Equal(t, []string{report.JournalDamaged}, idsOfErrors(rep), field)
	}
}

// TestTheRootOfTheNodeIsRestoredWhereSomebodyAskedForItsConversion walks the row of pod.volumes for a forced workload.
func TestTheRootOfTheNodeIsRestoredWhereSomebodyAskedForItsConversion(t *testing.T) {
	j := `"{version: 2, object: Deployment/agent, daemon: dind-daemon, edits: [` +
		`{in: spec.template.spec.volumes, put: [{at: 0, text: '- {name: x, hostPath: {path: /}}'}]}]}"`
	text := strings.Replace(fmt.Sprintf(converted, j), "annotations:", "annotations:\n    dindify.dev/convert: 'true'", 1)
	o, rep := object(t, text)
	_, ok := Read(o, leadsToSock)
	require.True(t, ok, rep.All())
}
