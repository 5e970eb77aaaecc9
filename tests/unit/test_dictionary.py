"""The column dictionary: complete, used, the same in both languages, and what the contracts show."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from tiengvang.dictionary import (
    DICTIONARY,
    Dictionary,
    DictionaryError,
    Entry,
    label,
    markdown,
    read_dictionary,
)
from tiengvang.transform import PROJECT

MARTS = PROJECT / "models" / "marts"
DOC = re.compile(r"""\{\{ doc\(['"](\w+)['"]\) \}\}""")
PUBLIC = re.compile(r"'public': true")
CODE = re.compile(r"`[^`]*`")
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
VIETNAMESE = re.compile(
    "[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]", re.I
)
TYPES = {
    "boolean": {"boolean"},
    "date": {"date"},
    "instant": {"timestamptz"},
    "text": {"text"},
    "address": {"text"},
    "code": {"text", "smallint", "integer"},
    "codes": {"text[]"},
    "id": {"text", "bigint"},
}
WHOLE = {"smallint", "integer", "bigint"}
# The World Bank gives arrivals and persons as it gives dollars: not always whole.
FRACTIONAL = {
    *("share", "sd", "bits", "log_ratio", "probability", "per_10000", "index", "degrees"),
    *("points_of_tone", "points_of_tone_squared", "points_of_goldstein"),
    *("usd", "arrivals", "persons", "trips", "value_unit", "hours", "ratio", "correlation"),
    *("stories_of_a_model", "alarms_per_100"),
}
GOOD = """
units:
  documents: {en: documents, vi: bài}
columns:
  n_documents: {label_en: Documents, label_vi: Số bài, unit: documents, text_en: All., text_vi: Tất cả.}
"""


@pytest.fixture(scope="module")
def dictionary() -> Dictionary:
    return read_dictionary()


@pytest.fixture(scope="module")
def contracts() -> dict[str, list[dict[str, Any]]]:
    """The columns of every mart, as its contract lists them."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    found: dict[str, list[dict[str, Any]]] = {}
    for path in MARTS.rglob("_*.yml"):
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=loader)
        found |= {model["name"]: model["columns"] for model in content.get("models", ())}
    assert set(found) == {path.stem for path in MARTS.rglob("*.sql")}
    return found


def named(column: dict[str, Any]) -> str:
    """Return the docs block that a column's description is."""
    found = DOC.fullmatch(column["description"].strip())
    assert found, f"{column['name']}: {column['description']!r} is no docs block"
    return found[1]


def numbers(text: str, thousands: str) -> list[str]:
    # The Vietnamese term for a quarter-hour has a number in it.
    found = NUMBER.findall(CODE.sub("", text).replace("hung 15 phút", ""))
    return sorted(number.replace(thousands, "").replace(",", ".") for number in found)


def test_every_column_of_a_mart_has_an_entry_and_every_entry_a_column(
    dictionary: Dictionary, contracts: dict[str, list[dict[str, Any]]]
) -> None:
    used = {named(column) for columns in contracts.values() for column in columns}
    assert len(used) > 200
    assert used == set(dictionary.entries)


def test_every_column_of_a_public_mart_that_can_be_null_says_what_that_means(
    dictionary: Dictionary, contracts: dict[str, list[dict[str, Any]]]
) -> None:
    public = {path.stem for path in MARTS.rglob("*.sql") if PUBLIC.search(path.read_text("utf-8"))}
    assert len(public) > 10
    silent, nullable = [], 0
    for model in public:
        for column in contracts[model]:
            if {"type": "not_null"} in column.get("constraints", []):
                continue
            nullable += 1
            if not re.search(r"\bnull\b", dictionary.entries[named(column)].texts["en"], re.I):
                silent.append((model, column["name"]))
    assert nullable > 50
    assert not silent


def test_a_unit_fits_the_type_of_its_column(
    dictionary: Dictionary, contracts: dict[str, list[dict[str, Any]]]
) -> None:
    checked = set()
    for model, columns in contracts.items():
        for column in columns:
            unit, type_ = dictionary.entries[named(column)].unit, column["data_type"]
            fitting = TYPES.get(unit, {"double precision"} if unit in FRACTIONAL else WHOLE)
            assert type_ in fitting, (model, column["name"], unit)
            checked.add(unit)
    assert checked == set(dictionary.units)


def test_both_languages_say_the_same(dictionary: Dictionary) -> None:
    for name, entry in dictionary.entries.items():
        english, vietnamese = entry.texts["en"], entry.texts["vi"]
        codes = [sorted(set(CODE.findall(text))) for text in (english, vietnamese)]
        assert codes[0] == codes[1], name
        assert numbers(english, ",") == numbers(vietnamese, "."), name
        nulls = [len(re.findall(r"\bnull\b", text, re.I)) for text in (english, vietnamese)]
        assert nulls[0] == nulls[1], name


def test_each_language_is_written_in_itself(dictionary: Dictionary) -> None:
    for name, entry in dictionary.entries.items():
        assert entry.labels["en"] != entry.labels["vi"], name
        assert VIETNAMESE.search(entry.texts["vi"]), name
        assert not VIETNAMESE.search(entry.texts["en"] + entry.labels["en"]), name
        for text in entry.texts.values():
            assert text.endswith("."), name


def test_a_label_is_given_by_language() -> None:
    assert label("share_of_voice", "en") == "Share of voice"
    assert label("share_of_voice", "vi") == "Tỷ trọng tiếng nói"
    with pytest.raises(DictionaryError, match="no column 'share_of_noise'"):
        label("share_of_noise", "en")


def test_a_docs_block_holds_both_languages_and_the_unit(tmp_path: Path) -> None:
    assert markdown(read(tmp_path, GOOD)) == (
        "{% docs n_documents %}\nAll. Value: documents.\n\n"
        "*Tiếng Việt:* Tất cả. Giá trị: bài.\n{% enddocs %}\n"
    )
    held = {"n_documents": {"en": "Coverage", "vi": "Mức độ đưa tin"}}
    assert markdown(read(tmp_path, GOOD), held) == (
        "{% docs n_documents %}\nAll. Value: documents. Metric: Coverage.\n\n"
        "*Tiếng Việt:* Tất cả. Giá trị: bài. Thước đo: Mức độ đưa tin.\n{% enddocs %}\n"
    )
    entry = read(tmp_path, GOOD).entries["n_documents"]
    assert entry == Entry(
        {"en": "Documents", "vi": "Số bài"}, {"en": "All.", "vi": "Tất cả."}, "documents"
    )


def read(folder: Path, text: str) -> Dictionary:
    path = folder / DICTIONARY.name
    path.write_text(text, encoding="utf-8")
    return read_dictionary(path)


@pytest.mark.parametrize(
    ("found", "replaced", "message"),
    [
        (", text_vi: Tất cả.", "", r"column 'n_documents'.*found the keys.*expected.*text_vi"),
        ("text_vi:", "text_fr:", r"column 'n_documents'.*found the keys.*text_fr.*expected"),
        ("Tất cả.", "''", r"column 'n_documents': text_vi is '', expected a text"),
        ("label_en: Documents", "label_en: yes", r"label_en is True, expected a text"),
        ("text_en: All.", 'text_en: "{{ all }}"', r"text_en holds Jinja"),
        ("unit: documents", "unit: papers", r"unit 'papers', expected one of \['documents'\]"),
        ("columns:", "  stories: {en: stories, vi: tin}\ncolumns:", r"no column has \['stories'\]"),
        ("vi: bài", "fr: articles", r"unit 'documents': found the keys \['en', 'fr'\]"),
        ("n_documents", "N-Documents", r"column 'N-Documents': expected a name"),
        ("columns:", "marts: {}\ncolumns:", r"found the keys \['columns', 'marts', 'units'\]"),
        ("unit: documents", "unit: documents, unit: documents", r"line 5: \['unit'\] twice"),
        (
            "n_documents: {",
            "n_documents: nothing\n  n_other: {",
            r"found 'nothing', expected a map",
        ),
        ("n_documents: {", "n_documents: [", r"dictionary\.yml: "),
    ],
)
def test_a_fault_is_named(found: str, replaced: str, message: str, tmp_path: Path) -> None:
    assert found in GOOD
    with pytest.raises(DictionaryError, match=message) as failure:
        read(tmp_path, GOOD.replace(found, replaced, 1))
    assert DICTIONARY.name in str(failure.value)
