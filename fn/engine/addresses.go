package engine

// Addresses, folders and the group of a daemon, as its images have them (docker-library/docker, dockerd-entrypoint.sh,
// 29/cli/Dockerfile, 29/dind-rootless/Dockerfile).
const (
	// DefaultSocket is the default of docker in the daemon's own container: probes and kubectl exec need no variable.
	DefaultSocket = "unix:///var/run/docker.sock"

	TCPPort = "2375"
	TLSPort = "2376"

	// Group is the socket's group: docker in the official image.
	Group = 2375

	// RootlessDir is the runtime folder of the rootless image's user.
	RootlessDir = "/run/user/1000"
	// RootlessSocket is the default of docker in the container of a rootless daemon.
	RootlessSocket = "unix://" + RootlessDir + "/docker.sock"
	// RootlessData is the data folder of Docker's rootless image.
	RootlessData = "/home/rootless/.local/share/docker"
)
