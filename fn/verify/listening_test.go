package verify

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// TestListening checks lines of /proc/net/tcp and tcp6: connections are no listeners, and loopback has four forms.
func TestListening(t *testing.T) {
	for line, want := range map[string][]listener{
		"0: 00000000:0947 00000000:0000 0A": {{"every address", 2375, false}},
		"0: 0700F40A:0947 00000000:0000 0A": {{"0700F40A", 2375, false}},
		"0: 0100007F:0947 00000000:0000 0A": {{"0100007F", 2375, true}},
		"0: 0B00007F:B0CB 00000000:0000 0A": {{"0B00007F", 0xb0cb, true}}, // Docker's resolver
		"0: 00000000000000000000000000000000:0948 00000000000000000000000000000000:0000 0A": {
			{"every address", 2376, false},
		},
		"0: 00000000000000000000000001000000:0948 00000000000000000000000000000000:0000 0A": {
			{"00000000000000000000000001000000", 2376, true},
		},
		"0: 0000000000000000FFFF00000100007F:0948 00000000000000000000000000000000:0000 0A": {
			{"0000000000000000FFFF00000100007F", 2376, true},
		},
		"0: 0700F40A:0947 0800F40A:D431 01":                                    nil, // a connection
		"0: 0700F40A:D431 0800F40A:0947 06":                                    nil, // one that was closed
		"sl  local_address rem_address   st tx_queue rx_queue tr tm->when uid": nil,
		"cat: /proc/net/tcp6: No such file or directory":                       nil,
	} {
		require.Equal(t, want, listening(line+"\n"), line)
	}
}
