# two uses, no mentions: a pattern of a shell begins like a block comment of other formats.
case $socket in
  /*) docker run -v /var/run/docker.sock:/s app ;;
  *) docker run -v /run/docker.sock:/s app ;;
esac
rm -rf /tmp/*/
