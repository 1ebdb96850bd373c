package verify

import (
	"testing"

	"github.com/stretchr/testify/require"
	corev1 "k8s.io/api/core/v1"
)

// TestTheOnlyOtherContainerIsTheClient checks pods in which nothing tells who uses the daemon: one container beside it
// does, and of two neither is known to.
func TestTheOnlyOtherContainerIsTheClient(t *testing.T) {
	daemon := corev1.Container{Name: "d", Image: "docker:28-dind"}
	app, other := corev1.Container{Name: "app", Image: "app"}, corev1.Container{Name: "other", Image: "other"}
	for want, containers := range map[string][]corev1.Container{
		"app": {daemon, app}, "": {daemon, app, other},
	} {
		names := ""
		for _, c := range findEngine(&corev1.PodSpec{Containers: containers}).Clients {
			names += c.Name
		}
		require.Equal(t, want, names)
	}
}

// TestAFieldThatIsNullInTheFileSaysNothing checks that drift leaves to the cluster what the file does not set.
func TestAFieldThatIsNullInTheFileSaysNothing(t *testing.T) {
	want, have := map[string]any{"a": nil, "b": "1"}, map[string]any{"a": "x", "b": "1", "c": "y"}
	require.Empty(t, subset("spec", want, have))
	require.Len(t, subset("spec", map[string]any{"b": "2"}, have), 1)
}
