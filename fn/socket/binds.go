package socket

import "github.com/boxp/dindify/fn/pattern"

// bind matches a bind mount whose path on the node (the group of the match) has no key before it: Docker SDK for Python
// (volumes={"/a": {"bind": "/b"}}), a mapping of paths, as in Packer's volumes, systemd.nspawn(5) and systemd.exec(5)
// (Bind=, BindPaths=), fstab(5) and lxc.container.conf(5) (lxc.mount.entry), and templates of Unraid.
var bind = pattern.Lazy(`["'](/[^"'\s]*)["']\s*:\s*\{\s*["']bind["']\s*:` +
	`|["'](/[^"'\s:]*\.sock)["']\s*[:=]\s*["']/[^"']+["']` +
	`|^\s*Bind(?:ReadOnly)?(?:Paths)?\s*=\s*(/\S*)` +
	`|^\s*(?:lxc\.mount\.entry\s*=\s*)?(/\S*)\s+\S+\s+\S+\s+(?:\S+,)?r?bind\b` +
	`|\bType="Path"[^<>]*>(/[^<]*)<`)

// bindWords lists strings of which every line with such a mount has one.
var bindWords = []string{"bind", "Bind", ".sock", `"Path"`}

// readBinds reads a line with such mounts.
func (s *scanner) readBinds(line string) {
	from := 0
	for _, at := range bind().FindAllStringSubmatchIndex(line, -1) {
		for group := 2; group < len(at); group += 2 {
			if begin, end := at[group], at[group+1]; begin >= 0 {
				s.keysOf(line[from:begin])
				s.words(line[begin:end], Bind)
				from = end
			}
		}
	}
	s.keysOf(line[from:])
}
