"""The feed of fact-checks in the sample world: invented checkers, spam, markup, people in every field."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from tiengvang.local.world.dice import Dice
from tiengvang.local.world.gkg import PEOPLE
from tiengvang.local.world.spec import WorldSpec
from tiengvang.local.world.worldbank import Replaced
from tiengvang.windows import format_instant

FOLDER = "factchecks"
FEED = f"{FOLDER}/data.json"
EARLIER = f"{FOLDER}/earlier.json"
REVIEWS_PER_CHECKER = 40
# Of reviews of one checker: the share that names the focus country, and a peer.
FOCUS_SHARE, PEER_SHARE = 0.4, 0.3
SPAM = 150
LONGEST_AGO = 300  # days before the first instant
# Of every checker's reviews by their number: what became different between the two instants.
CHANGED, WITHDRAWN, NEW = 3, 7, 11
DUPLICATED, MARKED_UP, BAD_DATE, NUMERIC, UNHEARD_OF = 5, 13, 17, 19, 23

# Domain, language of its texts, and whether it is the sample list's only language of the checker.
CHECKERS = (
    ("checkdesk.example", "eng"),
    ("cekbenar.example", "ind"),
    ("comprueba.example", "spa"),
    ("kakunin.example", "jpn"),
    ("manylanguages.example", "kor"),
    ("onceasigner.example", "eng"),
    ("ministrydesk.example", "eng"),
    ("tinthat.example", "vie"),
)
INDEPENDENT = tuple(domain for domain, _ in CHECKERS[:5])
_NAMES = {
    "eng": {"VNM": "Vietnam", "THA": "Thailand", "IDN": "Indonesia"},
    "ind": {"VNM": "Vietnam", "THA": "Thailand", "IDN": "Indonesia"},
    "spa": {"VNM": "Vietnam", "THA": "Tailandia", "IDN": "Indonesia"},
    "jpn": {"VNM": "ベトナム", "THA": "タイ", "IDN": "インドネシア"},
    "kor": {"VNM": "베트남", "THA": "태국", "IDN": "인도네시아"},
    "vie": {"VNM": "Việt Nam", "THA": "Thái Lan", "IDN": "Indonesia"},
}
_CLAIMS = {
    "eng": "A video shows that {} closed bridge number {} to visitors",
    "ind": "Video memperlihatkan {} menutup jembatan nomor {} bagi wisatawan",
    "spa": "Un video muestra que {} cerró el puente número {} a los visitantes",
    "jpn": "動画は{}の第{}橋が観光客に閉鎖されたことを示す",
    "kor": "{}에서 제{}교가 방문객에게 폐쇄되었다는 영상",
    "vie": "Video cho thấy {} đóng cửa cầu số {} đối với du khách",
}
_NOWHERE = {
    "eng": "a small town", "ind": "sebuah kota kecil", "spa": "un pueblo", "jpn": "ある町",
    "kor": "어느 마을", "vie": "một thị trấn",
}  # fmt: skip
_RATINGS = {
    "eng": ("False", "Misleading", "Half true", "True", "Unproven", "Satire"),
    "ind": ("Salah", "Menyesatkan", "Sebagian benar", "Benar", "Belum terbukti", "Satir"),
    "spa": ("Falso", "Engañoso", "Verdad a medias", "Verdadero", "Sin pruebas", "Sátira"),
    "jpn": ("誤り", "ミスリード", "一部誤り", "正確", "根拠不明", "風刺"),
    "kor": ("거짓", "맥락 부족", "절반의 사실", "사실", "근거 없음", "풍자"),
    "vie": ("Sai sự thật", "Gây hiểu lầm", "Đúng một phần", "Đúng", "Chưa kiểm chứng", "Châm biếm"),
}
SCALE = ("false", "misleading", "mixed", "true", "unproven", "satire")


@dataclass(frozen=True, slots=True)
class Planted:
    """A fact-check as it was planted, and what a correct warehouse says of it."""

    domain: str
    number: int
    language: str
    claim: str
    country: str | None
    published_on: date
    rating: str
    rating_text: str | None
    is_marked_up: bool
    has_bad_date: bool

    @property
    def url(self) -> str:
        """The review's address."""
        return f"https://{self.domain}/reviews/{self.number}"

    def as_truth(self) -> list[Any]:
        """Address, claim, country, rating and day, as a warehouse shows them."""
        day = None if self.has_bad_date else str(self.published_on)
        return [self.url, self.claim, self.country, self.rating, day]


def reviews_to_answer(spec: WorldSpec) -> list[Planted]:
    """Return independent checkers' reviews about the focus country, the newest first."""
    about = [
        planted
        for planted in _planted(spec)
        if planted.country == "VNM"
        and planted.domain in INDEPENDENT
        and planted.number not in (WITHDRAWN, NEW, BAD_DATE)
    ]
    return sorted(about, key=lambda planted: (planted.published_on, planted.url), reverse=True)


def write_factchecks(spec: WorldSpec, folder: Path) -> tuple[list[Replaced], dict[str, Any]]:
    """Write the feed of either instant; return what is served until when, and the truth.

    Returns:
        the earlier feed as ``Replaced``; and by instant ``reviews`` (``as_truth`` of what is listed),
        ``unlisted`` (reviews by publisher), ``duplicates`` and ``rejects``, besides ``changed`` (address,
        rating before and after) and ``withdrawn`` (addresses).
    """
    base = folder / FOLDER
    base.mkdir()
    later = [p for p in _planted(spec) if p.number != WITHDRAWN]
    earlier = [_before(p) for p in _planted(spec) if p.number != NEW]
    spam = _spam(spec)
    truth: dict[str, Any] = {}
    for instant, path, planted in zip(
        spec.instants, (EARLIER, FEED), (earlier, later), strict=True
    ):
        elements = [*_elements(planted), *spam, *_unreadable()]
        dice = Dice(f"{spec.seed}:factchecks:order:{path}")
        elements.sort(key=lambda _: dice.unit())
        feed = {
            "@context": "http://schema.org",
            "@type": "DataFeed",
            "dateModified": format_instant(instant),
            "dataFeedElement": elements,
        }
        (folder / path).write_text(json.dumps(feed, ensure_ascii=False), "utf-8")
        truth[format_instant(instant)] = {
            "reviews": [p.as_truth() for p in planted],
            "unlisted": SPAM,
            "duplicates": sum(p.number == DUPLICATED for p in planted),
            "rejects": len(_unreadable()),
        }
    changed = [(_before(p), p) for p in later if p.number == CHANGED]
    truth["changed"] = [[new.url, old.rating, new.rating] for old, new in changed]
    truth["withdrawn"] = [p.url for p in _planted(spec) if p.number == WITHDRAWN]
    return [Replaced(FEED, EARLIER, format_instant(spec.instants[1]))], truth


def _planted(spec: WorldSpec) -> list[Planted]:
    planted = []
    anchor = spec.instants[0].date()
    for domain, language in CHECKERS:
        dice = Dice(f"{spec.seed}:factchecks:{domain}")
        for number in range(1, REVIEWS_PER_CHECKER + 1):
            draw = dice.unit()
            country = "VNM" if draw < FOCUS_SHARE else None
            if country is None and draw < FOCUS_SHARE + PEER_SHARE:
                country = dice.pick(("THA", "IDN"))
            name = _NAMES[language][country] if country else _NOWHERE[language]
            place = dice.below(len(SCALE))
            ago = 1 if number == NEW else 1 + int(LONGEST_AGO * dice.unit() ** 3)
            one = Planted(
                domain, number, language,
                _CLAIMS[language].format(name, 1000 + number), country,
                anchor - timedelta(days=ago), SCALE[place], _RATINGS[language][place],
                number % MARKED_UP == 0, number == BAD_DATE,
            )  # fmt: skip
            if number == CHANGED:
                one = replace(one, rating="misleading", rating_text=_RATINGS[language][1])
            if number == NUMERIC:
                one = replace(one, rating="false", rating_text=None)
            if number == UNHEARD_OF:
                one = replace(one, rating="other", rating_text=f"{number} bananas of 30")
            planted.append(one)
    return planted


def _before(planted: Planted) -> Planted:
    """What a checker said at the first instant."""
    if planted.number != CHANGED:
        return planted
    return replace(planted, rating="false", rating_text=_RATINGS[planted.language][0])


def _elements(planted: list[Planted]) -> list[dict[str, Any]]:
    elements = []
    for one in planted:
        elements.append(_element(one))
        if one.number == DUPLICATED:
            older = replace(one, published_on=one.published_on - timedelta(days=9), rating_text="?")
            elements.append(_element(older))
    return elements


def _element(one: Planted) -> dict[str, Any]:
    person = PEOPLE[one.number % len(PEOPLE)]
    mail = f"{person.replace(' ', '.').lower()}@{one.domain}"
    claim = one.claim
    if one.is_marked_up:
        claim = (
            f'<p onclick="alert(1)">{claim.replace(" ", "&nbsp;", 1)}</p><script>x()</script>\u202e'
        )
    rating: dict[str, Any] = {"@type": "Rating", "ratingValue": "1", "bestRating": "5"}
    rating |= {"worstRating": "1"} if one.rating_text is None else {}
    rating |= {} if one.rating_text is None else {"alternateName": one.rating_text}
    review = {
        "@context": "http://schema.org",
        "@type": "ClaimReview",
        "author": {
            "@type": "Person",
            "name": person,
            "email": mail,
            "url": f"https://{one.domain}",
        },
        "claimReviewed": claim,
        "datePublished": "31/02/2026" if one.has_bad_date else f"{one.published_on}T04:05:06Z",
        "itemReviewed": {
            "@type": "Claim",
            "author": {"@type": "Person", "name": person, "jobTitle": "Mayor", "sameAs": [mail]},
            "appearance": [{"@type": "CreativeWork", "author": person, "url": "https://a.example"}],
        },
        "reviewRating": {**rating, "author": {"@type": "Person", "name": person}},
        "sdPublisher": {"@type": "Organization", "name": "Invented publisher"},
        "url": f"{one.url}#{person.replace(' ', '-')}",
    }
    return {"@type": "DataFeedItem", "dateCreated": str(one.published_on), "item": [review]}


def _spam(spec: WorldSpec) -> list[dict[str, Any]]:
    """Reviews of publishers that nobody listed, which claim to be somebody else."""
    dice = Dice(f"{spec.seed}:factchecks:spam")
    elements = []
    for number in range(SPAM):
        site = f"spam{dice.between(1, 12)}.example"
        review = {
            "@type": "ClaimReview",
            "author": {"@type": "Organization", "url": "https://checkdesk.example"},
            "claimReviewed": f"Vietnam <script>steal({number})</script> casino bonus",
            "datePublished": "2026-01-01",
            "reviewRating": {"alternateName": "True", "ratingValue": 5},
            "url": f"https://{site}/{number}?from=checkdesk.example",
        }
        elements.append({"@type": "DataFeedItem", "item": review})
    return elements


def _unreadable() -> list[Any]:
    """Elements that are no fact-checks: each a reject."""
    review = {"@type": "ClaimReview", "claimReviewed": "A claim"}
    return [
        17,
        "text",
        None,
        {"@type": "DataFeedItem", "item": []},
        {"item": [{**review, "url": "javascript:alert(1)"}]},
        {"item": [{**review, "url": ["https://"]}]},
        {"item": [{**review, "url": "https://checkdesk.example/1", "claimReviewed": {"a": []}}]},
        {"item": [{**review, "url": "https://checkdesk.example/2", "claimReviewed": "<br>"}]},
    ]
