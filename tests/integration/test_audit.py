"""The audit's way through a warehouse: drawn, answered, taken in, in force, corrected."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from click.testing import CliRunner, Result
from harness import Warehouse, build, ingest, reading

from tiengvang.audit.sample import SAMPLE_SIZE
from tiengvang.cli import main
from tiengvang.local.world.build import World
from tiengvang.windows import Window, floor_slot

LABELS = "select country_code_iso3, language_code_iso639_3, audit_month::text, office, record_id, is_about"


@pytest.fixture(scope="module")
def warehouse(new_warehouse: Callable[[str], Warehouse], small_world: World) -> Iterator[Warehouse]:
    """The first day of the small world, published."""
    made = new_warehouse("audit")
    with reading(made, small_world.folder, small_world.instants[0]):
        window = Window(small_world.spec.window.start, floor_slot(small_world.instants[0]))
        ingest("gdelt", window)
        ingest("tranco")
        build()
        yield made


def call(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["audit", *map(str, arguments)])


def draw(folder: Path, *more: str) -> dict[str, list[dict[str, str]]]:
    """Draw the samples of June; return their rows by language."""
    result = call("sample", "--month", "2026-06", "--out", folder, *more)
    assert result.exit_code == 0, result.output
    return {
        path.stem.rpartition("-")[2]: list(
            csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline=""))
        )
        for path in folder.glob("*.csv")
    }


def answer(path: Path, rows: list[dict[str, str]], said: list[str]) -> Path:
    """Fill a template, as far as there are answers."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        for row, text in zip(rows, [*said, *[""] * len(rows)], strict=False):
            writer.writerow({**row, "is_about": text})
    return path


def state(warehouse: Warehouse) -> list[list[str]]:
    """Everything that a load writes."""
    names = ("raw.audit__labels", "ops.source_files", "ops.loads", "ops.changed_days")
    return [warehouse.table(name) for name in names]


def in_force(warehouse: Warehouse, language: str) -> list[tuple[object, ...]]:
    return warehouse.query(
        "select n_offices, n_labelled, n_about, n_not_about, n_undecided, n_labelled_twice, "
        "agreement_share, suppressed_reason, is_language_suppressed "
        f"from marts.mart_aboutness_audit where language_code_iso639_3 = '{language}'"
    )


def test_a_sample_is_the_same_whoever_draws_it(warehouse: Warehouse, tmp_path: Path) -> None:
    samples = draw(tmp_path / "one")
    assert samples == draw(tmp_path / "two")
    assert len(samples["eng"]) == SAMPLE_SIZE
    passing = warehouse.query(
        "select language_code_iso639_3, record_id from marts.fct_document_country "
        "where country_code_iso3 = 'VNM' and passes_text and passes_about and passes_time"
    )
    assert {(language, row["record_id"]) for language in samples for row in samples[language]} <= {
        *passing
    }
    assert {language: len(rows) for language, rows in samples.items()} == {
        language: min(SAMPLE_SIZE, sum(other == language for other, _ in passing))
        for language in {language for language, _ in passing}
    }
    assert set(draw(tmp_path / "three", "--language", "jpn")) == {"jpn"}
    nothing = call("sample", "--month", "2026-05", "--out", tmp_path)
    assert nothing.exit_code == 1
    assert "no document about VNM of 2026-05 passes the gates" in nothing.output


def test_the_planted_sample_is_the_drawn_one(
    warehouse: Warehouse, small_world: World, tmp_path: Path
) -> None:
    samples = draw(tmp_path)
    assert len(small_world.audit_files) == 4
    for path in small_world.audit_files:
        text = io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")
        planted = [row["record_id"] for row in csv.DictReader(text, delimiter=";")]
        assert planted == [row["record_id"] for row in samples[path.stem.rpartition("-")[2]]]


@pytest.mark.parametrize(
    ("spoil", "problem"),
    [
        ({"is_about": "maybe"}, "row 3, column is_about: found 'maybe', expected yes, no or unsure"),
        ({"country_code": "THA"}, "row 3, column country_code: found 'THA', expected VNM"),
        ({"language": "kor"}, "row 3, column language: found 'kor', expected jpn"),
        ({"record_id": "20260627000000-T999"}, "row 3, column record_id: found '20260627000000-T999'"),
        ({"record_id": "of another language"}, "expected a document in jpn, as in the rows before"),
        ({"record_id": "not sampled"}, "expected one of the 50 sampled documents"),
        ({"record_id": "of the row before"}, "expected each document once: it is in row 2 too"),
    ],
)  # fmt: skip
def test_one_bad_row_refuses_the_whole_file(
    warehouse: Warehouse, tmp_path: Path, spoil: dict[str, str], problem: str
) -> None:
    language = "eng" if spoil.get("record_id") == "not sampled" else "jpn"
    samples = draw(tmp_path)
    rows = samples[language]
    others = warehouse.query(
        "select record_id from marts.fct_document_country where country_code_iso3 = 'VNM' "
        f"and language_code_iso639_3 = 'eng' and record_id <> all (array{[r['record_id'] for r in rows]})"
    )
    known = {
        "of another language": samples["kor"][0]["record_id"],
        "not sampled": others[0][0],
        "of the row before": rows[0]["record_id"],
    }
    rows[1] = {**rows[1], "is_about": "yes", **spoil}
    rows[1]["record_id"] = known.get(rows[1]["record_id"], rows[1]["record_id"])
    said = ["yes", rows[1]["is_about"], *["yes"] * 40]
    bad = answer(tmp_path / "bad.csv", rows, said)
    good = answer(tmp_path / "good.csv", samples["kor"], ["yes"] * 40)
    before = state(warehouse)
    result = call("load", good, bad, "--office", "Press office")
    assert result.exit_code == 1
    assert "bad.csv: nothing of it was taken" in result.output
    assert problem in result.output
    assert state(warehouse) == before, "the good file was not taken either"


def test_files_that_answer_nothing_or_twice_are_refused(
    warehouse: Warehouse, tmp_path: Path
) -> None:
    rows = draw(tmp_path)["jpn"]
    one = answer(tmp_path / "one.csv", rows, ["yes"])
    other = answer(tmp_path / "other.csv", rows, ["no"])
    empty = answer(tmp_path / "empty.csv", rows, [])
    before = state(warehouse)
    for files, office, problem in (
        ([empty], "Press office", "found 'no answer in any row'"),
        ([one, other], "Press office", "is in one.csv too"),
        ([one, one], "Press office", "is in one.csv too"),
        ([one], "somebody@example.org", "never an address or a person"),
    ):
        result = call("load", *files, "--office", office)
        assert result.exit_code == 1
        assert problem in result.output
    assert state(warehouse) == before


def test_answers_are_in_force_until_they_are_corrected(
    warehouse: Warehouse, tmp_path: Path
) -> None:
    def loaded(path: Path, office: str = "Press office") -> str:
        result = call("load", path, "--office", office)
        assert result.exit_code == 0, result.output
        return result.output

    unaudited = warehouse.marts()
    rows = draw(tmp_path)["kor"]
    n = len(rows)
    bad = answer(tmp_path / "bad.csv", rows, ["no"] * 20 + ["yes"] * (n - 20))
    assert "nothing changed" not in loaded(bad)
    once = state(warehouse)
    assert "nothing changed" in loaded(bad)
    # the same answers, saved by another program
    bad.write_text(bad.read_text().replace(",", ";").replace("yes", "CÓ"), encoding="utf-16")
    assert "nothing changed" in loaded(bad)
    assert state(warehouse) == once

    build()
    assert in_force(warehouse, "kor") == [(1, n, n - 20, 20, 0, 0, None, None, True)]
    suppressed = warehouse.marts()
    assert suppressed["mart_story_week"] != unaudited["mart_story_week"]
    assert draw(tmp_path / "again")["kor"] == rows, "a suppressed language is drawn as before"

    # Another office agrees on all documents but three, of which it cannot tell one.
    second = ["no"] * 20 + ["yes"] * (n - 23) + ["no", "no", "unsure"]
    loaded(answer(tmp_path / "second.csv", rows, second), "Embassy")
    # The first office corrects itself: all but three are about the country.
    corrected = answer(tmp_path / "corrected.csv", rows, ["no"] * 3 + ["yes"] * (n - 3))
    loaded(corrected)
    loaded(answer(tmp_path / "second.csv", rows, ["yes"] * (n - 2)), "Embassy")
    build()
    assert in_force(warehouse, "kor") == [
        (2, n, n - 3, 0, 3, n - 2, pytest.approx((n - 5) / (n - 2)), None, False)
    ]
    cleared = warehouse.marts()
    assert cleared.pop("mart_aboutness_audit") != unaudited.pop("mart_aboutness_audit")
    assert cleared == unaudited
    kept = warehouse.query("select count(distinct load_id) from raw.audit__labels")
    assert kept == [(4,)], "earlier files stay"


def test_answers_that_door_one_refuses_leave_those_before_in_force(
    warehouse: Warehouse, tmp_path: Path
) -> None:
    before = in_force(warehouse, "kor")
    labels = sorted(map(str, warehouse.query(f"{LABELS} from staging.stg_audit__labels")))
    rows = draw(tmp_path)["kor"]
    with psycopg.connect(warehouse.url) as connection:
        connection.execute(
            "create temporary table gone as select * from raw.gdelt__documents where record_id = %s",
            (rows[0]["record_id"],),
        )
        connection.execute(
            "delete from raw.gdelt__documents where record_id = %s", (rows[0]["record_id"],)
        )
        connection.commit()
        path = answer(tmp_path / "late.csv", rows, ["no"] * len(rows))
        result = call("load", path, "--office", "Press office")
        connection.execute("insert into raw.gdelt__documents select * from gone")
    assert result.exit_code == 1
    assert "are quarantined" in result.output
    assert sorted(map(str, warehouse.query(f"{LABELS} from staging.stg_audit__labels"))) == labels
    build()
    assert in_force(warehouse, "kor") == before
