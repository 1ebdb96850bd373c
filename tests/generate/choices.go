// Package generate generates realistic manifests and configurations in every style, and checks dindify's laws on each.
// A run is identified by its seed, and the same seed gives the same run.
package generate

import "math/rand/v2"

// Choices are the decisions of one run. They are random and recorded, so that a failing run can be repeated with
// simpler ones: 0 is always the simplest choice.
type Choices struct {
	random *rand.Rand // nil if all decisions are given
	given  []int
	Taken  []int
}

// Random returns random decisions from a seed.
func Random(seed uint64) *Choices {
	return &Choices{random: rand.New(rand.NewPCG(seed, 0))}
}

// Replay repeats decisions. Those beyond the given ones are 0.
func Replay(given []int) *Choices { return &Choices{given: given} }

// Int chooses from 0 up to, not including, n.
func (c *Choices) Int(n int) int {
	v := 0
	switch at := len(c.Taken); {
	case c.random != nil:
		v = c.random.IntN(n)
	case at < len(c.given):
		v = c.given[at] % n
	}
	c.Taken = append(c.Taken, v)
	return v
}

// Chance returns true in the given percentage of cases; false is the simpler choice.
func (c *Choices) Chance(percent int) bool { return c.Int(100) >= 100-percent }

func pick[T any](c *Choices, all ...T) T { return all[c.Int(len(all))] }
