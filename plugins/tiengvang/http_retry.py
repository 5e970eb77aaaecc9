"""How often and how long one fetch is tried: the only place that tries again."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import stamina
from stamina.instrumentation import set_on_retry_hooks

from tiengvang.errors import FetchFailed
from tiengvang.file_url import printable
from tiengvang.http_answers import MayHealError

LOG = logging.getLogger(__name__)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """How long one fetch may go on. All times are in seconds.

    The wait before attempt ``n + 1`` is ``min(wait_max, wait_initial * 2**(n - 1) + jitter)``, or
    the server's ``Retry-After``, at most ``retry_after_max``. No attempt starts and no body is read
    on after ``total_seconds``; a socket that is silent at that moment adds at most its own timeout.
    """

    attempts: int = 5
    total_seconds: float = 180.0
    wait_initial: float = 0.5
    wait_max: float = 10.0
    wait_jitter: float = 1.0
    retry_after_max: float = 60.0


DEFAULT_POLICY = RetryPolicy()


def retried(
    url: str, policy: RetryPolicy, total_seconds: float, attempt: Callable[[float], T]
) -> T:
    """Call ``attempt`` until it answers, fails for good, or the policy says that it is enough.

    Args:
        url: what is fetched, for messages.
        policy: attempts and waits.
        total_seconds: for all attempts together.
        attempt: receives the deadline on the monotonic clock.

    Raises:
        FetchFailed: the last attempt might still have healed.
    """
    # stamina's own hook prints to standard output, where a command's answer belongs.
    set_on_retry_hooks([])
    started, tries = time.monotonic(), 0
    deadline = started + total_seconds

    def backoff(error: Exception) -> bool | float:
        if not isinstance(error, MayHealError):
            return False
        LOG.warning("%s: %s (attempt %d of %d)", printable(url), error, tries, policy.attempts)
        if error.retry_after is None:
            return True
        wait = min(error.retry_after, policy.retry_after_max)
        return wait if time.monotonic() + wait < deadline else False

    try:
        for context in stamina.retry_context(
            on=backoff,
            attempts=policy.attempts,
            timeout=total_seconds,
            wait_initial=policy.wait_initial,
            wait_max=policy.wait_max,
            wait_jitter=policy.wait_jitter,
        ):
            with context:
                tries = context.num
                return attempt(deadline)
    except MayHealError as error:
        seconds = time.monotonic() - started
        raise FetchFailed(
            f"{printable(url)}: {error}; gave up after {tries} attempt(s) in {seconds:.1f} s"
        ) from error
    raise AssertionError("the retry loop returns or raises")
