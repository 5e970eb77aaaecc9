"""The hand-made edition's measures: stories, share of voice, tone, messages and relations."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from math import log
from typing import Any

from scipy.stats import norm

Row = tuple[Any, ...]
PEERS = ["IDN", "MYS", "PHL", "SGP", "THA"]
WATCHED = ["VNM", *PEERS]
HOSTS = ["JPN", "USA", "FRA", "SGP", "DEU"]
PILLARS = ("culture", "economy", "environment", "governance")
PILLARS += ("science_digital", "security", "society", "tourism")


def stories(monday: date, hostile: list[str]) -> tuple[list[Row], list[Row]]:
    """Return 40 stories and their documents: story n is carried by 1 to 9 outlets of its host."""
    found: list[Row] = []
    documents: list[Row] = []
    for number in range(40):
        day = monday + timedelta(days=number % 7)
        first = datetime(day.year, day.month, day.day, 6, tzinfo=UTC)
        title = hostile[number] if number < len(hostile) else f"Headline number {number} on Hanoi"
        source, stream = HOSTS[number % 5], "translation" if number % 5 == 0 else "english"
        language = "jpn" if source == "JPN" else "eng"
        copies = 1 + (40 - number) // 5
        record = f"{first:%Y%m%d%H%M%S}-{number}"
        for copy in range(copies):
            outlet = f"news{(number + copy) % 20}.{source.lower()}.example"
            outlet = "=cmd()" if number == 4 and copy == 0 else outlet
            url = "javascript:alert(1)" if number == 3 else f"https://{outlet}/{number}?a=1&b=2"
            identity = record if copy == 0 else f"{record}-copy{copy}"
            documents.append(
                (
                    *(identity, record, first + timedelta(hours=copy), day, stream, outlet),
                    *(outlet.removeprefix("www."), source, language, url),
                    *(None if number == 20 else title, 240, 40, 50, 0.8, "2"),
                )
            )
        rank = None if number % 4 == 3 else 1_000 * 10 ** (number % 4)
        tier = {0: "R1", 1: "R2", 2: "R4", 3: "R4"}[number % 4]
        first_outlet = documents[-copies][5]
        found.append(
            (
                *(record, monday, first, first + timedelta(hours=copies - 1), language),
                *(None if number == 20 else title, documents[-copies][9], first_outlet, source),
                *(copies, copies, copies, 1, rank, tier, "2"),
            )
        )
    return sorted(found), sorted(documents)


def reach(monday: date) -> list[Row]:
    """Return both weeks by host country and for the world, as the stories above make them."""
    found, documents = stories(monday, [])
    rows: list[Row] = []
    for week, factor in ((monday - timedelta(days=7), 0.8), (monday, 1.0)):
        for source in [*HOSTS, "world"]:
            kept = [row for row in found if source in ("world", row[8])]
            n_documents = sum(1 for row in documents if source in ("world", row[7]))
            tiers = Counter(row[14] for row in kept)
            counts = [tiers[f"R{tier}"] for tier in range(1, 5)]
            rows.append(
                (
                    *(week, source, round(n_documents * factor), len(kept), *counts),
                    *(counts[0] / len(kept), 3.5, "L7", date(2026, 7, 1), None, "2"),
                )
            )
    return sorted(rows)


def eligibility(monday: date) -> list[Row]:
    """Return seven days of two streams whose drops add up; the week's documents are 14 x 100."""
    drops = (20, 5, 28, 2, 10, 4, 3, 6, 0)
    return [
        (monday + timedelta(days=n), stream, 96, 96, 100, *drops, 100 - sum(drops), None, "2")
        for n in range(7)
        for stream in ("english", "translation")
    ]


def audits(monday: date) -> list[Row]:
    """Return languages that count, one that is left out, and two that nobody audited."""
    month, audited = monday.replace(day=1), date(2026, 5, 1)
    return [
        ("deu", month, 30, audited, 35, 34, 1, 0, None, 34 / 35, 0.855, 0.995, False, "2"),
        ("eng", month, 300, audited, 50, 47, 2, 1, None, 47 / 49, 0.863, 0.989, False, "2"),
        ("kor", month, 60, audited, 50, 30, 20, 0, 0.95, 0.6, 0.462, 0.724, True, "2"),
        ("spa", month, 10, None, None, None, None, None, None, None, None, None, False, "2"),
        ("tha", month, 40, None, None, None, None, None, None, None, None, None, False, "2"),
        ("zho", month, 60, audited, 40, 36, 4, 0, 1.0, 0.9, 0.769, 0.96, False, "2"),
    ]


def _window(monday: date, back: int) -> Row:
    start = monday - timedelta(days=7 * back)
    return start, start - timedelta(days=21), start + timedelta(days=6)


def voice(monday: date) -> list[Row]:
    """Return 13 windows: Vietnam leads in Japan and rose there, trails in Germany, Laos hidden.

    France has no row in one window; Singapore is itself compared.
    """
    levels = {"JPN": 0.34, "USA": 0.18, "FRA": 0.2, "SGP": 0.19, "DEU": 0.08, "world": 0.17}
    rows: list[Row] = []
    for back in range(12, -1, -1):
        for area in ["DEU", "FRA", "JPN", "LAO", "SGP", "USA", "world"]:
            if area == "FRA" and back == 6:
                continue
            compared = sorted(code for code in WATCHED if code != area)
            own = levels.get(area, 0.1)
            own = 0.22 if area == "JPN" and back >= 4 else own
            for place, country in enumerate(sorted(WATCHED)):
                if country == area:
                    continue
                rest = (1 - own) / (len(compared) - 1)
                share = own if country == "VNM" else rest * (0.8 + 0.1 * place)
                hidden = area == "LAO"
                outlets = 2 if hidden else 12
                shares = (share, max(0.0, share - 0.03), share + 0.04, share)
                rows.append(
                    (
                        *(*_window(monday, back), country, area, "all"),
                        *(round(500 * own), 40_000, outlets, 100 * share, 90 * share, *shares),
                        *(compared, "under_3_outlets" if hidden else None, "2"),
                    )
                )
    return rows


def tone(monday: date) -> list[Row]:
    """Return premiums: Japan colder, France warmer, the others unclear, Laos and Germany hidden.

    The mart leaves Germany's value in its cells: what is suppressed must not come out.
    """
    values = {
        ("FRA", "native"): (0.55, 0.1),
        ("JPN", "translated"): (-0.45, 0.08),
        ("SGP", "native"): (0.1, 0.15),
        ("USA", "native"): (-0.2, 0.2),
        ("region:South-eastern Asia", "native"): (0.05, 0.3),
    }
    rows: list[Row] = []
    for (area, stratum), (value, error) in sorted(values.items()):
        half = error * float(norm.ppf(0.975))
        both = (value, value - half, value + half)
        premium = tuple(end + 0.2 for end in both)
        rows.append((*_window(monday, 0), area, stratum, 64, 18, *premium, 4, *both, None, "2"))
    none = (None, None, None)
    hidden = (0.9191, 0.1, 1.7)
    rows.append(
        (*_window(monday, 0), "DEU", "native", 34, 7, *hidden, 4, *hidden, "under_8_outlets", "2")
    )
    rows.append(
        (*_window(monday, 0), "LAO", "native", 4, 2, *none, 0, *none, "under_30_stories", "2")
    )
    rows.append((*_window(monday, 0), "THA", "native", 44, 9, 0.2, 0.1, 0.3, 0, *none, None, "2"))
    return sorted(rows, key=lambda row: (row[3], row[4]))


def messages(monday: date) -> list[Row]:
    """Return the world and the British press in English, where tourism is told more, and Japan hidden."""
    owned = dict(zip(PILLARS, (0.15, 0.2, 0.1, 0.1, 0.1, 0.05, 0.1, 0.2), strict=True))
    foreign = dict(zip(PILLARS, (0.1, 0.21, 0.1, 0.15, 0.1, 0.2, 0.09, 0.05), strict=True))
    rows: list[Row] = []
    for area, language in (("GBR", "eng"), ("JPN", "all"), ("world", "all")):
        for pillar in PILLARS:
            p, q = owned[pillar], foreign[pillar]
            clear = pillar in ("tourism", "security")
            shown = (p, q, log(p / q), 0.001 if clear else 0.04, 0.08, 0.001)
            values = (None,) * 6 if area == "JPN" else shown
            counts = (420, 31) if area == "JPN" else (420, 900)
            reason = "under_100_foreign_stories" if area == "JPN" else None
            rows.append(
                (*_window(monday, 0), area, language, pillar, *values, *counts, reason, "2")
            )
    return rows


def relations(monday: date) -> list[Row]:
    """Return a year of China, Japan and the United States toward Vietnam, and Laos with few signals."""
    tiers = {
        "CHN": ("comprehensive_strategic", date(2008, 5, 1), True),
        "JPN": ("comprehensive_strategic", date(2023, 11, 27), False),
        "USA": ("comprehensive_strategic", date(2023, 9, 10), False),
    }
    rows: list[Row] = []
    for place, partner in enumerate(("CHN", "JPN", "LAO", "USA")):
        for back in range(0 if partner == "LAO" else 52, -1, -1):
            week = monday - timedelta(days=7 * back)
            for media, size in (("party", 14), ("third", 40 + 10 * place)):
                rows.append(
                    _pair(week, back, partner, media, size, tiers.get(partner, (None, None, None)))
                )
    return sorted(rows, key=lambda row: (row[2], row[3], row[4], row[5], row[0]))


def _pair(week: date, back: int, partner: str, media: str, size: int, tier: Row) -> Row:
    n = 4 if partner == "LAO" or back == 20 else size + (back * 7) % 11
    conflict = round(n * (0.5 if partner == "CHN" and back == 0 else 0.2))
    material = round((n - conflict) * (0.1 + 0.01 * (back % 5)))
    classes = (n - conflict - material, material, conflict - conflict // 4, conflict // 4)
    hidden = n < 10
    balance = None if hidden else (n - 2 * conflict) / (n + 10)
    compared = 0 if partner == "LAO" else 51 - back
    past = (None, None) if compared <= 0 or hidden else (0.45, 0.02 if partner == "CHN" else 0.5)
    return (
        *(week, week + timedelta(days=6), partner, "VNM", "english", media, n, min(n, 9)),
        *classes,
        *(balance, None if hidden else material / (n - conflict), 12.0, balance, balance),
        *(max(0, compared), *past, *tier, "under_10_signals" if hidden else None, "2"),
    )
