"""The templates of the edition's pages, and the style sheet that all of them carry inside."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from tiengvang.edition.marks import plain

TEMPLATES = Path(__file__).parent / "templates"


def template(name: str) -> Template:
    """Return a template; what it names and is not given is an error, what it prints is escaped."""
    return _environment().get_template(name)


def style() -> Markup:
    """Return the style sheet."""
    return Markup((TEMPLATES / "style.css").read_text(encoding="utf-8"))  # noqa: S704  our own


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["plain"] = plain
    return environment
