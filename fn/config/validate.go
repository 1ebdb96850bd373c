package config

import (
	"fmt"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"time"

	"k8s.io/apimachinery/pkg/api/resource"
	"k8s.io/apimachinery/pkg/labels"
	"sigs.k8s.io/kustomize/api/types"

	"github.com/boxp/dindify/fn/api"
	"github.com/boxp/dindify/fn/image"
	"github.com/boxp/dindify/fn/suggest"
)

func (d *decoder) validate(s Spec) {
	d.validateDaemon(s.Daemon)
	d.validateStorage(s.Daemon.Storage)
	d.validateVolumes(s.Daemon)
	d.validateStartupTimeout(s.Daemon)
	d.validateMirrorLists(s.Pod)
	d.validateNetwork(s.Daemon)
	d.validateClient(s.Client)
	d.validateCleanup(s.Cleanup)
	d.validateTogether(s)
	d.validateDaemonVariables(s)
	for i, t := range s.Targets {
		d.validateSelector(fmt.Sprintf("spec.targets[%d]", i), t)
	}
	for i, p := range s.PodSpecPaths {
		if p.Kind == "" || p.Path == "" {
			d.problem(fmt.Sprintf("spec.podSpecPaths[%d]", i), "kind and path must be set")
		}
	}
}

func (d *decoder) validateSelector(path string, s types.Selector) {
	if _, err := types.NewSelectorRegex(&s); err != nil {
		d.problem(path, "%v", err)
	}
	if _, err := labels.Parse(s.LabelSelector); err != nil {
		d.problem(path+".labelSelector", "%v", err)
	}
	if _, err := labels.Parse(s.AnnotationSelector); err != nil {
		d.problem(path+".annotationSelector", "%v", err)
	}
}

// validateEnum checks that a value is one of the allowed ones.
func (d *decoder) validateEnum(path, v string, allowed []string) bool {
	is := slices.Contains(allowed, v)
	if !is {
		d.problem(path, "must be %s, got %q%s", strings.Join(allowed, ", "), v, suggest.Nearest(v, allowed))
	}
	return is
}

func (d *decoder) validateName(path, name string) {
	if why := notALabel(name); why != "" {
		d.problem(path, "%q is not a name: %s", name, why)
	}
}

func (d *decoder) validateObjectName(path, name string) {
	if why := notASubdomain(name); name != "" && why != "" {
		d.problem(path, "%q is not a name: %s", name, why)
	}
}

func (d *decoder) validateDaemon(c Daemon) {
	d.validateName("spec.daemon.name", c.Name)
	if c.Image == "" {
		d.problem("spec.daemon.image", "must not be empty; omit the field for the default")
	}
	d.validateImage("spec.daemon.image", c.Image)
	if why := LacksDaemon(c.Image); why != "" {
		d.problem("spec.daemon.image", "%q has no Docker daemon (%s): use an image whose tag contains dind, such as %s",
			c.Image, why, DaemonImage)
	}
	if p := c.ImagePullPolicy; p != "" {
		d.validateEnum("spec.daemon.imagePullPolicy", p, []string{"Always", "IfNotPresent", "Never"})
	}
	d.validateObjectName("spec.daemon.runtimeClassName", c.RuntimeClassName)
	for i, e := range c.Env {
		if e.Name == "" {
			d.problem(fmt.Sprintf("spec.daemon.env[%d].name", i), "must be set")
		}
	}
	d.validateDockerdFlags(c)
	d.validateResources("spec.daemon.resources", c.Resources)
}

func (d *decoder) validateResources(path string, r api.ResourceRequirements) {
	for field, list := range map[string]api.ResourceList{"limits": r.Limits, "requests": r.Requests} {
		for name := range list {
			if problem := notAResource(name); problem != "" {
				d.problem(path+"."+field, "%q: %s", name, problem)
			}
		}
	}
	for name, want := range r.Requests {
		limit, ok := r.Limits[name]
		if ok && want.Cmp(limit) > 0 && !d.isWrong(path+".limits."+name) {
			d.problem(path+".requests."+name, "%s exceeds the limit of %s", want.String(), limit.String())
		}
	}
}

func (d *decoder) validateImage(path, ref string) {
	if ref == "" {
		return
	}
	if why := image.Invalid(ref); why != "" {
		d.problem(path, "%q is not an image: %s", ref, why)
	}
}

func (d *decoder) validateStorage(s Storage) {
	const path = "spec.daemon.storage"
	set := 0
	for _, is := range []bool{s.EmptyDir != nil, s.Ephemeral != nil, s.PersistentVolumeClaim != nil} {
		if is {
			set++
		}
	}
	if set > 1 {
		d.problem(path, "emptyDir, ephemeral and persistentVolumeClaim are mutually exclusive: keep one")
	}
	if e := s.EmptyDir; e != nil && !slices.Contains([]string{"", "Memory"}, e.Medium) {
		d.problem(path+".emptyDir.medium", "must be empty or Memory, got %q", e.Medium)
	}
	if e := s.Ephemeral; e != nil {
		if q, err := resource.ParseQuantity(e.Size); err != nil || q.Sign() <= 0 {
			d.problem(path+".ephemeral.size", "must be a quantity above 0 such as 20Gi, got %q", e.Size)
		}
		d.validateObjectName(path+".ephemeral.storageClassName", e.StorageClassName)
	}
	if c := s.PersistentVolumeClaim; c != nil && c.ClaimName == "" && !d.isWrong(path+".persistentVolumeClaim") {
		d.problem(path+".persistentVolumeClaim.claimName", "must be set")
	}
}

// validateStartupTimeout checks the client's timeout.
func (d *decoder) validateStartupTimeout(c Daemon) {
	const most = 24 * 60 * 60
	switch n := c.StartupTimeoutSeconds; {
	case n < 0 || n > most:
		d.problem("spec.daemon.startupTimeoutSeconds", "must be from 1 to %d seconds, or 0 for the default; got %d", most, n)
	case n != 0 && c.Startup == PostStart:
		d.problem("spec.daemon.startupTimeoutSeconds", "needs spec.daemon.startup Sidecar, but that is PostStart, whose "+
			"hook waits without a limit; omit the field")
	}
}

func (d *decoder) validateNetwork(c Daemon) {
	if c.MTU != 0 && (c.MTU < 68 || c.MTU > 65535) {
		d.problem("spec.daemon.mtu", "must be 0, or from 68 to 65535 bytes; got %d", c.MTU)
	}
	for i, m := range c.RegistryMirrors {
		if u, err := url.Parse(m); err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
			d.problem(fmt.Sprintf("spec.daemon.registryMirrors[%d]", i), "must be a URL such as "+
				"https://mirror.example.com, got %q", m)
		}
	}
	for i, r := range c.InsecureRegistries {
		if r == "" || strings.Contains(r, "://") {
			d.problem(fmt.Sprintf("spec.daemon.insecureRegistries[%d]", i), "must be a host, host:port or CIDR without a "+
				"scheme, got %q", r)
		}
	}
	if c.Bip != "" {
		if _, err := netip.ParsePrefix(c.Bip); err != nil {
			d.problem("spec.daemon.bip", "must be the bridge's address in CIDR notation such as 10.200.0.1/24, got %q", c.Bip)
		}
	}
	for i, p := range c.DefaultAddressPools {
		base, err := netip.ParsePrefix(p.Base)
		if err != nil || p.Size < base.Bits() || p.Size > base.Addr().BitLen() {
			d.problem(fmt.Sprintf("spec.daemon.defaultAddressPools[%d]", i), "must have a base such as 10.201.0.0/16 and a "+
				"size of at least its prefix length, got %q and %d", p.Base, p.Size)
		}
	}
}

func (d *decoder) validateClient(c Client) {
	d.validateResources("spec.client.resources", c.Resources)
	for i, name := range c.HostAliases {
		if why := notASubdomain(name); why != "" {
			d.problem(fmt.Sprintf("spec.client.hostAliases[%d]", i), "%q is not a host name: %s", name, why)
		}
	}
	for i, e := range c.Env {
		path := fmt.Sprintf("spec.client.env[%d].name", i)
		switch {
		case e.Name == "":
			d.problem(path, "must be set")
		case e.Name == "DOCKER_HOST":
			d.problem(path, "dindify sets DOCKER_HOST: use spec.client.transport instead")
		case slices.Contains(c.UnsetEnv, e.Name):
			d.problem(path, "%s is also in spec.client.unsetEnv: remove it from one of them", e.Name)
		}
	}
}

func (d *decoder) validateCleanup(c Cleanup) {
	d.validateImage("spec.cleanup.image", c.Image)
	d.validateCleanupProgram(c)
	d.validateObjectName("spec.cleanup.name", c.Name)
	if n := len(c.Name); n > CronJobNameLength {
		d.problem("spec.cleanup.name", "%q has %d characters, more than the limit of %d for a CronJob's name", c.Name, n,
			CronJobNameLength)
	}
	d.validateResources("spec.cleanup.resources", c.Resources)
	d.validateObjectName("spec.cleanup.serviceAccountName", c.ServiceAccountName)
	d.validateObjectName("spec.cleanup.roleName", c.RoleName)
	d.validateObjectName("spec.cleanup.roleBindingName", c.RoleBindingName)
	if why := notASchedule(c.Schedule); c.Schedule != "" && why != "" {
		d.problem("spec.cleanup.schedule", "must be a cron expression of five fields such as \"0 3 * * *\", got %q: %s",
			c.Schedule, why)
	}
	if interval, err := time.ParseDuration(c.Interval); c.Interval != "" && (err != nil || interval < time.Minute) {
		d.problem("spec.cleanup.interval", "must be a duration of a minute or more such as 24h, got %q", c.Interval)
	}
}

// validateCleanupProgram refuses an image whose name tells that it lacks the program that the clean-up calls.
func (d *decoder) validateCleanupProgram(c Cleanup) {
	switch name := image.Base(c.Image); {
	case c.Mode == CleanupSidecar && name == "kubectl":
		d.problem("spec.cleanup.image", "%q has no docker, which spec.cleanup.mode Sidecar calls: omit the field for the "+
			"daemon's image", c.Image)
	case c.Mode != CleanupSidecar && name == "docker":
		d.problem("spec.cleanup.image", "%q has no kubectl, which the clean-up's CronJob calls: omit the field for %s",
			c.Image, KubectlImage)
	}
}
