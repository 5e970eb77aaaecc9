"""No label of a claim follows from tone, theme, outlets' countries or ownership; no column is a person."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Mapping
from copy import deepcopy
from typing import Any

import pytest
from hand_made_days import DbtWarehouse

from tiengvang.settings import REPOSITORY

SCHEMA = REPOSITORY / "plugins" / "tiengvang" / "warehouse" / "schema.sql"
LABEL_WORDS = frozenset({"claim", "claims", "factcheck", "factchecks", "rating", "ratings"})
# The one place where claims stand beside coverage, and what is made for it alone; no label reads it.
REACH_WORDS = frozenset({"correction"})
FORBIDDEN_WORDS = {
    "tone": frozenset({"tone", "polarity", "goldstein", "premium", "premiums"}),
    "theme": frozenset({"theme", "themes", "pillar", "pillars"}),
    "ownership": frozenset({"owned", "owner", "ownership"}),
}
OUTLET_COLUMNS = frozenset({"outlet_domain", "outlet_family", "outlet_name", "domain", "n_outlets"})
Relation = tuple[str, str]


def words(name: str) -> frozenset[str]:
    return frozenset(name.lower().split("_"))


def relation(node: Mapping[str, Any]) -> Relation:
    return node["schema"], node.get("identifier") or node.get("alias") or node["name"]


def nodes_of(manifest: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Models, seeds, snapshots and source tables by id."""
    kinds = {"model", "seed", "snapshot", "source"}
    both = {**manifest["nodes"], **manifest["sources"]}
    return {name: node for name, node in both.items() if node["resource_type"] in kinds}


def parents_of(node: Mapping[str, Any]) -> list[str]:
    return list(node.get("depends_on", {}).get("nodes", []))


def forbidden_kinds(columns: Iterable[str]) -> set[str]:
    """What a relation of these columns says that no label may follow from."""
    found = list(columns)
    told = {word for column in found for word in words(column)}
    kinds = {kind for kind, listed in FORBIDDEN_WORDS.items() if told & listed}
    if "outlet_type" in found:
        kinds.add("ownership")
    is_of_outlets = bool(OUTLET_COLUMNS & set(found))
    countries = [c for c in found if c.startswith(("country_code", "source_country_code"))]
    if (is_of_outlets and countries) or any(c.startswith("source_country") for c in found):
        kinds.add("outlet country")
    return kinds


def is_reach(node: Mapping[str, Any]) -> bool:
    return node["resource_type"] == "model" and bool(words(node["name"]) & REACH_WORDS)


def is_label(node: Mapping[str, Any], columns: Iterable[str]) -> bool:
    if is_reach(node):
        return False
    rated = any(words(column) & {"rating", "ratings"} for column in columns)
    return bool(words(node["name"]) & LABEL_WORDS) or rated


def breaches(
    manifest: Mapping[str, Any], columns: Mapping[Relation, Iterable[str]]
) -> dict[str, list[str]]:
    """Return, by label, the shortest ways to what it may not follow from; empty where all is well."""
    nodes = nodes_of(manifest)
    found: dict[str, list[str]] = {}
    for name, node in nodes.items():
        if not is_label(node, columns.get(relation(node), ())):
            continue
        waiting, seen = deque([(name, (node["name"],))]), {name}
        while waiting:
            at, path = waiting.popleft()
            here = nodes[at]
            why = sorted(forbidden_kinds(columns.get(relation(here), ())))
            if here["schema"] == "computed":
                why.append("made by a step in Python, whose own sources no manifest names")
            if is_reach(here):
                why.append("correction reach")
            if why:
                found.setdefault(node["name"], []).append(f"{' < '.join(path)}: {', '.join(why)}")
                continue
            for parent in parents_of(here):
                if parent in nodes and parent not in seen:
                    seen.add(parent)
                    waiting.append((parent, (*path, nodes[parent]["name"])))
    return found


@pytest.fixture(scope="module")
def manifest(hand_made: DbtWarehouse) -> dict[str, Any]:
    return hand_made.artifact("manifest")


@pytest.fixture(scope="module")
def columns(hand_made: DbtWarehouse) -> dict[Relation, list[str]]:
    """The columns that every table and view of the warehouse really has."""
    found: dict[Relation, list[str]] = {}
    for schema, table, column in hand_made.query(
        "select table_schema, table_name, column_name from information_schema.columns"
        " where table_schema not in ('information_schema', 'pg_catalog')"
    ):
        found.setdefault((schema, table), []).append(column)
    return found


def test_every_node_is_seen_with_its_columns(
    manifest: dict[str, Any], columns: dict[Relation, list[str]]
) -> None:
    nodes = nodes_of(manifest)
    assert len(nodes) > 100
    blind = [
        node["name"]
        for node in nodes.values()
        if relation(node) not in columns and node["config"].get("enabled", True)
    ]
    assert blind == []


def test_the_words_find_what_there_is(
    manifest: dict[str, Any], columns: dict[Relation, list[str]]
) -> None:
    nodes = nodes_of(manifest).values()
    kinds = {node["name"]: forbidden_kinds(columns[relation(node)]) for node in nodes}
    assert "tone" in kinds["gdelt__documents"]
    assert "tone" in kinds["mart_tone_premium"]
    assert "theme" in kinds["theme_map"]
    assert "theme" in kinds["gdelt__documents"]
    assert {"outlet country", "ownership"} <= kinds["dim_outlet"]
    assert "outlet country" in kinds["outlets"]
    assert "outlet country" in kinds["mart_coverage_day"]
    assert "outlet country" in kinds["gdelt_domains__countries"]
    assert kinds["countries"] == kinds["provinces"] == set()


def test_no_label_of_a_claim_follows_from_coverage(
    manifest: dict[str, Any], columns: dict[Relation, list[str]]
) -> None:
    nodes = nodes_of(manifest).values()
    labels = {node["name"] for node in nodes if is_label(node, columns[relation(node)])}
    assert {"mart_claim_watch", "factchecks__reviews", "stg_factchecks__reviews"} <= labels
    assert breaches(manifest, columns) == {}


@pytest.mark.parametrize(
    ("read", "why"),
    [
        ("mart_tone_premium", "tone"),
        ("theme_map", "theme"),
        ("outlets", "outlet country"),
        ("dim_outlet", "ownership"),
        ("mart_correction_reach", "correction reach"),
        ("story_documents", "Python"),
    ],
)
@pytest.mark.parametrize("distance", [1, 2, 3])
def test_a_planted_edge_is_found_at_any_distance(
    manifest: dict[str, Any],
    columns: dict[Relation, list[str]],
    read: str,
    why: str,
    distance: int,
) -> None:
    planted = deepcopy(manifest)
    nodes = nodes_of(planted)
    by_name = {node["name"]: name for name, node in nodes.items()}
    at = by_name["mart_claim_watch"]
    for step in range(1, distance):
        between = deepcopy(nodes[by_name["dim_date"]])
        between.update(name=f"int_between_{step}", alias=f"int_between_{step}")
        between["depends_on"] = {"nodes": [], "macros": []}
        name = f"model.tiengvang.int_between_{step}"
        planted["nodes"][name] = between
        planted["nodes"][at]["depends_on"]["nodes"].append(name)
        at = name
    planted["nodes"][at]["depends_on"]["nodes"].append(by_name[read])
    found = breaches(planted, columns)
    assert any(why in way for way in found["mart_claim_watch"])


def test_correction_reach_is_a_mart_of_its_own(manifest: dict[str, Any]) -> None:
    nodes = nodes_of(manifest)
    reach = {name for name, node in nodes.items() if is_reach(node)}
    assert {nodes[name]["name"] for name in reach} >= {"mart_correction_reach"}
    readers = {n["name"] for n in nodes.values() if set(parents_of(n)) & reach and not is_reach(n)}
    assert readers == set()


# Words for people; matched on whole words of a column's name.
PERSON_WORDS = frozenset(
    re.findall(
        r"\w+",
        """
    person persons people author authors claimant claimants speaker speakers account accounts user
    users username audience audiences email emails mail mailbox phone telephone mobile byline bylines
    journalist journalists reporter reporters writer writers editor editors correspondent owner owners
    follower followers subscriber subscribers handle contact contacts signatory spokesperson
    spokesman spokeswoman official officials staff employee employees attendee attendees participant
    participants delegate delegates minister gender sex birth age religion religions
    ethnicity ethnic quotation quotations quote quotes firstname surname nickname avatar profile
    opinion opinions stance commenter comment comments creator nguoi tacgia hoten
    """,
    )
)
# Columns that have such a word and hold no person: each with the reason.
NO_PERSON = {
    "reporter_code": "the statistical office of a country that reports a flow to the OECD",
    "reporter_area_code": "a country that reports to UN Tourism",
    "reporter_area_name": "a country that reports to UN Tourism",
    "n_participants": "how many took part in a session: a count, no list",
    "n_sessions_with_participants": "sessions of which that count is stated",
    "age_seconds": "how old a source's newest row is",
}


def person_words(column: str) -> set[str]:
    return set() if column in NO_PERSON else set(words(column) & PERSON_WORDS)


def test_no_table_has_a_column_for_a_person(columns: dict[Relation, list[str]]) -> None:
    schemas = {schema for schema, _ in columns}
    assert {"raw", "ops", "staging", "computed", "warehouse", "seeds", "qc"} <= schemas
    wrong = {
        f"{schema}.{table}.{column}": found
        for (schema, table), names in columns.items()
        for column in names
        if (found := person_words(column))
    }
    assert wrong == {}


def test_no_table_that_is_declared_has_a_column_for_a_person() -> None:
    text = re.sub(r"--[^\n]*", "", SCHEMA.read_text(encoding="utf-8"))
    tables = dict(re.findall(r"create table if not exists ([\w.]+) \((.*?)\n\);", text, re.S))
    declared = {
        (table, column)
        for table, body in tables.items()
        for column in re.findall(r"^    ([a-z_0-9]+) ", body, re.M)
    }
    assert len(tables) > 50
    assert ("raw.gdelt__documents", "title") in declared
    assert {pair for pair in declared if person_words(pair[1])} == set()


def test_every_exception_is_a_column_that_there_is(columns: dict[Relation, list[str]]) -> None:
    there = {column for names in columns.values() for column in names}
    assert set(NO_PERSON) <= there


@pytest.mark.parametrize(
    "column", ["author", "claimant_name", "contact_email", "page_authors", "n_followers", "byline"]
)
def test_a_column_for_a_person_is_recognised(column: str) -> None:
    assert person_words(column)
    assert not person_words("authority_code")
