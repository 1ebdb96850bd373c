// Package usage has the resource usage of one run of a program.
package usage

import (
	"encoding/json"
	"os"
	"time"
)

// Usage is the usage of a process and of the children it waited for.
type Usage struct {
	Wall     time.Duration
	CPU      time.Duration // user and system
	PeakRSS  int64         // bytes, of the largest of these processes
	Exit     int
	TimedOut bool
}

// Read reads a file of Write.
func Read(file string) (Usage, error) {
	var u Usage
	text, err := os.ReadFile(file)
	if err == nil {
		err = json.Unmarshal(text, &u)
	}
	return u, err
}

// Write writes the usage to a file.
func (u Usage) Write(file string) error {
	text, err := json.Marshal(u)
	if err == nil {
		err = os.WriteFile(file, text, 0o644)
	}
	return err
}
