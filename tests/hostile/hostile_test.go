package hostile

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/boxp/dindify/tests/laws"
)

// BenchmarkHostile prints the cost of each input: go test ./tests/hostile -bench . -benchtime 1x -benchmem.
func BenchmarkHostile(b *testing.B) {
	for _, in := range Inputs {
		text := []byte(in.Text())
		b.Run(in.Name, func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				laws.Apply(text, nil)
			}
		})
	}
}

func TestInputsAreAMegabyteAtMost(t *testing.T) {
	for _, in := range Inputs {
		require.LessOrEqual(t, len(in.Text()), 1<<20, in.Name)
	}
}
