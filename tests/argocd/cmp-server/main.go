// Command argocd-cmp-server is Argo CD's plugin server and nothing else: the real one, without the
// other eleven programs that Argo CD's single binary holds.
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
