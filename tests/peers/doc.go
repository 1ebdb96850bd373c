// Package peers measures dindify's audit beside the checks that users know, over a folder of real public manifests, and
// holds its SARIF against the schema.
package peers
