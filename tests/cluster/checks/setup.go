package checks

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/yaml"

	"github.com/boxp/dindify/tests/cluster/kube"
	"github.com/boxp/dindify/tests/cluster/node"
	"github.com/boxp/dindify/tests/cluster/sandbox"
)

const storageClass = "longhorn"

// WithoutForeignKinds leaves out objects of operators that this cluster does not have.
func WithoutForeignKinds(t testing.TB, stream []byte) []byte {
	t.Helper()
	objects, err := kube.Decode(stream)
	require.NoError(t, err)
	var kept []byte
	for _, object := range objects {
		if object.GetKind() == "ExternalSecret" {
			continue
		}
		document, err := yaml.Marshal(object.Object)
		require.NoError(t, err)
		kept = append(append(kept, "---\n"...), document...)
	}
	return kept
}

// provideSecret creates the Secret as the ExternalSecret's operator would.
func provideSecret(t testing.TB, n *node.Node) {
	t.Helper()
	secret := &corev1.Secret{
		ObjectMeta: metav1.ObjectMeta{Name: "parameter-reader-credentials"},
		StringData: map[string]string{"AWS_ACCESS_KEY_ID": "none", "AWS_SECRET_ACCESS_KEY": "none"},
	}
	_, err := n.CoreV1().Secrets(namespace).Create(t.Context(), secret, metav1.CreateOptions{})
	if !apierrors.IsAlreadyExists(err) {
		require.NoError(t, err)
	}
}

// provideStorage creates a volume for every claim, as Longhorn would. It also creates the claims that the manifests
// only refer to (the seed's three files contain none).
func provideStorage(t testing.TB, n *node.Node, manifests []byte) {
	t.Helper()
	brought, mentioned := claims(t, manifests)
	for _, name := range mentioned {
		if slices.Contains(brought, name) {
			continue
		}
		_, err := n.CoreV1().PersistentVolumeClaims(namespace).Create(t.Context(), claim(name), metav1.CreateOptions{})
		require.NoError(t, err)
		brought = append(brought, name)
	}
	for _, name := range brought {
		_, err := n.CoreV1().PersistentVolumes().Create(t.Context(), localVolume(t, name), metav1.CreateOptions{})
		require.NoError(t, err)
	}
}

// claims returns the PersistentVolumeClaims of the manifests, and the names that their pods mount.
func claims(t testing.TB, manifests []byte) (brought, mentioned []string) {
	t.Helper()
	objects, err := kube.Decode(manifests)
	require.NoError(t, err)
	for _, object := range objects {
		if object.GetKind() == "PersistentVolumeClaim" {
			brought = append(brought, object.GetName())
		}
		mentioned = append(mentioned, kube.ClaimNames(object)...)
	}
	slices.Sort(mentioned)
	return brought, slices.Compact(mentioned)
}

// localVolume is a local disk: a folder owned by root. Unlike a hostPath, it supports the pod's fsGroup.
func localVolume(t testing.TB, name string) *corev1.PersistentVolume {
	t.Helper()
	folder := volumeFolder(name)
	require.NoError(t, os.MkdirAll(folder, 0o755))
	return &corev1.PersistentVolume{
		ObjectMeta: metav1.ObjectMeta{Name: name},
		Spec: corev1.PersistentVolumeSpec{
			StorageClassName:       storageClass,
			AccessModes:            []corev1.PersistentVolumeAccessMode{corev1.ReadWriteOnce, corev1.ReadWriteMany},
			Capacity:               corev1.ResourceList{corev1.ResourceStorage: resource.MustParse("1Ti")},
			ClaimRef:               &corev1.ObjectReference{Namespace: namespace, Name: name},
			PersistentVolumeSource: corev1.PersistentVolumeSource{Local: &corev1.LocalVolumeSource{Path: folder}},
			NodeAffinity: &corev1.VolumeNodeAffinity{Required: &corev1.NodeSelector{
				NodeSelectorTerms: []corev1.NodeSelectorTerm{{
					MatchExpressions: []corev1.NodeSelectorRequirement{{
						Key: corev1.LabelHostname, Operator: corev1.NodeSelectorOpIn, Values: []string{node.Name},
					}},
				}},
			}},
		},
	}
}

// volumeFolder returns the folder of a claim's files on the node.
func volumeFolder(claim string) string { return filepath.Join(sandbox.StateDir(), "volumes", claim) }

func claim(name string) *corev1.PersistentVolumeClaim {
	class := storageClass
	return &corev1.PersistentVolumeClaim{
		ObjectMeta: metav1.ObjectMeta{Name: name},
		Spec: corev1.PersistentVolumeClaimSpec{
			StorageClassName: &class,
			AccessModes:      []corev1.PersistentVolumeAccessMode{corev1.ReadWriteOnce},
			Resources: corev1.VolumeResourceRequirements{
				Requests: corev1.ResourceList{corev1.ResourceStorage: resource.MustParse("1Gi")},
			},
		},
	}
}
