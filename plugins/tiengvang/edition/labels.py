"""A page's short texts: the edition's own, the columns' of the dictionary, and the registry of metrics'."""

from __future__ import annotations

import re
from functools import cache

from tiengvang.dictionary import label, read_dictionary
from tiengvang.edition.brief import Page
from tiengvang.edition.locales import Language
from tiengvang.edition.texts import TEXTS
from tiengvang.metrics import bundled

NAMED = re.compile(r"\{label:(\w+)\}")


def page_labels(page: Page) -> dict[str, str]:
    """Return every label of a page, by key.

    ``col_<name>`` is the heading of the dictionary's column of that name, or one of the registry's;
    in a text, ``{label:<name>}`` stands for such a column. Of the registry of metrics are also
    ``q_<section>``, its question, and ``nav_<section>``, its short name, ``c_<chart>`` and ``t_<table>``,
    titles, ``g_<section>``, the small print, ``m_<metric>``, names, and the thresholds in any text.

    Raises:
        DictionaryError: a text names a column that the dictionary lacks.
    """
    values = {"{country}": page.focus, "{world}": page.brief.request.world_name}
    found = dict(_columns(page.language))
    texts = {**TEXTS[page.language].LABELS, **_registered(page.language)}
    for key, text in texts.items():
        named = page.filled(NAMED.sub(lambda name: label(name[1], page.language), text))
        for mark, value in values.items():
            named = named.replace(mark, value)
        found[key] = named
    return found


@cache
def _columns(language: Language) -> dict[str, str]:
    in_force = bundled().thresholds.entry
    entries = read_dictionary().entries
    return {f"col_{name}": in_force(entry).labels[language] for name, entry in entries.items()}


@cache
def _registered(language: Language) -> dict[str, str]:
    registry = bundled()
    return {
        **{f"c_{name}": registry.title(one, language) for name, one in registry.charts.items()},
        **{f"t_{name}": registry.title(one, language) for name, one in registry.tables.items()},
        **{f"g_{name}": one[language] for name, one in registry.guards.items()},
        **{f"m_{name}": one.names[language] for name, one in registry.metrics.items()},
        **{f"q_{name}": one.questions[language] for name, one in registry.sections.items()},
        **{f"nav_{name}": one.names[language] for name, one in registry.sections.items()},
        **{name: one.texts[language] for name, one in registry.labels.items()},
    }
