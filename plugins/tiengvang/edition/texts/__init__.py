"""The words of an edition: two originals, one per language, that say the same facts."""

from __future__ import annotations

from typing import Protocol

from tiengvang.edition.brief import Page
from tiengvang.edition.leads import Lead
from tiengvang.edition.locales import Language
from tiengvang.edition.texts import english, vietnamese
from tiengvang.edition.trust import TrustItem


class Texts(Protocol):
    """What each language must be able to say; modules of this package implement it."""

    LABELS: dict[str, str]

    def title(self, page: Page) -> str:
        """Name the page."""

    def period(self, page: Page) -> str:
        """Write the period's first and last day."""

    def headline(self, page: Page) -> str:
        """Say in one line what changed."""

    def trust_value(self, page: Page, item: TrustItem) -> str:
        """Write a trust component's value."""

    def trust_note(self, page: Page, item: TrustItem) -> str:
        """Write what a component is held against; empty where that never changes."""

    def why(self, page: Page, reason: str | None, **counts: int) -> str:
        """Say why a value is not shown."""

    def answers(self, page: Page) -> dict[str, str]:
        """Answer each section's question in one or two sentences, by section."""

    def findings(self, page: Page) -> dict[str, str]:
        """State each chart's finding for someone who does not see it, by chart."""

    def yearly(self, page: Page) -> str:
        """Say what the newest yearly figures of the focus are."""

    def lead_panel(self, page: Page, lead: Lead) -> str:
        """Title the chart of one pair of coverage and outcome."""

    def mismatches(self, page: Page) -> list[str]:
        """Say which printed totals of visitors are not the sum of their parts."""

    def alert_notes(self, page: Page) -> list[str]:
        """Say what stands beside the calendar of alerts."""


TEXTS: dict[Language, Texts] = {"en": english, "vi": vietnamese}
