"""The feed's elements one after the other, without the tree: ``{..., "dataFeedElement": [...], ...}``.

Anybody may submit to the feed. Each element is decoded by the standard library, which refuses a number of
thousands of digits or thousands of nested lists as an error of this element; streaming parsers that were
tried end the process on the first (yajl2) or need memory by the square of the second.
"""

from __future__ import annotations

import codecs
import hashlib
import json
import re
from collections.abc import Iterator
from typing import IO, Any

from tiengvang.errors import FileRefused

LIST_KEY = "dataFeedElement"
CHUNK_BYTES = 1024 * 1024
ELEMENT_LIMIT = 8 * 1024 * 1024  # characters of one element, some thousand times the usual

_SPACE = re.compile(r"[ \t\n\r]*")
_WORD = re.compile(r"[^,\]}\s]*")
_TOKEN = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"|[{}\[\]"]', re.DOTALL)
_DECODE = json.JSONDecoder(strict=False).raw_decode


class UnreadableElement:
    """An element that is JSON in form, and that nobody can mean: too deep, or a number without end."""

    __slots__ = ("reason",)

    def __init__(self, reason: str) -> None:
        self.reason = reason


class FeedStream:
    """Reads a feed once, in the memory of one chunk and one element.

    After the last element ``bytes_read``, ``sha256`` and ``bytes_replaced`` (bytes that are no UTF-8)
    hold for the whole file.
    """

    def __init__(self, handle: IO[bytes], *, file_name: str, limit_bytes: int) -> None:
        self.bytes_read = 0
        self.bytes_replaced = 0
        self._hash = hashlib.sha256()
        self._handle = handle
        self._name = file_name
        self._limit = limit_bytes
        self._decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
        self._text = ""
        self._at = 0
        self._before = 0  # bytes of the file that came before the text held
        self._is_end = False

    @property
    def sha256(self) -> str:
        """The checksum of the bytes that were read."""
        return self._hash.hexdigest()

    def elements(self) -> Iterator[Any]:
        """Yield every element of the list as Python values, or as ``UnreadableElement``.

        Raises:
            FileRefused: the bytes are no JSON object with such a list, are cut short, too many, or hold an
                element without end; the message says at which byte.
        """
        if self._next() == "\ufeff":
            self._at += 1
        self._expect("{")
        was_there = False
        if self._next() == "}":
            self._at += 1
        else:
            while True:
                key = self._key()
                self._expect(":")
                if key == LIST_KEY and self._next() == "[":
                    was_there = True
                    yield from self._list()
                else:
                    self._value()
                if self._expect(",", "}") == "}":
                    break
        if self._next():
            raise self._refused("more text behind the end of the object")
        if not was_there:
            raise FileRefused(f"{self._name}: a JSON object without a list {LIST_KEY}")

    def _list(self) -> Iterator[Any]:
        self._expect("[")
        if self._next() == "]":
            self._at += 1
            return
        while True:
            yield self._value()
            if self._expect(",", "]") == "]":
                return

    def _value(self) -> Any:
        """Decode the value that begins here; more is read until it is whole."""
        self._next()
        while True:
            try:
                value, end = _DECODE(self._text, self._at)
            except json.JSONDecodeError as error:
                if not self._grow():
                    raise self._refused("no JSON, or cut short", error.pos) from None
                continue
            except (RecursionError, ValueError) as error:
                kind = (
                    "nested too deep" if isinstance(error, RecursionError) else "an endless number"
                )
                self._at = self._end_of_value()
                return UnreadableElement(kind)
            # A number at the end of what is held may go on.
            if end == len(self._text) and self._grow():
                continue
            self._at = end
            return value

    def _end_of_value(self) -> int:
        """Find the end of a list or object, or of a number, that is not decoded."""
        while True:
            depth = 0
            if self._text[self._at] not in "{[":
                match = _WORD.match(self._text, self._at)
                end = match.end() if match else self._at
                if end < len(self._text) or not self._grow():
                    return end
                continue
            for token in _TOKEN.finditer(self._text, self._at):
                mark = token[0]
                if mark == '"':
                    break  # a string that goes on
                depth += (mark in "{[") - (mark in "]}")
                if not depth:
                    return token.end()
            if not self._grow():
                raise self._refused("no JSON, or cut short")

    def _key(self) -> str:
        if self._next() != '"':
            raise self._refused("expected a key" if self._next() else "cut short")
        return str(self._value())

    def _expect(self, *marks: str) -> str:
        found = self._next()
        if found not in marks or not found:
            wanted = " or ".join(marks)
            raise self._refused(f"expected {wanted}" if found else "cut short")
        self._at += 1
        return found

    def _next(self) -> str:
        """Return the next character that is no space, without taking it; empty at the end."""
        while True:
            match = _SPACE.match(self._text, self._at)
            self._at = match.end() if match else self._at
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._grow():
                return ""

    def _grow(self) -> bool:
        """Drop what was read and hold more; False at the end, or where an element has no end."""
        held = len(self._text) - self._at
        if self._is_end or held > ELEMENT_LIMIT:
            return False
        self._before += len(self._text[: self._at].encode(errors="surrogatepass"))
        parts = [self._text[self._at :]]
        # As much again as is held: an element that grows is not decoded anew for each chunk.
        wanted = max(CHUNK_BYTES, held)
        while wanted > 0 and not self._is_end:
            chunk = self._handle.read(CHUNK_BYTES)
            self._is_end = not chunk
            wanted -= len(chunk)
            self.bytes_read += len(chunk)
            if self.bytes_read > self._limit:
                raise FileRefused(f"{self._name}: more than {self._limit} bytes")
            self._hash.update(chunk)
            parts.append(self._decoded(chunk))
        self._text, self._at = "".join(parts), 0
        return True

    def _decoded(self, chunk: bytes) -> str:
        text = self._decoder.decode(chunk, final=not chunk)
        try:
            text.encode()
        except UnicodeEncodeError:
            replaced, count = re.subn("[\udc80-\udcff]", "\ufffd", text)
            self.bytes_replaced += count
            return replaced
        return text

    def _refused(self, what: str, position: int | None = None) -> FileRefused:
        at = self._at if position is None else min(position, len(self._text))
        byte = self._before + len(self._text[:at].encode(errors="surrogatepass"))
        if not self.bytes_read:
            return FileRefused(f"{self._name}: no bytes at all, expected a JSON object")
        if len(self._text) - self._at > ELEMENT_LIMIT:
            what = f"{what}, or one element of more than {ELEMENT_LIMIT} characters"
        return FileRefused(f"{self._name}, byte {byte}: {what}")
