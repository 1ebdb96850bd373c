package verify

import (
	"slices"

	corev1 "k8s.io/api/core/v1"
)

// canaryUserID is the user of a client whose manifest does not set one.
const canaryUserID = 1000

// canaryScript is the client of the copy: it waits for the daemon, builds an image from the container's own programs,
// and runs it. $0 is the label, $1 the image's name, $2 the command to run afterwards.
const canaryScript = `i=0
until docker info >/dev/null 2>&1; do
  i=$((i+1))
  [ $i -lt 90 ] || { docker info; exit 3; }
  sleep 1
done
echo "dindify: uid $(id -u) reaches Docker $(docker info --format '{{.ServerVersion}}')"
list=$(sh -c "$IMPORT" "$0" "$1") || exit 4
set -- "$2" "$1" $list
then=$1 image=$2 program=$3
case $program in *busybox) program="$program sh" ;; esac
docker run --rm --label "$0" --pull never --network none --read-only --cap-drop ALL $image $program -c 'echo dindify: a nested container ran' || exit 5
[ "$then" = hold ] || exit 0
trap 'exit 0' TERM
echo dindify: holds
while :; do sleep 1 & wait $!; done
`

// copyOfPod returns a pod of the workload's template as a canary. The daemon is unchanged. A container with the
// client's user, groups, mounts and variables, and the daemon's image, replaces the client. Its volumes are empty.
func (s *Subject) copyOfPod(then string) corev1.PodSpec {
	spec := *s.Workload.Template.Spec.DeepCopy()
	e := findEngine(&spec)
	client := &corev1.Container{Name: "client"}
	if len(e.Clients) > 0 {
		client = e.Clients[0]
	}
	copied := corev1.Container{
		Name: client.Name, Image: e.Daemon.Image, ImagePullPolicy: e.Daemon.ImagePullPolicy,
		SecurityContext: client.SecurityContext,
		Command:         []string{"sh", "-c", canaryScript, verifyLabel + "=" + s.id, "dindify-verify:" + s.id, then},
		Env: append(dockerEnv(client.Env), corev1.EnvVar{Name: "IMPORT", Value: makeImage}, corev1.EnvVar{
			Name:  "HOME",
			Value: "/tmp",
		}),
	}
	kept := []*corev1.Container{e.Daemon}
	for _, m := range client.VolumeMounts {
		if v := findVolume(&spec, m.Name); v != nil && (e.isSocketVolume(m.Name) || hasData(v) || mounts(e.Daemon, m.Name)) {
			m.SubPath, m.SubPathExpr = subPathOf(m, e.isSocketVolume(m.Name)), ""
			copied.VolumeMounts = append(copied.VolumeMounts, m)
		}
	}
	kept = append(kept, &copied)
	if !namesUser(client, &spec) {
		copied.SecurityContext = withUser(client.SecurityContext, canaryUserID)
	}
	daemon := *e.Daemon
	daemon.Ports = nil
	spec.InitContainers, spec.Containers = nil, []corev1.Container{copied}
	if e.Sidecar {
		spec.InitContainers = []corev1.Container{daemon}
	} else {
		spec.Containers = []corev1.Container{daemon, copied}
	}
	spec.Volumes = slices.DeleteFunc(spec.Volumes, func(v corev1.Volume) bool {
		return !slices.ContainsFunc(kept, func(c *corev1.Container) bool { return mounts(c, v.Name) })
	})
	for i := range spec.Volumes {
		if v := &spec.Volumes[i]; v.EmptyDir == nil && hasData(v) {
			v.VolumeSource = corev1.VolumeSource{EmptyDir: &corev1.EmptyDirVolumeSource{}}
		}
	}
	return asJobPod(spec)
}

// subPathOf keeps the path of a mount below the socket's volume; other volumes are empty in the copy.
func subPathOf(m corev1.VolumeMount, isSocket bool) string {
	if isSocket {
		return m.SubPath
	}
	return ""
}

// asJobPod removes what only the real pod may have: tokens, placement, probes, a name in DNS.
func asJobPod(spec corev1.PodSpec) corev1.PodSpec {
	no := false
	spec.RestartPolicy, spec.AutomountServiceAccountToken = corev1.RestartPolicyNever, &no
	spec.NodeName, spec.Hostname, spec.Subdomain = "", "", ""
	spec.TopologySpreadConstraints, spec.ReadinessGates, spec.PriorityClassName, spec.Priority = nil, nil, "", nil
	if spec.Affinity != nil {
		spec.Affinity.PodAffinity, spec.Affinity.PodAntiAffinity = nil, nil
	}
	return spec
}

func findVolume(spec *corev1.PodSpec, name string) *corev1.Volume {
	for i := range spec.Volumes {
		if spec.Volumes[i].Name == name {
			return &spec.Volumes[i]
		}
	}
	return nil
}

func mounts(c *corev1.Container, volume string) bool {
	return slices.ContainsFunc(c.VolumeMounts, func(m corev1.VolumeMount) bool { return m.Name == volume })
}

func namesUser(c *corev1.Container, spec *corev1.PodSpec) bool {
	return c.SecurityContext != nil && c.SecurityContext.RunAsUser != nil || spec.SecurityContext != nil &&
		spec.SecurityContext.RunAsUser != nil
}

func withUser(security *corev1.SecurityContext, user int64) *corev1.SecurityContext {
	if security == nil {
		security = &corev1.SecurityContext{}
	}
	security = security.DeepCopy()
	security.RunAsUser = &user
	return security
}
