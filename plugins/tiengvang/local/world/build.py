"""Builds a sample world on disk, once."""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

import psutil

from tiengvang.local.world import faults as planted
from tiengvang.local.world.audit import write_audit
from tiengvang.local.world.countries import FOCUS, PEERS, WATCHED
from tiengvang.local.world.factchecks import FOLDER as FACTCHECKS_FOLDER
from tiengvang.local.world.factchecks import write_factchecks
from tiengvang.local.world.fia import write_fia
from tiengvang.local.world.gdelt_domains import FOLDER, LIST_PATH, write_gdelt_domains
from tiengvang.local.world.gkg import PEOPLE
from tiengvang.local.world.long.files import plan_gaps, write_long_files
from tiengvang.local.world.long.truth import describe_plan
from tiengvang.local.world.nso_folder import write_nso
from tiengvang.local.world.pageviews import plan_pageviews
from tiengvang.local.world.partners import write_partners
from tiengvang.local.world.registers import write_registers
from tiengvang.local.world.slot_files import write_slot_files
from tiengvang.local.world.spec import PUBLICATION_LAG, WorldSpec
from tiengvang.local.world.tranco import write_tranco
from tiengvang.local.world.truth import Truth
from tiengvang.local.world.truth_coverage import (
    OUTCOMES,
    Coverage,
    count_coverage,
    count_outcomes,
    find_boilerplate,
)
from tiengvang.local.world.worldbank import write_worldbank
from tiengvang.windows import format_instant

MARKER = "complete.json"


@dataclass(frozen=True)
class World:
    """A world on disk: a folder per source, laid out like the source, and ``truth.json``."""

    folder: Path
    spec: WorldSpec

    @property
    def gdelt(self) -> Path:
        """The folder laid out like GDELT's, everything published."""
        return self.folder / "gdeltv2"

    @property
    def worldbank(self) -> Path:
        """The folder laid out like the World Bank's API, revisions included."""
        return self.folder / "worldbank" / "v2"

    @property
    def tranco(self) -> Path:
        """The folder laid out like Tranco's site, every list published."""
        return self.folder / "tranco"

    @property
    def fia(self) -> Path:
        """The folder that a user would fill with the investment agency's tables."""
        return self.folder / "fia"

    @property
    def nso(self) -> Path:
        """The folder that a user would fill with the statistics office's workbooks."""
        return self.folder / "nso"

    @property
    def registers(self) -> Path:
        """The folder that offices would fill with their registers."""
        return self.folder / "registers"

    @property
    def gdelt_domains(self) -> Path:
        """GDELT's list of outlets by country."""
        return self.folder / LIST_PATH

    @property
    def audit_files(self) -> list[Path]:
        """The answered templates of the audit; they fit what is published at the first instant."""
        return sorted((self.folder / "audit").rglob("*.csv"))

    @property
    def instants(self) -> tuple[datetime, datetime]:
        """The two instants at which the demo reads the world."""
        return self.spec.instants

    @cached_property
    def truth(self) -> Truth:
        """The planted truth, read when first asked for."""
        return Truth.read(self.folder / "truth.json")


def _publications(
    spec: WorldSpec, truth: Truth, replaced: list[Any], busy: list[str]
) -> dict[str, Any]:
    """Say when each file appears: a lag per stream, and single files that are late."""
    return {
        "lag_minutes": {s: lag // timedelta(minutes=1) for s, lag in PUBLICATION_LAG.items()},
        "files": {
            fault.file_name: format_instant(fault.published_at)
            for fault in truth.faults
            if fault.kind == "late_slot" and fault.published_at
        },
        "replaced": [
            {"path": r.path, "earlier_path": r.earlier_path, "until": r.until} for r in replaced
        ],
        "answered_503_once": [planted.transient_path(spec)] if spec.has_faults else [],
        "answered_429_once": busy,
    }


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", "utf-8")


def _summary(spec: WorldSpec) -> dict[str, Any]:
    return {
        "world_name": spec.name,
        "focus_country_code_iso3": FOCUS,
        "peer_country_codes_iso3": list(PEERS),
        "tone_shifts": dict(spec.tone_shifts),
        "people": list(PEOPLE),
    }


def _expected(truth: Truth, moment: datetime) -> dict[str, Any]:
    """Return the counts that a correct warehouse shows at an instant."""
    documents = truth.loaded_documents(moment)
    boilerplate = find_boilerplate(documents, WATCHED)
    coverage = count_coverage(documents, WATCHED, boilerplate)
    outcomes = count_outcomes(documents, WATCHED, boilerplate)
    return {
        "documents_loaded": len(documents),
        "events_kept": len(truth.kept_events(moment)),
        "mentions_kept": len(truth.kept_mentions(moment)),
        "boilerplate_documents": len(boilerplate),
        "coverage_columns": ["country", "source_country", "day", *Coverage._fields],
        "coverage": [[*key, *value] for key, value in coverage.items()],
        "eligibility_columns": ["country", "day", "stream", *OUTCOMES],
        "eligibility": [
            [*key, *(counts[outcome] for outcome in OUTCOMES)] for key, counts in outcomes.items()
        ],
    }


def _write_world(spec: WorldSpec, folder: Path) -> None:
    gdelt = folder / "gdeltv2"
    gdelt.mkdir()
    if spec.kind == "long":
        truth = Truth(_summary(spec), plan_gaps(spec))
        truth.summary["long"] = write_long_files(spec, gdelt, truth.faults) | describe_plan(spec)
    else:
        truth = Truth(_summary(spec), list(planted.plan_faults(spec).values()))
        write_slot_files(spec, gdelt, truth)
    replaced, truth.summary["worldbank"] = write_worldbank(spec, folder)
    earlier, truth.summary["factchecks"] = write_factchecks(spec, folder)
    replaced = [*replaced, *earlier]
    truth.summary["tranco"] = write_tranco(spec, folder)
    truth.summary["partners"] = write_partners(spec, folder)
    truth.summary["fia"] = write_fia(spec, folder)
    truth.summary["nso"] = write_nso(spec, folder)
    busy, truth.summary["pageviews"] = plan_pageviews(spec)
    (folder / "pageviews").mkdir()
    _write_json(folder / "pageviews" / "plan.json", {"seed": spec.seed})
    truth.summary["gdelt_domains"] = write_gdelt_domains(spec, folder)
    truth.summary["audit"] = write_audit(spec, folder, truth)
    truth.summary["registers"] = write_registers(spec, folder, truth)
    if spec.kind == "sample":
        truth.summary["expected"] = {
            format_instant(moment): _expected(truth, moment) for moment in spec.instants
        }
    truth.write(folder / "truth.json", spec.instants)
    _write_json(folder / "publications.json", _publications(spec, truth, replaced, busy))
    for name in (
        "gdeltv2",
        "worldbank/v2",
        "tranco",
        "pageviews",
        "imf",
        "oecd",
        FOLDER,
        FACTCHECKS_FOLDER,
    ):
        _write_json(folder / name / "world.json", spec.description(spec.instants[-1]))
    _write_json(folder / MARKER, {"digest": spec.digest})


def _holds(folder: Path, spec: WorldSpec) -> bool:
    try:
        return bool(json.loads((folder / MARKER).read_text("utf-8"))["digest"] == spec.digest)
    except FileNotFoundError:
        return False


def _sweep(folder: Path) -> None:
    """Remove what builds of this folder left that were killed."""
    pattern = re.compile(rf"\.{re.escape(folder.name)}-([0-9]+)-\w+")
    for path in folder.parent.iterdir():
        match = pattern.fullmatch(path.name)
        if match and not psutil.pid_exists(int(match[1])):
            shutil.rmtree(path, ignore_errors=True)


def build_world(spec: WorldSpec, folder: Path) -> World:
    """Build the world in ``folder``, or return at once if it is there already, complete.

    The world is made beside the folder and moved into place whole, so a build that was cut short
    leaves nothing that looks like a world. Another recipe's world in the folder is replaced.

    Raises:
        FileExistsError: the folder holds something that is no sample world.
    """
    if _holds(folder, spec):
        return World(folder, spec)
    if folder.exists() and any(folder.iterdir()) and not (folder / MARKER).exists():
        raise FileExistsError(
            f"{folder} holds files that are no sample world; give an empty folder"
        )
    folder.parent.mkdir(parents=True, exist_ok=True)
    _sweep(folder)
    prefix = f".{folder.name}-{os.getpid()}-"
    beside = Path(tempfile.mkdtemp(prefix=prefix, dir=folder.parent))
    try:
        beside.chmod(0o755)
        _write_world(spec, beside)
        if folder.exists():
            shutil.rmtree(folder)
        try:
            os.replace(beside, folder)  # noqa: PTH105
        except OSError:
            # Another process was quicker with the same world.
            if not _holds(folder, spec):
                raise
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return World(folder, spec)
