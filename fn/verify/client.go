package verify

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	corev1 "k8s.io/api/core/v1"

	"github.com/boxp/dindify/fn/config"
)

// useCanary is the hint if the client's image has no program that a check needs: the copy has the daemon's image.
const useCanary = "use --canary: the check canary-user asks from a copy of the pod"

func noClient() Finding {
	return unknown("set DOCKER_HOST in the container that uses the daemon",
		"no container of the pod is known to use the daemon")
}

// clientDaemon checks that each client reaches its daemon, as the client's own user.
func clientDaemon(ctx context.Context, s *Subject) Finding {
	if len(s.Clients) == 0 {
		return noClient()
	}
	var seen []string
	for _, client := range s.Clients {
		info, tool, problem, err := s.clientInfo(ctx, client)
		switch {
		case err != nil:
			return blind(err, "run a command in container %s", client.Name)
		case tool == "":
			return unknown(useCanary,
				"the image of container %s has no program to ask with (docker, curl, python3, perl, node, socat)", client.Name)
		case info == nil:
			return fail(hintOfProblem(problem), "container %s does not reach its daemon at %s: %s", client.Name,
				endpoint(client), problem)
		}
		seen = append(seen, fmt.Sprintf("%s (%s) reaches Docker %s at %s", client.Name, s.userOf(ctx, client),
			info.ServerVersion, endpoint(client)))
	}
	return ok("%s", strings.Join(seen, "; "))
}

func hintOfProblem(problem string) string {
	switch p := strings.ToLower(problem); {
	case strings.Contains(p, "permission denied"):
		return "the container's user needs the socket's group: spec.securityContext.supplementalGroups: [2375]; an " +
			"entrypoint that changes the user must keep its groups"
	case strings.Contains(p, "no such file"):
		return "is the socket's volume mounted at the path of DOCKER_HOST?"
	case strings.Contains(p, "refused"):
		return "the daemon does not listen there: compare DOCKER_HOST with the daemon's --host"
	}
	return "compare DOCKER_HOST with the daemon's --host"
}

// userOf describes the user who runs commands in a container.
func (s *Subject) userOf(ctx context.Context, c *corev1.Container) string {
	out, err := s.in(ctx, c.Name, "id", "-u")
	if uid := strings.TrimSpace(out.Stdout); err == nil && out.Status == 0 && uid != "" {
		return "uid " + uid
	}
	return "its own user"
}

// ownDaemon compares the daemon that each client reaches with the pod's daemon.
func ownDaemon(ctx context.Context, s *Subject) Finding {
	own, f := s.daemonInfo(ctx)
	if own == nil {
		return f
	}
	compared := 0
	for _, client := range s.Clients {
		info, _, _, err := s.clientInfo(ctx, client)
		switch {
		case err != nil:
			return blind(err, "run a command in container %s", client.Name)
		case info == nil:
			continue // client-daemon reports the reason
		case info.ID != own.ID:
			return fail("DOCKER_HOST is set somewhere else too: in the image, in a file, or by an argument",
				"container %s uses another daemon (%s) than that of its pod (%s)", client.Name, info.ID, own.ID)
		}
		compared++
	}
	if compared == 0 {
		return unknown("use --canary", "no client could be asked, so which daemon they use is not seen")
	}
	return ok("the clients' daemon is that of the pod (%s)", short(own.ID))
}

func short(id string) string { return id[:min(12, len(id))] }

const statSocket = `stat -L -c '%F, mode %a, group %g' "$0" && id -G && id -u`

// forAll matches the mode of a socket that each user may write to.
var forAll = regexp.MustCompile(`mode \d*[2367],`)

// socketFile checks the socket at the path where the client had the node's socket.
func socketFile(ctx context.Context, s *Subject) Finding {
	if len(s.Clients) == 0 {
		return noClient()
	}
	client := s.Clients[0]
	at, isUnix := socketOf(client)
	if !isUnix {
		at = "/var/run/docker.sock"
	}
	out, err := s.in(ctx, client.Name, "sh", "-c", statSocket, at)
	switch {
	case err != nil:
		return blind(err, "run a command in container %s", client.Name)
	case out.Status == noProgram:
		return unknown(useCanary, "the image of container %s has no sh or no stat", client.Name)
	case out.Status != 0 && !isUnix:
		return warn("set spec.client.transport: Unix",
			"there is no %s: an application that looks for the file, instead of DOCKER_HOST, finds none", at)
	case out.Status != 0:
		return fail("is the socket's volume mounted there? set spec.client.socketMount", "%s: %s", at, out.output())
	}
	kind, rest, _ := strings.Cut(strings.TrimSpace(out.Stdout), "\n")
	groups, user, _ := strings.Cut(rest, "\n")
	if !strings.HasPrefix(kind, "socket") {
		return fail("set DOCKER_HOST to the socket that the daemon makes, by its --host", "%s is no socket: %s", at, kind)
	}
	group, their := kind[strings.LastIndexByte(kind, ' ')+1:], strings.Fields(groups)
	if !slices.Contains(their, group) && user != "0" && !forAll.MatchString(kind) {
		return fail("set spec.securityContext.supplementalGroups: ["+group+"]",
			"%s belongs to group %s, and the client has %s", at, group, strings.Join(their, ", "))
	}
	return ok("%s: %s", at, kind)
}

// portListen reads the pod's listening sockets: all containers of the pod share one network.
func portListen(ctx context.Context, s *Subject) Finding {
	out, err := s.inDaemon(ctx, "cat", "/proc/net/tcp", "/proc/net/tcp6")
	if err != nil {
		return blind(err, "run a command in container %s", s.Daemon.Name)
	}
	sockets := listening(out.Stdout)
	if out.Stdout == "" {
		return unknown("the check port-closed tells whether the daemon's own ports are open",
			"/proc/net/tcp cannot be read: %s", out.output())
	}
	ports := s.daemonPorts()
	var others []string
	for _, l := range sockets {
		isDaemons := slices.Contains(ports, int32(l.port))
		switch {
		case l.loopback:
			continue
		case isDaemons && l.port != config.DockerPort && s.verifiesTLS():
			others = append(others, fmt.Sprintf("%d (with --tlsverify)", l.port))
		case isDaemons:
			return fail("set spec.client.transport: Unix, or TCP, which binds 127.0.0.1; by hand: dockerd "+
				"--host=unix:///var/run/docker.sock",
				"the daemon listens on %s: every pod and node that reaches the pod's address is root in it", l)
		default:
			others = append(others, l.String())
		}
	}
	if len(others) == 0 {
		return ok("nothing in the pod listens beyond loopback")
	}
	return ok("the daemon listens on no port beyond loopback; others: %s", strings.Join(compact(others), ", "))
}

// verifiesTLS reports whether the daemon demands a certificate from its clients.
func (s *Subject) verifiesTLS() bool {
	return slices.Contains(slices.Concat(s.Daemon.Command, s.Daemon.Args), "--tlsverify") ||
		byEntrypoint(s.Daemon) && makesCertificates(s.Daemon)
}

type listener struct {
	address  string
	port     int
	loopback bool
}

func (l listener) String() string { return fmt.Sprintf("%s:%d", l.address, l.port) }

// listening reads the sockets in state LISTEN (0A) of /proc/net/tcp and tcp6 (Linux,
// Documentation/networking/proc_net_tcp).
func listening(table string) []listener {
	var all []listener
	for line := range strings.Lines(table) {
		fields := strings.Fields(line)
		if len(fields) < 4 || fields[3] != "0A" {
			continue
		}
		address, port, found := strings.Cut(fields[1], ":")
		number, err := strconv.ParseUint(port, 16, 16)
		if !found || err != nil {
			continue
		}
		l := listener{port: int(number), address: address}
		switch {
		case len(address) == 8 && strings.HasSuffix(address, "7F"):
			l.loopback = true // 127.x.x.x, in the byte order of the machine
		case address == "00000000000000000000000001000000", strings.HasPrefix(address, "0000000000000000FFFF0000") &&
			strings.HasSuffix(address, "7F"):
			l.loopback = true
		case strings.Trim(address, "0") == "":
			l.address = "every address"
		}
		all = append(all, l)
	}
	return all
}
