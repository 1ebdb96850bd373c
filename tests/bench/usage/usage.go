// Package usage is what one run of a program took.
package usage

import (
	"encoding/json"
	"os"
	"time"
)

// Usage is that of a process and of those that it waited for.
type Usage struct {
	Wall     time.Duration
	CPU      time.Duration // user and system
	PeakRSS  int64         // bytes, of the largest of these processes
	Exit     int
	TimedOut bool
}

// Read reads what Write has written.
func Read(file string) (Usage, error) {
	var u Usage
	text, err := os.ReadFile(file)
	if err == nil {
		err = json.Unmarshal(text, &u)
	}
	return u, err
}

// Write writes it to a file.
func (u Usage) Write(file string) error {
	text, err := json.Marshal(u)
	if err == nil {
		err = os.WriteFile(file, text, 0o644)
	}
	return err
}
