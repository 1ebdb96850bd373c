package journal

import "github.com/boxp/dindify/fn/kube"

// Adding are the containers to whose variables the object's journal says that a conversion added one of that name. None
// where there is no journal that can be read.
func Adding(o *kube.Object, variable string) (all []kube.Container) {
	j, err := read(o.Annotation(Annotation))
	if err != nil {
		return nil
	}
	added := map[string]bool{}
	for _, e := range j.Edits {
		if _, adds := e.Drop[variable]; adds {
			added[e.In] = true
		}
	}
	for _, pod := range o.Pods() {
		for _, container := range pod.Containers() {
			if added[container.Path()+".env"] {
				all = append(all, container)
			}
		}
	}
	return all
}
