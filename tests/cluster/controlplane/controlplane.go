// Package controlplane starts etcd and kube-apiserver on loopback, without privileges and in seconds, for tests that
// check manifests with a real API server.
package controlplane

import (
	"context"
	"errors"
	"os"
	"testing"
	"time"

	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/rest"

	"github.com/boxp/dindify/tests/cluster/kube"
	"github.com/boxp/dindify/tests/cluster/process"
)

// ServiceIP is the address at which pods expect the API server: the first of ServiceCIDR.
const (
	ServiceIP   = "10.96.0.1"
	ServiceCIDR = "10.96.0.0/24"
)

const deadline = 2 * time.Minute

// ControlPlane is a running etcd and API server, and a client with every right.
type ControlPlane struct {
	*kube.Client
	Dir        string // state, logs, certificates; removed after the test
	Port       int    // the API server's, on 127.0.0.1
	Kubeconfig string // for programs that need a file
}

// Start starts the control plane and stops it when the test ends.
func Start(t testing.TB) *ControlPlane {
	t.Helper()
	dir := process.TempDir(t, "dindify-cp")
	secrets := writeCredentials(t, dir)
	port := startAPIServer(t, dir, startEtcd(t, dir), secrets)
	config := &rest.Config{
		Host:            serverURL(port),
		BearerToken:     secrets.token,
		TLSClientConfig: rest.TLSClientConfig{CAFile: caFile(dir)},
	}
	process.WaitFor(t, "API server is ready", deadline, func() error { return ready(config) })
	client, err := kube.New(config)
	if err != nil {
		t.Fatal(err)
	}
	return &ControlPlane{Client: client, Dir: dir, Port: port, Kubeconfig: writeKubeconfig(t, dir, config)}
}

// CreateNamespace creates a namespace with its default service account, which the controller manager creates in a full
// cluster, and without which the server admits no pod.
func (c *ControlPlane) CreateNamespace(t testing.TB, name string) {
	t.Helper()
	namespace := &corev1.Namespace{ObjectMeta: metav1.ObjectMeta{Name: name}}
	_, err := c.CoreV1().Namespaces().Create(t.Context(), namespace, metav1.CreateOptions{})
	if err == nil || apierrors.IsAlreadyExists(err) {
		account := &corev1.ServiceAccount{ObjectMeta: metav1.ObjectMeta{Name: "default"}}
		_, err = c.CoreV1().ServiceAccounts(name).Create(t.Context(), account, metav1.CreateOptions{})
	}
	if err != nil && !apierrors.IsAlreadyExists(err) {
		t.Fatalf("namespace %s: %v", name, err)
	}
}

// ready fails until the server has its certificate and reports ready.
func ready(config *rest.Config) error {
	if _, err := os.Stat(config.CAFile); err != nil {
		return errors.New("no certificate yet")
	}
	client, err := kube.New(config)
	if err != nil {
		return err
	}
	return client.Discovery().RESTClient().Get().AbsPath("/readyz").Do(context.Background()).Error()
}
