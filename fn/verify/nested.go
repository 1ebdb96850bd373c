package verify

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"path"
	"strings"
)

// verifyLabel is on everything that a run creates; its value is the run's id.
const verifyLabel = "dindify.dev/verify"

// nested runs a program in a container of the pod's daemon. The container has no capabilities and a read-only file
// system, is removed when it ends, and pulls nothing.
func (s *Subject) nested(ctx context.Context, options []string, program string, args ...string) (Output, error) {
	command, err := s.image.command(program, args...)
	if err != nil {
		return Output{}, err
	}
	line := []string{"docker", "run", "--rm", "--label", verifyLabel + "=" + s.id, "--read-only", "--cap-drop", "ALL"}
	if s.image.programs != nil {
		line = append(line, "--pull", "never")
	}
	line = append(append(line, options...), s.image.name)
	s.containers++
	return s.workInDaemon(ctx, append(line, command...)...)
}

// nestedRun starts a container.
func nestedRun(ctx context.Context, s *Subject) Finding {
	image := s.imageForNested(ctx)
	if image.problem != nil {
		return *image.problem
	}
	out, err := s.nested(ctx, []string{"--network", "none"}, "sh", "-c", "echo it runs")
	switch {
	case err != nil:
		return blind(err, "run a container")
	case out.Status != 0:
		return fail("read kubectl logs -c "+s.Daemon.Name, "the daemon runs no container: %s", dockerError(out.Stderr))
	}
	return ok("the daemon runs a container (of %s)", strings.Join(baseNames(image.programs), ", "))
}

func baseNames(paths []string) []string {
	if paths == nil {
		return []string{"the image of --image"}
	}
	names := make([]string, len(paths))
	for i, p := range paths {
		names[i] = path.Base(p)
	}
	return names
}

// nestedMount mounts each volume of the clients into a container, as they would, and compares the files in it. --mount
// fails if the directory is missing; -v would create it.
func nestedMount(ctx context.Context, s *Subject) Finding {
	if image := s.imageForNested(ctx); image.problem != nil {
		return *image.problem
	}
	var same []string
	concluded := false
	for _, client := range s.Clients {
		for _, m := range s.shared(client) {
			at := path.Clean(m.MountPath)
			theirs, f, seen := s.identity(ctx, client.Name, at)
			if !seen {
				return f
			}
			out, err := s.nested(ctx, []string{"--network", "none", "--mount", "type=bind,readonly,source=" + at +
				",target=/dindify"}, "stat", "-L", "-c", "%d:%i", "/dindify")
			switch {
			case err != nil:
				return blind(err, "run a container")
			case out.Status != 0:
				return fail("mount the volume "+m.Name+" at the same path in container "+s.Daemon.Name+": spec.pod.mirrorVolumes",
					"a nested container cannot mount %s: %s", at, dockerError(out.Stderr))
			case strings.TrimSpace(out.Stdout) != theirs && s.sameBySpec(m):
				concluded = true
			case strings.TrimSpace(out.Stdout) != theirs:
				return fail("mount the volume "+m.Name+" at the same path in container "+s.Daemon.Name+": spec.pod.mirrorVolumes",
					"a nested container that mounts %s sees another directory than the client", at)
			}
			same = append(same, at)
		}
	}
	if len(same) == 0 {
		return skip("the clients have no volumes with data")
	}
	if concluded {
		return ok("%s: a nested container mounts it from the daemon; %s", strings.Join(same, ", "), sandboxNumbers).inferred()
	}
	return ok("%s: the same directory in the client, the daemon and a nested container", strings.Join(same, ", "))
}

// nestedPort connects from a container on the daemon's bridge, to both addresses that lead to the pod's network.
func nestedPort(ctx context.Context, s *Subject) Finding {
	if image := s.imageForNested(ctx); image.problem != nil {
		return *image.problem
	}
	out, err := s.inDaemon(ctx, "docker", "network", "inspect", "bridge", "--format",
		"{{range .IPAM.Config}}{{.Gateway}} {{end}}")
	if err != nil {
		return blind(err, "run a command in container %s", s.Daemon.Name)
	}
	addresses := append(strings.Fields(out.Stdout), nonEmpty(s.Pod.Status.PodIP)...)
	ports := s.daemonPorts()
	if s.verifiesTLS() {
		ports = dockerPorts[:1] // a connection alone proves nothing of the others
	}
	asked := 0
	for _, address := range addresses {
		for _, port := range ports {
			out, err := s.dialNested(ctx, address, port)
			if err != nil {
				return unknown("give an image that has nc and timeout with --image", "%v", err)
			}
			switch reached, why := dialled(out); reached {
			case open:
				return fail("set spec.client.transport: Unix",
					"a nested container reaches Docker's API at %s:%d: it can leave its container", address, port)
			case unproven:
				return unknown("the check port-listen decides",
					"a nested container cannot tell whether %s:%d is open: %s", address, port, why)
			}
			asked++
		}
	}
	return ok("a nested container is refused at %d addresses and ports of the pod", asked)
}

// dialWithBash connects to $0 at the port $1. It gives up after seconds, where packets are dropped as in gVisor; bash
// alone does so after two minutes. timeout of GNU ends with status 125 if it is the first process of a container, since
// the parent of its command then has the number 1, as if it were orphaned (coreutils, issue 219): here it is the
// second.
const dialWithBash = `%s 5 %s -c "exec 3<>/dev/tcp/$0/$1" || { [ $? != 124 ] || echo no answer for 5 seconds; exit 1; } >&2`

// dialNested connects to a port from a nested container: with bash if it is known to be there, or else with nc. bash
// returns as soon as it is connected.
func (s *Subject) dialNested(ctx context.Context, address string, port int32) (Output, error) {
	number := fmt.Sprint(port)
	timeout, err := s.image.command("timeout")
	if err != nil {
		return Output{}, err
	}
	if s.image.has("bash") {
		bash, err := s.image.command("bash")
		if err != nil {
			return Output{}, err
		}
		return s.nested(ctx, nil, "sh", "-c", fmt.Sprintf(dialWithBash, strings.Join(timeout, " "), bash[0]), address, number)
	}
	nc, err := s.image.command("nc", address, number)
	if err != nil {
		return Output{}, errors.New("the daemon's image has neither nc nor bash")
	}
	return s.nested(ctx, nil, "timeout", append([]string{"3"}, nc...)...)
}

// dialled interprets the exit of nc or bash. After a connection nc waits for an answer until timeout ends it: 124, or
// 143 from busybox.
func dialled(out Output) (reach, string) {
	switch {
	case strings.Contains(out.Stderr, "refused"):
		return closed, ""
	case out.Status == 0, out.Status == 124, out.Status == 143:
		return open, ""
	case out.Status == 1 && out.Stderr == "":
		return closed, "" // nc without -v prints nothing
	}
	return unproven, fmt.Sprintf("status %d %s", out.Status, out.output())
}

// pull makes the daemon pull an image that the user names.
func pull(ctx context.Context, s *Subject) Finding {
	before, err := s.inDaemon(ctx, "docker", "image", "inspect", s.Pull)
	if err != nil {
		return blind(err, "run a command in container %s", s.Daemon.Name)
	}
	out, err := s.workInDaemon(ctx, "docker", "pull", "--quiet", s.Pull)
	switch {
	case err != nil:
		return blind(err, "pull %s", s.Pull)
	case out.Status != 0:
		return fail("spec.daemon.registryMirrors, insecureRegistries, or HTTPS_PROXY in spec.daemon.env; credentials are "+
			"the client's: its ~/.docker/config.json",
			"the daemon cannot pull %s: %s", s.Pull, dockerError(out.Stderr))
	}
	if before.Status != 0 {
		_, _ = s.workInDaemon(ctx, "docker", "image", "rm", s.Pull) // if this fails, the next clean-up removes it
		return ok("the daemon pulls %s; it was removed again", s.Pull)
	}
	return ok("the daemon pulls %s, which was there before", s.Pull)
}

// dockerError returns the line of docker's standard error with the reason; its last line only mentions --help.
func dockerError(stderr string) string {
	return firstLine(cmp.Or(lineWith(stderr, "Error response from daemon"), stderr))
}
