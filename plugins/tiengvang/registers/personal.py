"""What of a cell may be shown: nothing that could be about a person is repeated in an answer."""

from __future__ import annotations

import re

from tiengvang.personal_forms import holds_email, holds_number
from tiengvang.registers.declaration import Said

EMAIL = Said(
    "an e-mail address, which is not repeated here", "một địa chỉ thư điện tử, không lặp lại ở đây"
)
PHONE = Said(
    "a telephone or personal number, which is not repeated here",
    "một số điện thoại hoặc số cá nhân, không lặp lại ở đây",
)
NOTHING = Said("nothing", "ô trống")

# What a date, a number or a code looks like: such cells can be shown, words may be a name.
_SHOWN = re.compile(
    r"[0-9 .,/:%+TZ-]{1,40}|[a-z0-9]+(?:[_-][a-z0-9]+){0,6}|[A-Z0-9]{1,12}(?:-[A-Z0-9]{1,8})*"
)
_LONGEST = 40


def personal(text: str) -> Said | None:
    """Say what of a person a text holds; None: nothing that is known by its form."""
    if holds_email(text):
        return EMAIL
    return PHONE if holds_number(text) else None


def personal_address(text: str) -> Said | None:
    """As ``personal`` for an address of the web, whose path may hold long numbers."""
    return EMAIL if holds_email(text) else None


def shown(text: str) -> Said:
    """Return what an answer says that it found."""
    if not text:
        return NOTHING
    held = personal(text)
    if held is not None:
        return held
    if len(text) <= _LONGEST and _SHOWN.fullmatch(text):
        return Said(text, text)
    return Said(f"a text of {len(text)} letters", f"một đoạn chữ gồm {len(text)} ký tự")
