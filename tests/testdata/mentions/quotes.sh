# three uses, no mentions: a number sign in quotes begins no comment.
log "can't pull #$n" && docker run -v /var/run/docker.sock:/a example.com/agent:1
log 'say "no" #1' && docker run -v /run/podman/podman.sock:/a example.com/agent:1
log "it's #2" && docker run -v /run/crio/crio.sock:/a example.com/agent:1
log "it's done" # /run/containerd/containerd.sock
