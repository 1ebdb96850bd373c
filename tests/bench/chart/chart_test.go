package chart

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestDrawIsWellFormed(t *testing.T) {
	svg := Draw("objects",
		Panel{"CPU time", "s", []Line{{"a", "#111111", []Point{{1, 0.005}, {100_000, 8}}}, {"b", "#222222", []Point{
			{1, 0.02},
			{10, 0.2},
		}}}},
		Panel{"Peak memory", "MiB", []Line{{"a", "#111111", []Point{{1, 14}, {100_000, 3000}}}}})
	decoder := xml.NewDecoder(strings.NewReader(svg))
	for {
		_, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		require.NoError(t, err)
	}
	for _, label := range []string{">0.001<", ">100,000<", ">10,000<", ">CPU time, s<", ">a<", ">b<"} {
		require.Contains(t, svg, label)
	}
}

// TestProportionRisesByOneDecade checks that ten times as much is one decade further on either axis.
func TestProportionRisesByOneDecade(t *testing.T) {
	f := frameOf(Panel{Lines: []Line{{Points: []Point{{1, 0.01}, {1000, 10}}}}})
	require.InDelta(t, decade, f.x(10)-f.x(1), 1e-9)
	require.InDelta(t, decade, f.y(0.1)-f.y(1), 1e-9)
}
