package config

import "github.com/boxp/dindify/fn/api"

// Transport is the connection of clients to the daemon.
type Transport string

// Values of Transport.
const (
	Unix Transport = "Unix" // a shared socket, at the path that the application used
	TCP  Transport = "TCP"  // tcp://localhost:2375, bound to 127.0.0.1
	TLS  Transport = "TLS"  // tcp://localhost:2376, with certificates
)

// SocketMount is the way in which the shared socket is mounted.
type SocketMount string

// Values of SocketMount.
const (
	Directory SocketMount = "Directory" // the folder of the socket; survives a restart of the daemon
	File      SocketMount = "File"      // only the socket; keeps the image's own /var/run
)

// Client configures the containers that used the node's socket.
type Client struct {
	// Transport is Unix (a shared socket at the path that the application used), TCP (tcp://localhost:2375) or TLS
	// (tcp://localhost:2376).
	Transport Transport `json:"transport,omitempty"`
	// SocketMount is Directory (survives a restart of the daemon) or File (keeps the image's own /var/run). Only with
	// transport Unix.
	SocketMount SocketMount `json:"socketMount,omitempty"`
	// HostAliases are names that resolve to 127.0.0.1 in the pod.
	HostAliases []string `json:"hostAliases,omitempty"`
	// Resources of the client containers. If set, they replace the containers' own.
	Resources api.ResourceRequirements `json:"resources,omitempty"`
	// Env variables to set in client containers; existing ones are replaced.
	Env []api.EnvVar `json:"env,omitempty"`
	// UnsetEnv lists variables to remove from client containers.
	UnsetEnv []string `json:"unsetEnv,omitempty"`
}
