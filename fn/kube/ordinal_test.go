package kube

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestHasOrdinal(t *testing.T) {
	for _, name := range []string{"app-0", "app-12"} {
		require.True(t, HasOrdinal(name, "app"), name)
	}
	for _, name := range []string{"", "app", "app-", "app-x", "app-0-1", "app0", "other-0"} {
		require.False(t, HasOrdinal(name, "app"), name)
	}
}
