"""The descriptor of an edition's data: a Frictionless Data Package, version 1.

https://specs.frictionlessdata.io/data-package/ and .../table-schema/, with the profile
``tabular-data-resource`` for CSV files. To the standard a table is CSV, so the Parquet file beside each is a
plain file (``type``), whose columns are those of the resource that ``schema_of`` names. The standard's
``title`` and ``description`` are English; beside them stand ``title_vi``, ``description_vi`` and ``unit``,
named in both languages.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from typing import Any, Literal

import pandas as pd

from tiengvang.contracts import Contract, read_contracts
from tiengvang.dictionary import Dictionary, Entry, Language, bundled, read_dictionary
from tiengvang.edition.parquet_files import MEDIA_TYPE
from tiengvang.edition.request import EditionRequest
from tiengvang.edition.sources import SOURCES
from tiengvang.edition.texts.data_files import FILES, OWN
from tiengvang.metrics import bundled as registry
from tiengvang.windows import format_instant

DESCRIPTOR = "datapackage.json"
FieldType = Literal["string", "integer", "number", "boolean", "date", "datetime"]
Fields = list[dict[str, Any]]
# The standard's types by those of the database; lists are written as codes with spaces between them.
TYPES: dict[str, FieldType] = {
    "text": "string",
    "text[]": "string",
    "integer": "integer",
    "bigint": "integer",
    "double precision": "number",
    "boolean": "boolean",
    "date": "date",
    "timestamptz": "datetime",
}
OWN_TYPES: dict[str, FieldType] = {
    "boolean": "boolean", "documents": "integer", "families": "integer", "share": "number",
    "ratio": "number", "text": "string", "code": "string", "id": "string", "codes": "string",
    "value_unit": "number",
}  # fmt: skip
DIALECT = {
    "delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True,
    "header": True,
}  # fmt: skip
DESCRIPTIONS = {
    "en": "The figures behind one edition. An empty cell is not known or is suppressed for the reason "
    "beside it; it is never zero. A text that a spreadsheet would run as a formula begins with "
    "an apostrophe in CSV files; Parquet files have it as it is. The columns and types of a Parquet "
    "file are those of the CSV file that schema_of names.",
    "vi": "Số liệu của một kỳ công bố. Ô trống là chưa biết, hoặc không công bố vì lý do ghi bên cạnh; ô "
    "trống không phải là số không. Chữ mà bảng tính có thể chạy như công thức được đặt sau dấu "
    "nháy đơn trong tệp CSV; tệp Parquet giữ nguyên. Cột và kiểu của tệp Parquet là cột và kiểu của "
    "tệp CSV mà schema_of nêu tên.",
}
SYNTHETIC = {
    "en": "Synthetic data: every outlet, document and figure is invented.",
    "vi": "Dữ liệu giả lập: mọi cơ quan báo chí, bài viết và con số đều không có thật.",
}


def descriptor(
    request: EditionRequest,
    texts: Mapping[Language, Mapping[str, str]],
    described: Mapping[str, Fields],
    files: Mapping[str, bytes],
) -> dict[str, Any]:
    """Describe an edition's data files; the same input gives the same descriptor.

    Args:
        request: gives the edition's id and clock.
        texts: the edition's title and period by language.
        described: each CSV file's columns by its name below ``data/``, see ``fields``.
        files: the files' bytes by their path in the edition.

    Raises:
        KeyError: a file is described nowhere.
    """
    said = {
        language: f"{SYNTHETIC[language]} {text}" if request.is_synthetic else text
        for language, text in DESCRIPTIONS.items()
    }
    titles = {name: f"{one['title']}, {one['period']}" for name, one in texts.items()}
    used = [name for name in SOURCES if any(name in file.sources for file in FILES.values())]
    return {
        "profile": "data-package",
        "name": request.edition_id.lower().replace("@", "."),
        "title": titles["en"],
        "title_vi": titles["vi"],
        "description": said["en"],
        "description_vi": said["vi"],
        "created": format_instant(request.as_of_at),
        "version": request.edition_id.rpartition("-")[2],
        "sources": [_source(name) for name in used],
        "resources": [
            _resource(path, columns, files[path])
            for name, columns in described.items()
            for path in (f"data/{name}", parquet_path(name))
        ],
    }


def parquet_path(file_name: str) -> str:
    """Return where the Parquet file beside a CSV file is."""
    return f"data/{PurePosixPath(file_name).stem}.parquet"


def fields(frames: Mapping[str, pd.DataFrame]) -> dict[str, Fields]:
    """Describe the columns of every file in their order, by the name of its CSV file.

    Raises:
        KeyError: a file or one of its columns is described nowhere.
    """
    dictionary = read_dictionary()
    found: dict[str, Fields] = {}
    for file_name, frame in frames.items():
        name = PurePosixPath(file_name).stem
        found[file_name] = [_field(name, str(one), dictionary) for one in frame.columns]
    return found


def _source(name: str) -> dict[str, str]:
    source = SOURCES[name]
    found = {"title": source["name"], "terms": source["terms"]}
    return {**found, "path": source["url"]} if "url" in source else found


def _resource(path: str, columns: Fields, payload: bytes) -> dict[str, Any]:
    name = PurePosixPath(path).stem
    file = FILES[name]
    found: dict[str, Any] = {
        **(_table(name, columns) if path.endswith(".csv") else _parquet(name)),
        "path": path,
        "title": file.title_en,
        "title_vi": file.title_vi,
        "bytes": len(payload),
        "hash": f"sha256:{hashlib.sha256(payload).hexdigest()}",
    }
    if file.mart is not None:
        found["mart"] = file.mart
    if file.sources:
        found["sources"] = [_source(one) for one in file.sources]
    licences = [SOURCES[one]["licence"] for one in file.sources if "licence" in SOURCES[one]]
    return {**found, "licenses": licences} if licences else found


def _table(name: str, columns: Fields) -> dict[str, Any]:
    key = key_columns(name, (column["name"] for column in columns))
    schema: dict[str, Any] = {"fields": columns, "missingValues": [""]}
    if key:
        # To the standard a key's columns are never empty; its readers look only where a column says so.
        must = {"constraints": {"required": True}}
        schema["fields"] = [one | must if one["name"] in key else one for one in columns]
        schema["primaryKey"] = list(key)
    return {
        "profile": "tabular-data-resource",
        "name": name,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": DIALECT,
        "schema": schema,
    }


def _parquet(name: str) -> dict[str, Any]:
    return {
        "profile": "data-resource",
        "type": "file",
        "name": f"{name}-parquet",
        "format": "parquet",
        "mediatype": MEDIA_TYPE,
        "schema_of": name,
    }


def _contract(file: str) -> Contract | None:
    mart = FILES[file].mart if file in FILES else None
    return None if mart is None else read_contracts()[mart]


def key_columns(file: str, columns: Iterable[str]) -> tuple[str, ...]:
    """Return the columns that tell a data file's rows apart: those of its mart's primary key.

    A column of the key that the file lacks has one value in all of it, such as the focus country.
    """
    contract = _contract(file)
    names = set(columns)
    return () if contract is None else tuple(n for n in contract.primary_key if n in names)


def described(file: str, column: str) -> tuple[Entry, FieldType]:
    """Return what a data file's column is called and means, and its type.

    Raises:
        KeyError: it is in no contract and not described.
    """
    in_force = registry().thresholds.entry
    own: Entry | None = OWN.get(f"{file}.{column}")
    if own is not None:
        return in_force(own), OWN_TYPES[own.unit]
    contract = _contract(file)
    if contract is not None and column in contract.columns:
        declared = contract.columns[column]
        return in_force(bundled().entries[declared.described_as]), TYPES[declared.data_type]
    raise KeyError(f"data/{file}: column {column!r} is in no contract and not described")


def _field(file: str, column: str, dictionary: Dictionary) -> dict[str, Any]:
    entry, kind = described(file, column)
    unit = dictionary.units[entry.unit]
    return {
        "name": column,
        "type": kind,
        "title": entry.labels["en"],
        "title_vi": entry.labels["vi"],
        "description": entry.texts["en"],
        "description_vi": entry.texts["vi"],
        "unit": {"code": entry.unit, **unit},
    }
