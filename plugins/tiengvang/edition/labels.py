"""A page's short texts: those of the edition, and the marts' columns as the dictionary names them."""

from __future__ import annotations

import re
from functools import cache

from tiengvang.dictionary import label, read_dictionary
from tiengvang.edition.brief import Page
from tiengvang.edition.locales import Language
from tiengvang.edition.texts import TEXTS

NAMED = re.compile(r"\{label:(\w+)\}")


def page_labels(page: Page) -> dict[str, str]:
    """Return every label of a page, by key.

    ``col_<name>`` is the heading of the dictionary's column of that name, or one of the edition's
    own; in a text, ``{label:<name>}`` stands for such a column.

    Raises:
        DictionaryError: a text names a column that the dictionary lacks.
    """
    values = {"{country}": page.focus, "{world}": page.brief.request.world_name}
    found = dict(_columns(page.language))
    for key, text in TEXTS[page.language].LABELS.items():
        named = NAMED.sub(lambda name: label(name[1], page.language), text)
        for mark, value in values.items():
            named = named.replace(mark, value)
        found[key] = named
    return found


@cache
def _columns(language: Language) -> dict[str, str]:
    entries = read_dictionary().entries
    return {f"col_{name}": entry.labels[language] for name, entry in entries.items()}
