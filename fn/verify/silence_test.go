package verify

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// TestWhatHangsIsNotAskedAgain checks a node on which no command answers, and a daemon that does not: the run waits for
// a few commands only, nothing fails, and what does answer is still looked at.
func TestWhatHangsIsNotAskedAgain(t *testing.T) {
	o := Options{Namespace: "openhands", Names: []string{"deploy/openhands"}, Levels: []Level{Exec}}
	for program, most := range map[string]int{"*": 3, "docker": 8} {
		f := healthy(t)
		f.hangs = []string{program}
		got := outcomes(t, f, o)
		require.LessOrEqual(t, len(f.ran), most, f.ran)
		for id, one := range got {
			require.NotEqual(t, Fail, one.Result, "%s: %s", id, one.Text)
		}
		require.Contains(t, got["engine"].Text, "no answer in time")
		if program == "docker" {
			require.Equal(t, OK, got["port-listen"].Result, got["port-listen"].Text)
			require.Equal(t, OK, got["mirror"].Result, got["mirror"].Text)
		}
	}
}
