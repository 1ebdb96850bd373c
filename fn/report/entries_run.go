package report

// Ids of findings about the input, the configuration and the run.
const (
	InputInvalid   = "input-invalid"
	MergeOrder     = "merge-order"
	FileSkipped    = "file-skipped"
	NothingAudited = "nothing-audited"
	ConfigInvalid  = "config-invalid"
	ConfigUnused   = "config-unused"
	Internal       = "internal"
)

// runEntries are the entries of these ids.
var runEntries = []Entry{
	{
		ID:    InputInvalid,
		Means: "The input is not a ResourceList, or not valid YAML.",
		Do:    "Correct the line that the error names. For plain manifests use `dindify convert`.",
	},
	{
		ID: MergeOrder,
		Means: "In a document that is edited or names a socket, a merge key (`<<`) stands after a key that it brings in " +
			"with another value. kubectl takes the value of the merge key, kustomize and dindify the other one.",
		Do: "Write the merge key before the other keys of its mapping.",
	},
	{
		ID: FileSkipped,
		Means: "A file in a folder is not a manifest, for example a Helm template, and was skipped. `audit` still " +
			"searches it line by line, unless it is too large.",
		Do: "Render it first (`helm template`), or pass it as an argument to see why it cannot be read.",
	},
	{
		ID:    NothingAudited,
		Means: "The input of `audit` has no Kubernetes object.",
		Do:    "Check the path; run `kubectl get` with `-o yaml`.",
	},
	{
		ID: ConfigInvalid,
		Means: "The functionConfig has unknown fields, invalid values, or values that contradict each other. Nothing " +
			"was changed.",
		Do: "Correct the fields that the errors name; all problems are reported at once. `dindify schema` prints the " +
			"allowed fields and values.",
	},
	{
		ID: ConfigUnused,
		Means: "One of the files is a functionConfig, but the run uses the one of `--config`, or none. It was neither " +
			"applied nor changed. Without `--config` and `--no-config` the run fails.",
		Do: "Select it with `--config FILE`.",
	},
	{
		ID:    Internal,
		Means: "A bug in dindify, detected before anything was written.",
		Do:    "Report it with the input that shows it.",
	},
}
