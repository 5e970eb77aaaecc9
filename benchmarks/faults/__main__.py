"""Seed every fault, read every clean day, print what was held; ``--write`` writes the document."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from benchmarks.faults.document import DOCUMENT, clean_line, english_line, write
from benchmarks.faults.measure import clean_days, fault_base, faults

from tiengvang.local import postgres


def main() -> int:
    """Print the tables, and write the document if asked to; else 1 where it says something else."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.faults", description=__doc__)
    parser.add_argument("--write", action="store_true", help=f"write docs/{DOCUMENT.name}")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="faults-") as name:
        folder = Path(name)
        server = folder / "server"
        server.mkdir()
        try:
            text = _measured(postgres.ensure_running(server), folder)
        finally:
            postgres.stop(server)
    if asked.write:
        DOCUMENT.write_text(text, encoding="utf-8")
        print(f"docs/{DOCUMENT.name} is written")
    elif text != DOCUMENT.read_text(encoding="utf-8"):
        print(f"docs/{DOCUMENT.name} says something else")
        return 1
    return 0


def _measured(server_url: str, folder: Path) -> str:
    world, base = fault_base(server_url, folder)
    found = {}
    for kind, seen in faults(world, base, folder):
        found[kind] = seen
        print(english_line(kind, seen), flush=True)
    days = []
    for day in clean_days(world, base, server_url, folder):
        days.append(day)
        print(clean_line(day), flush=True)
    return write(found, days)


if __name__ == "__main__":
    sys.exit(main())
