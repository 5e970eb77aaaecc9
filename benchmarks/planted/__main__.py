"""Measure what is planted and print it; ``--write`` writes the document, ``--reduced`` takes fewer worlds."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from benchmarks.planted.claims import FULL, REDUCED, Size
from benchmarks.planted.document import DOCUMENT, Measured, write
from benchmarks.planted.sections import SECTIONS
from benchmarks.planted.shown import Row


def measure(size: Size) -> Iterator[tuple[str, list[Row]]]:
    """Yield each section's title and rows."""
    for section in SECTIONS:
        yield section.title, list(section.measure(size))


def main() -> None:
    """Print the table, and write the document if asked to."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.planted", description=__doc__)
    parser.add_argument("--reduced", action="store_true", help="the fewer worlds of make test")
    parser.add_argument("--write", action="store_true", help=f"write docs/{DOCUMENT.name}")
    asked = parser.parse_args()
    measured = _shown(REDUCED if asked.reduced else FULL)
    if asked.write:
        full = _shown(FULL) if asked.reduced else measured
        DOCUMENT.write_text(write(full, dict(measure(REDUCED))), encoding="utf-8")
        print(f"docs/{DOCUMENT.name} is written")


def _shown(size: Size) -> Measured:
    found = {}
    for title, rows in measure(size):
        found[title] = rows
        print(title)
        for row in rows:
            print(f"  {row.name:66}{row.printed:>16}  {row.verdict:7}{row.asked}", flush=True)
    return found


if __name__ == "__main__":
    main()
