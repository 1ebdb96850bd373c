# four uses, no mentions: a variable is a part of a path, and the target of a bind mount.
docker run -v /var/run/docker.sock:$SOCK example.com/agent:1
docker run -v /run/crio/crio.sock:${SOCK} example.com/agent:1
docker run -v /run/containerd/containerd.sock:$(SOCK) example.com/agent:1
docker run -v /run/user/$(id -u)/podman/podman.sock:/run/podman.sock example.com/agent:1
