"""What is planted of readiness: fictional ministries, KPIs with their rates, targets, reported totals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

MERGED_ON = date(2025, 7, 1)
DAYS = (date(2023, 12, 31), date(2024, 12, 31), date(2025, 6, 30), date(2026, 3, 31))
# Long after the merger the new units said how they had begun; until then the rule alone speaks.
FIRST_WORDS_ON = date(2025, 10, 15)
MINISTRIES_ENDED_ON = date(2025, 2, 28)

# code | English | Vietnamese | is it still there
MINISTRIES = """
MTH|Ministry of Tides and Harbours|Bộ Thủy triều và Bến cảng|yes
MLG|Ministry of Lanterns and Guests|Bộ Đèn lồng và Du khách|yes
MRC|Ministry of Rivers and Canals|Bộ Sông ngòi và Kênh rạch|yes
MSK|Ministry of Skies and Kites|Bộ Bầu trời và Cánh diều|yes
MGS|Ministry of Gardens and Seeds|Bộ Vườn tược và Hạt giống|yes
MLT|Ministry of Letters and Tongues|Bộ Chữ nghĩa và Ngôn ngữ|yes
MBC|Ministry of Bridges and Crossings|Bộ Cầu và Bến đò|yes
MCL|Ministry of Clocks and Calendars|Bộ Đồng hồ và Lịch|yes
MMW|Ministry of Markets and Weights|Bộ Chợ và Cân đo|yes
MSB|Ministry of Songs and Bells|Bộ Ca khúc và Chuông|yes
MFB|Ministry of Ferries and Buoys|Bộ Phà và Phao tiêu|no
MIN|Ministry of Inks and Papers|Bộ Mực và Giấy|no
"""


@dataclass(frozen=True, slots=True)
class Kpi:
    """A KPI: ``met`` counts units that met it on each of ``DAYS``, None where no unit was asked.

    ``began`` counts the new units that said in autumn that they had met it on their first day, among as
    many as said anything (of an ``all`` or ``any`` KPI nobody was asked).
    """

    code: str
    unit_kind: Literal["ministry", "province"]
    name_en: str
    name_vi: str
    merger_rule: Literal["all", "any", "reported"]
    met: tuple[int | None, ...]
    not_stated: int = 0
    began: tuple[int, int] | None = None


KPIS = (
    Kpi("plan_ministry", "ministry", "Yearly plan, ministries", "Kế hoạch năm, bộ ngành",
        "all", (None, 11, 9, 9)),
    Kpi("site_ministry", "ministry", "Foreign-language site, ministries",
        "Trang tiếng nước ngoài, bộ ngành", "any", (12, 12, 10, 10)),
    Kpi("focal_ministry", "ministry", "Focal point, ministries", "Đầu mối, bộ ngành",
        "any", (8, 9, 8, 9), not_stated=1),
    Kpi("plan_province", "province", "Yearly plan, provinces", "Kế hoạch năm, tỉnh thành",
        "all", (63, 61, 62, 33)),
    Kpi("site_province", "province", "Foreign-language site, provinces",
        "Trang tiếng nước ngoài, tỉnh thành", "any", (58, 60, 61, 34)),
    Kpi("regulation_province", "province", "Regulation, provinces", "Quy chế, tỉnh thành",
        "reported", (55, 57, 60, 24), began=(14, 20)),
    Kpi("focal_province", "province", "Focal point, provinces", "Đầu mối, tỉnh thành",
        "any", (49, 52, 57, 31), not_stated=2),
    Kpi("training_province", "province", "Staff trained in the year, provinces",
        "Tập huấn trong năm, tỉnh thành", "all", (31, 36, 41, 19)),
    Kpi("social_province", "province", "Channel on social media, provinces",
        "Kênh mạng xã hội, tỉnh thành", "any", (22, 30, 39, 27)),
)  # fmt: skip
# KPI, target in per cent, due on, title, stated on, is it verified.
TARGETS = (
    ("plan_province", 100, "2025-12-31", "Action programme (invented), section 2", "2024-05-06", "yes"),
    ("site_province", 95, "2025-12-31", "Action programme (invented), section 3", "2024-05-06", "yes"),
    ("regulation_province", 90, "2025-12-31", "Action programme (invented), section 3", "2024-05-06", "no"),
    ("training_province", 80, "2025-12-31", "Action programme (invented), section 5", "2024-05-06", "yes"),
    ("plan_ministry", 100, "2025-12-31", "Action programme (invented), section 2", "2024-05-06", "yes"),
    ("site_province", 100, "2030-12-31", "Image strategy (invented), part I", "2026-02-10", "no"),
    ("social_province", 90, "2030-12-31", "Image strategy (invented), part II", "2026-02-10", "no"),
)  # fmt: skip
# The action programme's first list said less of training; a corrected file followed.
TARGET_BEFORE = ("training_province", "2025-12-31", 70)
# A site that turned out to be a page of another unit.
RETRACTED = ("site_province", date(2023, 12, 31), date(2024, 3, 11))
# Totals as an office reported them: KPI, population, valid on, numerator, denominator, per cent.
TOTALS = (
    ("plan_ministry", "ministries", date(2023, 12, 31), None, None, 90),
    ("site_ministry", "ministries", date(2023, 12, 31), 12, 12, 100),
    ("plan_province", "63", date(2023, 12, 31), 63, 63, 100),
    ("site_province", "63", date(2023, 12, 31), 58, 63, None),
    ("regulation_province", "63", date(2023, 12, 31), 55, 63, None),
    # One more than the units themselves say.
    ("site_province", "63", date(2024, 12, 31), 61, 63, None),
    ("plan_province", "34", date(2026, 3, 31), 33, 34, 97.1),
)
