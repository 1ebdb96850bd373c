package controlplane

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/hex"
	"encoding/pem"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/clientcmd"
	"k8s.io/client-go/tools/clientcmd/api"
)

type credentials struct {
	token      string // of a member of system:masters
	tokenFile  string
	signingKey string // of service-account tokens
}

func writeCredentials(t testing.TB, dir string) credentials {
	t.Helper()
	secret := make([]byte, 16)
	_, err := rand.Read(secret)
	require.NoError(t, err)
	c := credentials{
		token: hex.EncodeToString(secret), tokenFile: filepath.Join(dir, "tokens.csv"),
		signingKey: SigningKey(dir),
	}
	require.NoError(t, os.WriteFile(c.tokenFile, []byte(c.token+",admin,admin,system:masters\n"), 0o600))
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	require.NoError(t, err)
	block := pem.EncodeToMemory(&pem.Block{Type: "RSA PRIVATE KEY", Bytes: x509.MarshalPKCS1PrivateKey(key)})
	require.NoError(t, os.WriteFile(c.signingKey, block, 0o600))
	return c
}

// SigningKey is the file with the key of the service-account tokens; the controller manager needs it too.
func SigningKey(dir string) string { return filepath.Join(dir, "service-accounts.key") }

func writeKubeconfig(t testing.TB, dir string, config *rest.Config) string {
	t.Helper()
	const name = "test"
	kubeconfig := api.NewConfig()
	kubeconfig.Clusters[name] = &api.Cluster{Server: config.Host, CertificateAuthority: config.CAFile}
	kubeconfig.AuthInfos[name] = &api.AuthInfo{Token: config.BearerToken}
	kubeconfig.Contexts[name] = &api.Context{Cluster: name, AuthInfo: name}
	kubeconfig.CurrentContext = name
	file := filepath.Join(dir, "kubeconfig")
	require.NoError(t, clientcmd.WriteToFile(*kubeconfig, file))
	return file
}
