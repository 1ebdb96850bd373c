package report

// Ids of findings about reverts and journals.
const (
	Reverted         = "reverted"
	GeneratedRemoved = "generated-removed"
	AliasesWritten   = "aliases-written"
	NotReversible    = "not-reversible"
	RevertIncomplete = "revert-incomplete"
	RevertDiscarded  = "revert-discarded"
	GeneratedLeft    = "generated-left"
	JournalForeign   = "journal-foreign"
	RevertKept       = "revert-kept"
	RevertLost       = "revert-lost"
	JournalMissing   = "journal-missing"
	JournalDamaged   = "journal-damaged"
	Unconverted      = "unconverted"
	JobMissing       = "job-missing"
)

// revertEntries are the entries of these ids.
var revertEntries = []Entry{
	{
		ID:    Reverted,
		Means: "The object was reverted to its original.",
		Do:    nothing,
	},
	{
		ID:    GeneratedRemoved,
		Means: "A generated object was removed together with its conversion.",
		Do:    nothing,
	},
	{
		ID: AliasesWritten,
		Means: "A revert could not restore the document through its anchors, so the aliases and merge keys were " +
			"expanded. A revert restores them.",
		Do: nothing,
	},
	{
		ID: NotReversible,
		Means: "Each conversion is reverted on a copy before it is printed. This revert did not give the original byte " +
			"for byte, so nothing was changed.",
		Do: "Write the object in block style, or exclude it with `dindify.dev/convert: \"false\"`. Please report the " +
			"input: it is a bug in dindify.",
	},
	{
		ID: RevertIncomplete,
		Means: "A revert would leave a part of the conversion behind, such as a mount without its volume, or a generated " +
			"object in a file that was not given. A conversion begins with a revert too. Nothing was changed.",
		Do: "Give dindify all files of the conversion. Remove the later edit, or finish the revert by hand.",
	},
	{
		ID: JobMissing,
		Means: "A workload was reverted, and the job that was rewritten to clean its daemon is not in the input. If it " +
			"exists, it cannot work any more.",
		Do: "Give dindify all files of the conversion, or remove the job.",
	},
	{
		ID: Unconverted,
		Means: "`dindify convert` has reverted an earlier conversion and did not convert the object again: it is excluded " +
			"now, or its original is not a client. It uses the node's Docker again.",
		Do: "Read the other results of the object. Annotate it with `dindify.dev/convert: \"true\"` to convert it.",
	},
	{
		ID:    RevertDiscarded,
		Means: "A later edit of a part that has no meaning without the conversion was discarded.",
		Do:    nothing,
	},
	{
		ID: GeneratedLeft,
		Means: "An object claims to be generated, but no journal in the input lists it in this form. It was not " +
			"removed.",
		Do: "Remove it by hand if nothing uses it.",
	},
	{
		ID:    JournalForeign,
		Means: "A controller copied the journal from another object together with its annotations. It was skipped.",
		Do:    nothing,
	},
	{
		ID:    RevertKept,
		Means: "Somebody has changed what the conversion had added or changed. The later value was kept.",
		Do:    "Compare it with the original value in the result.",
	},
	{
		ID:    RevertLost,
		Means: "There is no place to restore what the conversion had removed.",
		Do:    "Restore it by hand; the result has its text.",
	},
	{
		ID:    JournalMissing,
		Means: "A converted workload has lost its journal.",
		Do: "Restore the annotation `dindify.dev/journal` from version control. `dindify revert` removes everything " +
			"that it can identify by name.",
	},
	{
		ID:    JournalDamaged,
		Means: "The journal cannot be read, has an unknown version, or requests something that dindify never does.",
		Do:    "Restore the annotation from version control.",
	},
}
