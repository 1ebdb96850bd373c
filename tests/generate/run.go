package generate

import (
	"cmp"

	"sigs.k8s.io/yaml"
)

// Run is the input of one run.
type Run struct {
	Manifest
	Config string // the functionConfig, "" for none
	Other  string // applied after Config
	Host   string // the host that calls the function
	List   string // the host's ResourceList; "" if it cannot read the manifest
}

// NewRun generates a run from decisions.
func NewRun(c *Choices) Run {
	host := hosts[c.Int(len(hosts))]
	r := Run{Manifest: NewManifest(c), Config: NewConfig(c), Host: host.name}
	r.Other = NewConfig(c)
	r.List = host.list(r.Manifest, r.Config)
	return r
}

// mode returns the configuration's mode.
func mode(config string) string { return cmp.Or(settings(config).Mode, "DinD") }

// reversible reports whether conversions with a configuration can be reverted.
func reversible(config string) bool { return settings(config).Journal != "None" }

type setting struct{ Mode, Journal string }

func settings(config string) setting {
	var c struct{ Spec, Data setting } // data is that of a ConfigMap
	if err := yaml.Unmarshal([]byte(config), &c); err != nil {
		return setting{} // a refused configuration
	}
	return cmp.Or(c.Spec, c.Data)
}
