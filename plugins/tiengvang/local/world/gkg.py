"""A planted document as a row of GDELT's Global Knowledge Graph: 27 columns, tab separated."""

from __future__ import annotations

from tiengvang.local.world.dice import Dice
from tiengvang.local.world.pages import Document, Tone
from tiengvang.local.world.titles import spoil

# Invented people, put into every personal field. None may be found anywhere after parsing.
PEOPLE = (
    "Zorvath Quillibrand", "Mirelda Oxenfrith", "Tuvalin Jarrowmere", "Casphia Wendelkorn",
    "Brandolf Yxley", "Ottiline Varrowgate", "Hesketh Umberlyn", "Quennel Drassimar",
)  # fmt: skip
_ORGANISATIONS = ("Meridian Ports Council", "Lantern Trade Forum", "Blue Delta Institute")


def tone_fields(tone: Tone) -> str:
    """Write the seven values of V2Tone, with GDELT's fifteen significant digits."""
    scale = 100 / tone.words
    values = (
        tone.positive - tone.negative, tone.positive, tone.negative,
        tone.positive + tone.negative, tone.active, tone.group,
    )  # fmt: skip
    return ",".join([f"{value * scale:.15g}" for value in values] + [str(tone.words)])


def page_title(title: str, stream: str, is_well_formed: bool) -> str:
    """Write a title as V2Extras does: entities for other scripts, sometimes a bare ampersand."""
    if is_well_formed:
        title = title.replace("&", "&amp;")
    if stream == "english":
        return title
    return "".join([c if c < "\x80" else f"&#x{ord(c):X};" for c in title])


def translation_info(language: str) -> str:
    """Write what TranslationInfo says of a source language; empty for English."""
    return "" if language == "eng" else f"srclc:{language};eng:GT-{language.upper()} 1.0"


def _places(dice: Dice, document: Document) -> tuple[str, str]:
    offset = 20
    blocks = []
    for place, mentions in document.places:
        for _ in range(mentions):
            offset += 7 + dice.below(90)
            blocks.append(f"{place.v2_prefix}{offset}")
    return ";".join([place.v1_block for place, _ in document.places]), ";".join(blocks)


def row(dice: Dice, document: Document) -> str:
    """Return the document's row without the line end."""
    codes = document.themes
    person, other = dice.pick(PEOPLE), dice.pick(PEOPLE)
    organisation = dice.pick(_ORGANISATIONS)
    v1_places, v2_places = _places(dice, document)
    tone = document.tone
    host = document.outlet.domain
    title = page_title(
        spoil(document.title, document.title_form), document.stream, tone.words % 2 == 0
    )
    return "\t".join((
        document.record_id, document.slot, "1", host, document.url, "", "",
        # The first list holds a code that the second lacks, as one in nine does at the source.
        ";".join([*codes, "LEADER", ""]),
        ";".join(f"{code},{60 + 45 * n}" for n, code in enumerate(codes)),
        v1_places, v2_places,
        f"{person.lower()};{other.lower()}", f"{person},84;{other},311",
        organisation.lower(), f"{organisation},127",
        tone_fields(tone), "", f"wc:{tone.words},c12.1:{tone.active},c14.1:{tone.group}",
        f"https://www.{host}/image/{document.record_id}.jpg", "", "", "",
        f"412|38||said {other} at the opening",
        f"{person},84;{organisation},127;{other},311", f"{tone.words},visitors,207;",
        translation_info(document.outlet.language),
        f"<PAGE_AUTHORS>{person}</PAGE_AUTHORS><PAGE_TITLE>{title}</PAGE_TITLE>",
    ))  # fmt: skip
