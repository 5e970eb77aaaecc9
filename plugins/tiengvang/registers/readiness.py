"""The registers of readiness, by unit and in total, and the columns that registers share."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from tiengvang.registers.declaration import (
    Column,
    Register,
    Rule,
    Said,
    Values,
    not_above,
    one_of,
    together,
)

MERGED_ON = date(2025, 7, 1)
STATUS = Column(
    "status", "choice", "Tình trạng số liệu",
    Said(
        "`reported` by the unit, `verified` by the office, or `estimated`.",
        "`reported`: đơn vị báo cáo; `verified`: cơ quan đã kiểm tra; `estimated`: ước tính.",
    ),
    choices=("reported", "verified", "estimated"),
)  # fmt: skip
EVIDENCE = Column(
    "evidence", "text", "Căn cứ",
    Said(
        "Document or address that shows it; no names, no e-mail addresses.",
        "Văn bản hoặc địa chỉ chứng minh; không ghi tên người, không ghi thư điện tử.",
    ),
    is_required=False,
)  # fmt: skip
KPI = Column(
    "kpi_code", "code", "Mã chỉ tiêu",
    Said("Code of the KPI in register kpis.", "Mã chỉ tiêu trong sổ kpis."),
    codes="kpi",
)  # fmt: skip
NAMES = (
    Column("name_en", "text", "Tên tiếng Anh", Said("Name in English.", "Tên bằng tiếng Anh.")),
    Column(
        "name_vi", "text", "Tên tiếng Việt", Said("Name in Vietnamese.", "Tên bằng tiếng Việt.")
    ),
)


def unit_code(*, is_required: bool) -> Column:
    """Return the column of a unit's code, listed in register units or among the provinces."""
    return Column(
        "unit_code", "code", "Mã đơn vị",
        Said(
            "Ministry: its code in register units. Province: code and year, such as 01-2008, listed "
            "in the dictionary; it must exist on valid_on (63 units until 30 June 2025, 34 since).",
            "Bộ, ngành: mã trong sổ units. Tỉnh, thành phố: mã kèm năm, ví dụ 01-2008, xem danh sách "
            "trong từ điển; phải tồn tại vào ngày valid_on (63 đơn vị đến 30/6/2025, sau đó là 34).",
        ),
        is_required=is_required,
        codes="unit",
    )  # fmt: skip


def _in_time(row: Values) -> bool:
    version, day = row["population_version"], row["valid_on"]
    return version == "ministries" or bool((version == "63") == (day < MERGED_ON))


READINESS_UNITS = Register(
    name="readiness_units",
    title=Said("Readiness by unit", "Mức độ sẵn sàng theo đơn vị"),
    about=Said(
        "Whether a unit met a KPI on a day. One row per KPI, unit and day.",
        "Đơn vị có đạt chỉ tiêu vào một ngày hay không. Mỗi chỉ tiêu, đơn vị và ngày một dòng.",
    ),
    own_columns=(
        KPI,
        unit_code(is_required=True),
        Column(
            "is_met", "yes_no", "Đạt",
            Said("Empty: not stated; never no.", "Để trống: chưa có thông tin; không phải là không."),
            is_required=False,
        ),
        EVIDENCE,
        STATUS,
    ),
    key=("kpi_code", "unit_code", "valid_on"),
    examples=(
        {
            "kpi_code": "foreign_language_site", "unit_code": "01-2008", "is_met": "có",
            "evidence": "Cổng thông tin tiếng Anh", "status": "verified",
            "valid_on": "2026-06-30", "recorded_on": "2026-07-01",
        },
        {
            "kpi_code": "foreign_language_site", "unit_code": "08-2025", "status": "reported",
            "valid_on": "2026-06-30", "recorded_on": "2026-07-01",
        },
    ),
)  # fmt: skip

READINESS_TOTALS = Register(
    name="readiness_totals",
    title=Said("Readiness in total", "Mức độ sẵn sàng toàn bộ"),
    about=Said(
        "How many units met a KPI on a day, where a report gives the total only.",
        "Số đơn vị đạt chỉ tiêu vào một ngày, khi báo cáo chỉ nêu tổng số.",
    ),
    own_columns=(
        KPI,
        Column(
            "population_version", "choice", "Tập đơn vị",
            Said(
                "`ministries`; `63` provincial units until 30 June 2025, `34` since.",
                "`ministries`: bộ, ngành; `63` tỉnh, thành phố đến 30/6/2025, `34` từ sau đó.",
            ),
            choices=("ministries", "63", "34"),
        ),
        Column(
            "numerator", "whole", "Tử số",
            Said("Units that met it.", "Số đơn vị đạt."), is_required=False, minimum=Decimal(0),
        ),
        Column(
            "denominator", "whole", "Mẫu số",
            Said("Units that were counted.", "Số đơn vị được tính."),
            is_required=False, minimum=Decimal(1),
        ),
        Column(
            "reported_percent", "percent", "Tỷ lệ được báo cáo (%)",
            Said(
                "Per cent as it was reported, 0 to 100; no counts are made from it.",
                "Phần trăm như báo cáo nêu, từ 0 đến 100; không suy ra số đơn vị từ đó.",
            ),
            is_required=False,
        ),
        EVIDENCE,
        STATUS,
    ),
    key=("kpi_code", "population_version", "valid_on"),
    rules=(
        not_above("numerator", "denominator"),
        *together("numerator", "denominator"),
        one_of("numerator", "reported_percent"),
        Rule(
            "population_version", ("population_version", "valid_on"),
            Said(
                "63 where valid_on is before 2025-07-01, 34 since then",
                "63 khi valid_on trước 2025-07-01, 34 từ ngày đó",
            ),
            _in_time,
        ),
    ),
    examples=(
        {
            "kpi_code": "foreign_language_site", "population_version": "63", "numerator": "58",
            "denominator": "63", "evidence": "Báo cáo năm 2023", "status": "reported",
            "valid_on": "2023-12-01", "recorded_on": "2023-12-15",
        },
        {
            "kpi_code": "yearly_plan", "population_version": "ministries", "reported_percent": "90",
            "status": "reported", "valid_on": "2023-12-01", "recorded_on": "2023-12-15",
        },
    ),
)  # fmt: skip
