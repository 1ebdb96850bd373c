package verify

import (
	"cmp"
	"encoding/json"

	appsv1 "k8s.io/api/apps/v1"
	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	rbacv1 "k8s.io/api/rbac/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/apimachinery/pkg/util/strategicpatch"
)

// lastApplied is the annotation in which kubectl apply keeps what it applied.
const lastApplied = "kubectl.kubernetes.io/last-applied-configuration"

// mergeable are the kinds that are patched as kubectl apply does on the client's side. Others are applied by the
// server.
var mergeable = map[string]any{
	"apps/v1/Deployment": appsv1.Deployment{}, "apps/v1/StatefulSet": appsv1.StatefulSet{},
	"apps/v1/DaemonSet": appsv1.DaemonSet{}, "apps/v1/ReplicaSet": appsv1.ReplicaSet{},
	"batch/v1/Job": batchv1.Job{}, "batch/v1/CronJob": batchv1.CronJob{},
	"v1/Pod": corev1.Pod{}, "v1/Service": corev1.Service{}, "v1/ConfigMap": corev1.ConfigMap{},
	"v1/Secret": corev1.Secret{}, "v1/ServiceAccount": corev1.ServiceAccount{},
	"v1/PersistentVolumeClaim":                 corev1.PersistentVolumeClaim{},
	"rbac.authorization.k8s.io/v1/Role":        rbacv1.Role{},
	"rbac.authorization.k8s.io/v1/RoleBinding": rbacv1.RoleBinding{},
}

// patch returns the patch with which the object's next apply changes the live one. An object that a manager applied on
// the server is applied by the same manager, so that what the files no longer have goes.
func (m *Manifest) patch(live []byte, namespace string) (kind types.PatchType, patch []byte, manager string,
	err error,
) {
	var meta metav1.PartialObjectMetadata
	if err := json.Unmarshal(live, &meta); err != nil {
		return "", nil, "", err
	}
	modified, err := json.Marshal(m.inNamespace(namespace))
	if err != nil {
		return "", nil, "", err
	}
	goType, known := mergeable[m.APIVersion+"/"+m.Kind]
	manager = serverSideManager(&meta)
	if original := meta.Annotations[lastApplied]; known && (original != "" || manager == "") {
		fields, err := strategicpatch.NewPatchMetaFromStruct(goType)
		if err != nil {
			return "", nil, "", err
		}
		patch, err := strategicpatch.CreateThreeWayMergePatch([]byte(original), modified, live, fields, true)
		return types.StrategicMergePatchType, patch, "kubectl-client-side-apply", err
	}
	return types.ApplyYAMLPatchType, modified, cmp.Or(manager, "dindify-verify"), nil
}

// serverSideManager returns the manager that applied an object on the server last, or "".
func serverSideManager(meta *metav1.PartialObjectMetadata) (manager string) {
	var last metav1.Time
	for _, entry := range meta.ManagedFields {
		if entry.Operation != metav1.ManagedFieldsOperationApply || entry.Subresource != "" {
			continue
		}
		if at := entry.Time; manager == "" || at != nil && last.Before(at) {
			manager = entry.Manager
			if at != nil {
				last = *at
			}
		}
	}
	return manager
}

// inNamespace returns the object with its namespace set.
func (m *Manifest) inNamespace(namespace string) any {
	var object map[string]any
	_ = json.Unmarshal(m.Raw, &object) // ReadManifests decoded it before
	if meta, isMap := object["metadata"].(map[string]any); isMap && namespace != "" {
		meta["namespace"] = namespace
	}
	return object
}
