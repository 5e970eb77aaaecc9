"""A small invented world that speaks each source's wire format, with planted truth for tests."""

from tiengvang.local.world.build import World, build_world
from tiengvang.local.world.mirror import lay_out_mirror
from tiengvang.local.world.spec import WorldSpec
from tiengvang.local.world.truth import Coverage, DocumentTruth, EventTruth, MentionTruth, Truth

__all__ = [
    "Coverage",
    "DocumentTruth",
    "EventTruth",
    "MentionTruth",
    "Truth",
    "World",
    "WorldSpec",
    "build_world",
    "lay_out_mirror",
]
