"""What ``make bench`` runs. Every speed is a ratio of two things measured side by side in one run.

What the analysis finds on planted worlds is held against its goals and against ``docs/planted_worlds.md``.

Each side is the best of several rounds that take turns: times say something of the machine and of
what else it does, ratios of the program. ``--quick`` takes fewer and
smaller rounds, to see that everything still runs.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import daily_run, fetching, growth, inflating, loading
from benchmarks.planted.claims import FULL
from benchmarks.planted.document import DOCUMENT, Printed, differences, read
from benchmarks.planted.sections import SECTIONS
from benchmarks.planted.shown import Row

# of the names in the table
WIDTH = 72


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table: a ratio, what stands on both sides of it, and its goal."""

    name: str
    ratio: float
    detail: str
    goal: float | None = None

    @property
    def verdict(self) -> str:
        """Say whether the ratio, the smaller the better, is within its goal."""
        if self.goal is None:
            return ""
        return f"{'within' if self.ratio <= self.goal else 'OVER'} {self.goal:g}"


def inflate_figures(is_quick: bool) -> Iterator[Figure]:
    """Measure the inflating of a slot's archives."""
    found = inflating.measure(rounds=3 if is_quick else 15)
    detail = (
        f"{found.ours * 1e3:.0f} ms / {found.zlib * 1e3:.0f} ms for {found.text_mb:.1f} MB of text"
    )
    yield Figure("inflate a slot: ours / zlib", found.ours / found.zlib, detail, goal=1.0)
    detail = f"{found.parse * 1e3:.0f} ms / {found.zlib * 1e3:.0f} ms, {found.rows} rows"
    yield Figure("inflate and parse a slot / zlib", found.parse / found.zlib, detail)


def fetch_figures(is_quick: bool) -> Iterator[Figure]:
    """Measure the client's cost per small file over HTTP."""
    found = fetching.measure(files=300 if is_quick else 2_000)
    for peer, seconds in (("requests", found.requests), ("http.client", found.http_client)):
        detail = f"{found.ours * 1e3:.2f} ms / {seconds * 1e3:.2f} ms per file of 3 kB"
        yield Figure(f"fetch small files: ours / {peer}", found.ours / seconds, detail)


def load_figures(is_quick: bool, folder: Path) -> Iterator[Figure]:
    """Measure a slot's way from file to committed rows, and the memory of long batches."""
    with loading.warehouse(folder) as (settings, url):
        speed = loading.measure_speed(settings, url, folder, rounds=3 if is_quick else 12)
        detail = (
            f"{speed.slot * 1e3:.0f} ms / {speed.zlib * 1e3:.0f} ms,"
            f" {speed.rows_kept} rows kept one by one"
        )
        yield Figure("fetch to loaded, one slot / zlib", speed.slot / speed.zlib, detail, goal=2.0)
        few, many = (8, 32) if is_quick else (24, 192)
        peaks = loading.measure_memory(settings, url, folder, few, many)
        detail = f"{peaks[1] / 2**20:.0f} MB for {many} slots / {peaks[0] / 2**20:.0f} MB for {few}"
        yield Figure("peak memory of a batch", peaks[1] / peaks[0], detail, goal=1.2)


def daily_figures(is_quick: bool) -> Iterator[Figure]:
    """Measure the analysis of a day, and of four times as many series."""
    found = daily_run.measure(series=16 if is_quick else 60, events=4 if is_quick else 40)
    detail = f"{found.day:.1f} s of CPU for {found.series} series and {found.events} events"
    yield Figure("a day's analysis / 20 s", found.day / 20, detail, goal=1.0)
    detail = f"{found.more_series:.1f} s of CPU / 4 x {found.its_series:.1f} s"
    ratio = found.more_series / found.its_series / 4
    yield Figure("four times the series / 4", ratio, detail, goal=1.2)


def planted_figures(rows: Sequence[Row], printed: Mapping[str, Printed]) -> Iterator[Figure]:
    """Hold what the analysis finds of planted truth against its goals, and against the document.

    Args:
        rows: of the full run.
        printed: the document's, by name. A goal that is missed there is a known weakness and none here.
    """
    for row in rows:
        known = printed.get(row.name)
        if row.goal is not None:
            is_known = known is not None and known.verdict == "missed"
            detail = f"{row.printed}, {row.sample}; asked: {row.asked}"
            detail += ", missed as the document says" if is_known else ""
            yield Figure(row.name, row.goal.used(row.value), detail, None if is_known else 1.0)
    changed = list(differences(rows, {name: row.full for name, row in printed.items()}))
    # 1 where all are as they were
    ratio = 1 + len(changed) / len(rows)
    yield Figure("planted worlds / the document", ratio, "; ".join(changed) or "the same", goal=1.0)


def full_and_printed() -> tuple[list[Row], dict[str, Printed]]:
    """Measure all planted worlds, and read what the document says of them."""
    rows = [row for section in SECTIONS for row in section.measure(FULL)]
    return rows, read(DOCUMENT.read_text(encoding="utf-8"))


def growth_figures(is_quick: bool, folder: Path) -> Iterator[Figure]:
    """Measure a week's build as the history grows, and the weekly questions on the longest one."""
    sizes = [2_000] if is_quick else [1_000_000, 3_000_000, 10_000_000]
    week = 1_000 if is_quick else growth.WEEK_DOCUMENTS
    costs = list(growth.measure(folder / "growth", sizes, week))
    first, last = costs[0], costs[-1]
    for cost in costs[1:]:
        name = f"a week's build: {cost.documents / 1e6:.0f} M / {first.documents / 1e6:.0f} M"
        detail = f"{cost.cpu_seconds:.0f} s / {first.cpu_seconds:.0f} s of CPU"
        yield Figure(name, cost.cpu_seconds / first.cpu_seconds, detail, goal=1.3)
    # a year of history is three million documents: 52 weeks of 60,000
    year = min(costs, key=lambda cost: abs(cost.documents - 52 * week))
    detail = f"{year.seconds:.0f} s for {week:,} documents on {year.documents:,}"
    yield Figure("a week's build on a year / 60 s", year.seconds / 60, detail, goal=1.0)
    slowest = max(last.questions, key=lambda question: last.questions[question])
    seconds = last.questions[slowest]
    detail = f"{seconds * 1e3:.0f} ms, question {slowest} of {len(last.questions)}"
    yield Figure("slowest weekly question / 50 ms", seconds / 0.05, detail, goal=1.0)


def main() -> int:
    """Print the table; the exit status tells whether a goal was missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer and smaller rounds")
    is_quick = parser.parse_args().quick
    is_over = False
    with tempfile.TemporaryDirectory(prefix="tiengvang-bench-") as name:
        folder = Path(name)
        sections: list[Callable[[], Iterator[Figure]]] = [
            lambda: inflate_figures(is_quick),
            lambda: fetch_figures(is_quick),
            lambda: load_figures(is_quick, folder),
            lambda: daily_figures(is_quick),
            lambda: growth_figures(is_quick, folder),
        ]
        if not is_quick:
            # make test measures the reduced worlds
            sections.append(lambda: planted_figures(*full_and_printed()))
        print(f"{'':{WIDTH}}{'ratio':>7}  {'goal':12}measured")
        for section in sections:
            for figure in section():
                is_over |= figure.verdict.startswith("OVER")
                print(
                    f"{figure.name:{WIDTH}}{figure.ratio:7.2f}  {figure.verdict:12}{figure.detail}",
                    flush=True,
                )
    return int(is_over)


if __name__ == "__main__":
    sys.exit(main())
