package cli

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	fn "github.com/boxp/dindify/fn/function"
	"github.com/boxp/dindify/fn/kustomize"
	"github.com/boxp/dindify/fn/report"
)

// function runs the KRM function with an override. It prints only warnings and errors to standard error: hosts show
// that to people, and kustomize shows nothing else. Infos are in the results.
func function(s Streams, o fn.Override) error {
	in, err := readAll(s.In)
	if err != nil {
		return fmt.Errorf("cannot read the ResourceList: %w", err)
	}
	out, rep := fn.Run(in, o)
	if _, err := out.WriteTo(s.Out); err != nil {
		return fmt.Errorf("cannot write the ResourceList: %w", err)
	}
	var lines strings.Builder
	printFindings(Streams{Err: &lines}, rep, report.Warning)
	_, _ = io.WriteString(s.Err, kustomize.Unsaid(lines.String())) // standard error may be closed
	return failed(rep)
}

// printFindings prints the findings of at least that severity, most severe first.
func printFindings(s Streams, rep *report.Report, least report.Severity) {
	out := bufio.NewWriterSize(s.Err, 64<<10) // there may be tens of thousands
	var line []byte
	for f := range rep.BySeverity() {
		if f.Severity == report.Info && least != report.Info {
			continue
		}
		line = appendFinding(line[:0], f)
		_, _ = out.Write(line) // standard error may be closed
	}
	_ = out.Flush()
}

func appendFinding(line []byte, f *report.Finding) []byte {
	line = append(append(line, "dindify: "...), f.Severity...)
	line = f.AppendTo(append(line, ": "...))
	return append(append(append(line, " ["...), f.ID...), "]\n"...)
}

// note prints a line about the run itself, which may quote a file's name.
func (s Streams) note(format string, args ...any) {
	fmt.Fprintf(s.Err, "dindify: %s\n", report.Plain(fmt.Sprintf(format, args...)))
}

// printClasses prints the class of each converted workload, with its evidence.
func printClasses(s Streams, rep *report.Report) {
	for _, f := range rep.All() {
		if f.ID == report.Classified {
			_, _ = s.Err.Write(appendFinding(nil, f))
		}
	}
}

func failed(rep *report.Report) error {
	if rep.Failed() {
		return errReported
	}
	return nil
}
