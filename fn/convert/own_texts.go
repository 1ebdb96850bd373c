package convert

import (
	"github.com/boxp/dindify/fn/kube"
)

// readOwnTexts returns the ConfigMaps and Secrets that pods with a Docker daemon of their own mount, by namespace, kind
// and name.
func (f *finder) readOwnTexts() map[[3]string]bool {
	own := map[[3]string]bool{}
	for _, o := range f.set.ObjectsIn(f.set.Mentioning(daemonWords...)) {
		for _, pod := range o.Pods() {
			if HasDaemon(pod) {
				for _, from := range mountedObjects(pod) {
					own[[3]string{o.Namespace(), from.kind, from.name}] = true
				}
			}
		}
	}
	return own
}

// isOwnText reports whether an object is such a ConfigMap or Secret.
func (f *finder) isOwnText(o *kube.Object) bool {
	return f.ownTexts()[[3]string{o.Namespace(), o.Kind(), o.Name()}]
}
