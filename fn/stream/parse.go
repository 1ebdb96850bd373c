package stream

import (
	"fmt"
	"runtime"
	"sync"

	"github.com/boxp/dindify/fn/document"
)

// parseAll reads documents on every core: parsing is most of what a run does.
func parseAll(texts [][]byte) ([]*document.Document, error) {
	docs, errs := make([]*document.Document, len(texts)), make([]error, len(texts))
	var wg sync.WaitGroup
	workers := min(runtime.GOMAXPROCS(0), len(texts)/16+1)
	for w := range workers {
		wg.Go(func() {
			for i := w; i < len(texts); i += workers {
				docs[i], errs[i] = document.Parse(texts[i])
			}
		})
	}
	wg.Wait()
	for i, err := range errs {
		if err != nil {
			return nil, fmt.Errorf("item %d: %w", i+1, err)
		}
	}
	return docs, nil
}
