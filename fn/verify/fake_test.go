package verify

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strings"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/apimachinery/pkg/util/validation/field"
)

// fake is a cluster of objects in memory, with scripted answers to commands.
type fake struct {
	answers
	objects map[string]object // by path
	deny    []string          // rights, as "create pods/exec"
	allow   *[]string         // nil: all that are not denied
	refused []string          // rights that a request lacked
	refuse  string            // message of admission for a pod; "" admits it
	invalid string            // message of validation for a patch; "" accepts it
	unknown string            // field of a dry run's object that strict validation does not know; "" knows all
	wrote   []string          // objects created and not removed
	ran     []string          // commands, with their container
	broken  error             // of every exec
	hangs   []string          // programs that do not answer; "*" is all
}

type object = map[string]any

type answers struct {
	Server string
	Logs   map[string]string
	Proxy  map[string]struct{ Error string } // of ports on which something listens
	Exec   []answer
	Jobs   map[string]fakeJob
}

type answer struct {
	In, Run, Has string
	Out, Err     string
	Status       int
	Fails        string // the command cannot be run at all
}

// fakeJob describes how the Job of a canary ends.
type fakeJob struct {
	Succeeded, Holds, RunsOn, Stuck, Restarts bool
	Log                                       string
	Waiting                                   string
}

func (f *fake) Get(_ context.Context, at string, into any) error {
	u, err := url.Parse(at)
	if err != nil {
		return err
	}
	if u.Path == "/version" {
		return decode(object{"gitVersion": f.Server, "major": "1"}, into)
	}
	if version, isDiscovery := groupVersion(u.Path); isDiscovery {
		return f.discover(version, into)
	}
	if port, found := proxyPort(u.Path); found {
		return f.proxy(port, into)
	}
	if pod, isLog := strings.CutSuffix(u.Path, "/log"); isLog {
		if f.denied("get", "pods/log") {
			return forbidden("pods/log")
		}
		text, found := f.Logs[path.Base(pod)]
		if !found {
			return absence(u.Path)
		}
		*into.(*[]byte) = []byte(text)
		return nil
	}
	verb := "list"
	if _, single := f.objects[u.Path]; single || isName(u.Path) {
		verb = "get"
	}
	if f.denied(verb, resourceOf(u.Path)) {
		return forbidden(resourceOf(u.Path))
	}
	if o, found := f.objects[u.Path]; found {
		return decode(o, into)
	}
	if isName(u.Path) {
		return absence(u.Path)
	}
	return decode(object{"items": f.list(u)}, into)
}

// list returns the objects below a path, of one namespace or of all.
func (f *fake) list(u *url.URL) []object {
	selector, _ := labels.Parse(u.Query().Get("labelSelector"))
	items := []object{}
	for _, at := range slices.Sorted(mapKeys(f.objects)) {
		o := f.objects[at]
		meta := o["metadata"].(object)
		parent, inAll := path.Dir(at), ""
		if namespace, namespaced := meta["namespace"].(string); namespaced {
			inAll = strings.Replace(parent, "/namespaces/"+namespace, "", 1)
		}
		if parent != u.Path && inAll != u.Path {
			continue
		}
		set := labels.Set{}
		if all, isMap := meta["labels"].(object); isMap {
			for key, value := range all {
				set[key] = fmt.Sprint(value)
			}
		}
		name, byName := strings.CutPrefix(u.Query().Get("fieldSelector"), "metadata.name=")
		if selector.Matches(set) && (!byName || name == meta["name"]) {
			items = append(items, o)
		}
	}
	return items
}

func (f *fake) Create(_ context.Context, at string, made, into any) error {
	o := plain(made).(object)
	u, _ := url.Parse(at)
	switch resource := resourceOf(u.Path); {
	case resource == "selfsubjectaccessreviews", resource == "localsubjectaccessreviews" && !f.denied("create", resource):
		return decode(object{"status": object{"allowed": !f.reviewDenied(o)}}, into)
	case f.denied("create", resource):
		return forbidden(resource)
	case resource == "pods" && f.refuse != "":
		return apierrors.NewForbidden(schema.GroupResource{Resource: resource}, "openhands", errors.New(f.refuse))
	case u.Query().Get("dryRun") == "All" && resource == "pods":
		return nil // its typed fields are known
	case u.Query().Get("dryRun") == "All":
		return f.strict(u)
	case resource == "jobs":
		f.startJob(u.Path, o)
		return nil
	}
	return fmt.Errorf("%s is not expected", at)
}

// groupVersion returns what a path of discovery asks for.
func groupVersion(at string) (version string, ok bool) {
	if version, ok = strings.CutPrefix(at, "/api/"); ok {
		return version, !strings.Contains(version, "/")
	}
	version, ok = strings.CutPrefix(at, "/apis/")
	return version, ok && strings.Count(version, "/") == 1
}

// discover returns the kinds of the objects in memory.
func (f *fake) discover(version string, into any) error {
	var resources []any
	for at, o := range f.objects {
		if o["apiVersion"] == version {
			_, namespaced := o["metadata"].(object)["namespace"]
			resources = append(resources, object{
				"name": path.Base(path.Dir(at)), "kind": o["kind"], "namespaced": namespaced,
			})
		}
	}
	if len(resources) == 0 {
		return absence("/apis/" + version + "/x/y")
	}
	return decode(object{"resources": resources}, into)
}

func (f *fake) Patch(_ context.Context, at string, _ types.PatchType, _ []byte) error {
	u, _ := url.Parse(at)
	switch {
	case u.Query().Get("dryRun") != "All":
		return fmt.Errorf("%s is no dry run", at)
	case f.denied("patch", resourceOf(u.Path)):
		return forbidden(resourceOf(u.Path))
	case f.invalid != "":
		return apierrors.NewInvalid(schema.GroupKind{Kind: resourceOf(u.Path)}, path.Base(u.Path), field.ErrorList{
			field.Invalid(field.NewPath("spec", "selector"), "x", f.invalid),
		})
	}
	return f.strict(u)
}

// strict refuses a field that the server does not know, if the request asks for it.
func (f *fake) strict(u *url.URL) error {
	if f.unknown == "" || u.Query().Get("fieldValidation") != "Strict" {
		return nil
	}
	patch := field.Invalid(field.NewPath("patch"), strings.Repeat("x", 300),
		fmt.Sprintf("strict decoding error: unknown field %q", f.unknown))
	return apierrors.NewInvalid(schema.GroupKind{}, "", field.ErrorList{patch})
}

func (f *fake) reviewDenied(review object) bool {
	spec := review["spec"].(object)
	at := spec["resourceAttributes"].(object)
	resource := fmt.Sprint(at["resource"])
	if sub, found := at["subresource"]; found {
		resource += "/" + fmt.Sprint(sub)
	}
	right := fmt.Sprintf("%s %s", at["verb"], resource)
	if _, isAccount := spec["user"]; isAccount {
		return slices.Contains(f.deny, "account: "+right)
	}
	return f.lacks(right)
}

// denied reports whether a request is forbidden, and remembers it.
func (f *fake) denied(verb, resource string) bool {
	right := verb + " " + resource
	if f.lacks(right) {
		f.refused = append(f.refused, right)
		return true
	}
	return false
}

func (f *fake) lacks(right string) bool {
	return slices.Contains(f.deny, right) || f.allow != nil && !slices.Contains(*f.allow, right)
}

func forbidden(resource string) error {
	return apierrors.NewForbidden(schema.GroupResource{Resource: resource}, "", errors.New("denied"))
}

// startJob creates a Job with its pod, which end as the answers say.
func (f *fake) startJob(at string, o object) {
	meta := o["metadata"].(object)
	name := meta["name"].(string)
	what := strings.Split(name, "-")[2]
	how := f.Jobs[what]
	spec := o["spec"].(object)["template"].(object)["spec"].(object)
	condition, running := "Failed", object{"terminated": object{"exitCode": 1, "reason": "Error"}}
	switch {
	case how.Holds:
		condition, running = "Suspended", object{"running": object{}}
	case how.Succeeded:
		condition, running = "Complete", object{"terminated": object{"exitCode": 0}}
	}
	if how.RunsOn {
		condition = "Suspended"
	}
	if how.Waiting != "" {
		condition, running = "Suspended", object{"waiting": object{"reason": how.Waiting}}
	}
	o["status"] = object{"conditions": []any{object{"type": condition, "status": "True"}}}
	var statuses []any
	for _, list := range []string{"initContainers", "containers"} {
		all, _ := spec[list].([]any)
		for _, c := range all {
			name := c.(object)["name"].(string)
			status := object{"name": name, "restartCount": 0, "state": running}
			if name == "dind-daemon" {
				status["state"] = object{"running": object{}}
				status["restartCount"] = map[bool]int{true: 1}[how.Restarts]
			}
			statuses = append(statuses, status)
		}
	}
	pod := object{
		"metadata": object{"name": name + "-pod", "namespace": meta["namespace"], "labels": object{"job-name": name}},
		"spec":     spec, "status": object{"phase": "Running", "containerStatuses": statuses},
	}
	f.objects[at+"/"+name] = o
	f.objects[core(meta["namespace"].(string), "pods", name+"-pod")] = plain(pod).(object)
	f.Logs[name+"-pod"] = how.Log
	f.wrote = append(f.wrote, at+"/"+name)
}

func (f *fake) Delete(_ context.Context, at string) error {
	if f.denied("delete", resourceOf(at)) {
		return forbidden(resourceOf(at))
	}
	delete(f.objects, at)
	f.wrote = slices.DeleteFunc(f.wrote, func(made string) bool { return made == at })
	name := path.Base(at)
	what := strings.Split(name+"--", "-")[2]
	if !f.Jobs[what].Stuck {
		delete(f.objects, strings.Replace(path.Dir(at), "/apis/batch/v1", "/api/v1",
			1)[:len("/api/v1/namespaces/openhands")]+"/pods/"+name+"-pod")
	}
	return nil
}

func (f *fake) Exec(ctx context.Context, c Command) (Output, error) {
	line := strings.Join(c.Args, " ")
	f.ran = append(f.ran, c.Container+": "+line)
	if slices.Contains(f.hangs, c.Args[0]) || slices.Contains(f.hangs, "*") {
		<-ctx.Done()
		return Output{}, ctx.Err()
	}
	if f.denied("create", "pods/exec") {
		return Output{}, forbidden("pods/exec")
	}
	if f.broken != nil {
		return Output{}, f.broken
	}
	for _, a := range f.answers.Exec {
		if a.In == c.Container && strings.HasPrefix(line, a.Run) && strings.Contains(line, a.Has) {
			if a.Fails != "" {
				return Output{}, errors.New(a.Fails)
			}
			f.note(line, a.Status)
			return Output{a.Out, a.Err, a.Status}, nil
		}
	}
	return Output{Status: noProgram, Stderr: c.Args[0] + ": not found"}, nil
}

// note tracks the image that is created in the daemon.
func (f *fake) note(line string, status int) {
	switch {
	case status != 0:
	case strings.HasPrefix(line, "sh -c set -e") && strings.Contains(line, "docker import -c"):
		f.wrote = append(f.wrote, "image")
	case strings.HasPrefix(line, "docker image rm"):
		f.wrote = slices.DeleteFunc(f.wrote, func(made string) bool { return made == "image" })
	}
}

func (f *fake) proxy(port string, into any) error {
	if f.denied("get", "pods/proxy") {
		return forbidden("pods/proxy")
	}
	a, listens := f.Proxy[port]
	if !listens {
		a.Error = "dial tcp 10.244.0.7:" + port + ": connect: connection refused"
	}
	if a.Error != "" {
		text := "error trying to reach service: " + a.Error
		return apierrors.NewGenericServerResponse(http.StatusServiceUnavailable, "get", schema.GroupResource{}, "", text, 0,
			true)
	}
	*into.(*[]byte) = []byte("OK")
	return nil
}

// proxyPort returns the port of a pod to which a path leads, after https: with TLS.
func proxyPort(at string) (port string, found bool) {
	before, _, found := strings.Cut(at, "/proxy/")
	name, isTLS := strings.CutPrefix(path.Base(before), "https:")
	_, port, _ = strings.Cut(name, ":")
	if isTLS {
		port = "https:" + port
	}
	return port, found
}

func decode(o any, into any) error {
	if into == nil {
		return nil
	}
	raw, err := json.Marshal(o)
	if err != nil {
		return err
	}
	if bytes, isRaw := into.(*[]byte); isRaw {
		*bytes = raw
		return nil
	}
	return json.Unmarshal(raw, into)
}

func absence(at string) error {
	return apierrors.NewNotFound(schema.GroupResource{Resource: resourceOf(at)}, path.Base(at))
}

// resourceOf returns the resource of a path: the word before a name, or the last word.
func resourceOf(at string) string {
	if isName(at) {
		return path.Base(path.Dir(at))
	}
	return path.Base(at)
}

// isName reports whether a path names one object.
func isName(at string) bool {
	parts := strings.Split(strings.Trim(at, "/"), "/")
	rest := parts[2:]
	if parts[0] == "apis" {
		rest = parts[3:]
	}
	if len(rest) > 2 && rest[0] == "namespaces" {
		rest = rest[2:]
	}
	return len(rest) == 2
}
