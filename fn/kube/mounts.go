package kube

// Mount is a mount of a volume.
type Mount struct {
	Field
	Container Container
}

// Mounts holds the volume mounts of a pod by the name of the volume.
type Mounts struct {
	containers []Container
	byVolume   map[string][]Mount
}

// Mounts returns the volume mounts of all containers of the pod.
func (p Pod) Mounts() Mounts {
	m := Mounts{p.Containers(), map[string][]Mount{}}
	for _, container := range m.containers {
		for _, mount := range container.Mounts() {
			if name := mount.Text("name"); name != "" {
				m.byVolume[name] = append(m.byVolume[name], Mount{mount, container})
			}
		}
	}
	return m
}

// Named returns the mounts of the volume of that name.
func (m Mounts) Named(name string) []Mount { return m.byVolume[name] }

// Of returns the mounts of a volume. In Jenkins' configuration as code the volume itself says where every container
// mounts it.
func (m Mounts) Of(volume Field) []Mount {
	named := m.byVolume[volume.Text("name")]
	own := volume.Get("hostPathVolume")
	switch {
	case !own.Exists():
		return named
	case len(m.containers) == 0:
		return []Mount{{own, Container{own, jenkinsAgent}}}
	}
	all := make([]Mount, 0, len(m.containers)+len(named))
	for _, container := range m.containers {
		all = append(all, Mount{own, container})
	}
	return append(all, named...)
}
