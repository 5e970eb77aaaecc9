"""What can go wrong, by name. Each message says file, place, what was found, what was expected."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tiengvang.sources.records import Reject


class TiengVangError(Exception):
    """Base of every error that the product raises on purpose."""


class SettingsError(TiengVangError):
    """A setting is unknown, missing or malformed."""


class WorldMismatch(TiengVangError):
    """The warehouse holds one world (live, or a named sample) and was offered another."""


class FileMissing(TiengVangError):
    """The upstream says that the file does not exist (HTTP 404 or 410, or no such local file)."""


class FetchFailed(TiengVangError):
    """The upstream could not be read after all retries, or answered with an error.

    ``status`` is that of an HTTP answer that no retry mends, else 0.
    """

    def __init__(self, message: str, status: int = 0) -> None:
        super().__init__(message)
        self.status = status


class FetchRejected(FetchFailed):
    """The upstream understood and declined (HTTP 4xx other than 404, 410 and 429): no retry heals it."""


class FileRefused(TiengVangError):
    """A file's bytes cannot be trusted: bad archive, checksum, size, or too many bad rows.

    ``rejects`` name every place that was at fault, where the file was read whole before it was refused.
    """

    def __init__(self, message: str, rejects: Sequence[Reject] = ()) -> None:
        super().__init__(message)
        self.rejects = tuple(rejects)


class SchemaDrift(FileRefused):
    """So many rows have the wrong shape that the publisher must have changed the layout."""


class PeriodRefused(TiengVangError):
    """An edition was asked for a period that is not one of whole days that are over."""


class GateFailed(TiengVangError):
    """A critical expectation failed at one of the three doors."""


class BuildFailed(TiengVangError):
    """The dbt build ended with an error."""
