//go:build !thorough

package fast

// Enabled is false in a build with the tag thorough, which takes no shortcuts: see tests/shortcuts_test.go.
const Enabled = true
