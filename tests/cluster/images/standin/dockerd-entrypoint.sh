#!/bin/sh
# Stands in for the entrypoint of docker:*-dind: what the official image documents, in our words.
set -eu

socket=unix:///var/run/docker.sock
if [ "$(id -u)" != 0 ]; then
	export XDG_RUNTIME_DIR="${XDG_RUNTIME_DIR:-/run/user/$(id -u)}"
	socket=unix://$XDG_RUNTIME_DIR/docker.sock
fi
case "${DOCKER_HOST-}" in unix://*) socket=$DOCKER_HOST ;; esac
certificates=${DOCKER_TLS_CERTDIR-}

# One authority, one server and one client certificate; the server answers to every address of the pod.
generate_certificates() {
	mkdir -p "$certificates/ca" "$certificates/server" "$certificates/client"
	names="DNS:localhost,DNS:docker,DNS:$(hostname)"
	for address in 127.0.0.1 $(hostname -I); do names="$names,IP:$address"; done
	openssl req -new -x509 -nodes -days 825 -subj '/CN=docker:dind CA' \
		-keyout "$certificates/ca/key.pem" -out "$certificates/ca/cert.pem" 2>/dev/null
	for side in server client; do
		openssl req -new -nodes -subj "/CN=docker:dind $side" \
			-keyout "$certificates/$side/key.pem" -out "$certificates/$side/request.pem" 2>/dev/null
		printf 'subjectAltName=%s\nextendedKeyUsage=%sAuth\n' "$names" "$side" >"$certificates/$side/extensions"
		openssl x509 -req -days 825 -in "$certificates/$side/request.pem" -out "$certificates/$side/cert.pem" \
			-CA "$certificates/ca/cert.pem" -CAkey "$certificates/ca/key.pem" -CAcreateserial \
			-extfile "$certificates/$side/extensions" 2>/dev/null
		cp "$certificates/ca/cert.pem" "$certificates/$side/ca.pem"
	done
	chmod 0644 "$certificates/client/key.pem"
}

# Without a command, or with flags only, the daemon listens on its socket and on TCP, on every address.
case "${1-}" in
'' | -*)
	if [ -n "$certificates" ]; then
		generate_certificates
		set -- dockerd --host="$socket" --host=tcp://0.0.0.0:2376 --tlsverify \
			--tlscacert "$certificates/server/ca.pem" --tlscert "$certificates/server/cert.pem" \
			--tlskey "$certificates/server/key.pem" "$@"
		port=2376
	else
		set -- dockerd --host="$socket" --host=tcp://0.0.0.0:2375 "$@"
		port=2375
	fi
	DOCKERD_ROOTLESS_ROOTLESSKIT_FLAGS="${DOCKERD_ROOTLESS_ROOTLESSKIT_FLAGS-} -p 0.0.0.0:$port:$port/tcp"
	;;
esac
[ "$1" = dockerd ] || exec "$@"

find /run /var/run -iname 'docker*.pid' -delete 2>/dev/null || :

# Rootless: a user namespace with the subordinate ids, a network in user space, /etc and /run copied up.
if [ "$(id -u)" != 0 ]; then
	mkdir -p "$XDG_RUNTIME_DIR"
	# The word splitting of the last flags is meant: it is how the official image takes several.
	# shellcheck disable=SC2086
	exec tini -s -- rootlesskit --net="${DOCKERD_ROOTLESS_ROOTLESSKIT_NET:-slirp4netns}" \
		--mtu="${DOCKERD_ROOTLESS_ROOTLESSKIT_MTU:-1500}" --disable-host-loopback --port-driver=builtin \
		--copy-up=/etc --copy-up=/run ${DOCKERD_ROOTLESS_ROOTLESSKIT_FLAGS-} "$@"
fi

# An empty DOCKER_IPTABLES_LEGACY asks for nft, any other value for legacy.
if [ -n "${DOCKER_IPTABLES_LEGACY-}" ]; then
	update-alternatives --set iptables /usr/sbin/iptables-legacy >/dev/null
fi

# What the image's `dind` wrapper does: a private /tmp, cgroup v2 nesting, shared mounts.
mountpoint -q /tmp || mount -t tmpfs none /tmp
if [ -f /sys/fs/cgroup/cgroup.controllers ]; then
	mkdir -p /sys/fs/cgroup/init
	until {
		xargs -rn1 </sys/fs/cgroup/cgroup.procs >/sys/fs/cgroup/init/cgroup.procs || :
		sed -e 's/ / +/g' -e 's/^/+/' </sys/fs/cgroup/cgroup.controllers >/sys/fs/cgroup/cgroup.subtree_control
	} 2>/dev/null; do :; done
fi
mount --make-rshared /
exec tini -- "$@"
