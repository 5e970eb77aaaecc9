"""Find dead links in the repository's Markdown: files and headings that do not exist."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

FENCE = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"`[^`\n]+`")
INLINE = re.compile(r"\[[^\]]*\]\(\s*<?([^)>\s]+)>?(?:\s+\"[^\"]*\")?\s*\)")
REFERENCE = re.compile(r"^\[[^\]]+\]:\s*<?(\S+?)>?\s*$", re.MULTILINE)
HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*#*$", re.MULTILINE)
ANCHOR = re.compile(r"<a\s+(?:id|name)=\"([^\"]+)\"")
EXTERNAL = re.compile(r"^[a-z][a-z0-9+.-]*:", re.IGNORECASE)


def markdown_files(root: Path) -> Iterator[Path]:
    """Yield the Markdown files under a folder; hidden folders and build products are left out."""
    for path in sorted(root.rglob("*.md")):
        parts = path.relative_to(root).parts[:-1]
        if not any(part.startswith(".") or part in ("target", "node_modules") for part in parts):
            yield path


def anchors(text: str) -> set[str]:
    """Return what a fragment can name in a Markdown text: its headings' slugs, and explicit ids."""
    found = set(ANCHOR.findall(text))
    seen: dict[str, int] = {}
    for heading in HEADING.findall(FENCE.sub("", text)):
        plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading)
        slug = re.sub(r"[^\w\- ]", "", plain.lower()).replace(" ", "-")
        count = seen.get(slug, 0)
        seen[slug] = count + 1
        found.add(f"{slug}-{count}" if count else slug)
    return found


def dead_links(root: Path) -> list[str]:
    """Return one line per dead link: ``file: target: what is missing``."""
    problems = []
    for path in markdown_files(root):
        text = CODE.sub("", FENCE.sub("", path.read_text(encoding="utf-8")))
        for target in [*INLINE.findall(text), *REFERENCE.findall(text)]:
            missing = None if EXTERNAL.match(target) else _missing(path, root, unquote(target))
            if missing:
                problems.append(f"{path.relative_to(root)}: {target}: {missing}")
    return problems


def _missing(path: Path, root: Path, target: str) -> str | None:
    name, _, fragment = target.partition("#")
    linked = path
    if name:
        linked = root / name.lstrip("/") if name.startswith("/") else path.parent / name
        if not linked.exists():
            return "no such file"
    if fragment and linked.suffix == ".md":
        known = anchors(linked.read_text(encoding="utf-8"))
        return None if fragment in known else "no such heading"
    return None


def main() -> int:
    """Print the dead links of the repository; 1 if there are any."""
    root = Path(__file__).resolve().parents[1]
    problems = dead_links(root)
    for problem in problems:
        print(problem)
    print(f"{len(list(markdown_files(root)))} Markdown files, {len(problems)} dead links")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
