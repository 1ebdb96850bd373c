# three uses, one mention: a variable is a use if a line mounts what it has from the node.
SOCK=/var/run/docker.sock
docker run -v "$SOCK":/s x
readonly PODMAN="${1:-/run/podman/podman.sock}"
docker run --mount "type=bind,source=${PODMAN},target=/s" x
SHOWN=/run/containerd/containerd.sock
curl --unix-socket "$SHOWN" http://a/
helm install a b --set-string hostPath=,dockerSock=/run/crio/crio.sock
