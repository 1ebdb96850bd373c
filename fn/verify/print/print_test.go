package print

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/boxp/dindify/fn/report"
	"github.com/boxp/dindify/fn/verify"
)

func sample() *verify.Report {
	outcome := func(id string, r verify.Result, e verify.Evidence, text, hint string) verify.Outcome {
		return verify.Outcome{ID: id, Level: verify.Look, Result: r, Evidence: e, Text: text, Hint: hint, Took: "12ms"}
	}
	return &verify.Report{
		Server: "v1.36.3", Checks: []verify.Outcome{outcome("rights", verify.OK, verify.Seen, "all", "")},
		Workloads: []*verify.Looked{{
			Ref: "Deployment/openhands/openhands", Pod: "openhands-1", Node: "worker-3",
			Checks: []verify.Outcome{
				outcome("mtu", verify.Warn, verify.Seen, "1500 | 1450", "set spec.daemon.mtu: 1450"),
				outcome("data", verify.Fail, verify.Inferred, "no <volume>", "spec.daemon.storage\ndindify explain data"),
				outcome("node", verify.Unknown, verify.Seen, "you may not read nodes", "ask:\na Role"),
				outcome("pull", verify.Skip, verify.Inferred, "not asked for", ""),
			},
		}},
		Made: []string{"Job x, removed"},
	}
}

func printed(t *testing.T, name string) string {
	t.Helper()
	var out bytes.Buffer
	require.NoError(t, Formats[name](&out, sample(), false))
	return out.String()
}

func TestTextHasHintsAndLeavesOutWhatDoesNotApply(t *testing.T) {
	text := printed(t, "text")
	require.Contains(t, text, "  FAIL  data    no <volume> (inferred)\n                spec.daemon.storage\n            "+
		"    dindify explain data\n")
	require.Contains(t, text, "  ??    node  ")
	require.NotContains(t, text, "pull")
	require.Contains(t, text, "1 ok, 1 warnings, 1 failed, 1 unknown. Made: Job x, removed.")
}

func TestShortIsALineForEachThatIsNotOK(t *testing.T) {
	require.Len(t, strings.Split(strings.TrimSpace(printed(t, "short")), "\n"), 4)
}

func TestJSONIsTheReport(t *testing.T) {
	var rep verify.Report
	require.NoError(t, json.Unmarshal([]byte(printed(t, "json")), &rep))
	require.Equal(t, sample(), &rep)
}

func TestJUnitCountsFailuresAndSkips(t *testing.T) {
	var all suites
	require.NoError(t, xml.Unmarshal([]byte(printed(t, "junit")), &all))
	require.Len(t, all.Suites, 2)
	require.Equal(t, 4, all.Suites[1].Tests)
	require.Equal(t, 1, all.Suites[1].Failures)
	require.Equal(t, 2, all.Suites[1].Skipped)
	require.Equal(t, "0.012", all.Suites[1].Cases[0].Time)
}

// TestNoFormatPrintsControlCharacters has them wherever a report quotes a name, a log or a message.
func TestNoFormatPrintsControlCharacters(t *testing.T) {
	const control = "\x1b[2J\u009b2J\u202e\r"
	rep := sample()
	rep.Server += control
	rep.Made = append(rep.Made, control)
	l := rep.Workloads[0]
	l.Ref, l.Pod, l.Node, l.About = l.Ref+control, l.Pod+control, l.Node+control, control
	for i := range l.Checks {
		l.Checks[i].Text += control + "\n::error::"
		l.Checks[i].Hint += control
	}
	for name, format := range Formats {
		var out bytes.Buffer
		require.NoError(t, format(&out, rep, false))
		for line := range strings.Lines(out.String()) {
			line = strings.TrimSuffix(line, "\n")
			require.Equal(t, report.Plain(line), line, name)
			require.False(t, strings.HasPrefix(line, "::error::"), name)
		}
	}
	var out bytes.Buffer
	require.NoError(t, JUnitError(&out, errors.New(control)))
	require.NotContains(t, out.String(), "\u009b")
	out.Reset()
	require.NoError(t, JSON(&out, rep, false))
	var read verify.Report
	require.NoError(t, json.Unmarshal(out.Bytes(), &read))
	require.Equal(t, rep, &read, "a program gets the report as it is")
}

func TestMarkdownKeepsTextsInTheirCells(t *testing.T) {
	text := printed(t, "markdown")
	require.Contains(t, text, "| ✗ FAIL | `data` | no &lt;volume> (inferred) | spec.daemon.storage<br>dindify explain "+
		"data |\n")
	require.Contains(t, text, `1500 \| 1450`)
	require.Contains(t, text, "ask:<br>a Role")
}
