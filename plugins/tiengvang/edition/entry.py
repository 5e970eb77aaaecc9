"""The entry page of the editions: what readers bookmark, and where they are told of a held edition.

An edition's folder never changes once it is published, so nothing in it can say that a newer one is
held, or that a number in it was wrong. ``editions/latest/`` can: a page per language and one to choose,
each a file of its own that needs no other, written anew whenever something was published, held, corrected
or checked. Beside each lies the list of every published edition.
"""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import Any

from tiengvang.edition.html_templates import style, template
from tiengvang.edition.locales import Language, Numbers
from tiengvang.edition.records import LATEST, MANIFEST, editions_folder
from tiengvang.edition.standing import KINDS, LANGUAGES, Standing, read_standing
from tiengvang.edition.texts.entry import ENTRY
from tiengvang.edition.untrusted import REASON_LENGTH, plain_text
from tiengvang.offices import LENGTH
from tiengvang.settings import Settings
from tiengvang.warehouse.connection import connect
from tiengvang.windows import DAY

PAST = "editions.html"
LOCK = "select pg_advisory_xact_lock(hashtext('tiengvang.entry'))"


def write_entry(settings: Settings, url: str) -> Standing:
    """Write the entry pages as things stand now, and return how they stand.

    Each page is replaced by one rename: a reader has the whole of the old or of the new one.
    """
    with connect(url, "publisher") as connection:
        connection.execute(LOCK)  # whoever reads later writes later
        standing = read_standing(connection, settings)
        root = editions_folder(settings)
        for name, text in entry_pages(standing, root).items():
            _replace(root / LATEST / name, text)
    return standing


def entry_pages(standing: Standing, root: Path) -> dict[str, str]:
    """Return the pages' HTML by their path below ``latest/``.

    Args:
        standing: what there is to say.
        root: the folder of the editions, from whose manifest the good one's headline is taken.
    """
    manifest = _manifest(standing, root)
    said = {language: _said(standing, manifest, language) for language in LANGUAGES}
    pages = {"index.html": (None, "", "../")} | {
        f"{language}/index.html": (language, "../", "../../") for language in LANGUAGES
    }
    given = {"style": style(), "standing": standing, "said": said}
    entry = template("entry.html.j2")
    written = {
        name: entry.render(**given, language=language, up=up, editions=editions)
        for name, (language, up, editions) in pages.items()
    }
    past = template("editions.html.j2")
    return written | {
        f"{language}/{PAST}": past.render(
            **given, language=language, past=_past(standing, language), up="../", editions="../../"
        )
        for language in LANGUAGES
    }


def _past(standing: Standing, language: Language) -> list[dict[str, Any]]:
    words, numbers = ENTRY[language], Numbers(language)
    return [
        {
            "name": one.edition_id,
            "folder": one.folder,
            "kind": words[f"kind_{one.cadence}"],
            "period": f"{numbers.day(one.period_start)} – {numbers.day(one.period_end - DAY)}",
            "as_of": numbers.instant(one.as_of_at),
            "is_corrected": one.is_corrected,
        }
        for one in standing.past
    ]


def _corrections(standing: Standing, language: Language) -> list[dict[str, str]]:
    words, numbers = ENTRY[language], Numbers(language)
    return [
        {
            "name": words[one.kind],
            "title": words[f"{one.kind}_of"].format(edition=one.edition_id),
            "wrong": plain_text(one.wrong[language], LENGTH[1]),
            "by": words[f"{one.kind}_by"].format(
                office=plain_text(one.office), instant=numbers.instant(one.given_at)
            ),
            "why": words[f"{one.kind}_reason"],
            "reason": plain_text(one.reason, LENGTH[1]),
        }
        for one in standing.corrections
    ]


def _manifest(standing: Standing, root: Path) -> dict[str, Any]:
    if standing.good is None:
        return {}
    text = (root / standing.good.folder / MANIFEST).read_text(encoding="utf-8")
    manifest: dict[str, Any] = json.loads(text)
    return manifest


def _said(standing: Standing, manifest: dict[str, Any], language: Language) -> dict[str, Any]:
    """Return one language's words for how things stand."""
    words, numbers, good = ENTRY[language], Numbers(language), standing.good
    held = [
        {
            "title": words[kind],
            "more": words[f"{kind}_more"].format(
                instant=numbers.instant(max(cause.since_at for cause in causes))
            ),
            "sentences": [plain_text(cause.sentences[language], REASON_LENGTH) for cause in causes],
        }
        for kind in KINDS
        if (causes := standing.of(kind))
    ]
    edition = None
    if good is not None:
        # an edition of an earlier version has no texts in its manifest
        texts = manifest.get("texts", {}).get(language, {})
        edition = {
            "kind": words[f"kind_{good.cadence}"],
            "title": texts.get("title", good.edition_id),
            "period": texts.get("period", ""),
            "headline": texts.get("headline", ""),
            "meta": f"{words['edition']} {good.edition_id} · {words['data_until']} "
            f"{numbers.instant(good.as_of_at)}",
            "is_overridden": bool(manifest.get("overrides")),
        }
    return {
        "words": words,
        "held": held,
        "is_old": bool(standing.of("edition_held") or standing.of("build_held")),
        "edition": edition,
        "corrections": _corrections(standing, language),
        "checked": words["checked"].format(instant=numbers.instant(standing.as_of_at)),
        "synthetic_more": words["synthetic_more"].format(world=standing.world_name),
    }


def _replace(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=".", suffix=".part", dir=path.parent)
    draft = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
        draft.chmod(0o644)  # as readable as an edition's files; mkstemp gives it to its owner alone
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
