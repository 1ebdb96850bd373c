package engine

import (
	"slices"
	"strings"

	"github.com/boxp/dindify/fn/api"
	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/report"
)

// Change is a breaking behavior of a range of Engine versions.
type Change struct {
	Since, Until Version // Until is the first version that is not affected; the zero Version means all later ones
	Severity     report.Severity
	Field        string // the affected field of the configuration
	What         string // the effect, as a verb phrase
	Do           string
	Source       string // the source

	concerns func(config.Spec) bool // nil means every configuration
}

// Versions describes the affected versions.
func (c Change) Versions() string {
	switch none := (Version{}); {
	case c.Until == none:
		return "from " + c.Since.String()
	case c.Since == none:
		return "before " + c.Until.String()
	}
	return "from " + c.Since.String() + ", before " + c.Until.String()
}

// Changes lists the breaking changes that matter to a daemon in a pod, oldest first.
var Changes = []Change{
	{
		Until: Version{24, 0, 0}, Severity: report.Error, Field: "spec.daemon.mtu",
		What: "does not know --default-network-opt, and does not start", Do: "use 24.0.0 or later, or leave " +
			"spec.daemon.mtu out",
		Source:   "moby 91c2b12205, in v24.0.0",
		concerns: func(s config.Spec) bool { return s.Daemon.MTU != 0 },
	},
	{
		Until: Version{27, 5, 1}, Severity: report.Warning, Field: "spec.daemon.startup",
		What: "may end at its start: the image's cgroup set-up fails where the startup probe runs a process at " +
			"that moment",
		Do:       "use 27.5.1 or later",
		Source:   "moby c43aa0b6 (hack/dind), docker-library/docker fbb79dd",
		concerns: func(s config.Spec) bool { return s.Daemon.Startup == config.Sidecar },
	},
	{
		Since: Version{28, 0, 0}, Until: Version{28, 1, 0}, Severity: report.Info, Field: "spec.daemon.env",
		What: "fails to publish ports on kernels without the raw table of iptables", Do: "use a later version, or set " +
			"DOCKER_INSECURE_NO_IPTABLES_RAW=1 in spec.daemon.env",
		Source: "moby#49557, moby#49621", concerns: withoutEnv("DOCKER_INSECURE_NO_IPTABLES_RAW"),
	},
	{
		Until: Version{29, 0, 0}, Severity: report.Info, Field: "spec.daemon.image",
		What: "is of a line that has had no fixes since 2025-11-10", Do: "take the newest 29, or see docs/reference.md for " +
			"why the last 28 is the default",
		Source: "docker-library/docker 3e3f724; CVE-2026-34040, fixed in 29.3.1; CVE-2026-41567, fixed in 29.5.1",
		concerns: func(s config.Spec) bool { // the default is not the user's choice, so only the reference page mentions this
			return s.Daemon.Image != config.DaemonImage && s.Daemon.Image != config.RootlessImage
		},
	},
	{
		Since: Version{29, 0, 0}, Until: Version{29, 3, 0}, Severity: report.Warning, Field: "spec.daemon.env",
		What: "refuses clients older than Docker 25 (API 1.44): client version is too old", Do: "use 29.3.0 or later, " +
			"which takes API 1.40, or set DOCKER_MIN_API_VERSION in spec.daemon.env",
		Source: "moby#51186, moby#52067", concerns: withoutEnv("DOCKER_MIN_API_VERSION"),
	},
	{
		Since: Version{29, 3, 0}, Severity: report.Info, Field: "spec.daemon.env",
		What: "refuses clients older than Docker 19.03 (API 1.40)", Do: "set DOCKER_MIN_API_VERSION in spec.daemon.env " +
			"for older ones",
		Source: "moby#52067", concerns: withoutEnv("DOCKER_MIN_API_VERSION"),
	},
	{
		Since: Version{29, 0, 0}, Severity: report.Warning, Field: "spec.daemon.isolation",
		What:   "cannot start containers without root on Linux before 5.11, since it keeps images in containerd's store",
		Do:     "set --feature=containerd-snapshotter=false in spec.daemon.extraArgs for such nodes",
		Source: "moby#53029",
		concerns: func(s config.Spec) bool {
			return s.Daemon.Isolation == config.Rootless && !slices.ContainsFunc(s.Daemon.ExtraArgs,
				func(arg string) bool { return strings.Contains(arg, "containerd-snapshotter=false") })
		},
	},
	{
		Since: Version{29, 0, 0}, Until: Version{29, 5, 1}, Severity: report.Info, Field: "spec.daemon.image",
		What:   "runs a program of the container when a compressed archive is copied into it, as root of the daemon",
		Do:     "use 29.5.2 or later",
		Source: "CVE-2026-41567",
	},
	{
		Since: Version{29, 5, 0}, Until: Version{29, 5, 2}, Severity: report.Warning, Field: "spec.daemon.image",
		What: "cannot copy into a path below /var/run (path escapes from parent), which act and Gitea's runner do " +
			"in every job", Do: "use 29.5.2, but not 29.7.0",
		Source: "nektos/act#6092, go-gitea/gitea#37793",
	},
	{
		Since: Version{29, 7, 0}, Until: Version{29, 7, 1}, Severity: report.Warning, Field: "spec.daemon.image",
		What: "cannot copy into a path below /var/run (path escapes from parent), which act and Gitea's runner do " +
			"in every job", Do: "use 29.7.1 or later",
		Source: "moby#53258, moby#53261",
	},
	{
		Since: Version{29, 10, 0}, Severity: report.Warning, Field: "spec.daemon.insecureRegistries",
		What: "trusts registries on the loopback only as long as no other insecure registry is named, and some are: pushes " +
			"to localhost:5000 fail", Do: "add localhost:5000, or 127.0.0.0/8, to spec.daemon.insecureRegistries if a " +
			"registry runs in the pod",
		Source: "https://github.com/moby/moby/releases/tag/docker-v29.10.0, moby#53868",
		concerns: func(s config.Spec) bool {
			return len(s.Daemon.InsecureRegistries) > 0 && !namesLoopback(s.Daemon.InsecureRegistries)
		},
	},
}

// Of returns the changes that affect a configuration, by the tag of its daemon's image. A tag that stands for several
// versions has the changes of all of them.
func Of(s config.Spec) []Change {
	chosen, ok := tagged(s.Daemon.Image)
	if !ok {
		return nil
	}
	var all []Change
	for _, c := range Changes {
		isPast := c.Until != (Version{}) && !chosen.from.before(c.Until)
		if !isPast && !chosen.to.before(c.Since) && (c.concerns == nil || c.concerns(s)) {
			all = append(all, c)
		}
	}
	return all
}

// Subject names what a change affects: the image, or the versions among those that its tag stands for.
func Subject(ref string, c Change) string {
	chosen, ok := tagged(ref)
	isAll := !chosen.from.before(c.Since) && (c.Until == Version{} || chosen.to.before(c.Until))
	if !ok || isAll {
		return ref
	}
	return ref + " stands for several versions: one " + c.Versions()
}

func withoutEnv(name string) func(config.Spec) bool {
	return func(s config.Spec) bool {
		return !slices.ContainsFunc(s.Daemon.Env, func(v api.EnvVar) bool { return v.Name == name })
	}
}

func namesLoopback(registries []string) bool {
	return slices.ContainsFunc(registries, func(r string) bool {
		return strings.HasPrefix(r, "localhost") || strings.HasPrefix(r, "127.") || strings.HasPrefix(r, "::1") ||
			strings.HasPrefix(r, "[::1]")
	})
}

// Default explains in Markdown which Docker version is the default, for the reference page.
const Default = "The default is " + "`" + config.DaemonImage + "`" + `, the last of Docker 28. This was last decided in November 2026:

* It accepts every client. 29.0 to 29.2 refuse API versions below 1.44, and later ones below 1.40; images of CI agents are often older.
* It keeps images in overlay2. 29 keeps those of a new data folder in containerd's store, which fails on nodes whose kernel refuses the nested
  overlays (KBVE/kbve#10410 on Talos), and without root on Linux before 5.11 (moby#53029).
* Its behaviour is known and does not change: 29.5.0, 29.7.0 and 29.10.0 each broke what worked before (below).

What it costs: the line has had no fixes since 29.0 came out on 2025-11-10. CVE-2026-34040 concerns
authorization plugins, of which the daemon has none. CVE-2026-41567 matters where clients copy compressed archives
into containers of images that they do not trust: such a container gets what the daemon has. Take the newest 29 for
that (` + "`spec.daemon.image: docker:29.10.0-dind`" + ` at the time of writing), and check the table below.
`
