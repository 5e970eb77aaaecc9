"""Question 6: is anything unusual in the newest week or period, and is it real or a data fault?"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pandas as pd

from tiengvang.edition.columns_analysis_alerts import CALENDAR_WEEKS
from tiengvang.edition.facts import EditionFacts
from tiengvang.edition.sourced import of_rows, records
from tiengvang.edition.trust import level

Row = dict[Any, Any]
SERIES = ["country_code_iso3", "source_country_code_iso3", "pillar"]
TONE = ["source_country_code_iso3", "stratum"]
# They were looked at and are quiet, as far as so little can be loud.
SMALL = ("few_stories", "few_families")
SHORT_HISTORY = "short_history"
LISTED_STORIES = 3


@dataclass(frozen=True, slots=True)
class Alert:
    """A series-day with more stories than is usual, the stories behind it, and what speaks against it.

    ``doubts`` names the trust components of the day that are not good: any of them says to look at the data
    before it is read as news.
    """

    row: Row
    stories: tuple[Row, ...]
    doubts: tuple[str, ...]

    @property
    def day(self) -> date:
        """The day of the alert."""
        found: date = self.row["alert_date"]
        return found


@dataclass(frozen=True, slots=True)
class Alerts:
    """What question 6 is answered with.

    ``n_judged`` series-days were looked at of ``n_series_days``; where none was, ``reason`` says why for
    most of them. ``calendar`` has the focus in the world day by day: ``statistic`` (null where not judged)
    and ``n_alerts`` of all series. ``n_tones`` comparisons of tone were judged on the newest day.
    """

    first: date
    last: date
    n_series: int
    n_series_days: int
    n_judged: int
    reason: str | None
    alerts: tuple[Alert, ...]
    uncounted_days: tuple[date, ...]
    calendar: pd.DataFrame
    alarms_per_100: float | None
    shifts: tuple[Row, ...]
    n_tones: int
    shift_reason: str | None

    @property
    def n_uncounted(self) -> int:
        """Days that were not judged, because too little was received."""
        n: int = of_rows(
            len(self.uncounted_days),
            "alerts",
            "select count(distinct alert_date) from alerts where alert_date >= {first}"
            " and suppressed_reason = 'slots_missing'",
            first=self.first,
        )
        return n

    @property
    def doubted(self) -> tuple[Alert, ...]:
        """Alerts on days of which the data is in doubt."""
        return tuple(alert for alert in self.alerts if alert.doubts)

    @property
    def false_expected(self) -> float | None:
        """Alerts that so many series-days bring without any news: at most that."""
        if self.alarms_per_100 is None:
            return None
        return self.alarms_per_100 * self.n_judged / 100


def alerts(facts: EditionFacts) -> Alerts:
    """Compute the findings of question 6, of the period but at least of its newest week."""
    last = facts.period_end - timedelta(days=1)
    first = min(facts.period_start, facts.period_end - timedelta(days=7))
    rows = facts.alerts
    now = rows[rows["alert_date"] >= first]

    def of_now(value: int, expression: str) -> int:
        small = ", ".join(f"'{reason}'" for reason in SMALL)
        text = f"select {expression.replace('{small}', f'({small})')} from alerts"  # noqa: S608
        n: int = of_rows(value, "alerts", text + " where alert_date >= {first}", first=first)
        return n

    is_judged = now["suppressed_reason"].isna() | now["suppressed_reason"].isin(SMALL)
    found = now[now["is_alert"].eq(other=True).fillna(value=False).astype(bool)]
    loudest = records("alerts", found.sort_values(["q_value", "alert_date", *SERIES]))
    uncounted = now[now["suppressed_reason"].eq("slots_missing")]
    shifts = facts.tone_shifts
    has_shift = shifts["is_shift"].eq(other=True).fillna(value=False).astype(bool)
    calibration = facts.alert_calibrations
    rates = calibration.loc[calibration["calibrated_statistic"] == "stories", "alarms_per_100"]
    return Alerts(
        first=first,
        last=last,
        n_series=of_now(
            len(now.drop_duplicates(SERIES)),
            f"count(distinct ({', '.join(SERIES)}))",
        ),
        n_series_days=len(now),
        n_judged=of_now(
            int(is_judged.sum()),
            "count(*) filter (where suppressed_reason is null or suppressed_reason in {small})",
        ),
        reason=None if is_judged.any() else _most(now["suppressed_reason"]),
        alerts=tuple(_alert(row, facts) for row in loudest),
        uncounted_days=tuple(sorted(set(uncounted["alert_date"]))),
        calendar=_calendar(facts),
        alarms_per_100=None
        if rates.dropna().empty
        else _rate(calibration, rates.dropna().index[0]),
        shifts=tuple(records("tone_shifts", shifts[has_shift].sort_values(["q_value", *TONE]))),
        n_tones=of_rows(
            int(shifts["suppressed_reason"].isna().sum()),
            "tone_shifts",
            "select count(*) from tone_shifts where suppressed_reason is null",
        ),
        shift_reason=_most(shifts["suppressed_reason"].map(reason_of_shift)),
    )


def reason_of_shift(reason: Any) -> Any:
    """Return why a tone was not judged; its history is another one than that of alerts."""
    return "shift_short_history" if reason == SHORT_HISTORY else reason


def _rate(calibration: pd.DataFrame, index: Any) -> float:
    found: float = records("alert_calibrations", calibration.loc[[index]])[0]["alarms_per_100"]
    return found


def _alert(row: Row, facts: EditionFacts) -> Alert:
    stories = facts.alert_stories
    there = stories["alert_date"] == row["alert_date"]
    for name in SERIES:
        there &= stories[name] == row[name]
    return Alert(row, tuple(records("alert_stories", stories[there])), doubts(row))


def doubts(row: Row) -> tuple[str, ...]:
    """Return the trust components of a row's day that are not good, as the trust strip judges them."""
    received = row["slots_received"] / row["slots_expected"]
    values = {
        "slots": received,
        "unknown_outlets": row["unknown_outlet_share"],
        "boilerplate": row["boilerplate_share"],
    }
    found = [
        key
        for key, value in values.items()
        if level(key, None if pd.isna(value) else float(value)) != "good"
    ]
    low, high = row["duplicate_share_band_low"], row["duplicate_share_band_high"]
    copies = row["duplicate_share"]
    if not pd.isna(low) and not pd.isna(copies) and not low <= copies <= high:
        found.append("duplicates")
    return tuple(found)


def _most(reasons: pd.Series) -> str | None:
    counted = Counter(str(reason) for reason in reasons.dropna())
    return min(counted, key=lambda name: (-counted[name], name)) if counted else None


def _calendar(facts: EditionFacts) -> pd.DataFrame:
    """Return every day of the calendar's weeks; a day that is not in the mart is not judged."""
    days = [facts.period_end - timedelta(days=n) for n in range(7 * CALENDAR_WEEKS, 0, -1)]
    rows = facts.alerts
    is_focus = (
        (rows["country_code_iso3"] == facts.focus_iso3)
        & (rows["source_country_code_iso3"] == "world")
        & (rows["pillar"] == "all")
    )
    world = rows[is_focus].set_index("alert_date")["anomaly_statistic"].to_dict()
    is_alert = rows["is_alert"].eq(other=True).fillna(value=False).astype(bool)
    counted = Counter(rows.loc[is_alert, "alert_date"])
    return pd.DataFrame(
        {
            "day": days,
            "statistic": [world.get(day, float("nan")) for day in days],
            "n_alerts": [counted.get(day, 0) for day in days],
        }
    )
