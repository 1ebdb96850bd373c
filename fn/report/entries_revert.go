package report

// revertEntries are those about reverts and journals.
var revertEntries = []Entry{
	{Reverted, "The object is what it was before its conversion.", nothing},
	{GeneratedRemoved, "An object that was generated for a conversion went with it.", nothing},
	{AliasesWritten, "The way back does not lead through the anchors of the document, so its aliases and merge keys are " +
		"written out. A revert restores them.", nothing},
	{NotReversible, "Each conversion is undone on a copy before it is printed. This one did not give back the original " +
		"byte for byte, so nothing was changed.", "Write the object in block style, or exclude it with " +
		"`dindify.dev/convert: \"false\"`. Please report the input: it is a gap of dindify's."},
	{RevertIncomplete, "A revert would leave a part of the conversion behind, such as a mount without its volume. " +
		"Nothing was changed.", "Undo the edit that was made since, or finish the revert by hand."},
	{
		RevertDiscarded, "What somebody had changed belonged to the conversion, and has no meaning without it: it went.",
		nothing,
	},
	{GeneratedLeft, "An object says that it was generated, and no journal of the input lists it as it is now. " +
		"It was left.", "Remove it by hand, if nothing uses it any more."},
	{
		JournalForeign, "The journal was copied from another object, as controllers do with annotations. It was skipped.",
		nothing,
	},
	{RevertKept, "Somebody has changed what the conversion had made or changed: theirs stays.", "Compare with what the " +
		"result says was there before."},
	{RevertLost, "What the conversion had removed has no place any more.", "Put it back by hand; the result " +
		"holds its text."},
	{JournalMissing, "A converted workload has no journal any more.", "Restore the annotation `dindify.dev/journal` " +
		"from version control. `dindify revert` takes out what can be told by its name."},
	{
		JournalDamaged, "The journal cannot be read, is of another version, or asks for what dindify never does.",
		"Restore the annotation from version control.",
	},
}
