package verify

import (
	"context"
	"fmt"
	"slices"
	"strings"

	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	"k8s.io/apimachinery/pkg/labels"

	"github.com/boxp/dindify/fn/config"
)

// dockerPorts are the ports of Docker's API, without and with TLS.
var dockerPorts = []int32{config.DockerPort, tlsPort}

const tlsPort = 2376

// exposed looks for objects that make the daemon's ports reachable from outside the pod.
func exposed(ctx context.Context, s *Subject) Finding {
	var ways []string
	open, ports := s.openPorts(), s.daemonPorts()
	for _, c := range slices.Concat(s.Spec.InitContainers, s.Spec.Containers) {
		for _, p := range c.Ports {
			if p.HostPort != 0 && slices.Contains(ports, p.ContainerPort) {
				ways = append(ways, fmt.Sprintf("container %s: port %d of the node", c.Name, p.HostPort))
			}
		}
	}
	for _, port := range open {
		if s.Spec.HostNetwork {
			ways = append(ways, fmt.Sprintf("hostNetwork: port %d of the node", port))
		}
	}
	var services corev1.ServiceList
	if err := s.Get(ctx, core(s.namespace(), "services"), &services); err != nil {
		return blind(err, "list services")
	}
	var names []string
	for _, service := range services.Items {
		if !selects(service.Spec.Selector, s.podLabels()) {
			continue
		}
		for _, p := range service.Spec.Ports {
			if slices.Contains(ports, s.targetPort(p)) {
				names = append(names, service.Name)
				ways = append(ways, fmt.Sprintf("Service %s (%s) port %d", service.Name, service.Spec.Type, p.Port))
			}
		}
	}
	ways = append(ways, s.ingressesTo(ctx, names)...)
	if len(ways) > 0 {
		return fail("remove it (spec.ports of the Service; hostPort or spec.hostNetwork of the pod): nothing outside of the "+
			"pod needs the daemon", "%s leads to the daemon",
			strings.Join(ways, ", "))
	}
	return ok("none of %d Services of the namespace and no port of the node leads to the daemon", len(services.Items))
}

// openPorts returns the ports that the pod's daemons open beyond loopback, by their arguments and their image.
func (s *Subject) openPorts() (all []int32) {
	for _, c := range slices.Concat(s.Spec.InitContainers, s.Spec.Containers) {
		if !isDaemon(&c) {
			continue // a client has the same flags
		}
		switch {
		case byEntrypoint(&c) && makesCertificates(&c):
			all = append(all, tlsPort)
		case byEntrypoint(&c):
			all = append(all, config.DockerPort)
		}
		for _, host := range flagsOf(&c, config.HostFlags...) {
			if port, open := config.OpenPort(host); open && !slices.Contains(all, port) {
				all = append(all, port)
			}
		}
	}
	return all
}

func (s *Subject) podLabels() labels.Set {
	if s.Pod != nil {
		return s.Pod.Labels
	}
	return s.Workload.Template.Labels
}

func selects(selector map[string]string, set labels.Set) bool {
	return len(selector) > 0 && labels.SelectorFromSet(selector).Matches(set)
}

// targetPort returns the container port for a port of a Service.
func (s *Subject) targetPort(p corev1.ServicePort) int32 {
	if name := p.TargetPort.StrVal; name != "" {
		for _, c := range slices.Concat(s.Spec.InitContainers, s.Spec.Containers) {
			for _, port := range c.Ports {
				if port.Name == name {
					return port.ContainerPort
				}
			}
		}
		return 0
	}
	if p.TargetPort.IntVal != 0 {
		return p.TargetPort.IntVal
	}
	return p.Port
}

// ingressesTo returns the Ingresses whose backends are these Services, or none if the user may not list them.
func (s *Subject) ingressesTo(ctx context.Context, services []string) []string {
	if len(services) == 0 {
		return nil
	}
	var found networkingv1.IngressList
	if err := s.Get(ctx, group("networking.k8s.io/v1", s.namespace(), "ingresses"), &found); err != nil {
		return nil
	}
	var ways []string
	for i := range found.Items {
		if slices.ContainsFunc(backends(&found.Items[i]), func(name string) bool { return slices.Contains(services, name) }) {
			ways = append(ways, "Ingress "+found.Items[i].Name)
		}
	}
	return ways
}

func backends(ingress *networkingv1.Ingress) []string {
	var names []string
	if b := ingress.Spec.DefaultBackend; b != nil && b.Service != nil {
		names = append(names, b.Service.Name)
	}
	for _, rule := range ingress.Spec.Rules {
		if rule.HTTP == nil {
			continue
		}
		for _, p := range rule.HTTP.Paths {
			if p.Backend.Service != nil {
				names = append(names, p.Backend.Service.Name)
			}
		}
	}
	return names
}
