package generate

// Shrink searches for simpler decisions that break the same law. It tries at most the given number of runs.
func Shrink(taken []int, fails func([]int) bool, tries int) []int {
	best := taken
	try := func(given []int) bool {
		if tries--; tries < 0 || !fails(given) {
			return false
		}
		best = given
		return true
	}
	for before := -1; before != weight(best) && tries > 0; {
		before = weight(best)
		for size := len(best); size > 0 && tries > 0; size /= 2 {
			for at := 0; at < len(best) && tries > 0; at += size {
				zeros(best, at, size, try)
			}
			for at := len(best) - size; at >= 0 && tries > 0; at -= size {
				try(without(best, at, size))
			}
		}
	}
	return best
}

// weight returns the distance of decisions from the simplest.
func weight(given []int) int {
	n := len(given)
	for _, v := range given {
		n += v
	}
	return n
}

// zeros tries the simplest choice for several decisions at once, or returns nothing if they are simple already.
func zeros(given []int, at, size int, try func([]int) bool) {
	next := append([]int{}, given...)
	changed := false
	for i := at; i < min(at+size, len(next)); i++ {
		changed = changed || next[i] != 0
		next[i] = 0
	}
	if changed {
		try(next)
	}
}

func without(given []int, at, size int) []int {
	return append(append([]int{}, given[:at]...), given[min(at+size, len(given)):]...)
}
