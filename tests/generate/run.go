package generate

import (
	"cmp"

	"sigs.k8s.io/yaml"
)

// Run is everything that one run is about.
type Run struct {
	Manifest
	Config string // the functionConfig, "" for none
	Other  string // one that is applied after it
	Host   string // that calls the function
	List   string // the ResourceList that it gives; "" where it would not read the manifest
}

// NewRun makes a run of decisions.
func NewRun(c *Choices) Run {
	host := hosts[c.Int(len(hosts))]
	r := Run{Manifest: NewManifest(c), Config: NewConfig(c), Host: host.name}
	r.Other = NewConfig(c)
	r.List = host.list(r.Manifest, r.Config)
	return r
}

// mode is the configuration's.
func mode(config string) string { return cmp.Or(settings(config).Mode, "DinD") }

// reversible says whether conversions of a configuration can be taken back.
func reversible(config string) bool { return settings(config).Journal != "None" }

type setting struct{ Mode, Journal string }

func settings(config string) setting {
	var c struct{ Spec, Data setting } // data is that of a ConfigMap
	if err := yaml.Unmarshal([]byte(config), &c); err != nil {
		return setting{} // a configuration that is refused
	}
	return cmp.Or(c.Spec, c.Data)
}
