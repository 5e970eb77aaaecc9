"""One page of an edition: its charts, tables and sentences, put into the template."""

from __future__ import annotations

from typing import Any

from altair.utils.schemapi import debug_mode

from tiengvang.edition.audit import audit_section
from tiengvang.edition.brief import Page
from tiengvang.edition.columns import RELATION_WEEKS
from tiengvang.edition.figures import draw_charts
from tiengvang.edition.figures_marked import Figures
from tiengvang.edition.html_templates import style, template
from tiengvang.edition.labels import page_labels
from tiengvang.edition.locales import MISSING
from tiengvang.edition.markets import Market, newest_release
from tiengvang.edition.outcomes import CHARTED, vintage
from tiengvang.edition.overrides import rule_name
from tiengvang.edition.receipts import OF_SECTION
from tiengvang.edition.sourced import records
from tiengvang.edition.tables import tables
from tiengvang.edition.tables_alerts import LISTED, listed_alerts
from tiengvang.edition.tables_claims import LISTED_OPEN, open_claims
from tiengvang.edition.tables_measures import Table
from tiengvang.edition.tables_restatements import COLUMNS as RESTATED_COLUMNS
from tiengvang.edition.tables_restatements import correction_notes, restatement_notes
from tiengvang.edition.texts import TEXTS
from tiengvang.edition.texts.query_titles import query_title
from tiengvang.edition.untrusted import REASON_LENGTH, plain_text, web_address
from tiengvang.gate_report import GateResult
from tiengvang.metrics import bundled

# Charts that say in their place why there is nothing to draw.
MEASURED = (
    *("reach", "voice", "tone_native", "tone_translated", "messages", "relations"),
    *("visitors", "registered", "uplifts"),
)


def _nso_vintage(page: Page, labels: dict[str, str], found: tuple[Market, ...]) -> str:
    """Name the newest release that the figures of a chart come from."""
    release = newest_release(found)
    if release is None:
        return labels["source_nso_none"]
    return labels["source_nso"].replace("{vintage}", page.numbers.month_name(release))


def _short_year(page: Page, labels: dict[str, str]) -> list[str]:
    n = page.brief.relations.weeks_before
    if n >= RELATION_WEEKS or not page.brief.relations.shown:
        return []
    return [labels["relations_short"].replace("{n}", page.numbers.count(n + 1))]


def _no_stories(labels: dict[str, str], found: tuple[Market, ...]) -> list[str]:
    return [labels["no_stories_counted"]] if not any(m.stories for m in found) else []


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
        for row in records("stories", page.brief.stories.shown)
    ]


def _peer_codes(page: Page) -> str:
    """Write what the codes of the charts of share of voice stand for."""
    focus = page.brief.request.focus_iso3
    codes = {code for host in page.brief.voice.hosts for code in host.compared} - {focus}
    return ", ".join(f"{code} {page.name(code)}" for code in [focus, *sorted(codes)])


def _left_out_bridge(page: Page, labels: dict[str, str]) -> str:
    """Say why the week's stories have other documents than the week; empty where they have the same."""
    week = page.brief.stories
    if not (week.n_of_earlier or week.n_later):
        return ""
    said = {"documents": week.n_documents, "earlier": week.n_of_earlier, "later": week.n_later}
    text = labels["left_out_bridge"]
    for name, n in said.items():
        text = text.replace(f"{{{name}}}", page.numbers.count(n))
    return text


def _overrides(page: Page, failed: list[GateResult]) -> list[dict[str, Any]]:
    """Return each override with the sentences of the rules that failed under it."""
    held = [
        result for result in failed if (result.door, result.severity) == ("edition", "critical")
    ]
    return [
        {
            "office": plain_text(override.office),
            "reason": plain_text(override.reason, REASON_LENGTH),
            "given": page.numbers.instant(override.given_at),
            "expires": page.numbers.instant(override.expires_at),
            "failed": [
                result.sentence_en if page.language == "en" else result.sentence_vi
                for result in held
                if rule_name(result) in override.rules
            ],
        }
        for override in page.brief.request.overrides
    ]


def page_html(unmarked: Page, figures: Figures | None = None) -> str:
    """Write the whole page as one HTML document that needs no other file and no network.

    Its figures are marked, and entered in ``figures`` with their sources.
    """
    texts, brief = TEXTS[unmarked.language], unmarked.brief
    labels = page_labels(unmarked)
    page = (figures or Figures()).page(brief, unmarked.language)
    found_tables: dict[str, Table] = tables(page, labels, texts.why)
    # Checking each object against Vega-Lite's schema costs more than the drawing; a test does it.
    with debug_mode(False):
        drawn = draw_charts(unmarked, labels)
    failed = [result for result in brief.request.gates if not result.is_success]
    html = template("page.html.j2").render(
        style=style(),
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
        yearly=texts.yearly(page),
        notes={
            "alerts": texts.alert_notes(page),
            "relations": _short_year(page, labels),
            "visitors": _no_stories(labels, brief.markets.arrivals) + texts.mismatches(page),
            "registered": _no_stories(labels, brief.markets.registered),
        },
        sources_nso={
            "visitors": _nso_vintage(page, labels, brief.markets.arrivals),
            "registered": _nso_vintage(page, labels, brief.markets.registered),
        },
        measured=MEASURED,
        receipts_of=OF_SECTION,
        query_title=query_title,
        peer_codes=_peer_codes(page),
        metrics_of={name: one.metrics for name, one in bundled().sections.items()},
        vintages={
            name: page.numbers.day(vintage(brief.facts, name) or float("nan")) for name in CHARTED
        },
        stories=_stories(page),
        left_out={
            name: page.numbers.count(n)
            for name, n in brief.stories.left_out.items()
            if n or name in ("documents", "eligible")
        },
        left_out_bridge=_left_out_bridge(page, labels),
        rank_list=brief.stories.rank_list,
        alerts=listed_alerts(page, labels),
        n_alerts_more=max(0, len(brief.alerts.alerts) - LISTED),
        open_claims=open_claims(page, labels),
        n_open_more=max(0, len(brief.claims.of("open")) - LISTED_OPEN),
        warnings=[
            result.sentence_en if page.language == "en" else result.sentence_vi for result in failed
        ],
        overrides=_overrides(page, failed),
        corrections=correction_notes(page),
        restated=restatement_notes(page, labels),
        restated_columns=RESTATED_COLUMNS,
        n_checks=len(brief.request.gates),
        n_passed=len(brief.request.gates) - len(failed),
    )
    return page.resolved(html, labels["receipt"])
