"""The English labels of alerts and shifts of tone."""

LABELS = {
    "q_alerts": "Is anything unusual, and is it real or a data fault?",
    "nav_alerts": "Unusual",
    "k_alerts": "A column is a week, a cell a day. Blue: more stories than usual, full from 3 standard "
    "deviations on; grey: fewer. A number in an orange frame: so many series have an alert. Hatched: "
    "not judged.",
    "h_alert_list": "Alerts and the stories behind them",
    "alert_list_rule": "The least likely by chance first. News that touches many series brings many alerts: "
    "those of one day can be one event.",
    "col_alert_series": "Watched series",
    "col_alert_trust": "Real or a data fault?",
    "alert_no_doubt": "nothing in the day’s data speaks against it",
    "alert_doubt": "look at the data first: {what}",
    "doubt_slots": "slots were lost",
    "doubt_unknown_outlets": "many outlets of unknown home",
    "doubt_boilerplate": "much boilerplate",
    "doubt_duplicates": "an unusual share of copies",
    "alert_behind": "{n} outlets",
    "k_tone_shifts": "The daily premium of the last 28 days against the 84 days before. It is not held "
    "against peers.",
    "no_shift": "no shift",
    "alert_yes": "alert",
    "alert_no": "no alert",
}
