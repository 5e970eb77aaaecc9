"""What the sources of a world on disk answer at one instant."""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from tiengvang.local import nso_answers, partner_answers
from tiengvang.local.world import factchecks
from tiengvang.local.world.gdelt_domains import FOLDER, LIST_PATH
from tiengvang.local.world.pageviews import TOO_MANY
from tiengvang.local.world.tranco import answer_path
from tiengvang.local.world.worldbank import answer_pages
from tiengvang.windows import format_instant, parse_instant

MASTER_LISTS = {"masterfilelist.txt": "english", "masterfilelist-translation.txt": "translation"}
NEWEST_LISTS = {
    "lastupdate.txt": "masterfilelist.txt",
    "lastupdate-translation.txt": "masterfilelist-translation.txt",
}
DEFAULT_PER_PAGE = 50
INVALID_VALUE = [
    {
        "message": [
            {
                "id": "120",
                "key": "Invalid value",
                "value": "The provided parameter value is not valid",
            }
        ]
    }
]


@dataclass(frozen=True, slots=True)
class Answer:
    """One HTTP answer."""

    status: HTTPStatus
    body: bytes
    content_type: str = "application/octet-stream"


NOT_FOUND = Answer(HTTPStatus.NOT_FOUND, b"not found\n", "text/plain")
BUSY = Answer(HTTPStatus.SERVICE_UNAVAILABLE, b"try again\n", "text/plain")


def _json(value: object) -> Answer:
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    return Answer(HTTPStatus.OK, body, "application/json;charset=utf-8")


def _text(text: str) -> Answer:
    return Answer(HTTPStatus.OK, text.encode(), "text/plain")


class WorldAnswers:
    """Answers for every source of a world below one base address, each in a folder of its own.

    ``publications.json`` in the folder says when files appear; without it all of them are there.
    """

    def __init__(self, folder: Path, as_of: datetime, base_url: str) -> None:
        if not (folder / "gdeltv2").is_dir():
            raise FileNotFoundError(f"{folder} holds no folder gdeltv2")
        self.folder = folder
        self.as_of = as_of
        self.base_url = base_url
        path = folder / "publications.json"
        plan: dict[str, Any] = json.loads(path.read_text("utf-8")) if path.exists() else {}
        lags = plan.get("lag_minutes", {})
        self._lags = {stream: timedelta(minutes=minutes) for stream, minutes in lags.items()}
        self._late = {name: parse_instant(at) for name, at in plan.get("files", {}).items()}
        self._earlier = {
            entry["path"]: entry["earlier_path"]
            for entry in plan.get("replaced", [])
            if as_of < parse_instant(entry["until"])
        }
        self._lock = threading.Lock()
        self._to_refuse_once = set(plan.get("answered_503_once", []))
        self._too_many_once = set(plan.get("answered_429_once", []))
        self._files = {entry.name for entry in (folder / "gdeltv2").iterdir()}
        self._lists = {name: self._master_list(name) for name in MASTER_LISTS}

    def answer(self, path: str, query: str) -> Answer:
        """Answer a GET of ``path``, which has no leading slash."""
        if path in self._to_refuse_once:
            with self._lock:
                if path in self._to_refuse_once:
                    self._to_refuse_once.remove(path)
                    return BUSY
        for start in tuple(self._too_many_once):
            with self._lock:
                if path.startswith(start) and start in self._too_many_once:
                    self._too_many_once.remove(start)
                    return Answer(*TOO_MANY)
        head, _, rest = path.partition("/")
        if head == "gdeltv2":
            return self._gdelt(rest)
        if path.startswith("worldbank/v2/"):
            return self._worldbank(path.removeprefix("worldbank/v2/").strip("/"), query)
        if head == "tranco":
            return self._tranco(rest)
        if head == "nso":
            if rest == "world.json":
                return self._world("gdeltv2/world.json")
            return Answer(*nso_answers.answer(self.folder, self.as_of, rest, query))
        if head in partner_answers.PUBLISHERS:
            if rest == "world.json":
                return self._world(path)
            return Answer(*partner_answers.answer(self.folder, self.as_of, head, rest, query))
        if head == FOLDER:
            return self._gdelt_domains(path)
        if head == factchecks.FOLDER:
            return self._factchecks(path)
        return NOT_FOUND

    def is_published(self, name: str) -> bool:
        """Say whether a slot file, by its name, has appeared at the upstream's instant."""
        if name in self._late:
            return self._late[name] <= self.as_of
        if not self._lags:
            return True
        stream = "translation" if ".translation." in name else "english"
        try:
            slot = datetime.strptime(name[:14], "%Y%m%d%H%M%S").replace(tzinfo=UTC)
        except ValueError:
            return False
        return slot + self._lags[stream] <= self.as_of

    def _gdelt(self, name: str) -> Answer:
        if name == "world.json":
            return self._world("gdeltv2/world.json")
        if name in self._lists:
            return _text("".join(self._lists[name]))
        if name in NEWEST_LISTS:
            lines = [line for line in self._lists[NEWEST_LISTS[name]] if line.count(" ") == 2]
            return _text("".join(lines[-3:]))
        if name not in self._files or not self.is_published(name):
            return NOT_FOUND
        body = (self.folder / "gdeltv2" / name).read_bytes()
        return Answer(HTTPStatus.OK, body, "application/zip")

    def _master_list(self, name: str) -> list[str]:
        path = self.folder / "gdeltv2" / name
        lines = path.read_text("utf-8").splitlines() if path.exists() else []
        listed = []
        for line in lines:
            size_and_digest, _, file_name = line.rpartition("/")
            start = size_and_digest.rpartition(" ")[0]
            if file_name and not self.is_published(file_name):
                continue
            url = f"{self.base_url}/gdeltv2/{file_name}\n"
            listed.append(f"{start} {url}" if start else url)
        return listed

    def _world(self, path: str) -> Answer:
        file = self.folder / path
        if not file.exists():
            return NOT_FOUND
        description = json.loads(file.read_text("utf-8"))
        return _json({**description, "as_of": format_instant(self.as_of)})

    def _tranco(self, path: str) -> Answer:
        if path == "world.json":
            return self._world("tranco/world.json")
        name = answer_path(path, self.as_of)
        file = self.folder / "tranco" / name if name else None
        if file is None or not file.is_file():
            return NOT_FOUND
        kind = "application/json" if file.suffix == ".json" else "application/zip"
        return Answer(HTTPStatus.OK, file.read_bytes(), kind)

    def _gdelt_domains(self, path: str) -> Answer:
        if path == f"{FOLDER}/world.json":
            return self._world(path)
        file = self.folder / LIST_PATH
        if path != LIST_PATH or not file.is_file():
            return NOT_FOUND
        return Answer(HTTPStatus.OK, file.read_bytes(), "application/zip")

    def _factchecks(self, path: str) -> Answer:
        if path == f"{factchecks.FOLDER}/world.json":
            return self._world(path)
        file = self.folder / self._earlier.get(path, path)
        if path != factchecks.FEED or not file.is_file():
            return NOT_FOUND
        return Answer(HTTPStatus.OK, file.read_bytes(), "application/json")

    def _worldbank(self, path: str, query: str) -> Answer:
        if path == "world.json":
            return self._world("worldbank/v2/world.json")
        asked = {key: values[-1] for key, values in parse_qs(query).items()}
        if path == "country":
            return self._paged(self._pages("country"), asked, has_update=False)
        parts = path.split("/")
        if len(parts) != 4 or parts[0] != "country" or parts[2] != "indicator":
            return NOT_FOUND
        pages = self._pages(f"country/all/indicator/{parts[3]}")
        if not pages:
            return _json(INVALID_VALUE)
        return self._paged(pages, asked, countries=parts[1])

    def _pages(self, name: str) -> list[list[Any]]:
        """Read an answer's pages from disk; none if the world has no such answer."""
        pages: list[list[Any]] = []
        while True:
            suffix = f".page{len(pages) + 1}" if pages else ""
            path = f"worldbank/v2/{name}{suffix}.json"
            file = (self.folder / self._earlier.get(path, path)).resolve()
            if not file.is_relative_to(self.folder.resolve()) or not file.is_file():
                return pages
            pages.append(json.loads(file.read_text("utf-8")))

    def _paged(
        self,
        pages: list[list[Any]],
        asked: dict[str, str],
        *,
        countries: str = "all",
        has_update: bool = True,
    ) -> Answer:
        """Cut the rows again as the query asks, never into longer pages than those on disk."""
        if not pages:
            return NOT_FOUND
        rows = [row for _, part in pages for row in part]
        head = pages[0][0]
        try:
            longest = int(head["per_page"])
            per_page = min(int(asked.get("per_page", DEFAULT_PER_PAGE)), longest)
            page = int(asked.get("page", 1))
            first, _, last = asked.get("date", "").partition(":")
            years = (int(first), int(last or first)) if first else None
        except ValueError:
            return _json(INVALID_VALUE)
        if per_page < 1 or page < 1:
            return _json(INVALID_VALUE)
        if countries.lower() != "all":
            wanted = set(countries.upper().split(";"))
            rows = [r for r in rows if wanted & {r["countryiso3code"], r["country"]["id"]}]
        if years and has_update:
            rows = [row for row in rows if years[0] <= int(row["date"]) <= years[1]]
        answers = answer_pages(rows, per_page, head["lastupdated"] if has_update else None)
        if page <= len(answers):
            return _json(answers[page - 1])
        return _json([{**answers[0][0], "page": page}, []])
