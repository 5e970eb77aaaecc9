"""Every chart of a page as inline SVG, wide and narrow or in panels.

The drawings hold still. What a pointer over a mark would show stands in the table that opens under each
chart: a phone, a keyboard, a screen reader and a print have no pointer, and the page allows no script.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from markupsafe import Markup, escape

from tiengvang.edition import (
    charts,
    charts_alerts,
    charts_leads,
    charts_measures,
    charts_messages,
    charts_programme,
    charts_readiness,
    charts_registered,
    charts_relations,
    charts_response,
    charts_tiles,
    charts_trust,
    charts_uplifts,
    charts_visitors,
    charts_yearly,
)
from tiengvang.edition.brief import Page
from tiengvang.edition.drawing import NARROW, WIDE, svg
from tiengvang.edition.outcomes import CHARTED, series
from tiengvang.edition.premium import STRATA, Stratum
from tiengvang.edition.relations import DRAWN_PAIRS, Pair
from tiengvang.edition.tables_markets import market_name
from tiengvang.edition.tables_measures import direction, partnership
from tiengvang.edition.tables_readiness import kpi_name, kpi_note, population_title
from tiengvang.edition.tables_uplifts import uplift_title
from tiengvang.edition.texts import TEXTS
from tiengvang.edition.voice import Host

DRAWN_UPLIFTS = 6


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
        "trust": _drawn(page, lambda width: charts_trust.trust(page, labels, width)),
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
    if brief.alerts.n_judged:
        found["alerts"] = _drawn(page, lambda width: charts_alerts.calendar(page, width))
    if pairs := brief.relations.shown[:DRAWN_PAIRS]:
        found["relations"] = _relations(page, labels, pairs)
    if brief.markets.arrivals:
        found["visitors"] = _visitors(page, labels)
    if brief.markets.registered:
        found["registered"] = _registered(page, labels)
    if brief.leads.judged:
        found["leads"] = _leads(page, labels)
    if brief.readiness.kpis:
        found["readiness"] = _readiness(page, labels)
    if brief.readiness.populations:
        found["readiness_map"] = _maps(page, labels)
    if brief.programme.near:
        found["calendar"] = _drawn(
            page, lambda width: charts_programme.calendar(page, labels, width)
        )
    if brief.uplifts.drawn:
        found["uplifts"] = _uplifts(page, labels)
    if len(brief.claims.curve):
        found["response"] = _drawn(
            page, lambda width: charts_response.response(page, labels, width)
        )
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


def _visitors(page: Page, labels: dict[str, str]) -> Markup:
    top = charts_visitors.index_top(page)
    panels = [
        _panel(
            market_name(page, labels, market, "all_markets"),
            svg(charts_visitors.visitors(page, labels, market, top), page.numbers),
        )
        for market in page.brief.markets.arrivals
    ]
    return _panels("large", panels)


def _registered(page: Page, labels: dict[str, str]) -> Markup:
    panels = []
    for partner in page.brief.markets.registered:
        drawn = [svg(charts_registered.registered(page, labels, partner), page.numbers)]
        if partner.stories:
            drawn.append(svg(charts_registered.stories(page, partner), page.numbers))
        panels.append(_panel(market_name(page, labels, partner, "all_partners"), *drawn))
    return _panels("large", panels)


def _leads(page: Page, labels: dict[str, str]) -> Markup:
    panels = [
        _panel(
            TEXTS[page.language].lead_panel(page, lead),
            svg(charts_leads.lags(page, labels, lead), page.numbers),
        )
        for lead in page.brief.leads.judged[: charts_leads.DRAWN_LEADS]
    ]
    return _panels("large", panels)


def _readiness(page: Page, labels: dict[str, str]) -> Markup:
    panels = []
    for kpi in page.brief.readiness.kpis:
        note = f'<p class="small">{escape(kpi_note(page, labels, kpi))}</p>'
        drawn = svg(charts_readiness.steps(page, labels, kpi), page.numbers)
        panels.append(_panel(kpi_name(page, kpi), note, drawn))
    return _panels("large", panels)


def _maps(page: Page, labels: dict[str, str]) -> Markup:
    panels = [
        _panel(
            population_title(page, labels, population),
            svg(charts_tiles.tile_map(page, population), page.numbers),
        )
        for population in page.brief.readiness.populations
    ]
    return _panels("large", panels)


def _uplifts(page: Page, labels: dict[str, str]) -> Markup:
    panels = []
    for event, row in page.brief.uplifts.drawn[:DRAWN_UPLIFTS]:
        drawn = [
            svg(charts_uplifts.lines(page, labels, row), page.numbers),
            svg(charts_uplifts.placebos(page, labels, row), page.numbers),
        ]
        panels.append(_panel(uplift_title(page, event, row), *drawn))
    return _panels("large", panels)


def _yearly(page: Page, name: str) -> Markup:
    """Draw a yearly outcome: the first across the page, the others side by side."""
    if name == next(iter(CHARTED)):
        return _drawn(page, lambda width: charts_yearly.outcome(page, name, width))
    drawn = svg(charts_yearly.outcome(page, name, NARROW), page.numbers)
    return Markup(drawn)  # noqa: S704  (Vega escapes the text in its SVG)
