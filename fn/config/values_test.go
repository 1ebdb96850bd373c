package config

import (
	"reflect"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestEveryEnumHasItsValues: a type without a line in the table would accept any text.
func TestEveryEnumHasItsValues(t *testing.T) {
	seen := map[reflect.Type]bool{}
	var walk func(reflect.Type)
	walk = func(of reflect.Type) {
		if seen[of] {
			return
		}
		seen[of] = true
		switch of.Kind() {
		case reflect.Struct:
			for _, f := range reflect.VisibleFields(of) {
				walk(f.Type)
			}
		case reflect.Slice, reflect.Pointer, reflect.Map:
			walk(of.Elem())
		case reflect.String:
			if of.PkgPath() == reflect.TypeFor[Spec]().PkgPath() {
				require.NotEmpty(t, Values(of), "%s", of)
			}
		}
	}
	walk(reflect.TypeFor[Spec]())
	for of, values := range values {
		require.True(t, seen[of], "%s is no field's type", of)
		require.NotContains(t, values, "")
	}
}
