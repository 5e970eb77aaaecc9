"""What of a page is no figure, and which digits stand outside of any: for tests of receipts."""

from __future__ import annotations

import re
from html.parser import HTMLParser

DAY = (
    r"\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November|December)"
    r" \d{4}|\d{2}/\d{2}/\d{4}"
)
# "28 June to 4 July 2026", "6 to 12 July 2026", "06/07 – 12/07/2026": the first day leaves out what both have
SPAN = rf"\d{{1,2}}(?: [A-Z][a-z]+)? to (?:{DAY})|\d{{2}}/\d{{2}} – (?:{DAY})"
MONTH = (
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept|Oct|Nov|Dec|January|February|March|April|June|July|August"
    r"|September|October|November|December) \d{4}|(?:tháng )?\d{1,2}/\d{4}"
)
# What has digits and is no figure of the edition: days, years, rules of the method, names.
NO_FIGURE = re.compile(
    "|".join(
        (
            r"19 are needed for 0\.05",
            SPAN,
            DAY,
            MONTH,
            r"\bR[1-4]\b",  # a tier's name
            r"\b(?:19|20)\d\d\b",  # a year
            # rules of the method
            r"26 earlier weeks|26 tuần trước",
            r"(?:needed|needs|cần ít nhất|take) ?\d+|\d+ (?:are|is) needed|\d+ of 28 are needed",
            r"(?:56|28) (?:of the 84 days before|trong 84 ngày)|1,000 series-days|1\.000 ngày-chuỗi",
            r"\b(?:28|365|182|730) (?:days|ngày)|\b(?:8|13) (?:weeks|tuần)|(?:7 days|7 ngày)",
            r"90%|95%|95 %|khung 15 phút|100 (?:checks|lượt xét)",
            r"tier 1\b|bậc 1\b|từ tháng 1 đến|Từ tháng 1 đến",
            r"(?:34|63) (?:provincial units|đơn vị cấp tỉnh)",  # a population's name
            r"cần 19 nước để có 0,05|10 trong 28 ngày",
            r"alert\(1\)",  # a hostile name of the sample
            r"fewer than \d+|under 90|dưới \d+|ít hơn \d+",
        )
    )
)


class Outside(HTMLParser):
    """Gathers the text of cells and sentences, without what is marked as a figure or quoted."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self.n_figures = 0
        self._place: str | None = None
        self._skipped = 0
        self._text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        kind = dict(attrs).get("class") or ""
        if (
            tag == "td"
            or (tag == "p" and kind in ("answer", "further", "headline"))
            or kind == "value"
        ):
            self._place, self._text = (kind or tag), []
        if self._place and (tag in ("data", "bdi") or kind == "receipt"):
            self.n_figures += tag == "data"
            self._skipped += 1

    def handle_endtag(self, tag: str) -> None:
        if self._place and tag in ("data", "bdi", "a") and self._skipped:
            self._skipped -= 1
        elif self._place and tag in ("td", "p", "li"):
            self.found.append((self._place, "".join(self._text)))
            self._place = None

    def handle_data(self, data: str) -> None:
        if self._place and not self._skipped:
            self._text.append(data)


def without_marks(html: str) -> str:
    """Return a page without the marks of its figures and the links to their receipts."""
    return re.sub(r' <a class="receipt".*?</a>|</?data\b[^>]*>', "", html)


def unmarked(html: str, names: set[str]) -> tuple[list[tuple[str, str]], int]:
    """Return cells and sentences with digits outside of figures, and how many figures there are.

    ``names`` are texts of sources and registers that have digits: file names, cells of workbooks, titles.
    """
    parser = Outside()
    # The numbers of an earlier edition are in no mart: data/restatements.csv has them whole.
    own = re.sub(r'<table class="restated">.*?</table>', "", html, flags=re.DOTALL)
    parser.feed(re.sub(r"<svg.*?</svg>", "", own, flags=re.DOTALL))
    left = []
    for place, text in parser.found:
        rest = text
        for name in sorted(names, key=len, reverse=True):
            rest = rest.replace(name, "")
        if re.search(r"\d", NO_FIGURE.sub("", rest)):
            left.append((place, text))
    return left, parser.n_figures


def names_of(facts: object) -> set[str]:
    """Return every text of an edition's frames that has digits: what a page may quote."""
    found: set[str] = set()
    for name in facts.frames:  # type: ignore[attr-defined]
        frame = getattr(facts, name)
        if name in ("documents", "stories", "alert_stories"):
            continue
        for column in frame.columns:
            if str(frame[column].dtype) in ("str", "object", "string"):
                found |= (
                    {
                        value
                        for value in frame[column].dropna().unique()
                        if isinstance(value, str) and re.search(r"\d", value) and len(value) > 2
                    }
                    if not any(isinstance(v, list) for v in frame[column])
                    else set()
                )
    return found
