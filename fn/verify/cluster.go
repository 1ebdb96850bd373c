package verify

import (
	"context"
	"io"
)

// Cluster is all that the checks need of a cluster. Errors are those of k8s.io/apimachinery/pkg/api/errors, so that
// "forbidden" and "not found" can be told from other failures.
type Cluster interface {
	// Get reads a path of the API, with its query, into a value that JSON decodes into; a *[]byte gets the answer as it
	// is.
	Get(ctx context.Context, path string, into any) error

	// Create posts an object to a path of the API and decodes the answer, unless into is nil.
	Create(ctx context.Context, path string, object, into any) error

	// Delete deletes the object at a path of the API, and what it owns.
	Delete(ctx context.Context, path string) error

	// Exec runs a command in a container. A command that ends with another status than 0 is no error, and neither is a
	// program that the image does not have: that is status 127.
	Exec(ctx context.Context, c Command) (Output, error)
}

// Command is what to run, and in which container.
type Command struct {
	Namespace, Pod, Container string
	Args                      []string
	Stdin                     io.Reader // nil: none
}

// Output is what a command printed and how it ended.
type Output struct {
	Stdout, Stderr string
	Status         int
}

// noProgram is the status of a command whose program is not in the image, as a shell has it.
const noProgram = 127
