"""The English labels of corrections and restatements."""

LABELS = {
    "correction": "Correction.",
    "correction_of": "A published figure was wrong, in edition",
    "correction_office": "Corrected by",
    "correction_reason": "How it came about",
    "withdrawal": "Correction withdrawn.",
    "withdrawal_of": "What follows was a mistake and no longer holds, a correction of edition",
    "withdrawal_office": "Withdrawn by",
    "withdrawal_reason": "Why it is withdrawn",
    "restated_first": "There is no earlier edition to compare with.",
    "restated_rule": "An earlier edition’s numbers are compared for their own days. Days that were not over "
    "when it was published, and rolling windows that ended in the middle of a week, are not there today and "
    "are not compared. A reason is a recorded change of what the number rests on; several may apply.",
    "item_country": "country",
    "item_market": "market",
    "item_partner": "partner",
    "item_total": "total",
}
