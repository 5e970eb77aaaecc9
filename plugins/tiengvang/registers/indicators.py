"""The registers that say what is counted: units, KPIs, targets."""

from __future__ import annotations

from tiengvang.registers.declaration import Column, Register, Rule, Said, not_before
from tiengvang.registers.readiness import KPI, NAMES

UNITS = Register(
    name="units",
    title=Said("Ministries and other central offices", "Bộ, ngành trung ương"),
    about=Said(
        "Ministries whose readiness is counted. Provinces are known and are not delivered.",
        "Các bộ, ngành được tính mức độ sẵn sàng. Tỉnh, thành phố đã có sẵn, không cần gửi.",
    ),
    own_columns=(
        Column(
            "unit_code", "code", "Mã đơn vị",
            Said("Short code that stays, such as MOFA.", "Mã ngắn, không đổi, ví dụ MOFA."),
        ),
        Column(
            "unit_kind", "choice", "Loại đơn vị",
            Said("`ministry`.", "`ministry`: bộ, ngành trung ương."),
            choices=("ministry",),
        ),
        *NAMES,
        Column(
            "ended_on", "day", "Kết thúc ngày",
            Said(
                "Last day of the unit; empty while it is there.",
                "Ngày tồn tại cuối cùng của đơn vị; để trống nếu đơn vị vẫn còn.",
            ),
            is_required=False,
        ),
    ),
    key=("unit_code",),
    rules=(
        Rule(
            "unit_code", ("unit_code",),
            Said(
                "the code of a ministry: 01-2008 and the like are provinces, which are known",
                "mã của bộ, ngành: mã dạng 01-2008 là của tỉnh, thành phố, đã có sẵn",
            ),
            lambda row: not (row["unit_code"][:2].isdecimal() and row["unit_code"][2:3] == "-"),
        ),
    ),
    examples=(
        {
            "unit_code": "MOFA", "unit_kind": "ministry", "name_en": "Ministry of Foreign Affairs",
            "name_vi": "Bộ Ngoại giao", "valid_on": "2008-08-01", "recorded_on": "2026-07-01",
        },
        {
            "unit_code": "EXAMPLE", "unit_kind": "ministry",
            "name_en": "Ministry of Examples (ended)", "name_vi": "Bộ Ví dụ (đã kết thúc)",
            "ended_on": "2025-02-28", "valid_on": "2008-08-01", "recorded_on": "2026-07-01",
        },
    ),
)  # fmt: skip

KPIS = Register(
    name="kpis",
    title=Said("Definitions of readiness KPIs", "Định nghĩa chỉ tiêu sẵn sàng"),
    about=Said(
        "What ministries or provinces are to have. A changed definition is a new row.",
        "Những gì bộ, ngành hoặc tỉnh, thành phố cần có. Định nghĩa thay đổi là một dòng mới.",
    ),
    own_columns=(
        Column(
            "kpi_code", "code", "Mã chỉ tiêu",
            Said("Short code that stays.", "Mã ngắn, không đổi."),
        ),
        Column(
            "unit_kind", "choice", "Loại đơn vị",
            Said(
                "Which units it counts: `ministry` or `province`.",
                "Đơn vị được tính: `ministry` (bộ, ngành) hoặc `province` (tỉnh, thành phố).",
            ),
            choices=("ministry", "province"),
        ),
        *NAMES,
        Column(
            "definition_en", "text", "Định nghĩa tiếng Anh",
            Said("When a unit meets it, in English.", "Khi nào đơn vị đạt, bằng tiếng Anh."),
        ),
        Column(
            "definition_vi", "text", "Định nghĩa tiếng Việt",
            Said("When a unit meets it, in Vietnamese.", "Khi nào đơn vị đạt, bằng tiếng Việt."),
        ),
        Column(
            "merger_rule", "choice", "Quy tắc khi sáp nhập",
            Said(
                "A unit merged from others meets it when `all` of them did, when `any` of them did, "
                "or only as it `reported` itself.",
                "Đơn vị sau sáp nhập đạt khi `all` (mọi đơn vị cũ đạt), `any` (có đơn vị cũ đạt), "
                "hoặc chỉ theo báo cáo mới của chính nó (`reported`).",
            ),
            choices=("all", "any", "reported"),
        ),
    ),
    key=("kpi_code",),
    examples=(
        {
            "kpi_code": "foreign_language_site", "unit_kind": "province",
            "name_en": "Site in a foreign language",
            "name_vi": "Trang thông tin điện tử tiếng nước ngoài",
            "definition_en": "The unit's site has pages in a foreign language, updated in the year.",
            "definition_vi": "Trang của đơn vị có nội dung tiếng nước ngoài, cập nhật trong năm.",
            "merger_rule": "any", "valid_on": "2023-01-01", "recorded_on": "2023-12-15",
        },
    ),
)  # fmt: skip

TARGETS = Register(
    name="targets",
    title=Said("Targets of KPIs", "Mục tiêu của chỉ tiêu"),
    about=Said(
        "Which share of the units is to meet a KPI by which day, by which document.",
        "Tỷ lệ đơn vị cần đạt chỉ tiêu vào ngày nào, theo văn bản nào.",
    ),
    own_columns=(
        KPI,
        Column(
            "target_percent", "percent", "Mục tiêu (%)",
            Said("Per cent of the units, 0 to 100.", "Phần trăm số đơn vị, từ 0 đến 100."),
        ),
        Column(
            "due_on", "day", "Đạt vào ngày",
            Said("Day by which it is due.", "Hạn đạt mục tiêu."),
        ),
        Column(
            "source_title", "text", "Văn bản nguồn",
            Said("Document that sets it.", "Văn bản đặt ra mục tiêu."),
        ),
        Column(
            "source_url", "url", "Địa chỉ nguồn",
            Said("Its address.", "Địa chỉ của văn bản."), is_required=False,
        ),
        Column(
            "is_verified", "yes_no", "Đã kiểm chứng",
            Said(
                "yes: somebody compared the target with the document.",
                "yes/có: đã đối chiếu mục tiêu với văn bản.",
            ),
        ),
    ),
    key=("kpi_code", "due_on"),
    rules=(not_before("due_on", "valid_on"),),
    examples=(
        {
            "kpi_code": "foreign_language_site", "target_percent": "100", "due_on": "2030-12-31",
            "source_title": "Example resolution / Nghị quyết ví dụ", "is_verified": "no",
            "valid_on": "2024-04-01", "recorded_on": "2026-07-01",
        },
    ),
)  # fmt: skip
