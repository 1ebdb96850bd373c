package audit

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/limits"
	"github.com/boxp/dindify/fn/socket"
)

// release is what Helm records of a release (helm.sh/helm, pkg/storage/driver/util.go), as far as it names paths.
type release struct {
	Manifest string `json:"manifest"`
	Hooks    []struct {
		Manifest string `json:"manifest"`
	} `json:"hooks"`
}

// isRelease reports whether an object is Helm's record of a release, in a Secret or a ConfigMap.
func isRelease(o *kube.Object) bool {
	return o.Group() == "" && (o.Kind() == "Secret" && o.Text("type") == "helm.sh/release.v1" ||
		o.Kind() == "ConfigMap" && strings.EqualFold(o.Label("owner"), "helm"))
}

// released finds the mentions in the manifests of a release. All are on the line of their field.
func (d *document) released(o *kube.Object) (all []context) {
	value := o.Root().Get("data", "release")
	if !value.Exists() {
		return nil
	}
	text, err := decodeRelease(value.Text(), o.Kind() == "Secret")
	if err != nil {
		c := d.inEncoded(o, value, socket.Mention{})
		c.unread = err
		return []context{c}
	}
	for _, m := range socket.Scan(text) {
		all = append(all, d.inEncoded(o, value, m))
	}
	return all
}

// decodeRelease returns the manifests of a release: up to a limit, since they are compressed.
func decodeRelease(text string, isSecret bool) (string, error) {
	data, err := base64.StdEncoding.DecodeString(strings.TrimSpace(text))
	if err == nil && isSecret {
		data, err = base64.StdEncoding.DecodeString(string(data))
	}
	if err != nil {
		return "", err
	}
	r, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return "", err
	}
	data, err = io.ReadAll(io.LimitReader(r, limits.HelmRelease+1))
	if err == nil && len(data) > limits.HelmRelease {
		err = fmt.Errorf("it has more than %d MiB", limits.HelmRelease>>20)
	}
	var read release
	if err == nil {
		err = json.Unmarshal(data, &read)
	}
	if err != nil {
		return "", err
	}
	manifests := []string{read.Manifest}
	for _, hook := range read.Hooks {
		manifests = append(manifests, hook.Manifest)
	}
	return strings.Join(manifests, "\n"), nil
}
