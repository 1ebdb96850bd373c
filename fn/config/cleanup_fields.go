package config

import "slices"

// CleanupField is a field of spec.cleanup that not every mode reads.
type CleanupField struct {
	Name  string
	IsSet func(Cleanup) bool
	Auto  CleanupMode // the mode that Auto must choose for the field to have an effect; "" for both

	modes   []CleanupMode // the modes that it may be set with, besides Auto; nil for all
	instead string        // the field to set with the other clean-up; "" for none
}

var (
	onlyCronJob    = []CleanupMode{CleanupCronJob}
	onlySidecar    = []CleanupMode{CleanupSidecar}
	everyOtherMode = []CleanupMode{CleanupCronJob, CleanupSidecar} // than None
)

// CleanupFields lists these fields. The image is that of either clean-up, but with mode Auto that of the CronJob.
var CleanupFields = []CleanupField{
	{"schedule", func(c Cleanup) bool { return c.Schedule != "" }, CleanupCronJob, onlyCronJob, "interval"},
	{"interval", func(c Cleanup) bool { return c.Interval != "" }, CleanupSidecar, onlySidecar, "schedule"},
	{"image", func(c Cleanup) bool { return c.Image != "" }, CleanupCronJob, nil, ""},
	{"name", func(c Cleanup) bool { return c.Name != "" }, CleanupCronJob, onlyCronJob, ""},
	{"serviceAccountName", func(c Cleanup) bool { return c.ServiceAccountName != "" }, CleanupCronJob, onlyCronJob, ""},
	{"roleName", func(c Cleanup) bool { return c.RoleName != "" }, CleanupCronJob, onlyCronJob, ""},
	{"roleBindingName", func(c Cleanup) bool { return c.RoleBindingName != "" }, CleanupCronJob, onlyCronJob, ""},
	{"resources", func(c Cleanup) bool { return !isUnset(c.Resources) }, "", everyOtherMode, ""},
	{"command", func(c Cleanup) bool { return len(c.Command) > 0 }, "", everyOtherMode, ""},
}

// validateCleanupFields refuses fields that the selected clean-up mode does not use.
func (d *decoder) validateCleanupFields(c Cleanup) {
	for _, f := range CleanupFields {
		if c.Mode == CleanupAuto || f.modes == nil || slices.Contains(f.modes, c.Mode) || !f.IsSet(c) {
			continue
		}
		way := "omit it"
		if c.Mode != CleanupNone && f.instead != "" {
			way = "set spec.cleanup." + f.instead
		}
		d.problem("spec.cleanup."+f.Name, "is for spec.cleanup.mode %s, but that is %s: %s", f.modes[0], c.Mode, way)
	}
}
