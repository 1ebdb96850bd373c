package plugin

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/boxp/dindify/fn/cli"
	"github.com/boxp/dindify/fn/suggest"
	"github.com/boxp/dindify/fn/verify"
	"github.com/boxp/dindify/fn/verify/print"
)

// unable returns an error with exit status 2: verify could not check anything.
func unable(err error) error { return &cli.StatusError{Status: 2, Err: err} }

// check validates the combination of flags and returns all problems at once.
func (c *command) check() (print.Format, error) {
	var errs []error
	format, known := print.Formats[c.output]
	if !known {
		errs = append(errs, fmt.Errorf("-o must be %s, got %q", strings.Join(slices.Sorted(maps.Keys(print.Formats)), ", "),
			c.output))
	}
	if _, known := bars[c.failOn]; !known {
		errs = append(errs, fmt.Errorf("--fail-on must be fail, warn or unknown, got %q", c.failOn))
	}
	c.Levels = c.levels()
	errs = append(errs, c.contradictions()...)
	return format, errors.Join(append(errs, c.checkIDs()...)...)
}

// levels returns the levels that the flags allow.
func (c *command) levels() []verify.Level {
	levels := []verify.Level{verify.Exec}
	if c.nested {
		levels = append(levels, verify.Nested)
	}
	if c.canary {
		levels = append(levels, verify.Canary)
	}
	return levels
}

// contradictions returns the flags that exclude each other.
func (c *command) contradictions() (errs []error) {
	for _, rule := range []struct {
		broken bool
		text   string
	}{
		{c.Disruptive && !c.canary, "--disruptive needs --canary: it never kills or prunes anything in your own pod"},
		{c.Pre && len(c.files) == 0, "--pre needs -f: the manifests to apply"},
		{c.Pre && (c.nested || c.canary), "--pre checks before anything runs: omit --nested and --canary"},
		{(c.Pull != "" || c.Image != "") && !c.nested, "--pull and --image need --nested"},
		{c.AllNamespaces && len(c.Names) > 0 && c.Selector == "", "a name needs a namespace: use -n instead of -A"},
		{c.Wait < 0, "--wait must not be negative"},
		{c.AllNamespaces && c.given("namespace"), "-A and -n contradict each other: omit one"},
		{c.list && len(c.Names) > 0, "--list prints all checks: omit names"},
		{c.cleanup && len(c.Names) > 0, "--cleanup removes from the whole namespace: omit names"},
		{c.list && c.cleanup, "--list and --cleanup contradict each other: omit one"},
	} {
		if rule.broken {
			errs = append(errs, errors.New(rule.text))
		}
	}
	return append(errs, c.withoutRun()...)
}

// withoutRun returns the flags of a run that --list and --cleanup would ignore.
func (c *command) withoutRun() (errs []error) {
	if !c.list && !c.cleanup {
		return nil
	}
	for _, flag := range []struct{ name, shown string }{
		{"filename", "-f"},
		{"selector", "-l"},
		{"output", "-o"},
		{"pre", "--pre"},
		{"nested", "--nested"},
		{"canary", "--canary"},
		{"disruptive", "--disruptive"},
		{"check", "--check"},
		{"skip", "--skip"},
		{"pull", "--pull"},
		{"image", "--image"},
		{"wait", "--wait"},
		{"fail-on", "--fail-on"},
	} {
		if c.given(flag.name) {
			errs = append(errs, fmt.Errorf("--list and --cleanup run no checks: omit %s", flag.shown))
		}
	}
	return errs
}

// checkIDs validates --check and --skip.
func (c *command) checkIDs() (errs []error) {
	for _, flag := range []struct {
		name string
		ids  []string
	}{{"check", c.Only}, {"skip", c.Skip}} {
		if c.given(flag.name) && len(flag.ids) == 0 {
			errs = append(errs, fmt.Errorf("--%s needs the id of a check: --list prints them", flag.name))
		}
		for _, id := range flag.ids {
			if _, known := verify.Find(id); !known {
				errs = append(errs, fmt.Errorf("%q is no check%s", id, suggest.From(id, verify.IDs())))
			}
		}
	}
	for _, id := range c.Only {
		if check, known := verify.Find(id); known {
			if problem := c.cannotRun(check); problem != "" {
				errs = append(errs, fmt.Errorf("--check %s %s", id, problem))
			}
		}
	}
	return errs
}

// cannotRun says why the other flags exclude a check, or returns "".
func (c *command) cannotRun(check verify.Check) string {
	switch {
	case slices.Contains(c.Skip, check.ID):
		return "contradicts --skip"
	case c.Pre && !check.Pre:
		return "needs the applied objects: omit --pre"
	case !c.Pre && check.OnlyPre:
		return "needs --pre"
	case check.Level != verify.Look && !slices.Contains(c.Levels, check.Level):
		return "needs --" + string(check.Level)
	case check.Disruptive && !c.Disruptive:
		return "needs --disruptive"
	case check.ID == "pull" && c.Pull == "":
		return "needs --pull"
	case check.ID == "drift" && len(c.files) == 0:
		return "needs -f: the manifests to compare"
	}
	return ""
}

// bars maps --fail-on to the results that make the exit status 1.
var bars = map[string][]verify.Result{
	"fail":    {verify.Fail},
	"warn":    {verify.Fail, verify.Warn},
	"unknown": {verify.Fail, verify.Warn, verify.Unknown},
}

// status returns the exit status of a run, as an error.
func (c *command) status(rep *verify.Report) error {
	checks := slices.Clone(rep.Checks)
	for _, l := range rep.Workloads {
		checks = append(checks, l.Checks...)
	}
	has := func(results ...verify.Result) bool {
		return slices.ContainsFunc(checks, func(o verify.Outcome) bool { return slices.Contains(results, o.Result) })
	}
	switch {
	case has(bars[c.failOn]...):
		return &cli.StatusError{Status: 1}
	case has(verify.Unknown) && len(c.Only) > 0:
		return unable(errors.New("a check of --check is unknown"))
	case !has(verify.OK, verify.Warn, verify.Fail):
		return unable(errors.New("nothing was checked: no chosen check applies, or could look"))
	}
	return nil
}
