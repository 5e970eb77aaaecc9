"""The English labels of corrections and restatements."""

LABELS = {
    "correction": "Correction.",
    "correction_of": "A published figure was wrong, in edition",
    "correction_office": "Corrected by",
    "correction_reason": "How it came about",
    "restated_first": "There is no earlier edition to compare with.",
    "restated_rule": "An earlier edition’s numbers are compared for their own days. Days that were not over "
    "when it was published, and windows of {window_days:both_ends} days that ended in the "
    "middle of a week, are "
    "not there today and "
    "are not compared. A reason is a recorded change of what the number rests on; several may apply.",
}
