package verify

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"k8s.io/apimachinery/pkg/types"
)

const jobInFile = `{"apiVersion":"batch/v1","kind":"Job","metadata":{"name":"a"},"spec":{"template":{"spec":{` +
	`"restartPolicy":"Never","containers":[{"name":"c","image":"docker:%s"}]}}}}`

// liveJob has what the server and the Job controller add.
const liveJob = `{"apiVersion":"batch/v1","kind":"Job","metadata":{"name":"a","namespace":"n","uid":"1",` +
	`"annotations":{%s},"managedFields":[%s]},"spec":{"selector":{"matchLabels":{"controller-uid":"1"}},` +
	`"template":{"metadata":{"labels":{"controller-uid":"1"}},"spec":{"restartPolicy":"Never","dnsPolicy":"ClusterFirst",` +
	`"containers":[{"name":"c","image":"docker:27","imagePullPolicy":"IfNotPresent"}]}}}}`

// TestPatchIsThatOfTheNextApply checks that the dry run changes what the files change, and nothing that the server
// added; and that an object which was applied on the server is applied by the same manager.
func TestPatchIsThatOfTheNextApply(t *testing.T) {
	for name, c := range map[string]struct {
		tag, annotations, managers string
		kind                       types.PatchType
		manager                    string
		has, hasNot                []string
	}{
		"unchanged": {
			"27", "", "", types.StrategicMergePatchType, "kubectl-client-side-apply", nil,
			[]string{"selector", "controller-uid", "image"},
		},
		"changed": {
			"28", "", `{"manager":"kubectl-create","operation":"Update"}`, types.StrategicMergePatchType,
			"kubectl-client-side-apply",
			[]string{`"image":"docker:28"`},
			[]string{"selector", "controller-uid"},
		},
		"by a server's manager": {
			"28", "", `{"manager":"flux","operation":"Apply","time":"2026-01-01T00:00:00Z"},` +
				`{"manager":"argocd","operation":"Apply","time":"2026-01-02T00:00:00Z"}`, types.ApplyPatchType, "argocd",
			[]string{`"image":"docker:28"`, `"namespace":"n"`},
			[]string{"controller-uid"},
		},
		"by kubectl, and the status by the server": {
			"28", `"kubectl.kubernetes.io/last-applied-configuration":"{\"spec\":{\"parallelism\":2}}"`,
			`{"manager":"x","operation":"Apply","subresource":"status"}`, types.StrategicMergePatchType,
			"kubectl-client-side-apply",
			[]string{`"image":"docker:28"`, `"parallelism":null`},
			nil,
		},
	} {
		t.Run(name, func(t *testing.T) {
			files, err := ReadManifests(name, strings.NewReader(fmt.Sprintf(jobInFile, c.tag)))
			require.NoError(t, err)
			kind, patch, manager, err := files[0].patch([]byte(fmt.Sprintf(liveJob, c.annotations, c.managers)), "n")
			require.NoError(t, err)
			require.Equal(t, c.kind, kind)
			require.Equal(t, c.manager, manager)
			for _, text := range c.has {
				require.Contains(t, string(patch), text)
			}
			for _, text := range c.hasNot {
				require.NotContains(t, string(patch), text)
			}
		})
	}
}
