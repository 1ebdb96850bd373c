package laws

import (
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
	appsv1 "k8s.io/api/apps/v1"
	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	rbacv1 "k8s.io/api/rbac/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/serializer"

	"github.com/boxp/dindify/fn/journal"
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/stream"
	"github.com/boxp/dindify/fn/yamldoc"
)

func joinSorted(texts []string) []byte {
	slices.Sort(texts)
	return []byte(strings.Join(texts, "\n---\n"))
}

// decoder knows the Kubernetes types that dindify writes, and is strict.
var decoder = sync.OnceValue(func() runtime.Decoder {
	scheme := runtime.NewScheme()
	for _, add := range []func(*runtime.Scheme) error{
		corev1.AddToScheme, appsv1.AddToScheme, batchv1.AddToScheme,
		rbacv1.AddToScheme,
	} {
		if err := add(scheme); err != nil {
			panic(err)
		}
	}
	return serializer.NewCodecFactory(scheme, serializer.EnableStrict).UniversalDeserializer()
})

// checkPods decodes the output of the run strictly, and checks the laws on its pods.
func checkPods(t testing.TB, input, output []byte) {
	t.Helper()
	file, err := stream.ReadFile("", string(output))
	require.NoError(t, err)
	if !decodes(t, input) {
		return // the user's errors are not dindify's
	}
	for _, item := range file.Items {
		annotations := yamldoc.Keys(item.Document().Root(), "metadata", "annotations")
		converted := slices.Contains(annotations, journal.Annotation)
		if converted || slices.Contains(annotations, kube.ServesAnnotation) {
			CheckObject(t, []byte(item.Document().Text()), converted)
		}
	}
}

// CheckObject decodes an object of a run's output strictly, and checks the laws on its pod if it was converted.
func CheckObject(t require.TestingT, text []byte, converted bool) {
	obj, _, err := decoder().Decode(text, nil, nil)
	if runtime.IsNotRegisteredError(err) {
		return
	}
	require.NoError(t, err, "%s", text)
	if pod := podOf(obj); pod != nil && converted {
		checkPod(t, pod, obj)
	}
}

func decodes(t testing.TB, text []byte) bool {
	file, err := stream.ReadFile("", string(text))
	require.NoError(t, err)
	for _, item := range file.Items {
		if item.Document().Root() == nil {
			continue
		}
		if _, _, err := decoder().Decode([]byte(item.Document().Text()), nil, nil); err != nil &&
			!runtime.IsNotRegisteredError(err) && !runtime.IsMissingKind(err) {
			return false
		}
	}
	return true
}

func podOf(obj runtime.Object) *corev1.PodSpec {
	switch o := obj.(type) {
	case *corev1.Pod:
		return &o.Spec
	case *corev1.PodTemplate:
		return &o.Template.Spec
	case *corev1.ReplicationController:
		return &o.Spec.Template.Spec
	case *appsv1.Deployment:
		return &o.Spec.Template.Spec
	case *appsv1.ReplicaSet:
		return &o.Spec.Template.Spec
	case *appsv1.StatefulSet:
		return &o.Spec.Template.Spec
	case *appsv1.DaemonSet:
		return &o.Spec.Template.Spec
	case *batchv1.Job:
		return &o.Spec.Template.Spec
	case *batchv1.CronJob:
		return &o.Spec.JobTemplate.Spec.Template.Spec
	}
	return nil
}

func checkPod(t require.TestingT, pod *corev1.PodSpec, obj runtime.Object) {
	used := map[string]bool{}
	for _, c := range slices.Concat(pod.InitContainers, pod.Containers) {
		paths := map[string]bool{}
		for _, m := range c.VolumeMounts {
			used[m.Name] = true
			require.False(t, paths[m.MountPath], "two mounts at %s of %s", m.MountPath, c.Name)
			paths[m.MountPath] = true
		}
	}
	for _, c := range pod.EphemeralContainers {
		for _, m := range c.VolumeMounts {
			used[m.Name] = true
		}
	}
	names := map[string]bool{}
	for _, v := range pod.Volumes {
		require.False(t, names[v.Name], "two volumes called %s", v.Name)
		names[v.Name] = true
		if slices.Contains(journal.OwnVolumes, v.Name) {
			require.True(t, used[v.Name], "nothing uses volume %s", v.Name)
		}
		if v.HostPath != nil {
			require.False(t, strings.HasSuffix(strings.TrimRight(v.HostPath.Path, "/"), "docker.sock"), "a socket is left in %T",
				obj)
		}
	}
	for _, own := range journal.OwnVolumes {
		require.True(t, !used[own] || names[own], "%s is mounted, and no volume", own)
	}
	require.False(t, pod.HostNetwork && hasDaemon(pod), "hostNetwork")
}

func hasDaemon(pod *corev1.PodSpec) bool {
	return slices.ContainsFunc(slices.Concat(pod.InitContainers, pod.Containers),
		func(c corev1.Container) bool { return c.Name == "dind-daemon" })
}
