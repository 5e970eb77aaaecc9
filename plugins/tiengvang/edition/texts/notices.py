"""The words of notices: a title and a body, each in both languages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tiengvang.edition.locales import Language, Numbers
from tiengvang.edition.standing import LANGUAGES, Cause, Standing
from tiengvang.edition.texts.entry import ENTRY
from tiengvang.edition.untrusted import REASON_LENGTH, plain_text

NEW: dict[Language, str] = {"en": "New edition", "vi": "Kỳ công bố mới"}
OVERRIDDEN: dict[Language, str] = {
    "en": "Published under an override: {offices}.",
    "vi": "Công bố theo quyết định bỏ qua kiểm tra: {offices}.",
}


def new_edition_notice(
    standing: Standing, edition_id: str, manifest: Mapping[str, Any], place: str
) -> tuple[str, str]:
    """Return title and body of a new edition: period, headline, where it is.

    Args:
        standing: says whether the world is synthetic.
        edition_id: names it.
        manifest: the edition's own.
        place: the edition's folder, as a path or an address.
    """
    title = f"{_synthetic(standing)}{' / '.join(NEW[one] for one in LANGUAGES)}: {edition_id}"
    offices = ", ".join(plain_text(one["office"]) for one in manifest.get("overrides", ()))
    parts = []
    for language in LANGUAGES:
        texts = manifest["texts"][language]
        lines = [f"{texts['title']}, {texts['period']}", texts["headline"]]
        lines += [OVERRIDDEN[language].format(offices=offices)] if offices else []
        parts.append("\n".join([*lines, f"{place}/{language}/index.html"]))
    return title, _body(standing, parts)


def held_notice(standing: Standing, causes: Sequence[Cause]) -> tuple[str, str]:
    """Return title and body of what keeps a newer edition away; all causes are of one subject."""
    kind, subject = causes[0].kind, causes[0].subject
    titles = " / ".join(ENTRY[one][kind].rstrip(".") for one in LANGUAGES)
    since_at = max(cause.since_at for cause in causes)
    parts = [
        "\n".join(
            [
                ENTRY[one][f"{kind}_more"].format(instant=Numbers(one).instant(since_at)),
                *(f"- {plain_text(cause.sentences[one], REASON_LENGTH)}" for cause in causes),
            ]
        )
        for one in LANGUAGES
    ]
    return f"{_synthetic(standing)}{titles}: {subject}", _body(standing, parts)


def _body(standing: Standing, parts: list[str]) -> str:
    if standing.is_synthetic:
        parts = [*parts, "\n".join(ENTRY[one]["synthetic"] for one in LANGUAGES)]
    return "\n\n".join(parts)


def _synthetic(standing: Standing) -> str:
    return "[SYNTHETIC / GIẢ LẬP] " if standing.is_synthetic else ""
