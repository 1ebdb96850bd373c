package api_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"reflect"
	"testing"

	"github.com/stretchr/testify/require"
	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	rbacv1 "k8s.io/api/rbac/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/boxp/dindify/fn/api"
	"github.com/boxp/dindify/fn/config"
)

// roots maps the top types to their upstream types; all other types are fields of them.
var roots = map[reflect.Type]reflect.Type{
	reflect.TypeFor[api.Container]():      reflect.TypeFor[corev1.Container](),
	reflect.TypeFor[api.Volume]():         reflect.TypeFor[corev1.Volume](),
	reflect.TypeFor[api.ServiceAccount](): reflect.TypeFor[corev1.ServiceAccount](),
	reflect.TypeFor[api.CronJob]():        reflect.TypeFor[batchv1.CronJob](),
	reflect.TypeFor[api.Role]():           reflect.TypeFor[rbacv1.Role](),
	reflect.TypeFor[api.RoleBinding]():    reflect.TypeFor[rbacv1.RoleBinding](),
}

func TestTypesAreThoseOfKubernetes(t *testing.T) {
	c := comparison{t, map[reflect.Type]reflect.Type{}}
	for ours, theirs := range roots {
		c.types(ours.Name(), ours, theirs)
	}
	var compared []string
	for ours := range c.structs {
		compared = append(compared, ours.Name())
	}
	require.ElementsMatch(t, declared(t), compared, "every struct of the package is below one of the roots")

	configured := map[reflect.Type]bool{}
	below(reflect.TypeFor[config.Spec](), configured)
	for ours, theirs := range c.structs {
		if configured[ours] {
			require.Equal(t, theirs.NumField(), ours.NumField(), "%s: a user may set any of the fields", ours.Name())
		}
	}
	require.True(t, configured[reflect.TypeFor[api.FileKeySelector]()])
}

// comparison compares types with their upstream types, and records the structs among them.
type comparison struct {
	t       *testing.T
	structs map[reflect.Type]reflect.Type
}

func (c comparison) types(at string, ours, theirs reflect.Type) {
	if ours == theirs {
		return // a quantity
	}
	require.Equal(c.t, theirs.Kind(), ours.Kind(), "%s", at)
	switch ours.Kind() {
	case reflect.Struct:
		c.fields(ours, theirs)
	case reflect.Pointer, reflect.Slice:
		c.types(at, ours.Elem(), theirs.Elem())
	case reflect.Map:
		c.types(at, ours.Key(), theirs.Key())
		c.types(at, ours.Elem(), theirs.Elem())
	}
}

func (c comparison) fields(ours, theirs reflect.Type) {
	require.Equal(c.t, theirs.Name(), ours.Name())
	if known := c.structs[ours]; known != nil {
		require.Equal(c.t, theirs, known)
		return
	}
	c.structs[ours] = theirs
	last := -1
	for i := range ours.NumField() {
		f := ours.Field(i)
		at := ours.Name() + "." + f.Name
		upstream, ok := theirs.FieldByName(f.Name)
		require.True(c.t, ok && len(upstream.Index) == 1, "%s is a field upstream", at)
		require.True(c.t, upstream.Index[0] > last || ours == reflect.TypeFor[api.TypeMeta](), "%s has its place", at)
		require.Equal(c.t, upstream.Tag.Get("json"), f.Tag.Get("json"), "%s", at)
		require.Equal(c.t, upstream.Anonymous, f.Anonymous, "%s", at)
		c.types(at, f.Type, upstream.Type)
		last = upstream.Index[0]
	}
}

// declared returns the names of the package's structs.
func declared(t *testing.T) []string {
	files, err := filepath.Glob("*.go")
	require.NoError(t, err)
	var names []string
	for _, name := range files {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		require.NoError(t, err)
		if file.Name.Name != "api" {
			continue
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if spec, ok := n.(*ast.TypeSpec); ok {
				if _, ok := spec.Type.(*ast.StructType); ok {
					names = append(names, spec.Name.Name)
				}
			}
			return true
		})
	}
	return names
}

// below adds a type and all types that a value of it contains.
func below(of reflect.Type, all map[reflect.Type]bool) {
	if all[of] {
		return
	}
	all[of] = true
	switch of.Kind() {
	case reflect.Struct:
		for f := range of.Fields() {
			below(f.Type, all)
		}
	case reflect.Pointer, reflect.Slice, reflect.Map:
		below(of.Elem(), all)
	}
}

func TestValuesAreThoseOfKubernetes(t *testing.T) {
	for ours, theirs := range map[string]string{
		api.NamespaceDefault:                        metav1.NamespaceDefault,
		api.RBACGroup:                               rbacv1.GroupName,
		api.ContainerRestartPolicyAlways:            string(corev1.ContainerRestartPolicyAlways),
		api.RestartPolicyNever:                      string(corev1.RestartPolicyNever),
		api.ForbidConcurrent:                        string(batchv1.ForbidConcurrent),
		api.TerminationMessageFallbackToLogsOnError: string(corev1.TerminationMessageFallbackToLogsOnError),
		api.UnmaskedProcMount:                       string(corev1.UnmaskedProcMount),
		api.SeccompProfileTypeUnconfined:            string(corev1.SeccompProfileTypeUnconfined),
		api.SeccompProfileTypeRuntimeDefault:        string(corev1.SeccompProfileTypeRuntimeDefault),
		api.StorageMediumMemory:                     string(corev1.StorageMediumMemory),
		api.ReadWriteOnce:                           string(corev1.ReadWriteOnce),
	} {
		require.Equal(t, theirs, ours)
	}
	require.Equal(t, string(corev1.AppArmorProfileTypeUnconfined), api.AppArmorProfileTypeUnconfined)
}
