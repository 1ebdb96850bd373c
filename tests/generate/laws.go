package generate

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// law is a property of every run. It returns the violation, or "".
type law struct {
	Name string
	// Broken checks a run. Laws about conversions are skipped if dindify has refused the input.
	Broken func(*trial) string
	always bool
}

// Laws are checked in this order; the first violation is the result of a run.
var Laws = []law{
	{"it ends, without a panic", (*trial).crashes, true},
	{"an error changes nothing", (*trial).errorChanges, true},
	{"the output is read whole", (*trial).unreadable, false},
	{"nothing is lost", (*trial).loses, false},
	{"what is not converted is not touched", (*trial).touches, false},
	{"a conversion changes no more than it has to", (*trial).changesMore, false},
	{"comments stay", (*trial).losesComments, false},
	{"line ends stay", (*trial).mixesLineEnds, false},
	{"no use of the node's Docker is passed over in silence", (*trial).silent, false},
	{"the output is what the API server takes", (*trial).invalid, false},
	{"twice is once", (*trial).twice, false},
	{"a revert gives back the input", (*trial).back, false},
	{"a configuration replaces an earlier one", (*trial).switched, false},
	{"-i writes what is printed", (*trial).inPlace, false},
	{"a function's error changes nothing", (*trial).functionErrorChanges, true},
	{"a function twice is once", (*trial).functionTwice, true},
	{"a function gives back its input", (*trial).functionBack, true},
	{"a function does what convert does", (*trial).functionDiffers, false},
}

// Violation is a broken law.
type Violation struct{ Law, Detail string }

// Result is the result of a run.
type Result struct {
	Refused   []string // ids of the errors, if it was refused
	Said      string   // standard error in this case
	Converted bool
	Violation *Violation
}

// trial is a run in progress.
type trial struct {
	Run
	dir    string
	first  outcome // of convert
	list   outcome // of the function
	before []object
	after  []object
}

// Check checks dindify's laws in one run, with files in an empty folder.
func Check(r Run, dir string) Result {
	t := &trial{Run: r, dir: dir}
	t.write("config.yaml", r.Config)
	t.write(r.Name, r.Text)
	t.first = t.convert(r.Name, "config.yaml")
	if r.List != "" {
		t.list = dindify(r.List)
	}
	result := Result{Converted: t.first.status == 0 && strings.Contains(t.first.out, daemonData)}
	if t.first.status != 0 {
		result.Refused, result.Said = t.first.errors(), t.first.err
	}
	for _, l := range Laws {
		if t.first.status != 0 && !l.always {
			continue
		}
		if detail := l.Broken(t); detail != "" {
			result.Violation = &Violation{l.Name, detail}
			return result
		}
	}
	return result
}

const (
	journal    = "dindify.dev/journal"
	daemonData = "dind-data" // a volume of each converted workload
)

func (t *trial) write(name, text string) {
	if err := os.WriteFile(filepath.Join(t.dir, name), []byte(text), 0o600); err != nil {
		panic(err)
	}
}

func (t *trial) file(name string) string {
	text, err := os.ReadFile(filepath.Join(t.dir, name))
	if err != nil {
		panic(err)
	}
	return string(text)
}

func (t *trial) path(name string) string { return filepath.Join(t.dir, name) }

// flags returns the flags for a command's configuration, or none if it is empty.
func (t *trial) flags(config string) []string {
	if t.file(config) == "" {
		return nil
	}
	return []string{"-c", t.path(config)}
}

func (t *trial) convert(name, config string) outcome {
	return dindify("", append([]string{"convert", t.path(name)}, t.flags(config)...)...)
}

// output writes convert's output to a file beside the input, of the same type.
func (t *trial) output(text string) string {
	name := "output" + filepath.Ext(t.Name)
	t.write(name, text)
	return name
}

func (t *trial) crashes() string {
	for _, o := range []outcome{t.first, t.list} {
		if slices.Contains(o.errors(), "internal") {
			return o.err
		}
	}
	return ""
}

func (t *trial) errorChanges() string {
	switch {
	case t.file(t.Name) != t.Text:
		return "the file is another one:\n" + diff(t.Text, t.file(t.Name))
	case t.first.status == 0:
	case t.first.status != 1:
		return fmt.Sprintf("exit status %d", t.first.status)
	case t.first.out != "":
		return "it prints:\n" + t.first.out
	case !strings.HasSuffix(t.first.err, "\n"):
		return "no line on standard error: " + t.first.err
	}
	return ""
}

func (t *trial) twice() string {
	again := t.convert(t.output(t.first.out), "config.yaml")
	if again.status != 0 {
		return "the second time:\n" + again.err
	}
	return diff(t.first.out, again.out)
}

func (t *trial) back() string {
	if !reversible(t.Config) {
		return ""
	}
	back := dindify("", append([]string{"revert", t.path(t.output(t.first.out))}, t.flags("config.yaml")...)...)
	if back.status != 0 {
		return "revert:\n" + back.err
	}
	return diff(t.Text, back.out)
}

// switched compares a conversion with two configurations in sequence to a conversion with only the second.
func (t *trial) switched() string {
	if selective(t.Config) || selective(t.Other) || mode(t.Other) == "Audit" || !reversible(t.Config) {
		return "" // each configuration is for other workloads, or cannot be reverted
	}
	t.write("other.yaml", t.Other)
	want := t.convert(t.Name, "other.yaml")
	if want.status != 0 {
		return ""
	}
	got := t.convert(t.output(t.first.out), "other.yaml")
	if got.status != 0 {
		return "after the first configuration:\n" + got.err
	}
	if got.out == want.out {
		return ""
	}
	a, errA := read(want.out, t.JSON)
	b, errB := read(got.out, t.JSON)
	if errA != nil || errB != nil {
		return fmt.Sprint("not read: ", errA, errB)
	}
	return diff(sorted(a), sorted(b)) // generated objects keep their position
}

func selective(config string) bool {
	return strings.Contains(config, "targets") || strings.Contains(config, "podSpecPaths")
}

func (t *trial) inPlace() string {
	name := "inplace" + filepath.Ext(t.Name)
	t.write(name, t.Text)
	o := dindify("", append([]string{"convert", "-i", t.path(name)}, t.flags("config.yaml")...)...)
	if o.status != 0 || o.out != "" {
		return fmt.Sprintf("exit status %d\n%s%s", o.status, o.err, o.out)
	}
	return diff(t.first.out, t.file(name))
}

var comment = regexp.MustCompile(`# (?:before|behind|after the dash) \d+`)

func (t *trial) losesComments() string {
	if t.JSON || !reversible(t.Config) { // without a journal they are removed too
		return ""
	}
	left := map[string]int{}
	for _, c := range comment.FindAllString(t.first.out, -1) {
		left[c]++
	}
	for _, c := range comment.FindAllString(t.Text, -1) {
		if left[c]--; left[c] < 0 {
			return c + " is not in\n" + t.first.out
		}
	}
	return ""
}

func (t *trial) mixesLineEnds() string {
	if strings.Contains(t.Text, "\r\n") && strings.Contains(strings.ReplaceAll(t.first.out, "\r\n", ""), "\n") {
		return "a file with CRLF gets lines with LF"
	}
	return ""
}
