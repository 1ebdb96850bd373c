package verify

import (
	"testing"

	"github.com/stretchr/testify/require"
	corev1 "k8s.io/api/core/v1"
)

// TestOpenPortsAreThoseOfTheDaemon checks that a daemon's own arguments count, on any port, and a client's do not.
func TestOpenPortsAreThoseOfTheDaemon(t *testing.T) {
	for name, c := range map[string]struct {
		container corev1.Container
		open      []int32
	}{
		"any address":   {corev1.Container{Command: []string{"dockerd", "-H", "tcp://0.0.0.0:4243"}}, []int32{4243}},
		"no address":    {corev1.Container{Command: []string{"/bin/dockerd"}, Args: []string{"-H=tcp://:2375"}}, []int32{2375}},
		"of the image":  {corev1.Container{Image: "docker:28-dind", Args: []string{"-H=tcp://[::]:2376"}}, []int32{2376}},
		"loopback":      {corev1.Container{Command: []string{"dockerd", "--host=tcp://127.0.0.1:2375"}}, nil},
		"of the client": {corev1.Container{Image: "docker:cli", Args: []string{"-H", "tcp://10.0.0.1:2375"}}, nil},
	} {
		s := &Subject{Spec: &corev1.PodSpec{Containers: []corev1.Container{c.container}}}
		require.Equal(t, c.open, s.openPorts(), name)
	}
}
