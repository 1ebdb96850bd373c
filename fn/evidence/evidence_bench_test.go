package evidence_test

import (
	"testing"

	"github.com/boxp/dindify/fn/evidence"
)

func BenchmarkOf(b *testing.B) {
	for b.Loop() {
		evidence.Of("registry.example.com:5000/team/agent:1.2.3@sha256:0123456789")
	}
}
