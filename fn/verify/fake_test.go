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
)

// fake is a cluster of objects in memory, with scripted answers to commands.
type fake struct {
	answers
	objects map[string]object // by path
	deny    []string          // rights, as "create pods/exec"
	refuse  string            // message of admission for a pod; "" admits it
	wrote   []string          // objects created and not removed
	ran     []string          // commands, with their container
	broken  error             // of every exec
}

type object = map[string]any

type answers struct {
	Server string
	Logs   map[string]string
	Proxy  map[string]struct{ Answer, Error string }
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
	if pod, port, found := cutProxy(u.Path); found {
		return f.proxy(pod, port, into)
	}
	if pod, isLog := strings.CutSuffix(u.Path, "/log"); isLog {
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
		return apierrors.NewForbidden(schema.GroupResource{Resource: resourceOf(u.Path)}, "", errors.New("denied"))
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
		if selector.Matches(set) {
			items = append(items, o)
		}
	}
	return items
}

func (f *fake) Create(_ context.Context, at string, made, into any) error {
	o := plain(made).(object)
	u, _ := url.Parse(at)
	switch resource := resourceOf(u.Path); {
	case resource == "selfsubjectaccessreviews", resource == "localsubjectaccessreviews":
		return decode(object{"status": object{"allowed": !f.reviewDenied(o)}}, into)
	case f.denied("create", resource):
		return apierrors.NewForbidden(schema.GroupResource{Resource: resource}, "", errors.New("denied"))
	case resource == "pods" && f.refuse != "":
		return apierrors.NewForbidden(schema.GroupResource{Resource: resource}, "openhands", errors.New(f.refuse))
	case u.RawQuery == strings.TrimPrefix(dryRun, "?"):
		return nil
	case resource == "jobs":
		f.startJob(u.Path, o)
		return nil
	}
	return fmt.Errorf("%s is not expected", at)
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
		right = "account: " + right
	}
	return slices.Contains(f.deny, right)
}

func (f *fake) denied(verb, resource string) bool { return slices.Contains(f.deny, verb+" "+resource) }

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

func (f *fake) Exec(_ context.Context, c Command) (Output, error) {
	line := strings.Join(c.Args, " ")
	f.ran = append(f.ran, c.Container+": "+line)
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

func (f *fake) proxy(_ string, port string, into any) error {
	if f.denied("get", "pods/proxy") {
		return apierrors.NewForbidden(schema.GroupResource{Resource: "pods/proxy"}, "", errors.New("denied"))
	}
	a := f.Proxy[port]
	if a.Error != "" {
		text := "error trying to reach service: " + a.Error
		return apierrors.NewGenericServerResponse(http.StatusServiceUnavailable, "get", schema.GroupResource{}, "", text, 0,
			true)
	}
	*into.(*[]byte) = []byte(a.Answer)
	return nil
}

func cutProxy(at string) (pod, port string, found bool) {
	before, _, found := strings.Cut(at, "/proxy/")
	if !found {
		return "", "", false
	}
	parts := strings.Split(strings.TrimPrefix(path.Base(before), "https:"), ":")
	return parts[0], parts[1], true
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
