"""The form of an answer: one sentence that answers the question, and what is said further under it."""

from __future__ import annotations

FURTHER = "\n"


def answer(first: str, *further: str) -> str:
    """Join an answer and what is said further; the page prints the two apart."""
    rest = " ".join(text.strip() for text in further if text.strip())
    return f"{first.strip()}{FURTHER}{rest}" if rest else first.strip()
