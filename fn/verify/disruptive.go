package verify

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	corev1 "k8s.io/api/core/v1"
)

// inCopy runs a command in a container of the copy while it waits.
func (s *Subject) inCopy(ctx context.Context, c *canaryRun, container string, args ...string) (Output, error) {
	return s.Exec(ctx, Command{Namespace: s.namespace(), Pod: c.pod.Name, Container: container, Args: args})
}

// killDaemon kills dockerd as the kernel does when memory runs out.
const killDaemon = `kill -9 $(pidof dockerd || cat /var/run/docker.pid)`

// canaryRestart kills the daemon of the copy, and checks whether the client reaches the new one.
func canaryRestart(ctx context.Context, s *Subject) Finding {
	c := s.start(ctx, "hold")
	if c.problem != nil {
		return *c.problem
	}
	client := s.clientOfCopy()
	if _, err := s.inCopy(ctx, c, s.Daemon.Name, "sh", "-c", killDaemon); err != nil && ctx.Err() != nil {
		return blind(err, "kill the daemon of the copy") // any other error means that the container ended during the command
	}
	began := time.Now()
	for end := began.Add(canaryGrace); ; {
		pod, err := s.getPod(ctx, c.pod.Name)
		if err == nil {
			if status := statusOf(pod, s.Daemon.Name); status != nil && status.RestartCount > 0 && status.State.Running != nil {
				if out, err := s.inCopy(ctx, c, client, "docker", "info", "--format", "{{.ID}}"); err == nil && out.Status == 0 &&
					strings.TrimSpace(out.Stdout) != "" {
					return ok("in the copy: the client works again %.0f s after its daemon was killed",
						time.Since(began).Seconds())
				}
			}
		}
		if !time.Now().Before(end) || !pause(ctx) {
			return fail("set spec.client.socketMount: Directory: a socket that is mounted as a file goes stale with the "+
				"daemon that made it",
				"in the copy: the client does not find the daemon that followed the one that was killed")
		}
	}
}

// litter creates an unused image and a stopped container.
const litter = `set -e
echo litter | docker import - dindify-litter:1 >/dev/null 2>&1 || tar -c -C /etc hostname | docker import - dindify-litter:1 >/dev/null
docker container create --name dindify-stopped --label dindify.dev/verify=litter "$0" true >/dev/null`

// canaryPrune runs the user's own clean-up command in the copy, and checks what it removes.
func canaryPrune(ctx context.Context, s *Subject) Finding {
	var command []string
	for _, cleanup := range s.cleanups {
		command = cleanup.exec.after
	}
	if len(command) == 0 {
		return skip("no CronJob's command is known")
	}
	c := s.start(ctx, "hold")
	if c.problem != nil {
		return *c.problem
	}
	out, err := s.inCopy(ctx, c, s.Daemon.Name, "sh", "-c", litter, "dindify-verify:"+s.id)
	if err != nil {
		return blind(err, "run a command in the copy")
	}
	if out.Status != 0 {
		return unknown("the daemon's image needs sh, tar and the Docker CLI, and its volume some room",
			"nothing to remove could be made in the copy: %s", out.output())
	}
	out, err = s.inCopy(ctx, c, s.Daemon.Name, command...)
	if err != nil {
		return blind(err, "run the clean-up's command in the copy")
	}
	if out.Status != 0 {
		return fail("correct the command of the CronJob: spec.jobTemplate.spec.template.spec.containers",
			"in the copy, the clean-up's command fails: %s", cmp.Or(lastLine(out.Stderr), fmt.Sprint(out.Status)))
	}
	left := func(kind, name string) bool {
		seen, err := s.inCopy(ctx, c, s.Daemon.Name, "docker", kind, "inspect", name)
		return err == nil && seen.Status == 0
	}
	image, container := left("image", "dindify-litter:1"), left("container", "dindify-stopped")
	switch words := strings.Join(command, " "); {
	case !container:
		return warn("use docker image prune and docker builder prune, if the application resumes stopped containers",
			"in the copy, the clean-up removes stopped containers too")
	case image && strings.Contains(words, "until="):
		return ok("in the copy, the clean-up keeps stopped containers, and images that are younger than its filter")
	case image:
		return warn("docker image prune needs --all for images with a tag",
			"in the copy, the clean-up keeps an image that nothing uses")
	}
	return ok("in the copy, the clean-up removes unused images and keeps stopped containers")
}

// cleanupWorks runs the clean-up's job with a command that prunes nothing.
func cleanupWorks(ctx context.Context, s *Subject) Finding {
	if f, none := s.noCleanup(); none {
		return f
	}
	c := s.cleanups[0]
	line := []string{"kubectl", "version", "--client"}
	if c.exec.kind != "" {
		line = append(slices.Clone(c.exec.before), "docker", "version", "--format", "{{.Server.Version}}")
	}
	succeeded, log, f := s.runCleanup(ctx, c, "cleanup", line)
	switch {
	case f != nil:
		return *f
	case !succeeded && c.exec.kind == "":
		return fail("set an image that has kubectl in spec.cleanup.image",
			"the image %s of CronJob %s does not run kubectl: %s", c.container.Image, c.job.Name, log)
	case !succeeded:
		return fail("the checks of the clean-up say more: --check cleanup-target,cleanup-rights",
			"a job of CronJob %s does not reach the daemon: %s", c.job.Name, log)
	case c.exec.kind == "":
		return ok("the image of CronJob %s has kubectl; its script was not run, since it prunes",
			c.job.Name).inferred()
	}
	return ok("a job of CronJob %s reaches the daemon (Docker %s); nothing was pruned", c.job.Name, log)
}

// away returns a command line whose target does not exist.
func (e execCommand) away(line []string) []string {
	gone := slices.Clone(line)
	for i, word := range gone {
		if word == e.target {
			gone[i] = word + "-dindify-absent"
		}
	}
	return gone
}

// cleanupLoud runs the job with a target that does not exist.
func cleanupLoud(ctx context.Context, s *Subject) Finding {
	if f, none := s.noCleanup(); none {
		return f
	}
	c := s.cleanups[0]
	if c.exec.kind == "" {
		return unknown("cleanup-history tells after a run", "CronJob %s is a script, and running it would prune",
			c.job.Name)
	}
	line := append(slices.Clone(c.exec.before), "docker", "version")
	succeeded, log, f := s.runCleanup(ctx, c, "loud", line)
	switch {
	case f != nil:
		return *f
	case succeeded:
		return fail("let the command fail where it finds no pod: spec.jobTemplate.spec.template.spec.containers",
			"a job of CronJob %s succeeds although its target is not there: %s", c.job.Name, log)
	}
	return ok("a job of CronJob %s fails where its target is not there (%s)", c.job.Name, log)
}

// runCleanup creates a Job from a CronJob with another command, and waits for its end.
func (s *Subject) runCleanup(ctx context.Context, c *cleanup, what string, line []string) (succeeded bool, log string,
	problem *Finding,
) {
	spec := *c.job.Spec.JobTemplate.Spec.Template.Spec.DeepCopy()
	spec.RestartPolicy = "Never"
	if container := &spec.Containers[0]; len(container.Command) == 0 && c.exec.kind != "" {
		container.Args = line // of the image's entrypoint
	} else {
		container.Command, container.Args = line, nil
	}
	if what == "loud" {
		for _, list := range [][]corev1.Container{spec.InitContainers, spec.Containers} {
			for i := range list {
				list[i].Command, list[i].Args = c.exec.away(list[i].Command), c.exec.away(list[i].Args)
			}
		}
	}
	return s.runJob(ctx, s.jobName(what), spec)
}
