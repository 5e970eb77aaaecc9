"""A small invented world that speaks each source's wire format, with planted truth for tests."""

from tiengvang.local.world.build import World, build_world
from tiengvang.local.world.mirror import lay_out_mirror
from tiengvang.local.world.spec import WorldSpec
from tiengvang.local.world.truth import Truth
from tiengvang.local.world.truth_coverage import Coverage
from tiengvang.local.world.truth_rows import DocumentTruth, EventTruth, MentionTruth
from tiengvang.local.world.truth_signals import SignalKey, Signals

__all__ = [
    "Coverage",
    "DocumentTruth",
    "EventTruth",
    "MentionTruth",
    "SignalKey",
    "Signals",
    "Truth",
    "World",
    "WorldSpec",
    "build_world",
    "lay_out_mirror",
]
