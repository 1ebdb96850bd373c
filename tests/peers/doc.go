// Package peers compares dindify's audit with other known checks, on a folder of real public manifests, and validates
// its SARIF against the schema.
package peers
