package checks

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"

	"github.com/boxp/dindify/tests/cluster/process"
)

// scale sets the number of replicas, 0 or 1, and waits for it.
func (w *Workload) scale(t testing.TB, replicas int) {
	t.Helper()
	patch := fmt.Appendf(nil, `{"spec":{"replicas":%d}}`, replicas)
	_, err := w.AppsV1().Deployments(namespace).Patch(t.Context(), appName, types.MergePatchType, patch,
		metav1.PatchOptions{})
	require.NoError(t, err)
	if replicas == 1 {
		w.waitForPod(t)
		return
	}
	process.WaitFor(t, "the pod is gone", 2*time.Minute, func() error { return w.gone(t, w.pod.Name) })
}

func (w *Workload) gone(t testing.TB, pod string) error {
	_, err := w.CoreV1().Pods(namespace).Get(t.Context(), pod, metav1.GetOptions{})
	if apierrors.IsNotFound(err) {
		return nil
	}
	return errors.Join(errors.New("still there"), err)
}

func saysWhy(line string) bool {
	return strings.Contains(strings.ToLower(line), "error") || strings.Contains(line, "unknown flag")
}

// summary returns the most informative line of a log, short enough for a table: one with an error, or else the last.
// For an error it keeps the end: wrapping messages come first.
func summary(log string) string {
	lines := strings.Split(strings.TrimSpace(log), "\n")
	line := lines[len(lines)-1]
	const longest = 90
	for _, candidate := range lines {
		if saysWhy(candidate) {
			line = candidate
			if len(line) > longest {
				line = "..." + line[len(line)-longest:]
			}
			break
		}
	}
	line = strings.NewReplacer("|", "/", "`", "'").Replace(line)
	if len(line) > longest+len("...") {
		return line[:longest] + "..."
	}
	return line
}
