"""The sections of the document on planted worlds: a claim, what its worlds are made of, and its figures."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from benchmarks.planted import anomalies, claims, lead_lag, tone_shifts, uplift
from benchmarks.planted.shown import Row

from tiengvang.analysis.lead_lag import NULL_SEED


@dataclass(frozen=True, slots=True)
class Section:
    """A claim with its worlds.

    Attributes:
        title: its heading.
        text: what is planted, what is asked, the seeds; ``{key}`` stands for the figure of a row.
        vietnamese: what came out, as ``text``.
        measure: gives the rows.
    """

    title: str
    text: str
    vietnamese: str
    measure: Callable[[claims.Size], Iterator[Row]]


LEADS = Section(
    title="Leads of coverage",
    text=f"""
How it is judged: [do coverage and interest run ahead](methods/lead_lag.md). Every pair shares half of
its season and has trends, a Lunar New Year and shocks that fade. Of the unrelated ones the shocks are
independent; of the planted ones the outcome's follow those of coverage {lead_lag.LEAD} months later
with a correlation of {lead_lag.CORRELATION:g}. That is the correlation of the surprises, before season,
trend and fading are laid over them: of what the procedure tries to bring to light, and brings to light
with errors. Months of closed borders do not count; the months in the table are those that are left. The
raw habit is a band of two standard errors around the correlations of the logarithms. Seeds: unrelated
pairs 0 and up, planted ones {lead_lag.PLANTED_SEED:,} and up, noise for the threshold
{NULL_SEED:,}.

The goal of the planted lead is met {{found_from}} on if planted pairs are judged together, and
{{mixed_from}} on if as many unrelated ones are judged with them. With 60 months, the least that is
judged at all, {{found_60}} are found. The rows of a test that knows the surprises are the ceiling of
this procedure: with nothing to take out it finds {{known_60}} with 60 months. What lies between is the
price of a season, a trend and a past that must be estimated from the same few years.
""",
    vietnamese="""
Cặp không liên quan bị coi nhầm là "đi trước": {false_148} với 148 tháng, {false_60} với 60 tháng (cách
làm quen thuộc: {raw_148}). Mối liên hệ được cài sẵn được tìm thấy đúng độ trễ: {found_148} với 148
tháng, {found_95} với 95 tháng, {found_60} với 60 tháng. Mục tiêu 90 % đạt {found_from_vi} trở lên; với
60 tháng, phép thử biết trước mọi biến động bất ngờ tìm được {known_60}: đó là mức
trần của cách làm này.
""",
    measure=claims.lead_rows,
)

UPLIFTS = Section(
    title="Uplift of events",
    text=f"""
How it is judged: [did the event move anything](methods/uplift.md). A country and {uplift.DONORS} donors
with common factors, own weekdays, years and noise; an event of 28 days lifts the country by
{uplift.PLANTED:g} log points, or by nothing. Events without an uplift are to be refused as often as the
rank test says by itself, within what 99 of 100 samples of a true rate show; the interval is to hold the
truth within two points of its nominal level. Seeds: 0 and up with the uplift, 10,000 and up without;
20,000, 30,000 and 40,000 and up for shared effects, wandering countries and few donors.
""",
    vietnamese="""
Sai số của mức tăng là {error} điểm log. Sự kiện có tác động: kết luận "rõ ràng" ở {clear}, "rõ ràng"
hoặc "có thể" ở {any}. Sự kiện không có tác động: `p_space` không quá 0,05 ở {space}, kết luận "rõ ràng"
ở {null_clear}. Khoảng tin cậy chứa giá trị thật ở {cover}. Với 8 nước đối chứng: {few_donors} là "không
thể kết luận".
""",
    measure=claims.uplift_rows,
)

SPIKES = Section(
    title="Anomalies",
    text=f"""
How it is judged: [anomalies](methods/anomalies.md). Worlds of {anomalies.SERIES} series of 2 to 150
stories a day, in which nothing happens; then a day of {anomalies.FACTOR:g} times the stories and
{anomalies.MORE} more in one series of {anomalies.SERIES}, on a clean history and on one that has such a
spike every 25 days. Rows without a further word are calibrated as in production, on the series' own
days before. The habit of comparing this week with the last one stands beside, at the threshold that
cries {anomalies.ALLOWED_FALSE_ALARMS:g} times per 100 quiet series-days of other worlds. Seeds: 0 and
up, other worlds 1,000,000 and up.
""",
    vietnamese="""
{alarms_own} cảnh báo sai trên 100 ngày-chuỗi yên tĩnh. Đỉnh một ngày được tìm thấy ở {clean_own} với
lịch sử sạch, ở {contaminated_own} với lịch sử đã có nhiều đỉnh. So sánh hai tuần chỉ tìm thấy
{clean_weeks}.
""",
    measure=claims.anomaly_rows,
)

SHIFTS = Section(
    title="Shifts of tone",
    text=f"""
How it is judged: [anomalies, tone shifts](methods/anomalies.md). Worlds of {tone_shifts.SERIES} daily
tone premiums with memory and heavy tails, of which 30 % of the days are unknown; ten series become
warmer by {tone_shifts.SHIFT:g} daily standard deviation and stay so. Seeds: 0 and up.
""",
    vietnamese="""
{onsets} lần bắt đầu sai trên 100 ngày-chuỗi yên tĩnh; {shifts} số chuyển dịch được thấy trong 28 ngày.
""",
    measure=claims.shift_rows,
)

PREMIUMS = Section(
    title="Intervals of tone premiums",
    text="""
Worlds made document by document: families with levels of their own, stories that several families
carry, a premium of 0 or 1 standard deviation. Intervals are to hold it within two points of 95 of 100
times. Worlds in which the premium is not shown do not count. Seed: 0 with the number of worlds,
families and the premium; so fewer worlds are other worlds. Stretched designs and other methods: `python
-m benchmarks.tone_cover`.
""",
    vietnamese="""
Khoảng tin cậy 95 % của mức chênh sắc thái chứa giá trị thật ở {premium_8_0} (8 nhóm) và {premium_20_0}
(20 nhóm).
""",
    measure=claims.premium_rows,
)

SECTIONS = (LEADS, UPLIFTS, SPIKES, SHIFTS, PREMIUMS)


def words(rows: Iterable[Row]) -> dict[str, str]:
    """Return what stands for the figures of the rows in a text, and how many months a lead needs."""
    rows = list(rows)
    found = {row.key: row.figure for row in rows}
    for kind in ("found", "mixed"):
        months = _met_from([row for row in rows if re.fullmatch(rf"{kind}_\d+", row.key)])
        found[f"{kind}_from"] = f"from {months} months" if months else "from no length tried"
        found[f"{kind}_from_vi"] = f"từ {months} tháng" if months else "không độ dài nào"
    return found


def _met_from(rows: list[Row]) -> int | None:
    """Return the fewest months with which, and with all more, the goal is met; rows by falling months."""
    least = None
    for row in rows:
        if row.verdict != "met":
            break
        least = int(row.key.split("_")[1])
    return least
