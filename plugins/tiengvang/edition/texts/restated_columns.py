"""The columns of the file of restatements: unit, then label and text in English and in Vietnamese."""

from __future__ import annotations

Words = tuple[str, str]

RESTATED: dict[str, tuple[str, Words, Words]] = {
    "published_edition_id": (
        "id",
        ("Edition that published it", "The earlier edition whose number would be different today."),
        ("Kỳ đã công bố", "Kỳ công bố trước có con số mà nay sẽ khác."),
    ),
    "data_file": (
        "code",
        ("File", "Name of that edition's data file."),
        ("Tệp", "Tên tệp số liệu của kỳ đó."),
    ),
    "row_key": (
        "text",
        (
            "Row",
            "The row's key: its values joined by ` | `, in the order of the mart's primary key.",
        ),
        ("Dòng", "Khóa của dòng: các giá trị nối bằng ` | `, theo thứ tự khóa chính của bảng."),
    ),
    "column_name": (
        "code",
        ("Column", "The number's column; empty where the whole row is no longer given."),
        ("Cột", "Cột của con số; trống nếu cả dòng không còn."),
    ),
    "published_value": (
        "value_unit",
        (
            "Number as published",
            "In its column's unit; empty for a conclusion in words and for a row.",
        ),
        ("Số đã công bố", "Theo đơn vị của cột; trống nếu là kết luận bằng chữ hoặc cả dòng."),
    ),
    "value_today": (
        "value_unit",
        ("Number today", "Empty where it may no longer be given."),
        ("Số tính lại", "Trống nếu nay không công bố được nữa."),
    ),
    "difference": (
        "value_unit",
        ("Difference", "Today's number less the published one."),
        ("Chênh lệch", "Số tính lại trừ số đã công bố."),
    ),
    "relative_difference": (
        "ratio",
        (
            "Relative difference",
            "By the published number; empty where that is 0 or below, or no amount.",
        ),
        (
            "Chênh lệch tương đối",
            "So với số đã công bố; trống nếu số đó không dương hoặc không phải lượng.",
        ),
    ),
    "published_finding": (
        "text",
        ("Conclusion as published", "A conclusion in words, or yes or no as true or false."),
        ("Kết luận đã công bố", "Kết luận bằng chữ, hoặc có/không là true/false."),
    ),
    "finding_today": (
        "text",
        ("Conclusion today", "Empty where it may no longer be given."),
        ("Kết luận tính lại", "Trống nếu nay không công bố được nữa."),
    ),
    "reasons": (
        "codes",
        (
            "Why",
            "What the ledger says changed under the number since: late_slots, closed_slots, later_days, "
            "audit, registers, revised_<source>, method, project; unknown where nothing is found.",
        ),
        (
            "Vì sao",
            "Những thay đổi về sau của đầu vào, theo sổ ghi: late_slots, closed_slots, later_days, "
            "audit, registers, revised_<nguồn>, method, project; unknown nếu không tìm thấy.",
        ),
    ),
}
