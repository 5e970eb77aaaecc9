"""What Wikimedia, the IMF and the OECD of a world on disk answer at one instant."""

from __future__ import annotations

import json
import re
from datetime import datetime
from http import HTTPStatus
from pathlib import Path
from urllib.parse import parse_qs

from tiengvang.local.world.pageviews import answer_views
from tiengvang.sources import imf, oecd

PUBLISHERS = ("pageviews", "imf", "oecd")
Plain = tuple[HTTPStatus, bytes, str]

_IMF_PATH = re.compile(
    r"data/dataflow/IMF\.STA/DIP/\+/(?P<country>[A-Z]{3})\."
    rf"{imf.DERIVED_FROM_COUNTERPARTS}\.{imf.INDICATOR}\.\*?\.A"
)
_OECD_PATH = re.compile(
    rf"data/{re.escape(oecd.DATAFLOW)}/"
    r"\.T_FA_F\.USD_EXC\.DO\.NET_FDI\.\.D\.S1\.(?P<country>[A-Z]{3})\.IMC\._T\.A\."
)
# What each says where it has nothing: the IMF says nothing at all.
NO_CONTENT: Plain = (HTTPStatus.NO_CONTENT, b"", "application/json")
NO_RECORDS: Plain = (HTTPStatus.NOT_FOUND, b"NoRecordsFound", "text/plain")


def answer(folder: Path, as_of: datetime, publisher: str, path: str, query: str) -> Plain:
    """Answer a GET of a path below one of ``PUBLISHERS``: status, body and content type."""
    if publisher == "pageviews":
        seed = json.loads((folder / "pageviews" / "plan.json").read_text("utf-8"))["seed"]
        return answer_views(seed, as_of, path)
    if publisher == "imf":
        asked = _IMF_PATH.fullmatch(path)
        file = (
            folder / "imf" / "data/dataflow/IMF.STA/DIP" / f"{asked['country']}.json"
            if asked
            else None
        )
        return _file(file, "application/json") or NO_CONTENT
    asked = _OECD_PATH.fullmatch(path)
    is_csv = parse_qs(query).get("format") == ["csvfilewithlabels"]
    name = f"{asked['country']}.csv" if asked and is_csv else None
    return (
        _file(folder / "oecd" / "data" / oecd.DATAFLOW / name if name else None, "text/csv")
        or NO_RECORDS
    )


def _file(path: Path | None, content_type: str) -> Plain | None:
    if path is None or not path.is_file():
        return None
    return HTTPStatus.OK, path.read_bytes(), content_type
