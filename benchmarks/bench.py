"""What ``make bench`` runs. Every speed is a ratio of two things measured side by side in one run.

Each side is the best of several rounds that take turns: times say something of the machine and of
what else it does, ratios of the program. ``--quick`` takes fewer and
smaller rounds, to see that everything still runs.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks import fetching, growth, inflating, loading, tone_cover


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


def cover_figures(is_quick: bool) -> Iterator[Figure]:
    """Measure how often the intervals of tone premiums hold what was planted."""
    found = list(tone_cover.measure(worlds=100 if is_quick else 1_000))
    covers = [cover.cover for cover in found]
    worst = max(abs(cover - 95) for cover in covers)
    bias = max(abs(cover.bias) for cover in found)
    detail = (
        f"{min(covers):.1f} to {max(covers):.1f} of 100 at 8 and 20 families,"
        f" {found[0].worlds} worlds; largest bias {bias:.3f}"
    )
    yield Figure("premium's cover: off 95 / 2 points", worst / 2, detail, goal=1.0)


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
            lambda: cover_figures(is_quick),
            lambda: growth_figures(is_quick, folder),
        ]
        print(f"{'':36}{'ratio':>7}  {'goal':12}measured")
        for section in sections:
            for figure in section():
                is_over |= figure.verdict.startswith("OVER")
                print(
                    f"{figure.name:36}{figure.ratio:7.2f}  {figure.verdict:12}{figure.detail}",
                    flush=True,
                )
    return int(is_over)


if __name__ == "__main__":
    sys.exit(main())
