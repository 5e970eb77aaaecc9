"""What is planted in the long world: where it is written, about whom, how often, and what is unusual.

Days of events, spikes and gaps are counted from the world's last day, negative ones before it. With another
seed all of it is planted as well; with this one chance hides none of it.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from tiengvang.local.world.countries import PEERS
from tiengvang.local.world.outlets import OUTLETS, Outlet
from tiengvang.local.world.programme import PlannedEvent

OUTLETS_PER_HOST = 8  # fewer newsrooms give a premium no interval
# Six years of days: nothing is published while borders are closed, since such months are masked.
STARTS_ON, ENDS_ON = date(2018, 5, 1), date(2026, 7, 12)
PAUSE = (date(2020, 2, 1), date(2022, 4, 1))
# Times of day (UTC) at which a stream has a slot.
TIMES = {"english": ("06:00",), "translation": ("06:00", "18:00")}
UPLIFT = 0.6  # log points
SPIKE_FACTOR, SPIKE_MORE = 2.5, 5
# The country of the markets that follow what its press writes, two months later: see ``attention``.
LEADING_HOST = "KOR"
# Log points, standard deviation: what its press writes in a month for reasons of its own.
OWN_REASONS = 0.12


class Host(NamedTuple):
    """Pages a day in the press of a country: about the focus, each peer, and each donor on average."""

    iso3: str
    focus: float
    peer: float
    donor: float


HOSTS = (
    Host("JPN", 6.5, 1.4, 1.5),
    Host("USA", 4.0, 0.4, 1.2),
    Host("KOR", 3.2, 0.3, 0.4),
    Host("FRA", 0.7, 0.1, 0.3),
    Host("DEU", 0.7, 0.1, 0.3),
)
# Donors of the watch-list, with their FIPS 10-4 codes.
DONORS = {
    "ARG": "AR", "AUT": "AU", "BEL": "BE", "BGD": "BG", "BGR": "BU", "BOL": "BL", "CHL": "CI",
    "COL": "CO", "CRI": "CS", "CZE": "EZ", "DNK": "DA", "ECU": "EC", "EGY": "EG", "ETH": "ET",
    "FIN": "FI", "GHA": "GH", "GRC": "GR", "HUN": "HU", "IRL": "EI", "JOR": "JO", "KAZ": "KZ",
    "KEN": "KE", "KHM": "CB", "LAO": "LA", "LKA": "CE", "MAR": "MO", "MEX": "MX", "MNG": "MG",
    "NGA": "NI", "NOR": "NO", "NPL": "NP", "NZL": "NZ", "PER": "PE", "POL": "PL", "PRT": "PO",
    "QAT": "QA", "ROU": "RO", "RWA": "RW", "SEN": "SG", "SRB": "RI", "SWE": "SW", "TUN": "TS",
    "URY": "UY", "ZAF": "SF",
}  # fmt: skip
SUBJECTS = (*PEERS, *DONORS)


class PlantedEvent(NamedTuple):
    """An event of the register, and by how much it moves the focus's pages in its host's press."""

    event: PlannedEvent
    uplift: float


EVENTS = (
    PlantedEvent(
        PlannedEvent("spring-fair", "festival", "Spring fair of the rivers", "Hội xuân bên sông",
                     -170, 3, "JPN", "attention", 25, -230, -229), UPLIFT),
    PlantedEvent(
        PlannedEvent("bridge-visit", "visit", "Visit of the bridge builders",
                     "Chuyến thăm của thợ xây cầu",
                     -300, 2, "USA", "attention", 26, -350, -349), 0.0),
    PlantedEvent(
        PlannedEvent("tea-days", "festival", "Days of tea", "Những ngày trà",
                     -430, 3, "JPN", "attention", 25, -480, -479), 0.0),
    # It moves as much as the fair, but was registered when it was over.
    PlantedEvent(
        PlannedEvent("drum-festival", "festival", "Festival of drums", "Liên hoan Trống",
                     -110, 4, "USA", "attention", 24, -60, -59), UPLIFT),
    # So many countries take part that too few are left to compare with.
    PlantedEvent(
        PlannedEvent("coasts-exposition", "forum", "Exposition of the coasts",
                     "Triển lãm những bờ biển", -560, 3, " ".join(["JPN", *tuple(DONORS)[:30]]),
                     "attention", 25, -640, -639), 0.0),
    PlantedEvent(
        PlannedEvent("loom-fair", "festival", "Fair of the looms", "Hội chợ Khung cửi",
                     -700, 2, "USA", "attention", 26, -760, -759), 0.0),
)  # fmt: skip

# Host and day: 2.5 times as many pages about the focus, and five more.
SPIKES = tuple(
    ("JPN", day)
    for day in (
        0, -2, -62, -125, -200, -232, -251, -340, -381, -470, -503, -640, -810, -1000, -1300, -2450, -2700,
    )
)  # fmt: skip
# On these days the evening's files never came. The second is a day of a spike as well.
GAPS = (-45, -232, -1501)
GAP_STREAM, GAP_TIME = "translation", "18:00"
# In which press, since which day, and by how much pages about the focus are warmer (points of tone).
SHIFTS = (("JPN", -20, -2.0), ("JPN", -900, 1.5))


def outlets_of(host: str) -> tuple[Outlet, ...]:
    """Return the outlets in the press of a country that the world is written in."""
    found = (o for o in OUTLETS if o.country_iso3 == host and o.outlet_type == "foreign")
    plain = [o for o in found if o.mirror_of is None and o.is_listed]
    return tuple(plain[:OUTLETS_PER_HOST])


OWNED = tuple(o for o in OUTLETS if o.outlet_type == "owned" and o.is_listed)
PUBLISHED = (*(o for host in HOSTS for o in outlets_of(host.iso3)), *OWNED)
