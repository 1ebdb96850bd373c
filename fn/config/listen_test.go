package config

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// TestOpenPortIsThatOfDockerd compares with what dockerd makes of each address (moby, daemon/pkg/opts/hosts_test.go).
func TestOpenPortIsThatOfDockerd(t *testing.T) {
	for host, port := range map[string]int32{
		"tcp://0.0.0.0:2375":          2375,
		"tcp://0.0.0.0":               2375,
		"tcp://0.0.0.0:":              2375,
		"0.0.0.0:4243":                4243,
		"0.0.0.0":                     2375,
		" tcp://0.0.0.0:2375 ":        2375,
		"tcp://[::]:2376":             2376,
		"[::]":                        2375,
		"tcp://10.0.0.1:2375":         2375,
		"tcp://docker.com:5555":       5555,
		"tcp://127.example.com:2375":  2375,
		"tcp://localhost.example:1":   1,
		"tcp://[::ffff:10.0.0.1]:1":   1,
		"tcp://0.0.0.0:$(PORT)":       2375,
		"$(ADDRESS):4243":             4243,
		"127.0.0.1:$(PORT)":           0,
		"unix://$(FOLDER)/a.sock":     0,
		"":                            0,
		" ":                           0,
		":":                           0,
		":2375":                       0,
		"tcp://":                      0,
		"tcp://:2375":                 0,
		"tcp://localhost:2375":        0,
		"LOCALHOST:2375":              0,
		"127.0.0.1":                   0,
		"tcp://127.1.2.3:2375":        0,
		"tcp://[::1]":                 0,
		"[0:0:0:0:0:0:0:1]:5555":      0,
		"tcp://[::ffff:127.0.0.1]:1":  0,
		"unix:///var/run/docker.sock": 0,
		"fd://":                       0,
		"udp://0.0.0.0:2375":          0,
		"tcp://0.0.0.0:0":             0,
		"tcp://0.0.0.0:123456":        0,
		"tcp://0.0.0.0:2375/":         0,
		"tcp://0.0.0.0:port":          0,
	} {
		got, open := OpenPort(host)
		require.Equal(t, port != 0, open, host)
		if open {
			require.Equal(t, port, got, host)
		}
	}
}

// TestEveryFormOfAFlagIsRead checks the forms that spf13/pflag accepts, and words that only look like them.
func TestEveryFormOfAFlagIsRead(t *testing.T) {
	for _, words := range [][]string{
		{"-H", "a"},
		{"-H=a"},
		{"-Ha"},
		{"--host", "a"},
		{"--host=a"},
		{"-DHa"},
		{"-DH", "a"},
		{"dockerd", "-D", "--host=a", "--debug"},
	} {
		require.Equal(t, []string{"a"}, FlagValues(words, HostFlags...), words)
	}
	for _, words := range [][]string{{"--host-gateway-ip=a"}, {"--hosts=a"}, {"host=a"}, {"-D"}, {"-"}, {"-l", "H"}} {
		require.Empty(t, FlagValues(words, HostFlags...), words)
	}
	require.Equal(t, []string{"a", "", "b"}, FlagValues([]string{"-Ha", "--host=", "-H", "b"}, HostFlags...))
}
