"""The English labels: short texts that hold no computed sentence."""

from tiengvang.edition.texts.english_labels_alerts import LABELS as ALERTS
from tiengvang.edition.texts.english_labels_registers import LABELS as REGISTERS
from tiengvang.edition.texts.english_leads import LABELS as LEADS
from tiengvang.edition.texts.english_restatements import LABELS as RESTATEMENTS
from tiengvang.edition.texts.english_uplifts import LABELS as UPLIFTS

LABELS = {
    **REGISTERS,
    **ALERTS,
    **UPLIFTS,
    **LEADS,
    **RESTATEMENTS,
    "product": "Tiếng Vang",
    "kind_daily": "Daily brief",
    "kind_weekly": "Weekly brief",
    "edition": "Edition",
    "published": "Published",
    "data_until": "Data as of",
    "days_utc": "days in UTC",
    "receipt_hint": "{mark} behind a number leads to its receipt.",
    "other_language": "Tiếng Việt",
    "pdf": "PDF",
    "print_table": "Table",
    "print_lacking": "[other script]",
    "print_lacking_note": "[other script] stands for writing that the font of this file lacks; the "
    "edition’s web page (en/index.html) and its data files have it.",
    "skip": "Skip to the findings",
    "contents": "Contents",
    "synthetic": "Synthetic data. Every outlet, document and figure here is invented.",
    "synthetic_name": "Synthetic data",
    "synthetic_more": "The sample world “{world}” exists to try the product. Do not quote it.",
    "synthetic_print": "SYNTHETIC DATA – every outlet, document and figure is invented",
    "override": "Published under an override.",
    "override_failed": "Without it this edition would be held, because:",
    "override_office": "Office that decided",
    "override_reason": "Its reason",
    "override_given": "Decided",
    "override_until": "in force until",
    "good": "good",
    "watch": "watch",
    "bad": "poor",
    "cannot_tell": "cannot tell",
    "q_notes": "Notes",
    "nav_notes": "Notes",
    "k_daily": "Blue: this period. Grey: the period before. Pale and dashed: under "
    "{full_day_share:percent} of the "
    "day's quarter-hours received. Hatched: nothing received, so nothing is known.",
    "k_outcomes": "Source: World Bank; values fetched on {vintage}.",
    "k_yearly": "Blue: {country}. Grey: its peers. Shaded: {closed_from:year} to "
    "{closed_to:year}, when the pandemic closed"
    " borders. Hollow: revised since it was first read. A line breaks where no value was reported.",
    "k_outcomes_none": "No value of this indicator has been loaded.",
    "k_visitors": "Blue: visitors. Line “Stories”: stories about {country} in the market’s press. 100, "
    "dotted, is each line’s mean over the newest {index_months} months in which both are known; where "
    "stories are never known, over those with visitors. Hollow: revised, the figure before it is in the "
    "table. Shaded: borders closed by the pandemic. A line breaks where a month has no figure.",
    "k_registered": "Blue: new capital, the difference of two years to date; below zero where it fell. "
    "Grey: stories about {country}. Hatched: no figure, which is not zero. Upright line: what is"
    " counted changes. Hollow: revised. Shaded: borders closed by the pandemic. Each panel has a scale "
    "of its own.",
    "source_nso": "Source: National Statistics Office, release of {vintage}. Stories: the GDELT Project.",
    "source_nso_none": "No workbook of the National Statistics Office has been loaded.",
    "all_markets": "All markets",
    "all_partners": "All partners",
    "closed_border": "borders closed",
    "break_cut_off": "another cut-off day",
    "break_adjusted": "adjusted capital listed",
    "no_stories_counted": "Stories cannot be told: no month of coverage is whole.",
    "corrected": "corrected",
    "was": "was {value}",
    "status_estimate": "estimate",
    "status_revised": "revised",
    "status_confirmed": "printed again, the same",
    "k_trust": "Grey: received. Orange, with their number: missing or refused. Hatched: nothing "
    "was received.",
    "stream_english": "English stream",
    "stream_translation": "Translated stream",
    "table": "Open the table",
    "show_rest": "Show {n} more",
    "csv": "Data (CSV)",
    "source_gdelt": "Source: the GDELT Project, days in UTC.",
    "rose": "rose",
    "fell": "fell",
    "unclear": "no clear difference",
    "unknown_origin": "Unknown origin",
    "no_data": "no data",
    "others": "Other countries",
    "warnings": "Warnings of the gate",
    "no_warnings": "None of the {n} checks behind this edition failed.",
    "passed": "{passed} of {n} checks passed.",
    "data_package": "Every data file and column, described (Frictionless Data Package)",
    "how_measured": "How this is measured:",
    "metrics_title": "How each number is measured",
    "metrics_lead": "The measures behind this edition. Numbers in formulas and guards are those in force "
    "when it was made.",
    "back_to_brief": "Back to the brief",
    "receipt": "Receipt",
    "receipts": "Where these numbers come from:",
    "manifest": "Receipt of this edition: files with their hashes, gate results, versions",
    "k_stories_by_source": "Blue: originals, one per story. Grey: copies of them. Upright line: documents of"
    " the week before. A story carried in two countries counts in both.",
    "k_reach": "Rank belongs to the site, not to the article: it says how well known the site "
    "is, not how many read the story. Aggregators never set a rank.",
    "k_rank_list": "Public list {list}.",
    "k_voice": "Blue: {country}, its pale band and end line the {interval_level:percent} "
    "interval by outlet. Grey: "
    "its peers, the leading one named. Dotted: an equal share. The line breaks where a window has no value. "
    "World: outlets of all countries that are not compared.",
    "k_tone": "Dot and line: premium with its {interval_level:percent} interval by outlet. "
    "Blue: differs from zero "
    "after correction for the number of comparisons. Grey: no clear difference. "
    "Hatched: not shown, n is what there was too little of. Grouped: countries of a "
    "region that are too small alone.",
    "k_messages": "Right of zero: the owned outlets tell more of it than foreign media carry. Left:"
    " the reverse. Thin line: {interval_level:percent} interval, at its widest. Grey: no clear difference.",
    "k_relations": "From media of third countries, English stream. Blue: balance of cooperation and "
    "conflict, −1 to 1; dotted, its median of {balance_days:weeks} weeks. Line “Deeds”: "
    "deeds among all cooperation, 0 to 1. Pale bands: {interval_level:percent} intervals from the counts. "
    "Grey: balance in media of the two parties. Under them the signals: cooperation "
    "upward, conflict (orange) downward; full colour are deeds, pale is talk.",
    "relations_short": "Only {n} of {balance_days:weeks_both_ends} weeks have data; the axis covers those.",
    "stories_rule": "Those that most outlets carried come first; among equals the best tier, then the"
    " earliest. No selection by tone. Stories without a title are in the data only.",
    "no_stories": "No story of the week can be listed.",
    "all_stories": "All stories of the week",
    "all_documents": "All their documents with links",
    "audit_suppressed": "Left out, because fewer than {min_audit_precision:percent} of the "
    "documents that were read are about"
    " {country}: {languages}.",
    "audit_none_suppressed": "No language is left out.",
    "audit_unaudited": "Counted, but not audited: {languages} ({share} of the documents counted).",
    "audit_nobody": "No language was audited: whether the documents are about {country} follows from"
    " rules alone.",
    "audit_counted": "counted",
    "audit_left_out": "left out",
    "left_out_bridge": "The week’s stories have {documents} documents: of those left, {earlier} belong to "
    "earlier stories; of the stories’ own, {later} came after the week.",
    "tier_R1": "R1 (to rank {tier_1})",
    "tier_R2": "R2 (to {tier_2})",
    "tier_R3": "R3 (to {tier_3})",
    "tier_R4": "R4 (beyond, unranked)",
    "stratum_native": "English",
    "stratum_translated": "translated",
    "colder": "colder",
    "warmer": "warmer",
    "above": "above",
    "below": "below",
    "told_more": "told more",
    "carried_more": "carried more",
    "no_peers": "no peer shown",
    "change_rose": "rose",
    "change_fell": "fell",
    "change_unclear": "no clear change",
    "change_cannot_tell": "cannot tell",
    "media_third": "third countries",
    "media_party": "the two parties",
    "media_unknown": "unknown",
    "tier_special": "special relations",
    "tier_strategic": "strategic partnership",
    "tier_comprehensive": "comprehensive partnership",
    "tier_comprehensive_strategic": "comprehensive strategic partnership",
    "since": "since {day}",
    "unverified": "date not checked",
    "pillar_culture": "Culture",
    "pillar_economy": "Economy",
    "pillar_environment": "Environment",
    "pillar_governance": "Governance",
    "pillar_science_digital": "Science & digital",
    "pillar_security": "Security",
    "pillar_society": "Society",
    "pillar_tourism": "Tourism",
    "all_languages": "all languages",
}
