package print

import (
	"encoding/xml"
	"io"
	"strconv"
	"time"

	"github.com/boxp/dindify/fn/report"
	"github.com/boxp/dindify/fn/verify"
)

type suites struct {
	XMLName xml.Name `xml:"testsuites"`
	Suites  []suite  `xml:"testsuite"`
}

type suite struct {
	Name     string `xml:"name,attr"`
	Tests    int    `xml:"tests,attr"`
	Failures int    `xml:"failures,attr"`
	Errors   int    `xml:"errors,attr"`
	Skipped  int    `xml:"skipped,attr"`
	Cases    []test `xml:"testcase"`
}

type test struct {
	Class   string   `xml:"classname,attr"`
	Name    string   `xml:"name,attr"`
	Time    string   `xml:"time,attr"` // seconds
	Failure *outcome `xml:"failure,omitempty"`
	Error   *outcome `xml:"error,omitempty"`
	Skipped *outcome `xml:"skipped,omitempty"`
	Out     string   `xml:"system-out,omitempty"`
}

type outcome struct {
	Message string `xml:"message,attr"`
	Text    string `xml:",chardata"`
}

// JUnit writes a test suite for each workload. Unknown is a skipped test, and a warning is a passed one.
func JUnit(out io.Writer, rep *verify.Report, _ bool) error {
	all := suites{Suites: []suite{newSuite("cluster", rep.Checks)}}
	for _, l := range rep.Workloads {
		name := l.Ref
		if l.Pod != "" {
			name += " " + l.Pod
		}
		all.Suites = append(all.Suites, newSuite(name, l.Checks))
	}
	return report.EncodeXML(out, all)
}

// JUnitError writes a suite for a run that could not check anything: what reads the file shows why.
func JUnitError(out io.Writer, err error) error {
	one := test{Class: "dindify verify cluster", Name: "verify", Time: "0", Error: &outcome{Message: err.Error()}}
	all := suites{Suites: []suite{{Name: "cluster", Tests: 1, Errors: 1, Cases: []test{one}}}}
	return report.EncodeXML(out, all)
}

func newSuite(name string, checks []verify.Outcome) suite {
	s := suite{Name: name, Tests: len(checks)}
	for _, o := range checks {
		took, _ := time.ParseDuration(o.Took)
		t := test{Class: "dindify verify " + name, Name: o.ID, Time: strconv.FormatFloat(took.Seconds(), 'f', 3, 64)}
		switch o.Result {
		case verify.Fail:
			s.Failures++
			t.Failure = &outcome{o.Text, o.Hint}
		case verify.Unknown, verify.Skip:
			s.Skipped++
			t.Skipped = &outcome{o.Text, o.Hint}
		default:
			t.Out = o.Text
		}
		s.Cases = append(s.Cases, t)
	}
	return s
}
