package parallel_test

import (
	"errors"
	"strconv"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/boxp/dindify/fn/parallel"
)

func TestForCallsEveryIndexOnce(t *testing.T) {
	for _, n := range []int{0, 1, 15, 16, 17, 1000} {
		calls := make([]atomic.Int32, n)
		require.NoError(t, parallel.For(n, func(i int) error { calls[i].Add(1); return nil }))
		for i := range calls {
			require.EqualValues(t, 1, calls[i].Load(), "index %d of %d", i, n)
		}
	}
}

func TestForReturnsTheErrorOfTheLowestIndex(t *testing.T) {
	err := parallel.For(100, func(i int) error {
		if i < 7 {
			return nil
		}
		return errors.New(strconv.Itoa(i))
	})
	require.EqualError(t, err, "7")
}

func TestForPanicsWhereItsCallerCanRecover(t *testing.T) {
	require.Panics(t, func() {
		_ = parallel.For(100, func(i int) error {
			if i == 42 {
				panic("a defect")
			}
			return nil
		})
	})
}
