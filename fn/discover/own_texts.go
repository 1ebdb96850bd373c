package discover

import (
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/sources"
)

// readOwnTexts returns the ConfigMaps and Secrets that pods with a Docker daemon of their own mount, by namespace, kind
// and name.
func (f *Finder) readOwnTexts() map[[3]string]bool {
	own := map[[3]string]bool{}
	for _, o := range f.set.ObjectsIn(f.set.Mentioning(daemonWords...)) {
		for _, pod := range o.Pods() {
			if HasDaemon(pod) {
				for _, from := range sources.MountedObjects(pod) {
					own[[3]string{o.Namespace(), from.Kind, from.Name}] = true
				}
			}
		}
	}
	return own
}

// isOwnText reports whether an object is such a ConfigMap or Secret.
func (f *Finder) isOwnText(o *kube.Object) bool {
	return f.ownTexts()[[3]string{o.Namespace(), o.Kind(), o.Name()}]
}
