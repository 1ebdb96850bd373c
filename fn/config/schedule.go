package config

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// The API server checks a CronJob's schedule with ParseStandard of github.com/robfig/cron/v3, and refuses time zones in
// it (k8s.io/kubernetes, pkg/apis/batch/validation, validateScheduleFormat). The rules here are the same.

// scheduleField is one of the five fields of a cron expression.
type scheduleField struct {
	name      string
	low, high int
	words     []string // of the values from low on
}

var scheduleFields = []scheduleField{
	{name: "minute", low: 0, high: 59},
	{name: "hour", low: 0, high: 23},
	{name: "day of the month", low: 1, high: 31},
	{name: "month", low: 1, high: 12, words: []string{
		"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
	}},
	{name: "day of the week", low: 0, high: 6, words: []string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}},
}

// scheduleNames are the names for common schedules.
var scheduleNames = []string{"@annually", "@daily", "@hourly", "@midnight", "@monthly", "@weekly", "@yearly"}

// notASchedule returns why the API server refuses a schedule, or "".
func notASchedule(schedule string) string {
	if strings.Contains(schedule, "TZ") {
		return "a time zone is not allowed"
	}
	if interval, ok := strings.CutPrefix(schedule, "@every "); ok {
		if _, err := time.ParseDuration(interval); err != nil {
			return err.Error()
		}
		return ""
	}
	if strings.HasPrefix(schedule, "@") {
		if !slices.Contains(scheduleNames, schedule) {
			return "the names are " + strings.Join(scheduleNames, ", ")
		}
		return ""
	}
	values := strings.Fields(schedule)
	if len(values) != len(scheduleFields) {
		return fmt.Sprintf("it has %d fields", len(values))
	}
	for i, field := range scheduleFields {
		for value := range strings.FieldsFuncSeq(values[i], func(r rune) bool { return r == ',' }) {
			if why := field.refuses(value); why != "" {
				return fmt.Sprintf("%s %q: %s", field.name, value, why)
			}
		}
	}
	return ""
}

// refuses returns why a value or a range is none of this field, or "".
func (f scheduleField) refuses(text string) string {
	span, step, hasStep := strings.Cut(text, "/")
	if n, err := strconv.Atoi(step); hasStep && (err != nil || n <= 0) {
		return "the step must be a number above 0"
	}
	from, to, isRange := strings.Cut(span, "-")
	if from == "*" || from == "?" {
		return ""
	}
	low, ok := f.number(from)
	high := low
	if ok && isRange {
		high, ok = f.number(to)
	}
	switch {
	case !ok || low < f.low || high > f.high:
		return fmt.Sprintf("must be from %d to %d", f.low, f.high)
	case low > high:
		return "the range ends before it begins"
	}
	return ""
}

func (f scheduleField) number(text string) (int, bool) {
	if i := slices.Index(f.words, strings.ToLower(text)); i >= 0 {
		return f.low + i, true
	}
	n, err := strconv.Atoi(text)
	return n, err == nil && text[0] != '-'
}
