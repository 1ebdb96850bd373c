package report_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/boxp/dindify/fn/report"
)

func TestALongNameIsShortened(t *testing.T) {
	valid := strings.Repeat("x", 253)
	require.Equal(t, "Pod/"+valid, report.Object{Kind: "Pod", Name: valid}.String())
	require.Equal(t, "Pod/"+valid+"…", report.Object{Kind: "Pod", Name: valid + "x"}.String())
	require.Equal(t, "Pod/"+valid[:252]+"…", report.Object{Kind: "Pod", Name: valid[:252] + "é"}.String())
}
