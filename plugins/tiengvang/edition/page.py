"""One page of an edition: its charts, tables and sentences, put into the template."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
from altair.utils.schemapi import debug_mode
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from tiengvang.edition import (
    charts,
    charts_measures,
    charts_messages,
    charts_relations,
    charts_yearly,
)
from tiengvang.edition.audit import audit_section
from tiengvang.edition.brief import Page
from tiengvang.edition.drawing import NARROW, WIDE, svg
from tiengvang.edition.labels import page_labels
from tiengvang.edition.locales import MISSING
from tiengvang.edition.outcomes import CHARTED, series, vintage
from tiengvang.edition.premium import STRATA, Stratum
from tiengvang.edition.relations import DRAWN_PAIRS, Pair
from tiengvang.edition.tables import tables
from tiengvang.edition.tables_measures import Table, direction, partnership
from tiengvang.edition.texts import TEXTS
from tiengvang.edition.voice import Host

TITLE_LENGTH = 160
# Charts that say in their place why there is nothing to draw.
MEASURED = ("reach", "voice", "tone_native", "tone_translated", "messages", "relations")
TEMPLATES = Path(__file__).parent / "templates"
WEB_ADDRESS = re.compile(r"https?://[^\s\"'<>]+", re.IGNORECASE)


def plain_text(value: Any, limit: int = TITLE_LENGTH) -> str:
    """Return untrusted text as one line without control or direction marks, cut to a length."""
    text = "" if pd.isna(value) else str(value)
    kept = "".join(c if unicodedata.category(c) not in ("Cc", "Cf", "Cs") else " " for c in text)
    line = " ".join(kept.split())
    return line if len(line) <= limit else f"{line[: limit - 1].rstrip()}…"


def web_address(value: Any) -> str | None:
    """Return an http(s) address as it is, and null for anything else."""
    return str(value) if not pd.isna(value) and WEB_ADDRESS.fullmatch(str(value)) else None


def _drawn(page: Page, draw: Callable[[int], Any]) -> Markup:
    """Draw a chart for wide screens and paper, and again for a phone."""
    parts = [
        f'<div class="{name}">{svg(draw(width), page.numbers)}</div>'
        for name, width in (("wide", WIDE), ("narrow", NARROW))
    ]
    return Markup("".join(parts))  # noqa: S704  (Vega escapes the text in its SVG)


def _panel(title: str, *drawn: str) -> str:
    return f'<div class="panel"><p class="title">{escape(title)}</p>{"".join(drawn)}</div>'


def _panels(kind: str, panels: list[str]) -> Markup:
    return Markup(f'<div class="panels {kind}">{"".join(panels)}</div>')  # noqa: S704


def draw_charts(page: Page, labels: dict[str, str]) -> dict[str, Markup]:
    """Draw every chart that has something to show, by its name."""
    brief = page.brief
    found: dict[str, Markup] = {
        "daily": _drawn(page, lambda width: charts.daily(page, labels, width)),
        "trust": _drawn(page, lambda width: charts_yearly.trust(page, labels, width)),
    }
    if len(brief.stories.by_source):
        found["stories_by_source"] = _drawn(
            page, lambda width: charts.stories_by_source(page, labels, width)
        )
    if brief.stories.tiers:
        found["reach"] = _drawn(page, lambda width: charts.reach(page, labels, width))
    if hosts := charts_measures.drawn_hosts(brief.voice):
        found["voice"] = _voice(page, hosts)
    for stratum in STRATA:
        if brief.tone.of(stratum):
            found[f"tone_{stratum}"] = _tone(page, labels, stratum)
    if brief.messages.world and brief.messages.world.pillars:
        found["messages"] = _drawn(
            page, lambda width: charts_messages.messages(page, labels, width)
        )
    if pairs := brief.relations.shown[:DRAWN_PAIRS]:
        found["relations"] = _relations(page, labels, pairs)
    for name in CHARTED:
        if len(series(brief.facts, name)):
            found[name] = _yearly(page, name)
    return found


def _voice(page: Page, hosts: list[Host]) -> Markup:
    top = charts_measures.voice_top(page.brief.voice)
    return _panels(
        "small",
        [
            _panel(
                page.name(host.area),
                svg(charts_measures.voice_panel(page, host, top), page.numbers),
            )
            for host in hosts
        ],
    )


def _tone(page: Page, labels: dict[str, str], stratum: Stratum) -> Markup:
    return _drawn(page, lambda width: charts_measures.tone(page, labels, stratum, width))


def _relations(page: Page, labels: dict[str, str], pairs: list[Pair]) -> Markup:
    panels, bottom = [], charts_relations.least(page, pairs)
    for pair in pairs:
        tier = partnership(page, labels, pair.tier, pair.since, pair.is_checked)
        note = f'<p class="small">{escape(tier)}</p>' if pair.tier else ""
        drawn = [
            svg(charts_relations.lines(page, labels, pair, bottom), page.numbers),
            svg(charts_relations.signals(page, pair), page.numbers),
        ]
        panels.append(_panel(direction(page, pair.actor, pair.target), note, *drawn))
    return _panels("large", panels)


def _yearly(page: Page, name: str) -> Markup:
    """Draw a yearly outcome: the first across the page, the others side by side."""
    if name == next(iter(CHARTED)):
        return _drawn(page, lambda width: charts_yearly.outcome(page, name, width))
    drawn = svg(charts_yearly.outcome(page, name, NARROW), page.numbers)
    return Markup(drawn)  # noqa: S704  (Vega escapes the text in its SVG)


def _stories(page: Page) -> list[dict[str, Any]]:
    has_tiers = bool(page.brief.stories.tiers)
    return [
        {
            "title": plain_text(row["title"]),
            "url": web_address(row["first_url"]),
            "outlet": plain_text(row["first_outlet_domain"], 80).split("."),
            "country": page.name(str(row["first_source_country_code_iso3"])),
            "language": page.numbers.language_name(str(row["language_code_iso639_3"])),
            "day": page.numbers.day(row["first_slot_at"].date()),
            "outlets": page.numbers.count(row["n_families"]),
            "documents": page.numbers.count(row["n_documents"]),
            "tier": row["best_tier"] if has_tiers else MISSING,
        }
        for row in page.brief.stories.shown.to_dict("records")
    ]


def page_html(page: Page) -> str:
    """Write the whole page as one HTML document that needs no other file and no network."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    texts, brief = TEXTS[page.language], page.brief
    labels = page_labels(page)
    found_tables: dict[str, Table] = tables(page, labels, texts.why)
    # Checking each object against Vega-Lite's schema costs more than the drawing; a test does it.
    with debug_mode(False):
        drawn = draw_charts(page, labels)
    failed = [result for result in brief.request.gates if not result.is_success]
    return environment.get_template("page.html.j2").render(
        style=Markup((TEMPLATES / "style.css").read_text(encoding="utf-8")),  # noqa: S704
        page=page,
        brief=brief,
        request=brief.request,
        language=page.language,
        other="vi" if page.language == "en" else "en",
        labels=labels,
        title=texts.title(page),
        period=texts.period(page),
        headline=texts.headline(page),
        as_of=page.numbers.instant(brief.request.as_of_at),
        trust=[
            (item, texts.trust_value(page, item), texts.trust_note(page, item))
            for item in brief.trust_items
        ],
        answers=texts.answers(page),
        audit=audit_section(page, labels),
        findings=texts.findings(page),
        charts=drawn,
        tables=found_tables,
        charted=list(CHARTED),
        measured=MEASURED,
        vintages={
            name: page.numbers.day(vintage(brief.facts, name) or float("nan")) for name in CHARTED
        },
        stories=_stories(page),
        left_out={name: page.numbers.count(n) for name, n in brief.stories.left_out.items()},
        rank_list=brief.stories.rank_list,
        failed=[
            {
                "sentence": result.sentence_en if page.language == "en" else result.sentence_vi,
                "observed": result.observed,
            }
            for result in failed
        ],
        n_checks=len(brief.request.gates),
        n_passed=len(brief.request.gates) - len(failed),
    )
