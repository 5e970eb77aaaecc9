"""The feed of fact-checks (ClaimReview): which file a window must have, what it says, who is listed.

Layout, as Data Commons publishes it at https://datacommons.org/factcheck/download: one JSON object whose
``dataFeedElement`` is a list of elements, each with one review or a list of them under ``item``. Anybody
may submit. Of publishers that the seed ``fact_checkers`` does not list only the domain is counted.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO

from tiengvang.errors import FileRefused, SchemaDrift, SettingsError
from tiengvang.settings import REPOSITORY
from tiengvang.sources.factchecks_review import (
    REVIEW_COLUMNS,
    Reading,
    Review,
    Unlisted,
    read_element,
)
from tiengvang.sources.factchecks_stream import FeedStream
from tiengvang.sources.records import ParsedFile, Reject, Rows, SourceFile
from tiengvang.sources.site_lists import HOST_NAME
from tiengvang.stories.country_names import CountryNames, read_aliases
from tiengvang.windows import Window

SOURCE = "factchecks"
REVIEWS = "reviews"
FILE = "data.json"
LIMIT_BYTES = 512 * 1024**2
SEEDS = REPOSITORY / "dbt_project" / "seeds"
# Beside the real checkers those of the sample world, whose addresses no site can have.
CHECKERS_SEEDS = ("fact_checkers.csv", "sample_fact_checkers.csv")
MAX_REJECTED_SHARE = 0.5
MOST_REJECTS = 50_000  # all of them are held, and written down
MOST_PUBLISHERS = 20_000
OTHERS = "(others)"  # under which publishers beyond that number are counted

FEEDS_TABLE = "raw.factchecks__feeds"
REVIEWS_TABLE = "raw.factchecks__reviews"
PUBLISHERS_TABLE = "raw.factchecks__publishers"
FEED_COLUMNS = (
    "seen_at",
    "elements_count",
    "reviews_count",
    "kept_count",
    "unlisted_count",
    "duplicate_count",
    "rejected_count",
    "bad_date_count",
)


def expected_files(window: Window) -> Iterator[SourceFile]:
    """Yield the feed of the window's last day: the address only knows today's."""
    if window.start == window.end:
        return
    last = (window.end - timedelta(microseconds=1)).astimezone(UTC)
    day = datetime(last.year, last.month, last.day, tzinfo=UTC)
    yield SourceFile(SOURCE, REVIEWS, f"{REVIEWS}@{day:%Y-%m-%d}", None, day)


def feed_url(base_url: str) -> str:
    """Return the feed's address, on the web or in a folder."""
    return f"{base_url}/{FILE}"


def read_checkers(folder: Path = SEEDS) -> dict[str, str | None]:
    """Return the listed domains with their language (ISO 639-3), None where a site has several.

    A row that has ended stays listed: what its checker published before is still read.

    Raises:
        SettingsError: a row's domain is no host name; the message names its line.
    """
    checkers: dict[str, str | None] = {}
    for seed in CHECKERS_SEEDS:
        with (folder / seed).open(encoding="utf-8", newline="") as handle:
            for line, row in enumerate(csv.DictReader(handle), start=2):
                domain = row["checker_domain"]
                if "." not in domain or not HOST_NAME.fullmatch(domain.encode()):
                    raise SettingsError(f"{seed}, line {line}: {domain!r} is no host name")
                checkers[domain] = row["language_code_iso639_3"] or None
    return checkers


def read_country_names(folder: Path = SEEDS) -> CountryNames:
    """Return the finder of countries' names, from the seed ``country_aliases``."""
    return CountryNames(read_aliases(folder / "country_aliases.csv"))


def parse(
    handle: IO[bytes],
    *,
    seen_at: datetime,
    checkers: Mapping[str, str | None],
    country_names: CountryNames,
    file_name: str,
) -> tuple[ParsedFile, FeedStream]:
    """Read a feed once, in the memory of one element and of what is kept.

    Reviews of listed checkers with the same address and claim are one: the one published last. Every
    other element is a reject with its place, which repeats nothing of what it says.

    Args:
        handle: the feed's bytes.
        seen_at: the instant at which the feed was read.
        checkers: as ``read_checkers`` gives them.
        country_names: as ``read_country_names`` gives them.
        file_name: the ledger's name, for messages.

    Returns:
        rows of the three ``raw.factchecks__*`` tables, and the stream, for the checksum.

    Raises:
        FileRefused: the bytes are no such feed, or it has no element.
        SchemaDrift: more than half of what was found cannot be read, or 50,000 of it.
    """
    reading = Reading(checkers, country_names, seen_at.astimezone(UTC).date())
    stream = FeedStream(handle, file_name=file_name, limit_bytes=LIMIT_BYTES)
    kept: dict[str, Review] = {}
    publishers: Counter[str] = Counter()
    rejects: list[Reject] = []
    elements = duplicates = 0
    for elements, element in enumerate(stream.elements(), start=1):
        for outcome in read_element(elements, element, reading):
            if isinstance(outcome, Review):
                known = kept.get(outcome.review_id)
                duplicates += known is not None
                if known is None or outcome.order > known.order:
                    kept[outcome.review_id] = outcome
            elif isinstance(outcome, Unlisted):
                is_counted = outcome.host in publishers or len(publishers) < MOST_PUBLISHERS
                publishers[outcome.host if is_counted else OTHERS] += 1
            else:
                rejects.append(outcome)
                _check_rejects(rejects, len(rejects) > MOST_REJECTS, elements, file_name)
    unlisted = publishers.total()
    read = len(kept) + duplicates + unlisted + len(rejects)
    if not elements:
        raise FileRefused(f"{file_name}: a feed without any element")
    _check_rejects(rejects, len(rejects) > MAX_REJECTED_SHARE * read, elements, file_name)
    bad_dates = sum(review.has_bad_date for review in kept.values())
    feed = (seen_at, elements, read, len(kept), unlisted, duplicates, len(rejects), bad_dates)
    parsed = ParsedFile(
        rows_read=read,
        rows_kept=len(kept),
        tables=(
            Rows(FEEDS_TABLE, FEED_COLUMNS, [feed]),
            Rows(REVIEWS_TABLE, REVIEW_COLUMNS, [review.row for review in kept.values()]),
            Rows(
                PUBLISHERS_TABLE,
                ("publisher_domain", "reviews_count"),
                sorted(publishers.items()),
            ),
        ),
        rejects=tuple(rejects),
        bytes_replaced=stream.bytes_replaced,
        notes={"unlisted": unlisted, "duplicates": duplicates, "bad_dates": bad_dates},
    )
    return parsed, stream


def _check_rejects(rejects: list[Reject], is_too_many: bool, elements: int, name: str) -> None:
    if is_too_many:
        raise SchemaDrift(
            f"{name}: {len(rejects)} rejects among {elements} elements, expected at most"
            f" {MAX_REJECTED_SHARE:.0%} of the reviews and {MOST_REJECTS}; first:"
            f" {rejects[0].place}: {rejects[0].reason}"
        )
