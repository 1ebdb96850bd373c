package config

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// TestSchedulesAreCheckedAsByTheAPIServer has values that ParseStandard of robfig/cron v3 accepts and refuses.
func TestSchedulesAreCheckedAsByTheAPIServer(t *testing.T) {
	for _, good := range []string{
		"0 3 * * *", "*/5 * * * *", "0 0 1,15 * mon-fri", "59 23 31 12 6", "0 0 ? * ?", "0-30/10 1-2 * JAN-mar *",
		"5/15 * * * *", "  0   3 * * * ", "@daily", "@midnight", "@every 1h30m", "0 0 * * SUN",
	} {
		assert.Empty(t, notASchedule(good), good)
	}
	for _, bad := range []string{
		"61 * * * *", "60 * * * *", "* 24 * * *", "* * 0 * *", "* * 32 * *", "* * * 0 *", "* * * 13 *", "* * * * 7",
		"* * * * mo", "* * * *", "* * * * * *", "", "*/0 * * * *", "*/x * * * *", "*/-1 * * * *", "5-1 * * * *",
		"1-2-3 * * * *", "1/2/3 * * * *", "-1 * * * *", "a * * * *", "0--00 * * * *", "@dayly", "@every", "@every day",
		"TZ=UTC 0 3 * * *", "CRON_TZ=Europe/Berlin 0 3 * * *", "@Daily",
	} {
		assert.NotEmpty(t, notASchedule(bad), bad)
	}
}
