package audit

import (
	"encoding/xml"
	"io"

	"github.com/boxp/dindify/fn/report"
)

// JUnit's XML, the subset that CI systems agree on: a test case per row, which fails if it makes the audit fail.
type junitSuites struct {
	XMLName xml.Name   `xml:"testsuites"`
	Suite   junitSuite `xml:"testsuite"`
}

type junitSuite struct {
	Name     string      `xml:"name,attr"`
	Tests    int         `xml:"tests,attr"`
	Failures int         `xml:"failures,attr"`
	Cases    []junitCase `xml:"testcase"`
}

type junitCase struct {
	Name    string        `xml:"name,attr"`
	Class   string        `xml:"classname,attr"`
	File    string        `xml:"file,attr,omitempty"`
	Line    int           `xml:"line,attr,omitempty"`
	Failure *junitFailure `xml:"failure,omitempty"`
}

type junitFailure struct {
	Type    string `xml:"type,attr"`
	Message string `xml:"message,attr"`
	Text    string `xml:",chardata"`
}

func junit(out io.Writer, a Account, _ string) error {
	suite := junitSuite{Name: "dindify audit", Tests: len(a.Rows)}
	for _, r := range a.Rows {
		c := junitCase{Name: r.where() + " " + r.HostPath, Class: orDash(r.Object), File: r.File, Line: r.Line}
		if r.fails {
			suite.Failures++
			c.Failure = &junitFailure{Type: r.Class, Message: r.Reason, Text: r.sentence()}
		}
		suite.Cases = append(suite.Cases, c)
	}
	if len(a.Rows) == 0 {
		suite.Tests, suite.Cases = 1, []junitCase{{Name: "no use of a container runtime's socket", Class: "dindify"}}
	}
	return report.EncodeXML(out, junitSuites{Suite: suite})
}
