"""The benchmarks run: every figure is printed and is a number. How good it is depends on the machine."""

from __future__ import annotations

import math
import re
import subprocess
import sys

from tiengvang.settings import REPOSITORY

FIGURES = {
    "inflate a slot: ours / zlib": True,
    "inflate and parse a slot / zlib": False,
    "fetch small files: ours / requests": False,
    "fetch small files: ours / http.client": False,
    "fetch to loaded, one slot / zlib": True,
    "peak memory of a batch": True,
    "a day's analysis / 20 s": True,
    "four times the series / 4": True,
    "a week's build on a year / 60 s": True,
    "slowest weekly question / 50 ms": True,
}
LINE = re.compile(r"(\S.*?) +(\d+\.\d\d|inf|nan)  (?:(within|OVER) ([\d.]+))? +(\S.*)")


def test_every_figure_is_printed_with_its_ratio_its_goal_and_what_was_measured() -> None:
    command = [sys.executable, "-m", "benchmarks.bench", "--quick"]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    title, *lines = done.stdout.splitlines()
    assert title.split() == ["ratio", "goal", "measured"], done.stderr
    found = [match.groups() for match in map(LINE.fullmatch, lines) if match]
    assert len(found) == len(lines)
    goals = {name: goal is not None for name, _, _, goal, _ in found}
    assert goals | FIGURES == goals, done.stderr
    for name, ratio, verdict, goal, measured in found:
        assert math.isfinite(float(ratio)), name
        assert float(ratio) > 0, name
        assert re.search(r"[1-9]", measured), name
        if goal:  # near its goal the printed ratio may be rounded to the other side of it
            is_clear = abs(float(ratio) - float(goal)) > 0.01
            assert not is_clear or (float(ratio) < float(goal)) == (verdict == "within"), name
    missed = any(verdict == "OVER" for _, _, verdict, _, _ in found)
    assert done.returncode == int(missed), done.stderr
