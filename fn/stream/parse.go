package stream

import (
	"fmt"

	"github.com/boxp/dindify/fn/document"
	"github.com/boxp/dindify/fn/parallel"
)

// parseAll reads documents on every core: parsing is most of what a run does.
func parseAll(texts [][]byte) ([]*document.Document, error) {
	docs := make([]*document.Document, len(texts))
	err := parallel.For(len(texts), func(i int) (err error) {
		if docs[i], err = document.Parse(texts[i]); err != nil {
			return fmt.Errorf("item %d: %w", i+1, err)
		}
		return nil
	})
	return docs, err
}
