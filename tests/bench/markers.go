package main

import (
	"fmt"
	"os"
	"strings"
)

// replaceSection replaces the text between the markers of a section: <!-- bench:NAME --> and <!-- /bench:NAME -->.
func replaceSection(page, name, text string) error {
	old, err := os.ReadFile(page)
	if err != nil {
		return err
	}
	replaced, err := between(string(old), "<!-- bench:"+name+" -->", "<!-- /bench:"+name+" -->", text)
	if err != nil {
		return fmt.Errorf("%s: %w", page, err)
	}
	return os.WriteFile(page, []byte(replaced), 0o644)
}

func between(page, from, to, text string) (string, error) {
	before, rest, ok := strings.Cut(page, from)
	_, after, closed := strings.Cut(rest, to)
	if !ok || !closed {
		return "", fmt.Errorf("it has no %s ... %s", from, to)
	}
	return before + from + "\n\n" + strings.TrimSpace(text) + "\n\n" + to + after, nil
}
