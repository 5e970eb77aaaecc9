"""Which language a fact-check is in: as it says, or where a script is one language's."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from tiengvang.sources.factchecks_text import first_text

# ISO 639-1 to 639-3, the languages in which there are names of countries.
ISO639_3 = {
    "af": "afr", "ar": "ara", "az": "aze", "be": "bel", "bg": "bul", "bn": "ben", "bs": "bos",
    "ca": "cat", "cs": "ces", "da": "dan", "de": "deu", "el": "ell", "en": "eng", "es": "spa",
    "et": "est", "eu": "eus", "fa": "fas", "fi": "fin", "fil": "tgl", "fr": "fra", "gl": "glg",
    "gu": "guj", "he": "heb", "hi": "hin", "hr": "hrv", "hu": "hun", "hy": "hye", "id": "ind",
    "is": "isl", "it": "ita", "iw": "heb", "ja": "jpn", "ka": "kat", "kk": "kaz", "km": "khm",
    "kn": "kan", "ko": "kor", "lo": "lao", "lt": "lit", "lv": "lav", "mk": "mkd", "ml": "mal",
    "mn": "mon", "mr": "mar", "ms": "msa", "my": "mya", "nb": "nor", "ne": "nep", "nl": "nld",
    "nn": "nor", "no": "nor", "pa": "pan", "pl": "pol", "pt": "por", "ro": "ron", "ru": "rus",
    "si": "sin", "sk": "slk", "sl": "slv", "sq": "sqi", "sr": "srp", "sv": "swe", "sw": "swa",
    "ta": "tam", "te": "tel", "th": "tha", "tl": "tgl", "tr": "tur", "uk": "ukr", "ur": "urd",
    "uz": "uzb", "vi": "vie", "zh": "zho",
}  # fmt: skip
_KNOWN = frozenset(ISO639_3.values())

# In this order: Japanese is told from Chinese by its kana, Vietnamese by vowels with two marks.
_SCRIPTS = tuple(
    (code, re.compile(f"[{letters}]"))
    for code, letters in (
        ("jpn", r"\u3041-\u30ff"),
        ("kor", r"\uac00-\ud7af\u1100-\u11ff"),
        ("zho", r"\u4e00-\u9fff"),
        ("tha", r"\u0e01-\u0e5b"),
        ("lao", r"\u0e81-\u0edf"),
        ("khm", r"\u1780-\u17ff"),
        ("mya", r"\u1000-\u109f"),
        ("heb", r"\u05d0-\u05ea"),
        ("ell", r"\u0386-\u03ce"),
        ("hye", r"\u0531-\u0587"),
        ("kat", r"\u10d0-\u10ff"),
        ("tam", r"\u0b82-\u0bfa"),
        ("tel", r"\u0c01-\u0c7f"),
        ("kan", r"\u0c82-\u0cf2"),
        ("mal", r"\u0d02-\u0d7f"),
        ("guj", r"\u0a81-\u0af1"),
        ("pan", r"\u0a01-\u0a75"),
        ("sin", r"\u0d82-\u0df4"),
        (
            "vie",
            "ấầẩẫậắằẳẵặếềểễệốồổỗộớờởỡợứừửữựẤẦẨẪẬẮẰẲẴẶẾỀỂỄỆỐỒỔỖỘỚỜỞỠỢỨỪỬỮỰ",
        ),
    )
)


def stated_language(value: Any) -> str | None:
    """Return the ISO 639-3 code of what ``inLanguage`` says; None where it is no code that is known."""
    if isinstance(value, Mapping):
        value = value.get("alternateName") or value.get("identifier") or value.get("@value")
    text = (first_text(value) or "")[:20].strip().lower().replace("_", "-").partition("-")[0]
    return ISO639_3.get(text, text if text in _KNOWN else None)


def language_by_script(text: str) -> str | None:
    """Return the language whose script a text is written in; None for scripts of several languages."""
    return next((code for code, letters in _SCRIPTS if letters.search(text)), None)
