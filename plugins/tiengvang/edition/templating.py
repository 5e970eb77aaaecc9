"""The templates of an edition's pages: read and compiled once in the life of a process."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from tiengvang.edition.figures_marked import plain

TEMPLATES = Path(__file__).parent / "templates"


@cache
def environment() -> Environment:
    """Return what all pages are written with: text is escaped, and a name that is not given is an error."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters["plain"] = plain
    return made


def style() -> Markup:
    """Return the style sheet that every page carries."""
    return Markup((TEMPLATES / "style.css").read_text(encoding="utf-8"))  # noqa: S704  the product's own


def fill(template: str, **values: Any) -> str:
    """Write one page from its template, the style sheet included."""
    return environment().get_template(template).render(style=style(), **values)
