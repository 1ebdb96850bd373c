package report

// runEntries are those about the input, the configuration and the run.
var runEntries = []Entry{
	{InputInvalid, "The input is no ResourceList, or no YAML.", "Correct the line that is named. For plain manifests " +
		"there is `dindify convert`."},
	{FileSkipped, "A file of a folder is no manifest, such as a Helm template, and was passed over. `audit` reads " +
		"it by its lines, unless it is too large.", "Render it first (`helm template`), or name it by itself to see " +
		"why it cannot be read."},
	{NothingAudited, "`audit` was given no Kubernetes object, so that nothing can be said.", "Check the path; give " +
		"`kubectl get` the flag `-o yaml`."},
	{ConfigInvalid, "The functionConfig has an unknown field or value, or two that contradict each other. Nothing " +
		"was changed.", "Correct the field that is named; all problems are told at once. `dindify schema` prints what " +
		"is allowed."},
	{ConfigUnused, "A functionConfig is among the files, and another one, or none, is in use. It was neither carried " +
		"out nor changed.", "Name it: `--config FILE`."},
	{Internal, "A defect of dindify's, noticed before anything was written.", "Report it with the input that shows it."},
}
