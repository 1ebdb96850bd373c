package verify

import (
	"testing"

	"github.com/stretchr/testify/require"
	batchv1 "k8s.io/api/batch/v1"
)

// TestCleanupOfAPodNeedsRightsOfTheCoreGroup checks that the version of a pod is not taken for a group.
func TestCleanupOfAPodNeedsRightsOfTheCoreGroup(t *testing.T) {
	s := &Subject{Workload: &Workload{Kind: "Pod", Name: "app"}}
	for _, attributes := range s.neededBy(&cleanup{job: &batchv1.CronJob{}, exec: execCommand{kind: "Pod"}}) {
		require.Empty(t, attributes.Group)
	}
}
