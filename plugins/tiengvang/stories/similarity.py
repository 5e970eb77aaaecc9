"""Which documents are copies of each other: links between rows, in about linear time.

Two rows of one group at most 72 hours apart are linked if they share

(a) the canonical address of a page, or
(b) the title's key (titles under four words: only with an identical tone vector), or
(c) title shingles with Jaccard >= 0.8, or >= 0.5 together with an identical tone vector (titles under
    four words: only the latter).

Not every pair is written down. Rows with the same address or title are linked to their predecessor in
time: any two of them in a time window are connected inside it.

Pairs for (c) are looked for in buckets: one of each band of the titles' MinHash signatures, and one of
each tone vector. With 32 bands of 8 values two titles of similarity ``s`` meet in a bucket of a band with
probability ``1 - (1 - s^8)^32``: 0.9972 at 0.8, 0.99995 at 0.85. Pairs whose signatures agree so little that
the threshold is five standard errors away are left out, all others are verified by their exact Jaccard.
In a bucket a row is compared with the 32 rows before it, so that a bucket of thousands costs thousands,
not millions.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from rensa import RMinHash  # type: ignore[import-untyped]

from tiengvang.stories.titles import jaccard, shingles
from tiengvang.stories.urls import names_a_page

WINDOW_SECONDS = 72 * 3600
BANDS, VALUES_PER_BAND, SEED = 32, 8, 20150218
SIGNATURE = BANDS * VALUES_PER_BAND
SIMILAR = 0.8
SIMILAR_WITH_SAME_TONE = 0.5
MIN_TITLE_WORDS = 4
MOST_COMPARED = 32

STANDARD_ERRORS = 5
PAIRS_AT_A_TIME = 1 << 16

Integers = npt.NDArray[np.int64]
Keys = npt.NDArray[np.uint64]
Values = npt.NDArray[np.uint32]
Links = npt.NDArray[np.int64]
_ODD = np.uint64(0x9E3779B97F4A7C15)  # 2^64 / golden ratio: spreads numbers over 64 bits


@dataclass(frozen=True, slots=True)
class Row:
    """A document as a member of one group; documents of different groups never meet.

    ``slot`` is in seconds since 1970 UTC. Without a tone vector ``tone_key`` is None.
    """

    group: str
    record_id: str
    slot: int
    url_key: str
    title_key: str | None
    title_word_count: int
    tone_key: str | None

    @property
    def order(self) -> tuple[int, str]:
        """What rows of a group are sorted by."""
        return self.slot, self.record_id


class Signatures:
    """MinHash signatures of titles: computed once for each title of the window."""

    def __init__(self) -> None:
        self._values: dict[str, Values] = {}

    def of(self, titles: Sequence[str]) -> Values:
        """Return the signatures of titles: shape (titles, 256)."""
        new = sorted(set(titles).difference(self._values))
        if new:
            matrix = RMinHash.digest_matrix_from_token_sets(
                [sorted(shingles(title)) for title in new], num_perm=SIGNATURE, seed=SEED
            )
            values = np.array(matrix.to_rows(), dtype=np.uint32)
            self._values.update(zip(new, values, strict=True))
        return np.stack([self._values[title] for title in titles])

    def forget_all_but(self, rows: Sequence[Row]) -> None:
        """Free the signatures of titles that left the window."""
        titles = {row.title_key for row in rows}
        self._values = {name: values for name, values in self._values.items() if name in titles}


def find_links(rows: Sequence[Row], signatures: Signatures, first_new: int = 0) -> Links:
    """Return links between rows as pairs of positions, the earlier row first.

    Args:
        rows: sorted by ``Row.order``.
        signatures: keeps the signatures of titles between calls.
        first_new: only pairs whose later row is at this position or behind it.
    """
    pairs = [pair for pair in _same_key_pairs(rows) if pair[1] >= first_new]
    titled = np.array([n for n, row in enumerate(rows) if row.title_key is not None], np.int64)
    if len(titled) and titled[-1] >= first_new:
        pairs += _similar_pairs(rows, titled, signatures, first_new)
    return np.array(sorted(set(pairs)), dtype=np.int64).reshape(-1, 2)


def _same_key_pairs(rows: Sequence[Row]) -> Iterator[tuple[int, int]]:
    latest: dict[tuple[str, ...], int] = {}
    for position, row in enumerate(rows):
        keys: list[tuple[str, ...]] = []
        if names_a_page(row.url_key):
            keys.append((row.group, "url", row.url_key))
        if row.title_key is not None:
            if row.title_word_count >= MIN_TITLE_WORDS:
                keys.append((row.group, "title", row.title_key))
            elif row.tone_key is not None:
                keys.append((row.group, "short", row.title_key, row.tone_key))
        for key in keys:
            earlier = latest.get(key)
            if earlier is not None and row.slot - rows[earlier].slot <= WINDOW_SECONDS:
                yield earlier, position
            latest[key] = position


def _similar_pairs(
    rows: Sequence[Row], titled: Integers, signatures: Signatures, first_new: int
) -> list[tuple[int, int]]:
    members = [rows[n] for n in titled]
    title_keys = [row.title_key or "" for row in members]
    values = signatures.of(title_keys)
    tones = _numbers([f"{row.group}|{row.tone_key}" if row.tone_key else None for row in members])
    candidates = _Candidates(
        slots=np.array([row.slot for row in members], dtype=np.int64),
        groups=_numbers([row.group for row in members]),
        titles=_numbers(title_keys),
        first_new=int(np.searchsorted(titled, first_new)),
    )
    with_tone = np.flatnonzero(tones >= 0)
    candidates.add(tones[with_tone].astype(np.uint64), with_tone)
    words = np.array([row.title_word_count for row in members], dtype=np.int64)
    long = np.flatnonzero(words >= MIN_TITLE_WORDS)
    for keys in _band_keys(values[long], candidates.groups[long]):
        candidates.add(keys, long)
    verified = []
    for earlier, later in _promising(candidates.pairs(), values, tones):
        is_same_tone = tones[earlier] == tones[later] >= 0
        least = SIMILAR_WITH_SAME_TONE if is_same_tone else SIMILAR
        if jaccard(title_keys[earlier], title_keys[later]) >= least:
            verified.append((int(titled[earlier]), int(titled[later])))
    return verified


@dataclass
class _Candidates:
    """Collects pairs of rows that share a bucket."""

    slots: Integers
    groups: Integers
    titles: Integers
    first_new: int

    def __post_init__(self) -> None:
        self._found: list[Integers] = []

    def add(self, keys: Keys, positions: Integers) -> None:
        """Take the rows at ``positions``, which are in the order of time, into buckets by key."""
        order = np.argsort(keys, kind="stable")
        keys, positions = keys[order], positions[order]
        for offset in range(1, min(MOST_COMPARED, len(keys) - 1) + 1):
            is_same = keys[offset:] == keys[:-offset]
            if not is_same.any():  # no bucket has so many rows
                return
            earlier, later = positions[:-offset][is_same], positions[offset:][is_same]
            is_worth = (
                (later >= self.first_new)
                & (self.titles[earlier] != self.titles[later])
                & (self.groups[earlier] == self.groups[later])
                & (self.slots[later] - self.slots[earlier] <= WINDOW_SECONDS)
            )
            self._found.append(earlier[is_worth] * len(self.slots) + later[is_worth])

    def pairs(self) -> Links:
        """Return each pair once: shape (pairs, 2), the earlier row first."""
        if not self._found:
            return np.empty((0, 2), dtype=np.int64)
        return np.stack(np.divmod(np.unique(np.concatenate(self._found)), len(self.slots)), axis=1)


def _promising(pairs: Links, values: Values, tones: Integers) -> Iterator[tuple[int, int]]:
    """Yield the pairs whose signatures do not rule out that they are similar enough."""
    for start in range(0, len(pairs), PAIRS_AT_A_TIME):
        earlier, later = pairs[start : start + PAIRS_AT_A_TIME].T
        agreement = np.count_nonzero(values[earlier] == values[later], axis=1) / SIGNATURE
        is_same_tone = (tones[earlier] == tones[later]) & (tones[later] >= 0)
        least = np.where(is_same_tone, SIMILAR_WITH_SAME_TONE, SIMILAR)
        error = np.sqrt(least * (1 - least) / SIGNATURE)
        kept = np.flatnonzero(agreement >= least - STANDARD_ERRORS * error)
        yield from zip(earlier[kept].tolist(), later[kept].tolist(), strict=True)


def _band_keys(values: Values, groups: Integers) -> Iterator[Keys]:
    """Yield the keys of one band after another: its values and the group, mixed into 64 bits."""
    for band in range(BANDS):
        keys = groups.astype(np.uint64)
        for place in range(band * VALUES_PER_BAND, (band + 1) * VALUES_PER_BAND):
            keys = (keys ^ values[:, place]) * _ODD
            keys ^= keys >> np.uint64(29)
        yield keys


def _numbers(names: Sequence[str | None]) -> Integers:
    """Return numbers for names, the same for the same; -1 for None."""
    numbers: dict[str | None, int] = {}
    return np.array(
        [-1 if name is None else numbers.setdefault(name, len(numbers)) for name in names],
        dtype=np.int64,
    )
