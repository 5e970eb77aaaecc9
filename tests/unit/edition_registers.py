"""Hand-made registers and fact-checks, with each trap once; 13 July 2026 is the day of the data."""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime, timedelta
from typing import Any

from tiengvang.settings import REPOSITORY

TODAY = date(2026, 7, 13)
MERGED_ON = date(2025, 7, 1)
SINCE = date(2023, 12, 31)
HOSTILE = "<img src=x onerror=alert(1)> & \u202eclaim"
WITHHELD = 0.9191  # stands in cells that a reason withholds
# KPI: name, kind, share of units that met it on each day of 63, then of 34; target, due, is verified
DAYS = (SINCE, date(2024, 12, 31), date(2025, 6, 30))
KPIS: dict[str, tuple[str, str, tuple[int, ...], tuple[int, int] | None, Any]] = {
    "plan": ("Yearly plan, provinces", "province", (63, 61, 62), (33, 33), (1.0, 2025, True)),
    "regulation": ("Regulation, provinces", "province", (55, 57, 60), (14, 24), (0.9, 2025, False)),
    "site": ("Foreign-language site", "province", (58, 60, 61), (34, 34), (1.0, 2030, False)),
    "social": ("Channel on social media", "province", (22, 30, 39), (24, 27), (0.9, 2030, False)),
    "training": ("Staff trained in the year", "province", (31, 36, 41), (19, 19), None),
    "focal": ("Focal point, ministries", "ministry", (8, 9, 9), None, (0.9, 2027, True)),
}
UNKNOWN = {"regulation": 3, "social": 5}  # of the 34 units


def provinces() -> list[tuple[Any, ...]]:
    """Return the units of today as the seed has them."""
    path = REPOSITORY / "dbt_project/seeds/provinces.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if not row["valid_to"]]
    names = ("province_id", "province_name_en", "province_name_vi")
    return sorted(tuple(row[name] for name in names) for row in rows)


def _value(
    kpi: str,
    population: str,
    basis: str,
    day: date,
    counts: tuple[int | None, int | None],
    **more: Any,
) -> tuple[Any, ...]:
    name, kind, _, _, target = KPIS[kpi]
    met, whole = counts
    unknown = more.get("unknown", 0)
    current = more.get("current", False)
    ratio = None if met is None or whole is None else met / whole
    high = None if met is None or whole is None else (met + unknown) / whole
    reported = more.get("reported")
    share, year, verified = target or (None, None, None)
    value = ratio if ratio is not None else reported
    behind = None
    if share is not None and value is not None:
        top = high if high is not None else value
        behind = False if value >= share else True if year == 2025 and top < share else None
        behind = more.get("behind", behind)
    return (
        *(kpi, name, f"{name} (VI)", "Definition.", "Định nghĩa.", kind, population, basis, day),
        *(day + timedelta(days=20), current, MERGED_ON if population == "34" else None),
        *(met, whole, None if basis == "total" or whole is None else whole - unknown),
        *("any" if population == "34" else None, ratio, high, reported, "reported", "Office A"),
        *(share, date(year, 12, 31) if year else None, "Action programme" if share else None),
        *(
            None,
            verified,
            None if behind is None and value is None else (value or 0) - (share or 0),
        ),
        *(None, "due" if year == 2025 else None, behind, "2"),
    )


def readiness() -> list[tuple[Any, ...]]:
    """Return values of six KPIs: counted of 63, of 34 and of ministries, and reported as totals."""
    rows = []
    for kpi, (_, kind, before, after, _) in KPIS.items():
        population, whole = ("63", 63) if kind == "province" else ("ministries", 12)
        rows += [
            _value(kpi, population, "units", day, (met, whole),
                   current=kind == "ministry" and day == DAYS[-1])
            for day, met in zip(DAYS, before, strict=True)
        ]  # fmt: skip
        if after is not None:
            unknown = UNKNOWN.get(kpi, 0)
            rows += [
                _value(kpi, "34", "units", MERGED_ON, (after[0], 34), unknown=unknown),
                _value(kpi, "34", "units", date(2026, 3, 31), (after[1], 34), unknown=unknown,
                       current=True, **({"behind": None} if kpi == "social" else {})),
            ]  # fmt: skip
    rows += [
        _value("focal", "ministries", "total", SINCE, (None, None), reported=0.9, current=True),
        _value("plan", "34", "total", date(2026, 3, 31), (33, 34), reported=0.971, current=True),
    ]
    return sorted(
        rows, key=lambda row: (row[0], *(-ord(c) for c in row[6]), -ord(row[7][0]), row[8])
    )


def readiness_units() -> list[tuple[Any, ...]]:
    """Return the state of each unit: two provinces said nothing of a KPI, and one of none at all."""
    rows = []
    for place, (code, english, vietnamese) in enumerate(provinces()):
        for number, kpi in enumerate(("plan", "regulation", "site", "social")):
            if code == "96-2025" or (kpi == "social" and place % 9 == 4):
                continue
            met = None if kpi == "regulation" and place % 11 == 3 else (place * 7 + number) % 5 > 0
            rows.append(_state(kpi, "34", code, english, vietnamese, met))
    for number, (code, name) in enumerate(
        (("MOA", "Ministry of Arts"), ("MOB", "Ministry of Bells"))
    ):
        rows.append(_state("focal", "ministries", code, name, f"Bộ {name[12:]}", number == 0))
    return sorted(rows, key=lambda row: (row[3], row[4], row[0]))


def _state(
    kpi: str, population: str, code: str, english: str, vietnamese: str, met: bool | None
) -> tuple[Any, ...]:
    name = KPIS[kpi][0]
    return (
        *(kpi, name, f"{name} (VI)", population, code, english, vietnamese),
        *(date(2026, 3, 31), date(2026, 4, 20), "reported", met),
        *(None, None, None, "reported", "Office A", "2"),
    )


# code: kind, starts (days from today), lasts, window, hosts, recorded, received, edits
EVENTS = {
    "long-ago": ("festival", -210, 3, 30, ["IND"], -260, -259, 0),
    "campaign": ("campaign", -30, 90, 30, ["JPN", "KOR"], -75, -74, 0),
    "late-forum": ("forum", -12, 1, 30, ["GBR"], -20, -4, 0),
    "summit": ("summit", -9, 3, 14, ["JPN"], -60, -59, 0),
    "visit": ("visit", 3, 1, 14, ["LAO"], -2, -2, 0),
    "market-forum": ("forum", 18, 2, 60, ["USA", "JPN"], -40, -39, 1),
    "festival": ("festival", 45, 4, 30, ["FRA", "DEU"], -15, -14, 0),
}
CHANGE = (
    "starts_on: 2026-07-24 -> 2026-07-31; ends_on: 2026-07-25 -> 2026-08-01;"
    " host_countries: USA -> USA JPN"
)


def _in(days: int) -> date:
    return TODAY + timedelta(days=days)


def events() -> list[tuple[Any, ...]]:
    """Return events around today; one came only when it was over, one carries hostile text."""
    rows = []
    for code, (kind, starts, lasts, window, hosts, recorded, received, edits) in EVENTS.items():
        first, last = _in(starts), _in(starts + lasts - 1)
        name = HOSTILE if code == "visit" else f"The {code} of the year"
        rows.append(
            (
                *(code, kind, name, name if code == "visit" else f"Sự kiện {code}", first, last),
                *(hosts, ["attention"], window, last + timedelta(days=window), _in(recorded)),
                *(_in(received), max(recorded, received) < starts, edits),
                *(_in(-10) if edits else None, "Office B", "2"),
            )
        )
    return sorted(rows, key=lambda row: (row[4], row[0]))


def event_versions() -> list[tuple[Any, ...]]:
    """Return the records of each event; the forum was put off by a week, and has another host."""
    rows = []
    for event in events():
        code, first, last, hosts = event[0], event[4], event[5], event[6]
        edited = event[14]
        phase = "ahead" if first > TODAY else "under_way" if last >= TODAY else "past"
        week = timedelta(days=7 if edited else 0)

        def said(
            first: date, last: date, hosts: list[str], of: Any = event, at: Any = phase
        ) -> Any:
            times = (at, (first - TODAY).days, TODAY, "2")
            return (*of[1:4], first, last, hosts, of[7], of[8], False, *times)

        earlier = said(first - week, last - week, hosts[:1] if edited else hosts)
        rows.append(
            (code, 1, event[10], edited, edited is None, event[11], "Office B", None, *earlier)
        )
        if edited:
            rows.append(
                (code, 2, edited, None, True, edited, "Office B", CHANGE, *said(first, last, hosts))
            )
    return sorted(rows, key=lambda row: row[:2])


def agreements() -> list[tuple[Any, ...]]:
    """Return 14 agreements and tiers: one new, one of a month only, one without a date."""
    rows = [
        ("JPN", "partnership_tier", "Partnership with Japan", "Quan hệ với Nhật Bản",
         "comprehensive_strategic", date(2023, 11, 27), "day", True, None, "list", None, True, "2"),
        ("KOR", "agreement", "Calendar of festivals", "Lịch lễ hội", None, date(2026, 5, 20), "day",
         True, None, "register", date(2026, 6, 1), False, "2"),
        ("FRA", "partnership_tier", "Partnership with France", "Quan hệ với Pháp", "strategic",
         date(2013, 9, 1), "month", False, None, "list", None, False, "2"),
        ("DEU", "agreement", "Printing houses", "Nhà in", None, None, "unknown", False, None,
         "register", date(2026, 6, 1), False, "2"),
    ]  # fmt: skip
    rows += [
        ("USA", "agreement", f"Agreement {n}", f"Thỏa thuận {n}", None, date(2010 + n, 3, 4), "day",
         True, None, "register", date(2026, 6, 1), False, "2")
        for n in range(10)
    ]  # fmt: skip
    dated = [row for row in rows if row[5] is not None]
    return sorted(dated, key=lambda row: (-row[5].toordinal(), row[0])) + rows[3:4]


def awards() -> list[tuple[Any, ...]]:
    """Return editions of an award; what nobody stated is null."""
    counts = [
        (None, 19, 84),
        (611, 17, None),
        (538, None, 72),
        (412, 14, 60),
        (350, 12, 50),
        (1, 1, 1),
    ]
    return [
        ("award", 6 - n, "Lantern award", "Giải Đèn lồng", None if n == 5 else date(2025 - n, 12, 5),
         *values, date(2025 - n, 12, 19), "Office C", "2")
        for n, values in enumerate(counts)
    ]  # fmt: skip


def training() -> list[tuple[Any, ...]]:
    """Return sessions by unit and year; of one no participants were stated, one has no unit."""
    rows = [
        ("not_stated", None, None, 2, 1, 40),
        ("01-2008", "Ha Noi", "Hà Nội", 1, 1, 25),
        ("48-2025", "Da Nang", "Đà Nẵng", 1, 0, None),
        ("MOA", "Ministry of Arts", "Bộ Nghệ thuật", 2, 2, 31),
    ]
    return [
        (code, year, *rest, date(year, 5, 4), "2")
        for year in (2026, 2025)
        for code, *rest in sorted(rows)
    ]


# answer, checker's class, rating, the checker's words, days open; published one a week
CLAIMS: tuple[tuple[str, str | None, str, str | None, int | None], ...] = (
    ("open", "independent", "false", "Fake", 3),
    ("open", "independent", "other", '=HYPERLINK("http://evil.example")', 19),
    ("answered", "independent", "misleading", "Missing context", 1),
    ("answered", "independent", "false", "False", 0),
    ("declined", "independent", "satire", "Satire", 2),
    ("before_watch", "independent", "true", "True", None),
    ("open", "governmental", "false", "Sai sự thật", 400),
    ("open", None, "unproven", None, 7),
    ("answered", "self", "false", "Tin giả", 4),
)
LONGEST = 19


def claims() -> list[tuple[Any, ...]]:
    """Return claims of each answer and class, and more open ones than a page lists."""
    more = (("open", "independent", "mixed", "Half true", 2),) * 14
    rows = []
    for number, (status, kind, rating, said, days) in enumerate((*CLAIMS, *more)):
        published = None if number == 3 else TODAY - timedelta(days=7 * number + 2)
        seen = datetime(2026, 7, 1, 5, 30, tzinfo=UTC)
        address = "javascript:alert(1)" if number == 1 else f"https://checker.example/{number}"
        rows.append(
            (
                *(f"r{number:02}", address, "checker.example"),
                *("Checkers of the Coast" if kind else None, kind, True if kind else None),
                *(kind == "independent", HOSTILE if number == 0 else f"Claim number {number}"),
                *("eng", rating, said, None, None, published, seen, True, True, status),
                *(seen if status == "answered" else None, days, 3, "2"),
            )
        )
    return sorted(rows, key=lambda row: (row[13] is None, -(row[13] or TODAY).toordinal(), row[0]))


def response_clock() -> list[tuple[Any, ...]]:
    """Return weeks of the clock; in the first there were too few cases."""
    rows = []
    for n in range(7, -1, -1):
        monday = date(2026, 7, 6) - timedelta(weeks=n)
        few = n == 7
        hours = (WITHHELD,) * 6 if few else (17.0, 12.0, 23.5, None, None, None)
        within = (WITHHELD,) * 3 if few else (0.62, 0.51, 0.72)
        rows.append(
            (
                *(monday, monday - timedelta(days=358), monday + timedelta(days=6)),
                *(6 if few else 92, 3, 2 if few else 83, 1 if few else 6, *hours),
                *(None, None if few else "no_statement_too_often", 24.0),
                *(6 if few else 92, *within, 0.07, 0.03, 0.14, None),
                *(3 if few else 89, 6, None, "under_10_cases" if few else None, "2"),
            )
        )
    return rows


def response_curve() -> list[tuple[Any, ...]]:
    """Return the steps of both curves; one case waited for weeks."""
    rows: list[tuple[Any, ...]] = []
    week = date(2026, 7, 6)
    for hour in (*range(53), 480, 600):
        answered = min(0.9, 0.9 * (1 - 0.94**hour)) if hour < 480 else 0.91
        left = 0.0 if hour < 26 else 0.065
        rows.append(
            (
                *(week, hour, max(1, round(92 * (1 - answered - left))), answered),
                *((None, None) if hour == 0 else (answered * 0.85, min(1.0, answered * 1.1))),
                *(left, *((None, None) if left == 0 else (0.03, 0.13)), "2"),
            )
        )
    return rows


def correction_reach() -> list[tuple[Any, ...]]:
    """Return the reach of statements: followed, carried by nobody, and not to be known."""
    reasons = (None, None, "no_claim_url", "statement_not_received", "claim_not_received", None)
    rows = []
    for n, reason in enumerate(reasons):
        said = datetime(2026, 7, 10 - n, 9, 0, tzinfo=UTC)
        carried = None if reason else n * 3
        first = said + timedelta(hours=5) if carried else None
        rows.append(
            (
                *(f"case-{n}", None if reason else 4, None if reason else 6, carried, carried),
                *(WITHHELD if reason else (carried or 0) / 6, said, first, 5.0 if first else None),
                *("JPN" if first else None, reason, "2"),
            )
        )
    return rows


def rows() -> dict[str, list[tuple[Any, ...]]]:
    """Return the rows of every frame of registers and fact-checks."""
    made = (
        provinces, readiness, readiness_units, events, event_versions, agreements, awards,
        training, claims, response_clock, response_curve, correction_reach,
    )  # fmt: skip
    return {make.__name__: make() for make in made}
