//go:build !thorough

package fast

// Enabled is false in a build with the tag thorough, which takes no shortcut: see tests/shortcuts_test.go.
const Enabled = true
