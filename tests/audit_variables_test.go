package tests

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// TestAuditNamesTheLineOfAMountInItsFile: the mount of a variable may be below other documents, in a playbook or in
// text that is no YAML.
func TestAuditNamesTheLineOfAMountInItsFile(t *testing.T) {
	for name, below := range map[string]string{
		"a playbook":  "- vars: {socket: /run/docker.sock}\n  tasks: [{c: {volumes: [\"{{ socket }}:/x\"]}}]\n",
		"broken YAML": "socket=/run/docker.sock\ndocker run -v $socket:/x a\na: b: c\n",
	} {
		t.Run(name, func(t *testing.T) {
			out, _, _ := verb(t, "kind: A\n---\n"+below, "audit", "-")
			require.Contains(t, out, "-:3 ")
			require.Contains(t, out, "line 4 mounts")
		})
	}
}
