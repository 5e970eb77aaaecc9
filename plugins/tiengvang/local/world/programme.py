"""The sample world's programme: events and campaigns, agreements, awards and training; all invented."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

Row = dict[str, Any]


class PlannedEvent(NamedTuple):
    """An event; days are counted from the day of the world's first instant, negative ones before it.

    ``recorded`` is the day that the office states, ``delivered`` that of the file in which it came.
    """

    code: str
    kind: str
    name_en: str
    name_vi: str
    starts: int
    lasts: int
    hosts: str
    outcomes: str
    window: int
    recorded: int
    delivered: int

    @property
    def is_registered_before(self) -> bool:
        """Say whether it was both recorded and delivered before it began."""
        return max(self.recorded, self.delivered) < self.starts


EVENTS = (
    PlannedEvent("lantern-summit", "summit", "Lantern Coast summit", "Hội nghị Bờ biển Đèn lồng",
                 -9, 3, "JPN", "attention tone_premium", 14, -60, -59),
    PlannedEvent("river-visit", "visit", "Working visit on river trade", "Chuyến thăm về vận tải sông",
                 -5, 2, "KOR", "attention", 14, -3, -2),
    # The office dates its registration back; the file came when the forum was over.
    PlannedEvent("kite-forum", "forum", "Forum of the kites", "Diễn đàn Cánh diều",
                 -12, 1, "GBR", "attention fdi", 30, -20, -4),
    PlannedEvent("harbour-campaign", "campaign", "Season of the harbours", "Mùa của những bến cảng",
                 -30, 90, "JPN KOR GBR", "attention arrivals", 30, -75, -74),
    PlannedEvent("market-forum", "forum", "Market bridge forum", "Diễn đàn Nhịp cầu Chợ",
                 11, 2, "USA", "attention fdi", 60, -40, -39),
    PlannedEvent("song-festival", "festival", "Festival of songs and bells", "Liên hoan Ca khúc và Chuông",
                 45, 4, "FRA DEU", "arrivals tone_premium", 30, -15, -14),
    PlannedEvent("seed-visit", "visit", "Visit of the gardeners", "Chuyến thăm của người làm vườn",
                 3, 1, "AUS", "attention", 14, -2, -2),
    PlannedEvent("letters-festival", "festival", "Festival of letters", "Liên hoan Chữ nghĩa",
                 -210, 3, "IND", "attention", 30, -260, -259),
)  # fmt: skip
# One is put off by a week and gets a second host, and that is said before it begins.
EDITED = EVENTS[4]._replace(starts=18, hosts="USA JPN", recorded=-10, delivered=-9)

# Partner, kind, tier, title in English and Vietnamese, signed on, is it verified.
_AGREEMENTS = (
    ("JPN", "agreement", None, "Exchange of lantern makers (invented)",
     "Trao đổi nghệ nhân đèn lồng (hư cấu)", "2024-10-02", True),
    ("KOR", "agreement", None, "Joint calendar of river festivals (invented)",
     "Lịch chung lễ hội sông (hư cấu)", "2025-04-18", True),
    ("DEU", "agreement", None, "Care of old printing houses (invented)",
     "Gìn giữ nhà in cổ (hư cấu)", None, False),
    ("PRT", "partnership_tier", "comprehensive", "Partnership of the two coasts (invented)",
     "Quan hệ đối tác hai bờ biển (hư cấu)", "2026-05-20", True),
    ("ISL", "partnership_tier", "comprehensive", "Partnership of kites and winds (invented)",
     "Quan hệ đối tác cánh diều và gió (hư cấu)", None, False),
)  # fmt: skip

# Edition, held on, works, languages, prizes; None: nobody stated it.
_AWARDS = (
    (1, date(2022, 12, 9), 412, 14, 60),
    (2, date(2023, 12, 8), 538, None, 72),
    (3, date(2024, 12, 6), 611, 17, None),
    (4, date(2025, 12, 5), None, 19, 84),
)

# Session, held on, topic in English and Vietnamese, participants by unit (None: not stated).
_TRAINING = (
    ("2024-01", date(2024, 5, 14), "Answering foreign media", "Trả lời báo chí nước ngoài",
     (("MTH", 12), ("MLG", 9), ("01-2008", 25), ("48-2008", None))),
    ("2025-01", date(2025, 4, 22), "Writing for readers abroad", "Viết cho độc giả nước ngoài",
     (("MLT", 18), ("MBC", None), ("56-2008", 14), (None, 40))),
    ("2025-02", date(2025, 11, 11), "Answering foreign media", "Trả lời báo chí nước ngoài",
     (("MSB", 7), ("48-2025", 21), ("79-2025", 33))),
    ("2026-01", date(2026, 4, 15), "Numbers that can be checked", "Con số có thể kiểm chứng",
     (("MMW", 11), ("31-2025", 16), ("46-2025", None), (None, None))),
)  # fmt: skip


def events(anchor: date, planned: Sequence[PlannedEvent], delivered: int) -> list[Row]:
    """Return the rows of register ``events`` that came on a day, counted from the first instant's."""
    return [_event(anchor, event) for event in planned if event.delivered == delivered]


def event_deliveries(planned: Sequence[PlannedEvent]) -> list[int]:
    """Return the days on which a file of events came, counted from the first instant's, oldest first."""
    return sorted({event.delivered for event in planned})


def agreements() -> list[Row]:
    """Return the rows of register ``agreements``."""
    return [
        {
            "partner_code_iso3": partner, "kind": kind, "tier": tier, "title_en": english,
            "title_vi": vietnamese, "is_verified": verified,
            "signed_on": date.fromisoformat(signed) if signed else None,
            "valid_on": date.fromisoformat(signed) if signed else date(2025, 9, 1),
            "recorded_on": date(2026, 6, 1),
        }
        for partner, kind, tier, english, vietnamese, signed, verified in _AGREEMENTS
    ]  # fmt: skip


def awards() -> list[Row]:
    """Return the rows of register ``awards``."""
    return [
        {
            "award_code": "lantern_award", "edition_number": number, "name_en": "Lantern award (invented)",
            "name_vi": "Giải Đèn lồng (hư cấu)", "held_on": held, "n_works": works,
            "n_languages": languages, "n_prizes": prizes,
            "valid_on": held, "recorded_on": held + timedelta(days=14),
        }
        for number, held, works, languages, prizes in _AWARDS
    ]  # fmt: skip


def training() -> list[Row]:
    """Return the rows of register ``training``."""
    return [
        {
            "session_code": code, "held_on": held, "topic_en": english, "topic_vi": vietnamese,
            "unit_code": unit, "n_participants": count,
            "valid_on": held, "recorded_on": held + timedelta(days=7),
        }
        for code, held, english, vietnamese, parts in _TRAINING
        for unit, count in parts
    ]  # fmt: skip


def _event(anchor: date, event: PlannedEvent) -> Row:
    starts = anchor + timedelta(days=event.starts)
    recorded = anchor + timedelta(days=event.recorded)
    return {
        "event_code": event.code, "kind": event.kind, "name_en": event.name_en,
        "name_vi": event.name_vi, "starts_on": starts,
        "ends_on": starts + timedelta(days=event.lasts - 1), "host_countries": event.hosts,
        "outcomes": event.outcomes, "window_days": event.window,
        "valid_on": recorded, "recorded_on": recorded,
    }  # fmt: skip
