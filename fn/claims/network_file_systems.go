package claims

import (
	"strings"

	"github.com/boxp/dindify/fn/kube"
)

// networkFileSystem is a file system that an overlay cannot write to: it lacks trusted.* attributes, or whiteouts by
// rename (Linux, Documentation/filesystems/overlayfs.rst).
type networkFileSystem struct{ Name, Source string }

// The file systems that CSI drivers mount.
var (
	azureFiles    = networkFileSystem{"SMB or NFS", "docker/for-linux#1484, moby#35483"}
	NFS           = networkFileSystem{"NFS", "moby#35483"}
	cephFS        = networkFileSystem{"CephFS", "moby#37012, moby#50148"}
	smb           = networkFileSystem{"SMB", "docker/for-linux#1484"}
	objectStorage = networkFileSystem{"object storage", "rfjakob/gocryptfs#641 for FUSE"}
)

// fileSystemsByDriver lists CSI drivers with the file system that each documents, sorted.
var fileSystemsByDriver = []struct {
	driver string
	of     networkFileSystem
}{
	{"blob.csi.azure.com", objectStorage},         // kubernetes-sigs/blob-csi-driver
	{"cephfs.csi.ceph.com", cephFS},               // ceph/ceph-csi
	{"efs.csi.aws.com", NFS},                      // kubernetes-sigs/aws-efs-csi-driver
	{"file.csi.azure.com", azureFiles},            // kubernetes-sigs/azurefile-csi-driver
	{"filestore.csi.storage.gke.io", NFS},         // kubernetes-sigs/gcp-filestore-csi-driver
	{"fsx.openzfs.csi.aws.com", NFS},              // kubernetes-sigs/aws-fsx-openzfs-csi-driver
	{"gcsfuse.csi.storage.gke.io", objectStorage}, // GoogleCloudPlatform/gcs-fuse-csi-driver
	{"nfs.csi.ceph.com", NFS},                     // ceph/ceph-csi
	{"nfs.csi.k8s.io", NFS},                       // kubernetes-csi/csi-driver-nfs
	{"s3.csi.aws.com", objectStorage},             // awslabs/mountpoint-s3-csi-driver
	{"smb.csi.k8s.io", smb},                       // kubernetes-csi/csi-driver-smb
}

// fileSystemsByField lists the fields of a PersistentVolume without a CSI driver (k8s.io/api, core/v1).
var fileSystemsByField = []struct {
	field string
	of    networkFileSystem
}{
	{"azureFile", azureFiles}, {"cephfs", cephFS}, {"nfs", NFS},
}

// NetworkMount is a field that says that a volume is on a network file system. It does not exist if nothing says so.
type NetworkMount struct {
	kube.Field
	FileSystem networkFileSystem
}

// mountOf reads the spec of a PersistentVolume.
func mountOf(spec kube.Field) NetworkMount {
	for _, known := range fileSystemsByField {
		if f := spec.Get(known.field); f.Exists() {
			return NetworkMount{f, known.of}
		}
	}
	return mountBy(spec.Get("csi", "driver"))
}

// mountBy reads the name of a driver. Rook puts its namespace before it, and provisioners of NFS have it in theirs.
func mountBy(driver kube.Field) NetworkMount {
	name := driver.Text()
	for _, known := range fileSystemsByDriver {
		if name == known.driver || strings.HasSuffix(name, "."+known.driver) {
			return NetworkMount{driver, known.of}
		}
	}
	if strings.Contains(name, "nfs") {
		return NetworkMount{driver, NFS}
	}
	return NetworkMount{}
}
