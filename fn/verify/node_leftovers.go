package verify

import (
	"context"
	"strings"

	corev1 "k8s.io/api/core/v1"
)

// lookAtNode counts what the node's own Docker holds. Containers of the kubelet have its labels if the kubelet uses
// that Docker (cri-dockerd).
const lookAtNode = `s=/node-run/docker.sock
[ -S $s ] || { echo none; exit 0; }
docker -H unix://$s info >/dev/null 2>&1 || { echo none; exit 0; }
all=$(docker -H unix://$s ps -aq | wc -l)
kubelet=$(docker -H unix://$s ps -aq --filter label=io.kubernetes.pod.name | wc -l)
echo "$((all-kubelet)) containers, $(docker -H unix://$s image ls -q | sort -u | wc -l) images, $(docker -H unix://$s volume ls -q | wc -l) volumes"`

// nodeLeftovers counts containers and images that earlier workloads left in the node's own Docker. It only reads, in a
// Job that mounts the node's /run while it runs.
func nodeLeftovers(ctx context.Context, s *Subject) Finding {
	if s.Pod == nil {
		return unknown("wait for a pod", "no pod of its newest template runs, so its node is not known")
	}
	directory, no, root := corev1.HostPathDirectory, false, int64(0)
	spec := corev1.PodSpec{
		RestartPolicy: corev1.RestartPolicyNever, NodeName: s.Pod.Spec.NodeName, AutomountServiceAccountToken: &no,
		ImagePullSecrets: s.Spec.ImagePullSecrets, Tolerations: []corev1.Toleration{{Operator: corev1.TolerationOpExists}},
		Volumes: []corev1.Volume{{Name: "node-run", VolumeSource: corev1.VolumeSource{
			HostPath: &corev1.HostPathVolumeSource{Path: "/run", Type: &directory},
		}}},
		Containers: []corev1.Container{{
			Name: "look", Image: s.Daemon.Image, ImagePullPolicy: s.Daemon.ImagePullPolicy, Command: []string{
				"sh", "-c",
				lookAtNode,
			},
			VolumeMounts:    []corev1.VolumeMount{{Name: "node-run", MountPath: "/node-run", ReadOnly: true}},
			SecurityContext: &corev1.SecurityContext{RunAsUser: &root},
		}},
	}
	succeeded, log, problem := s.runJob(ctx, s.jobName("node"), spec)
	node := s.Pod.Spec.NodeName
	switch {
	case problem != nil:
		return *problem
	case !succeeded:
		return unknown("on the node: docker ps -a; docker images", "the Docker of node %s could not be asked: %s",
			node, log)
	case log == "none":
		return ok("node %s has no Docker of its own, so nothing is left there", node)
	case strings.HasPrefix(log, "0 containers, 0 images, 0 volumes"):
		return ok("the Docker of node %s is empty", node)
	}
	return warn("on the node, when nothing uses its Docker any more: docker system prune --all --volumes",
		"the Docker of node %s still holds %s", node, log)
}
