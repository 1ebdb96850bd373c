package socket

// Mention is a place in a text that names a runtime's socket, a folder with one, or a Docker endpoint.
type Mention struct {
	Use
	Path string // as in the text, without the scheme of an endpoint: /var/run/docker.sock, docker:2375
	Line int    // 1-based
	Text string // of the line, without the white space around it
	Role Role
}

// Role is the meaning of a mention, as far as its line and the keys above it tell.
type Role string

// Values of Role.
const (
	HostPath  Role = "host path"  // a volume's path on the node
	Bind      Role = "bind mount" // the left side of docker run -v or of a Compose volume, or the source of a bind mount
	MountPath Role = "mount path" // where a volume is mounted in a container
	Endpoint  Role = "endpoint"   // unix://…, tcp://…:2375, npipe://…
	Comment   Role = "comment"    // in a comment that not all formats have; others are skipped
	Plain     Role = "plain"      // anything else
)

// OnNode reports whether the mention names a path on the node, so that a program may use the socket there.
func (m Mention) OnNode() bool { return m.Role == HostPath || m.Role == Bind }
