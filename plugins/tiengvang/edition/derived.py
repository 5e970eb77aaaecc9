"""Files of an edition whose bytes also depend on what wrote them: the same content is the same file.

A Parquet file has the rows of its CSV file, and names the version of Arrow; a PDF prints its page. So a newer
library changes their bytes although nothing that they say is different.
"""

from __future__ import annotations

import json
from pathlib import Path, PurePosixPath
from typing import Any

import pyarrow.parquet as pq

from tiengvang.edition.data_package import DESCRIPTOR


def says_the_same(path: str, one: Path, other: Path) -> bool:
    """Say whether a file of unequal bytes has the same content in two folders of an edition.

    Parquet: the same columns, types and rows. The descriptor: the same but for sizes and digests of Parquet
    files. A PDF: its page has the same bytes. Any other file, and one that only one folder has: not the same.
    """
    if not ((one / path).is_file() and (other / path).is_file()):
        return False
    if path.endswith(".parquet"):
        return bool(pq.read_table(one / path).equals(pq.read_table(other / path)))
    if path.endswith(".pdf"):
        page = PurePosixPath(path).with_name("index.html")
        return (one / page).read_bytes() == (other / page).read_bytes()
    return path == DESCRIPTOR and _without_digests(one / path) == _without_digests(other / path)


def _without_digests(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_bytes())
    for resource in found["resources"]:
        if resource.get("format") == "parquet":
            resource.pop("bytes", None)
            resource.pop("hash", None)
    return found
