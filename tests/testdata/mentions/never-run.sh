# one use, two mentions: a here-document of the command that does nothing is a comment.
: <<'END'
docker run -v /var/run/docker.sock:/s app
END
docker run -v /run/podman/podman.sock:/s app
  : <<-"NOTE"
	hostPath: /run/crio/crio.sock
	NOTE
