package audit

import (
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/socket"
	"github.com/boxp/dindify/fn/yamldoc"
)

// parameters are those of an OpenShift Template, which its objects name as ${NAME}.
type parameters struct {
	template string         // Kind/name
	values   map[int]string // by line
}

// parametersOf are none where the document is no Template.
func parametersOf(objects []*kube.Object) (p parameters) {
	if len(objects) == 0 || yamldoc.Text(objects[0].DocumentRoot(), "kind") != "Template" {
		return p
	}
	root := objects[0].DocumentRoot()
	p = parameters{"Template/" + yamldoc.Text(root, "metadata", "name"), map[int]string{}}
	for _, parameter := range yamldoc.Items(root, "parameters") {
		if at := yamldoc.Get(parameter, "value"); at != nil {
			p.values[at.Line] = at.Value
		}
	}
	return p
}

// context is that of a parameter whose whole value is a socket: objects may mount it.
func (p parameters) context(m socket.Mention) (c context, ok bool) {
	if p.values[m.Line] != m.Path || !m.IsSocket() {
		return c, false
	}
	m.Role = value
	return context{m: m, template: p.template}, true
}
