"""Offices, as people give them to the console: an office has a name and words, and never an address."""

from __future__ import annotations

import re
import unicodedata

from tiengvang.errors import TiengVangError
from tiengvang.personal_forms import holds_email, holds_number

LENGTH = (10, 400)
# No sign of an address.
_OFFICE = re.compile(r"[^\W_][\w .,&()'’/-]{0,58}[\w.)]")


def office_name(text: str) -> str:
    """Return an office's name with single spaces. A person's name has no form, and is not found.

    Raises:
        TiengVangError: it is empty, too long, or looks like an address or a person's number.
    """
    name = " ".join(unicodedata.normalize("NFC", text).split())
    if not _OFFICE.fullmatch(name) or holds_email(name) or holds_number(name):
        raise TiengVangError(
            f"--office: found {text!r}, expected the name of an office, 2 to 60 letters, digits and "
            "signs such as . , - &; never an address or a person"
        )
    return name


def words_of_an_office(option: str, text: str) -> str:
    """Return what an office says to readers, on one line.

    Raises:
        TiengVangError: it is too short or too long, or holds a person's address or number; the message
            names the option that gave it.
    """
    words = " ".join(unicodedata.normalize("NFC", text).split())
    least, most = LENGTH
    if not (least <= len(words) <= most and words.isprintable()):
        raise TiengVangError(
            f"{option}: found {len(words)} characters, expected {least} to {most}: readers see it"
        )
    if holds_email(words) or holds_number(words):
        raise TiengVangError(
            f"{option}: holds an e-mail address or a telephone number; readers see it: name no person"
        )
    return words
