package verify

import (
	"testing"

	"github.com/stretchr/testify/require"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/labels"
)

// TestOpenPortsAreThoseOfTheDaemon checks that a daemon's own arguments and its image's entrypoint count, on any port,
// and that a client's arguments do not.
func TestOpenPortsAreThoseOfTheDaemon(t *testing.T) {
	noCertificates := []corev1.EnvVar{{Name: "DOCKER_TLS_CERTDIR"}}
	for name, c := range map[string]struct {
		container corev1.Container
		open      []int32
	}{
		"any address":   {corev1.Container{Command: []string{"dockerd", "-H", "tcp://0.0.0.0:4243"}}, []int32{4243}},
		"no port":       {corev1.Container{Command: []string{"/bin/dockerd"}, Args: []string{"-H=0.0.0.0"}}, []int32{2375}},
		"in a shell":    {corev1.Container{Command: []string{"sh", "-c", "dockerd -H tcp://[::]:1"}}, []int32{1}},
		"of the image":  {corev1.Container{Image: "docker:28-dind"}, []int32{2376}},
		"no TLS":        {corev1.Container{Image: "docker:dind", Args: []string{"-D"}, Env: noCertificates}, []int32{2375}},
		"no address":    {corev1.Container{Command: []string{"dockerd", "-H=tcp://:2375"}}, nil},
		"loopback":      {corev1.Container{Command: []string{"dockerd", "--host=tcp://127.0.0.1:2375"}}, nil},
		"of the client": {corev1.Container{Image: "docker:cli", Args: []string{"-H", "tcp://10.0.0.1:2375"}}, nil},
	} {
		s := &Subject{Spec: &corev1.PodSpec{Containers: []corev1.Container{c.container}}}
		require.Equal(t, c.open, s.openPorts(), name)
	}
}

// TestServiceWithoutASelectorLeadsToNoPod checks that it is not taken for one of all pods: its endpoints are made by
// hand.
func TestServiceWithoutASelectorLeadsToNoPod(t *testing.T) {
	for _, selector := range []map[string]string{nil, {}} {
		require.False(t, selects(selector, labels.Set{"app": "openhands"}))
	}
	require.True(t, selects(map[string]string{"app": "openhands"}, labels.Set{"app": "openhands", "tier": "a"}))
	require.False(t, selects(map[string]string{"app": "other"}, labels.Set{"app": "openhands"}))
}

// TestNetworksFitThePodsInterface checks an MTU of user-defined networks at the pod's own, below and above it.
func TestNetworksFitThePodsInterface(t *testing.T) {
	for mtu, fits := range map[string]bool{"1400": true, "1399": true, "1401": false} {
		s := &Subject{engineOf: engineOf{Daemon: &corev1.Container{
			Args: []string{"--default-network-opt=bridge=com.docker.network.driver.mtu=" + mtu},
		}}}
		require.Equal(t, fits, s.setsMTUOfNetworks(1400), mtu)
	}
}

// TestDaemonsThatVerifyTheirClients checks who demands a certificate: TLS alone does not, and the image's entrypoint
// does unless its variable is empty.
func TestDaemonsThatVerifyTheirClients(t *testing.T) {
	noCertificates := []corev1.EnvVar{{Name: "DOCKER_TLS_CERTDIR"}}
	fromConfigMap := []corev1.EnvVar{{Name: "DOCKER_TLS_CERTDIR", ValueFrom: &corev1.EnvVarSource{}}}
	for name, c := range map[string]struct {
		daemon   corev1.Container
		verifies bool
	}{
		"of the image":    {corev1.Container{Image: "docker:28-dind"}, true},
		"no certificates": {corev1.Container{Image: "docker:28-dind", Env: noCertificates}, false},
		"of a ConfigMap":  {corev1.Container{Image: "docker:28-dind", Env: fromConfigMap}, true},
		"verifies":        {corev1.Container{Args: []string{"dockerd", "--tlsverify"}}, true},
		"TLS only":        {corev1.Container{Args: []string{"dockerd", "--tls"}}, false},
	} {
		s := &Subject{engineOf: engineOf{Daemon: &c.daemon}}
		require.Equal(t, c.verifies, s.verifiesTLS(), name)
	}
}
