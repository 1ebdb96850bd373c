package engine

import (
	"maps"
	"slices"
	"strings"

	"github.com/boxp/dindify/fn/suggest"
)

// lifetime is the range of versions with an option of dockerd: from since, and before until if that is set. The zero
// value means all since 20.10.
type lifetime struct{ since, until Version }

// newestListed is the newest version whose options are listed.
var newestListed = Version{29, 8, 0}

// flags lists the flags of dockerd, sorted (moby, daemon/command/config*.go, options.go and docker.go;
// before 29 cmd/dockerd, in the tags of the named versions and of those before them).
var flags = map[string]lifetime{
	"add-runtime":                      {},
	"allow-direct-routing":             {since: Version{28, 2, 0}},
	"allow-nondistributable-artifacts": {until: Version{29, 0, 0}},
	"api-cors-header":                  {until: Version{29, 0, 0}},
	"apparmor-profile":                 {since: Version{29, 8, 0}},
	"authorization-plugin":             {},
	"bip":                              {},
	"bip6":                             {since: Version{28, 0, 0}},
	"bridge":                           {},
	"bridge-accept-fwmark":             {since: Version{29, 0, 0}},
	"cdi-spec-dir":                     {since: Version{25, 0, 0}},
	"cgroup-parent":                    {},
	"cluster-advertise":                {until: Version{24, 0, 0}},
	"cluster-store":                    {until: Version{24, 0, 0}},
	"cluster-store-opt":                {until: Version{24, 0, 0}},
	"config-file":                      {},
	"containerd":                       {},
	"containerd-namespace":             {},
	"containerd-plugins-namespace":     {},
	"cpu-rt-period":                    {},
	"cpu-rt-runtime":                   {},
	"cri-containerd":                   {},
	"data-root":                        {},
	"debug":                            {},
	"default-address-pool":             {},
	"default-cgroupns-mode":            {},
	"default-gateway":                  {},
	"default-gateway-v6":               {},
	"default-ipc-mode":                 {},
	"default-network-opt":              {since: Version{24, 0, 0}},
	"default-runtime":                  {},
	"default-shm-size":                 {},
	"default-stop-timeout":             {since: Version{29, 7, 0}},
	"default-ulimit":                   {},
	"dns":                              {},
	"dns-opt":                          {},
	"dns-search":                       {},
	"exec-opt":                         {},
	"exec-root":                        {},
	"experimental":                     {},
	"extension-dir":                    {since: Version{29, 8, 0}},
	"feature":                          {since: Version{27, 3, 0}},
	"firewall-backend":                 {since: Version{29, 0, 0}},
	"fixed-cidr":                       {},
	"fixed-cidr-v6":                    {},
	"graph":                            {until: Version{24, 0, 0}},
	"group":                            {},
	"help":                             {},
	"host":                             {},
	"host-gateway-ip":                  {},
	"http-proxy":                       {since: Version{23, 0, 0}},
	"https-proxy":                      {since: Version{23, 0, 0}},
	"icc":                              {},
	"init":                             {},
	"init-path":                        {},
	"insecure-registry":                {},
	"ip":                               {},
	"ip-forward":                       {},
	"ip-forward-no-drop":               {since: Version{28, 0, 0}},
	"ip-masq":                          {},
	"ip6tables":                        {},
	"iptables":                         {},
	"ipv6":                             {},
	"label":                            {},
	"live-restore":                     {},
	"log-driver":                       {},
	"log-format":                       {since: Version{25, 0, 0}},
	"log-level":                        {},
	"log-opt":                          {},
	"max-concurrent-downloads":         {},
	"max-concurrent-uploads":           {},
	"max-download-attempts":            {},
	"metrics-addr":                     {},
	"mtu":                              {},
	"network-control-plane-mtu":        {},
	"network-diagnostic-port":          {},
	"no-new-privileges":                {},
	"no-proxy":                         {since: Version{23, 0, 0}},
	"node-generic-resource":            {},
	"nri-opts":                         {since: Version{29, 2, 0}},
	"oom-score-adjust":                 {until: Version{26, 0, 0}},
	"pidfile":                          {},
	"raw-logs":                         {},
	"registry-mirror":                  {},
	"restart":                          {},
	"rootless":                         {},
	"seccomp-profile":                  {},
	"selinux-enabled":                  {},
	"shutdown-timeout":                 {},
	"storage-driver":                   {},
	"storage-opt":                      {},
	"swarm-default-advertise-addr":     {},
	"tls":                              {},
	"tlscacert":                        {},
	"tlscert":                          {},
	"tlskey":                           {},
	"tlsverify":                        {},
	"userland-proxy":                   {},
	"userland-proxy-path":              {},
	"userns-remap":                     {},
	"validate":                         {since: Version{23, 0, 0}},
	"version":                          {},
}

// shorthands maps the letters of flags to their names.
var shorthands = map[string]string{
	"-D": "debug", "-G": "group", "-H": "host", "-b": "bridge", "-g": "graph", "-h": "help", "-l": "log-level",
	"-p": "pidfile", "-r": "restart", "-s": "storage-driver", "-v": "version",
}

// listKeys maps keys of the configuration file to the flag of one element (moby, opts.NamedOption).
var listKeys = map[string]string{
	"authorization-plugins": "authorization-plugin", "cdi-spec-dirs": "cdi-spec-dir",
	"cluster-store-opts": "cluster-store-opt", "default-address-pools": "default-address-pool",
	"default-network-opts": "default-network-opt", "default-ulimits": "default-ulimit", "dns-opts": "dns-opt",
	"exec-opts": "exec-opt", "extension-dirs": "extension-dir", "features": "feature",
	"host-gateway-ips": "host-gateway-ip", "hosts": "host", "insecure-registries": "insecure-registry",
	"labels": "label", "log-opts": "log-opt", "node-generic-resources": "node-generic-resource",
	"registry-mirrors": "registry-mirror", "storage-opts": "storage-opt",
}

// keys lists the keys of the configuration file that have no flag of their own, or came in another version than it
// (moby, daemon/config/config.go, skipValidateOptions).
var keys = map[string]lifetime{
	"allow-nondistributable-artifacts": {},
	"builder":                          {},
	"deprecated-key-path":              {},
	"extension-config":                 {since: Version{29, 8, 0}},
	"features":                         {},
	"host-gateway-ip":                  {},
	"host-gateway-ips":                 {since: Version{28, 0, 0}},
	"min-api-version":                  {since: Version{29, 2, 0}},
	"runtimes":                         {},
}

// Unflattened lists the keys whose mapping is their value. The keys of any other mapping count as if they stood beside
// it (moby, daemon/config/config.go, flatOptions).
var Unflattened = []string{
	"builder", "cluster-store-opts", "default-network-opts", "default-ulimits", "extension-config", "features",
	"log-opts", "nri-opts", "runtimes",
}

// FlagOf returns the name of the flag with the meaning of a key of the configuration file.
func FlagOf(key string) string {
	if one, isList := listKeys[key]; isList {
		return one
	}
	return key
}

// LacksFlag returns why dockerd of an image does not have a flag, given with its dashes; "" if it has. It is certain if
// the version in the image's tag tells.
func LacksFlag(ref, flag string) (why string, certain bool) {
	name, isLong := strings.CutPrefix(flag, "--")
	if !isLong {
		name = shorthands[flag]
	}
	if life, isKnown := flags[name]; isKnown {
		return life.lacks(ref)
	}
	return unknown(strings.TrimLeft(flag, "-"), slices.Collect(maps.Keys(flags))), false
}

// LacksKey does the same for a key of the configuration file. dockerd ignores the flag's name of a list there.
func LacksKey(ref, key string) (why string, certain bool) {
	if life, isKnown := keys[key]; isKnown {
		return life.lacks(ref)
	}
	for list, one := range listKeys {
		if one == key {
			return "is ignored in the file, where the key is " + list, false
		}
	}
	if life, isKnown := flags[FlagOf(key)]; isKnown {
		return life.lacks(ref)
	}
	names := slices.Concat(slices.Collect(maps.Keys(keys)), slices.Collect(maps.Keys(listKeys)),
		slices.Collect(maps.Keys(flags)))
	return unknown(key, names), false
}

func unknown(name string, options []string) string {
	return "is unknown to Docker up to " + newestListed.String() + ", which does not start with it" +
		suggest.Nearest(name, options)
}

func (l lifetime) lacks(ref string) (why string, certain bool) {
	chosen, ok := tagged(ref)
	switch {
	case !ok:
	case chosen.to.before(l.since):
		return "came with Docker " + l.since.String() + ", and " + ref + " is older", true
	case l.until != Version{} && !chosen.from.before(l.until):
		return "is gone since Docker " + l.until.String() + ", and " + ref + " is not older", true
	}
	return "", false
}
