package verify

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	corev1 "k8s.io/api/core/v1"
)

// dockerInfo is the part of Docker's /info that checks read.
type dockerInfo struct {
	ID             string
	ServerVersion  string
	Driver         string
	DockerRootDir  string
	CgroupVersion  string
	Warnings       []string
	RegistryConfig struct {
		Mirrors               []string
		InsecureRegistryCIDRs []string
		IndexConfigs          map[string]struct{ Secure bool }
	}
	ServerErrors []string // errors that a client prints instead of an answer
}

// ask is a way to get /info from inside a container.
type ask struct {
	tool string
	args func(endpoint string, tls bool) []string // nil if the tool cannot reach that endpoint
}

// asks are tried in this order; a program that the image does not have is skipped.
var asks = []ask{
	{"docker", func(string, bool) []string { return []string{"docker", "info", "--format", "{{json .}}"} }},
	{"curl", curl},
	{"python3", python},
	{"perl", perl},
	{"node", nodeJS},
	{"socat", socat},
}

const request = `GET /info HTTP/1.0\r\nHost: docker\r\n\r\n`

func curl(endpoint string, tls bool) []string {
	if socket, isUnix := strings.CutPrefix(endpoint, "unix://"); isUnix {
		return []string{"curl", "-sS", "--max-time", "10", "--unix-socket", socket, "http://docker/info"}
	}
	if tls {
		return nil
	}
	return []string{"curl", "-sS", "--max-time", "10", "http://" + strings.TrimPrefix(endpoint, "tcp://") + "/info"}
}

func python(endpoint string, tls bool) []string {
	family, address, known := pythonAddress(endpoint)
	if !known || tls {
		return nil
	}
	return []string{"python3", "-c", "import socket\ns=socket.socket(" + family + ")\ns.settimeout(10)\ns.connect(" +
		address + ")\n" +
		`s.sendall(b"` + request + `")` + "\nd=b''\nwhile True:\n  p=s.recv(65536)\n  if not p: break\n  " +
		"d+=p\nprint(d.split(b'\\r\\n\\r\\n',1)[1].decode())"}
}

func pythonAddress(endpoint string) (family, address string, known bool) {
	if socket, isUnix := strings.CutPrefix(endpoint, "unix://"); isUnix {
		return "socket.AF_UNIX", fmt.Sprintf("%q", socket), true
	}
	host, port, found := strings.Cut(strings.TrimPrefix(endpoint, "tcp://"), ":")
	return "socket.AF_INET", fmt.Sprintf("(%q,%s)", host, port), found
}

func perl(endpoint string, tls bool) []string {
	socket, isUnix := strings.CutPrefix(endpoint, "unix://")
	if !isUnix || tls {
		return nil
	}
	return []string{
		"perl", "-MIO::Socket::UNIX", "-e",
		`$s=IO::Socket::UNIX->new(Peer=>$ARGV[0]) or die "$!\n"; print $s "` + request +
			`"; local $/; $_=<$s>; s/.*?\r\n\r\n//s; print`, socket,
	}
}

func nodeJS(endpoint string, tls bool) []string {
	socket, isUnix := strings.CutPrefix(endpoint, "unix://")
	if !isUnix || tls {
		return nil
	}
	return []string{
		"node", "-e",
		`require("http").get({socketPath:process.argv[1],path:"/info"},r=>r.pipe(process.stdout)).on("error",e=>{console.error(e.message);process.exit(1)})`, socket,
	}
}

func socat(endpoint string, tls bool) []string {
	socket, isUnix := strings.CutPrefix(endpoint, "unix://")
	if !isUnix || tls {
		return nil
	}
	return []string{"sh", "-c", `command -v socat >/dev/null || exit 127; printf '` + request +
		`' | socat -t10 - UNIX-CONNECT:"$0" | sed '1,/^.$/d'`, socket}
}

// clientInfo asks the daemon from a client's container, as the container's user. The tool is "" if the image has none.
func (s *Subject) clientInfo(ctx context.Context, client *corev1.Container) (info *dockerInfo, tool, problem string,
	err error,
) {
	for _, a := range asks {
		args := a.args(endpoint(client), usesTLS(client))
		if args == nil {
			continue
		}
		out, err := s.in(ctx, client.Name, args...)
		if err != nil {
			return nil, "", "", err
		}
		if out.Status == noProgram || out.Status == 126 {
			continue
		}
		info, problem = readInfo(out)
		return info, a.tool, problem, nil
	}
	return nil, "", "", nil
}

// readInfo decodes an answer. docker info exits with 0 even if it gets none.
func readInfo(out Output) (*dockerInfo, string) {
	info := &dockerInfo{}
	if err := json.Unmarshal([]byte(out.Stdout), info); err != nil {
		return nil, out.output()
	}
	if len(info.ServerErrors) > 0 {
		return nil, info.ServerErrors[0]
	}
	if info.ID == "" {
		return nil, out.output()
	}
	return info, ""
}

// daemonInfo asks the daemon in its own container, once.
func (s *Subject) daemonInfo(ctx context.Context) (*dockerInfo, Finding) {
	if s.info != nil {
		return s.info, Finding{}
	}
	out, err := s.inDaemon(ctx, "docker", "info", "--format", "{{json .}}")
	if err != nil {
		return nil, blind(err, "run docker info in container %s", s.Daemon.Name)
	}
	if out.Status == noProgram {
		return nil, unknown("set spec.daemon.image to an image that has the Docker CLI",
			"the daemon's image has no docker program to ask with")
	}
	info, problem := readInfo(out)
	if info == nil {
		return nil, fail("read kubectl logs -c "+s.Daemon.Name, "the daemon does not answer in its own container: %s",
			problem)
	}
	s.info = info
	return info, Finding{}
}
