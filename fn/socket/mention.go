package socket

// Mention is a place in a text that names a runtime's socket, a folder that holds one, or a Docker endpoint.
type Mention struct {
	Use
	Path string // as the text spells it, without the scheme of an endpoint: /var/run/docker.sock, docker:2375
	Line int    // from 1
	Role Role
}

// Role is what the text around a mention makes of it, as far as one line and the keys above it tell.
type Role string

// The roles.
const (
	HostPath  Role = "host path"  // a volume's path on the node
	Bind      Role = "bind mount" // the left side of docker run -v, of a Compose volume, a bind's source
	MountPath Role = "mount path" // where a container sees a volume
	Endpoint  Role = "endpoint"   // unix://…, tcp://…:2375, npipe://…
	Plain     Role = "plain"      // anything else
)

// OnNode says whether the mention names a path on the node, so that something there may use it.
func (m Mention) OnNode() bool { return m.Role == HostPath || m.Role == Bind }
