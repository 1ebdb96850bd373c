#!/bin/sh
# dindify convert, as a post-renderer. Helm 4 drops what a post-renderer says on standard error, the reason of a failure
# too, so this says it on Helm's own where that is a terminal or a pipe (in a file, Helm would write over it), or else
# on the terminal.
set -eu
for stderr in "/proc/$PPID/fd/2" /dev/tty; do
  if [ ! -f "$stderr" ] && (: >>"$stderr") 2>/dev/null; then
    exec dindify convert "$@" 2>>"$stderr"
  fi
done
exec dindify convert "$@"
