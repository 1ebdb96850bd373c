package generate

import (
	"encoding/json"
	"fmt"

	"github.com/boxp/dindify/tests/laws"
)

// invalid decodes converted and generated objects as the API server's types, and checks their pods.
func (t *trial) invalid() string {
	for _, o := range t.after {
		if was := find(t.before, o.id()); was != nil && !converted(o) {
			continue
		}
		text, err := json.Marshal(o)
		if err != nil {
			return err.Error()
		}
		if said := recorded(func(r *recorder) { laws.CheckObject(r, text, converted(o)) }); said != "" {
			return said
		}
	}
	return ""
}

// recorder records a failed check instead of ending a test.
type recorder struct{ said string }

type stopped struct{}

func (r *recorder) Errorf(format string, args ...any) { r.said += fmt.Sprintf(format, args...) + "\n" }

func (r *recorder) FailNow() { panic(stopped{}) }

func recorded(check func(*recorder)) (said string) {
	r := &recorder{}
	defer func() {
		if p := recover(); p != nil {
			if _, isStop := p.(stopped); !isStop {
				panic(p)
			}
			said = r.said
		}
	}()
	check(r)
	return r.said
}
