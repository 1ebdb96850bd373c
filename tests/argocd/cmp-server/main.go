// Command argocd-cmp-server is Argo CD's real plugin server without the other eleven programs of Argo CD's single
// binary.
package main

import (
	"os"

	"github.com/argoproj/argo-cd/v3/cmd/argocd-cmp-server/commands"
)

func main() {
	if err := commands.NewCommand().Execute(); err != nil {
		os.Exit(1)
	}
}
