# one use, one mention: a script binds it, and asks for another one.
docker run --rm -v /var/run/docker.sock:/var/run/docker.sock example.com/agent:1
test -S /run/podman/podman.sock
