"""The English labels of alerts and shifts of tone."""

LABELS = {
    "k_alerts": "A column is a week, a cell a day. Blue: more stories than usual, full from "
    "{alert_full_sd} standard "
    "deviations on; grey: fewer. A number in an orange frame: so many series have an alert. Hatched: "
    "not judged.",
    "alert_list_rule": "The least likely by chance first. News that touches many series brings many alerts: "
    "those of one day can be one event.",
    "alert_no_doubt": "nothing in the day’s data speaks against it",
    "alert_doubt": "look at the data first: {what}",
    "doubt_slots": "slots were lost",
    "doubt_unknown_outlets": "many outlets of unknown home",
    "doubt_boilerplate": "much boilerplate",
    "doubt_duplicates": "an unusual share of copies",
    "alert_behind": "{n} outlets",
    "k_tone_shifts": "The daily premium of the last {shift_days} days against the "
    "{alert_baseline_days} days before. It is not held "
    "against peers.",
    "no_shift": "no shift",
    "alert_yes": "alert",
    "alert_no": "no alert",
}
