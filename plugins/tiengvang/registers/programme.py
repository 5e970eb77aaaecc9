"""The registers of a programme: events and campaigns, agreements, awards, training."""

from __future__ import annotations

from decimal import Decimal

from tiengvang.registers.declaration import (
    Column,
    Register,
    Said,
    needed_when,
    not_before,
    only_when,
)
from tiengvang.registers.readiness import NAMES, unit_code

IS_VERIFIED = Column(
    "is_verified", "yes_no", "Đã kiểm chứng",
    Said(
        "yes: somebody compared it with a published text.",
        "yes/có: đã đối chiếu với văn bản được công bố.",
    ),
)  # fmt: skip


def _count(name: str, heading_vi: str, about: Said) -> Column:
    return Column(name, "whole", heading_vi, about, is_required=False, minimum=Decimal(0))


EVENTS = Register(
    name="events",
    title=Said("Events and campaigns", "Sự kiện và chiến dịch"),
    about=Said(
        "Registered before they begin, with what they are to move. A later edit is a new row.",
        "Đăng ký trước khi bắt đầu, kèm kết quả mong đợi. Sửa đổi về sau là một dòng mới.",
    ),
    own_columns=(
        Column(
            "event_code", "code", "Mã sự kiện",
            Said("Short code that stays.", "Mã ngắn, không đổi."),
        ),
        Column(
            "kind", "choice", "Loại",
            Said(
                "`summit`, `visit`, `forum`, `festival`, `campaign` or `other`.",
                "`summit` hội nghị cấp cao, `visit` chuyến thăm, `forum` diễn đàn, `festival` lễ hội, "
                "`campaign` chiến dịch, `other` khác.",
            ),
            choices=("summit", "visit", "forum", "festival", "campaign", "other"),
        ),
        *NAMES,
        Column("starts_on", "day", "Ngày bắt đầu", Said("First day.", "Ngày đầu tiên.")),
        Column("ends_on", "day", "Ngày kết thúc", Said("Last day.", "Ngày cuối cùng.")),
        Column(
            "host_countries", "list", "Nước chủ nhà",
            Said(
                "Three-letter ISO codes of the countries in which it is held, separated by spaces.",
                "Mã ISO ba chữ cái của các nước tổ chức, cách nhau bằng dấu cách.",
            ),
            codes="country",
        ),
        Column(
            "outcomes", "list", "Kết quả theo dõi",
            Said(
                "What it is to move, separated by spaces: `attention`, `tone_premium`, `arrivals`, "
                "`fdi`.",
                "Kết quả mong đợi, cách nhau bằng dấu cách: `attention` mức chú ý, `tone_premium` "
                "chênh lệch sắc thái, `arrivals` khách quốc tế, `fdi` đầu tư nước ngoài.",
            ),
            choices=("attention", "tone_premium", "arrivals", "fdi"),
        ),
        Column(
            "window_days", "whole", "Số ngày theo dõi",
            Said(
                "Days after the last day in which that is looked for, 1 to 366.",
                "Số ngày theo dõi sau ngày kết thúc, từ 1 đến 366.",
            ),
            minimum=Decimal(1), maximum=Decimal(366),
        ),
    ),
    key=("event_code",),
    rules=(not_before("ends_on", "starts_on"),),
    examples=(
        {
            "event_code": "forum-2026-10", "kind": "forum", "name_en": "Investment forum",
            "name_vi": "Diễn đàn đầu tư", "starts_on": "2026-10-12", "ends_on": "2026-10-13",
            "host_countries": "JPN KOR", "outcomes": "attention fdi", "window_days": "60",
            "valid_on": "2026-07-01", "recorded_on": "2026-07-01",
        },
    ),
)  # fmt: skip

AGREEMENTS = Register(
    name="agreements",
    title=Said("Agreements and partnership tiers", "Thỏa thuận và cấp độ quan hệ đối tác"),
    about=Said(
        "What was agreed with one partner country, one row per agreement or tier.",
        "Nội dung đã thỏa thuận với một nước đối tác, mỗi thỏa thuận hoặc cấp độ quan hệ một dòng.",
    ),
    own_columns=(
        Column(
            "partner_code_iso3", "code", "Nước đối tác",
            Said("Three-letter ISO code.", "Mã ISO ba chữ cái."), codes="country",
        ),
        Column(
            "kind", "choice", "Loại",
            Said(
                "`partnership_tier` or `agreement`.",
                "`partnership_tier` cấp độ quan hệ, `agreement` thỏa thuận.",
            ),
            choices=("partnership_tier", "agreement"),
        ),
        Column(
            "tier", "text", "Cấp độ quan hệ",
            Said(
                "Tier such as comprehensive_strategic; empty for an agreement.",
                "Ví dụ comprehensive_strategic; để trống nếu là thỏa thuận.",
            ),
            is_required=False,
        ),
        Column("title_en", "text", "Tên tiếng Anh", Said("Title in English.", "Tên bằng tiếng Anh.")),
        Column(
            "title_vi", "text", "Tên tiếng Việt", Said("Title in Vietnamese.", "Tên bằng tiếng Việt.")
        ),
        Column(
            "signed_on", "day", "Ngày ký",
            Said("Empty where it is not known.", "Để trống nếu chưa rõ."), is_required=False,
        ),
        IS_VERIFIED,
        Column(
            "source_url", "url", "Địa chỉ nguồn",
            Said("Address of the published text.", "Địa chỉ văn bản công bố."), is_required=False,
        ),
    ),
    key=("partner_code_iso3", "kind", "title_en"),
    rules=(
        needed_when("tier", "kind", ("partnership_tier",)),
        only_when("tier", "kind", ("partnership_tier",)),
    ),
    examples=(
        {
            "partner_code_iso3": "AUS", "kind": "partnership_tier", "tier": "comprehensive_strategic",
            "title_en": "Comprehensive strategic partnership",
            "title_vi": "Đối tác chiến lược toàn diện", "signed_on": "2024-03-07",
            "is_verified": "yes", "valid_on": "2024-03-07", "recorded_on": "2026-07-01",
        },
    ),
)  # fmt: skip

AWARDS = Register(
    name="awards",
    title=Said("Awards", "Giải thưởng"),
    about=Said(
        "Editions of awards for external information.", "Các lần tổ chức giải thưởng thông tin đối ngoại."
    ),
    own_columns=(
        Column(
            "award_code", "code", "Mã giải", Said("Short code that stays.", "Mã ngắn, không đổi.")
        ),
        Column(
            "edition_number", "whole", "Lần thứ",
            Said("Number of the edition, from 1.", "Số thứ tự của lần tổ chức, từ 1."),
            minimum=Decimal(1),
        ),
        *NAMES,
        Column(
            "held_on", "day", "Ngày trao giải",
            Said("Empty where it is not known.", "Để trống nếu chưa rõ."), is_required=False,
        ),
        _count("n_works", "Số tác phẩm", Said("Works sent in.", "Số tác phẩm dự giải.")),
        _count("n_languages", "Số ngôn ngữ", Said("Languages of the works.", "Số ngôn ngữ.")),
        _count("n_prizes", "Số giải", Said("Prizes given.", "Số giải được trao.")),
    ),
    key=("award_code", "edition_number"),
    examples=(
        {
            "award_code": "external_information", "edition_number": "12",
            "name_en": "External information award", "name_vi": "Giải thưởng thông tin đối ngoại",
            "held_on": "2026-12-01", "valid_on": "2026-07-01", "recorded_on": "2026-07-01",
        },
    ),
)  # fmt: skip

TRAINING = Register(
    name="training",
    title=Said("Training", "Tập huấn"),
    about=Said(
        "Sessions and how many took part, by unit. Never who.",
        "Các lớp tập huấn và số người tham gia theo đơn vị. Không ghi tên người.",
    ),
    own_columns=(
        Column(
            "session_code", "code", "Mã lớp", Said("Short code that stays.", "Mã ngắn, không đổi.")
        ),
        Column("held_on", "day", "Ngày tổ chức", Said("First day.", "Ngày đầu tiên.")),
        Column("topic_en", "text", "Chủ đề tiếng Anh", Said("In English.", "Bằng tiếng Anh.")),
        Column("topic_vi", "text", "Chủ đề tiếng Việt", Said("In Vietnamese.", "Bằng tiếng Việt.")),
        unit_code(is_required=False),
        _count(
            "n_participants", "Số người tham gia",
            Said("Participants from the unit.", "Số người của đơn vị tham gia."),
        ),
    ),
    key=("session_code", "unit_code"),
    examples=(
        {
            "session_code": "2026-03", "held_on": "2026-06-10", "topic_en": "Answering foreign media",
            "topic_vi": "Trả lời báo chí nước ngoài", "unit_code": "48-2025", "n_participants": "25",
            "valid_on": "2026-06-10", "recorded_on": "2026-07-01",
        },
    ),
)  # fmt: skip
