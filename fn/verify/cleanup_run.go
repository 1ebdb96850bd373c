package verify

import (
	"context"
	"errors"
	"fmt"
	"strings"
)

// removeMade removes containers and images with the label of dindify's runs.
const removeMade = `c=$(docker ps -aq --filter label=dindify.dev/verify); [ -z "$c" ] || docker rm -f $c >/dev/null
i=$(docker images -q --filter label=dindify.dev/verify); [ -z "$i" ] || docker rmi -f $i >/dev/null
echo $c $i | wc -w`

// Cleanup removes what killed runs have left, and nothing else: the Jobs with the label dindify.dev/verify, and the
// containers and images with it in the daemons of the workloads. It returns a line for each.
func Cleanup(ctx context.Context, cluster Cluster, o Options) ([]string, error) {
	r := newRun(cluster, o)
	namespace := o.Namespace
	if o.AllNamespaces {
		namespace = ""
	}
	if err := r.namespaceThere(ctx); err != nil {
		return nil, err
	}
	var said []string
	var jobs list
	if err := r.Get(ctx, withQuery(group("batch/v1", namespace, "jobs"), "labelSelector", verifyLabel),
		&jobs); err != nil {
		return nil, fmt.Errorf("list jobs: %w", err)
	}
	for _, raw := range jobs.Items {
		job, err := readWorkload(kindOf("Job"), raw)
		if err != nil {
			return said, err
		}
		if err := r.Delete(ctx, group("batch/v1", job.Namespace, "jobs", job.Name)); err != nil && !notFound(err) {
			return said, fmt.Errorf("delete Job %s: %w", job.Name, err)
		}
		said = append(said, fmt.Sprintf("Job %s in namespace %s", job.Name, job.Namespace))
	}
	subjects, err := r.workloads(ctx)
	if none := (*noDaemonError)(nil); errors.As(err, &none) && !none.unseen {
		return said, nil
	}
	if err != nil {
		return said, err
	}
	var errs []error
	for _, s := range subjects {
		removed, err := s.removeFromDaemons(ctx)
		said, errs = append(said, removed...), append(errs, err)
	}
	return said, errors.Join(errs...)
}

// removeFromDaemons removes what killed runs have left in the daemons of a workload's pods.
func (s *Subject) removeFromDaemons(ctx context.Context) (said []string, err error) {
	pods, err := s.podsOf(ctx, s.Workload)
	if err != nil {
		return nil, fmt.Errorf("pods of %s: %w", s.Workload, err)
	}
	var errs []error
	for _, s.Pod = range pods {
		if !s.running() {
			continue
		}
		out, err := s.workInDaemon(ctx, "sh", "-c", removeMade)
		if err != nil {
			errs = append(errs, fmt.Errorf("pod %s: %w", s.Pod.Name, err))
		} else if n := strings.TrimSpace(out.Stdout); n != "0" && n != "" {
			said = append(said, fmt.Sprintf("%s containers and images in the daemon of pod %s", n, s.Pod.Name))
		}
	}
	return said, errors.Join(errs...)
}
