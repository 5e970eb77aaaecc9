"""What of the project one part of a build runs: dbt's own selection, and what may be left out."""

from __future__ import annotations

from collections.abc import Collection

# What lies behind a step's tables, and is built after that step; what lies behind a later one's waits.
BEHIND = {"screen": None, "group": "source:grouping+", "measure": "source:measuring+"}
LATER = {
    "screen": ("source:grouping+", "source:measuring+"),
    "group": ("source:measuring+",),
    "measure": (),
}
LAST_PART = "measure"

# All but the views that stand since an earlier build: one behind a table falls when the table is made anew.
NOT_STANDING = (
    "config.materialized:incremental",
    "config.materialized:table+",
    "resource_type:test",
)


def arguments(
    part: str, *, is_full_refresh: bool, standing: bool = False, idle: Collection[str] = ()
) -> list[str]:
    """Return the arguments of ``dbt build`` for ``screen``, ``group`` or ``measure``.

    Seeds and their tests are run when the project changed: what they say depends on nothing else. Unit
    tests depend on no warehouse either: they are run where the project is changed.

    Args:
        part: which part of the build.
        is_full_refresh: everything is built anew.
        standing: the views of the same project are there: those that need not be made again are not.
        idle: sources that brought nothing: their staging models, views on their raw tables alone, say
            what they said when they were tested last.
    """
    behind = BEHIND[part]
    chosen = NOT_STANDING if standing and not is_full_refresh else ("*",)
    found = ["build", "--exclude-resource-type", "unit_test"]
    # A test is a node like any other: it is chosen by its own lineage, not because a parent is built.
    found += ["--indirect-selection", "empty"]
    found += ["--select", *(f"{behind},{one}" if behind else one for one in chosen)]
    left_out = list(LATER[part])
    if is_full_refresh:
        found.append("--full-refresh")
    else:
        found += ["--exclude-resource-type", "seed"]
        left_out += ["path:seeds", *(f"path:models/staging/{name}" for name in sorted(idle))]
    return [*found, *(["--exclude", *left_out] if left_out else [])]
