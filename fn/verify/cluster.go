package verify

import (
	"context"
	"io"

	"k8s.io/apimachinery/pkg/types"
)

// Cluster is the interface to a cluster that the checks need. Errors are those of k8s.io/apimachinery/pkg/api/errors,
// so that "forbidden" and "not found" can be told from other failures.
type Cluster interface {
	// Get reads a path of the API, with its query, into a value that JSON decodes into; a *[]byte gets the raw answer.
	Get(ctx context.Context, path string, into any) error

	// Create posts an object to a path of the API and decodes the answer, unless into is nil.
	Create(ctx context.Context, path string, object, into any) error

	// Patch sends a patch for the object at a path of the API. Every use of it is a dry run.
	Patch(ctx context.Context, path string, kind types.PatchType, patch []byte) error

	// Delete deletes the object at a path of the API, and its dependents.
	Delete(ctx context.Context, path string) error

	// Exec runs a command in a container. An exit status other than 0 is not an error. A program that the image does not
	// have is not an error either: its status is 127.
	Exec(ctx context.Context, c Command) (Output, error)
}

// Command is a command to run, and its container.
type Command struct {
	Namespace, Pod, Container string
	Args                      []string
	Stdin                     io.Reader // nil: none
}

// Output is the output of a command and its exit status.
type Output struct {
	Stdout, Stderr string
	Status         int
}

// noProgram is the status of a command whose program is not in the image, as in a shell.
const noProgram = 127
