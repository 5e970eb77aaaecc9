"""The pipeline in a process of its own, which can be killed at a named place or after a time.

As a program it is the server of those processes: it imports dbt and GX once, which takes seconds, then
forks one process for each line of its standard input.
"""

from __future__ import annotations

import importlib
import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from harness import build, ingest

from tiengvang import jobs
from tiengvang.windows import Window

MOST_SECONDS = 120.0
STEPS = ("gdelt", "worldbank", "build", "edition")
HEAVY = (
    "dbt.adapters.postgres",
    "dbt.cli.main",
    "dbt.task.build",
    "great_expectations",
    "sqlalchemy.dialects.postgresql",
    "tiengvang.edition.release",
    "tiengvang.sources.registry",
)


@dataclass(frozen=True)
class Place:
    """Just before or after the n-th call of a function of the product."""

    target: str
    moment: Literal["before", "after"]
    call: int = 1

    def __str__(self) -> str:
        return f"{self.moment} call {self.call} of {self.target}"

    def arm(self) -> None:
        """Let this process kill itself there."""
        owner, name = self._resolve()
        original = getattr(owner, name)
        calls = 0

        def deadly(*arguments: Any, **named: Any) -> Any:
            nonlocal calls
            calls += 1
            is_last = calls == self.call
            if is_last and self.moment == "before":
                os.kill(os.getpid(), signal.SIGKILL)
            result = original(*arguments, **named)
            if is_last:
                os.kill(os.getpid(), signal.SIGKILL)
            return result

        setattr(owner, name, deadly)

    def _resolve(self) -> tuple[Any, str]:
        path, _, name = self.target.rpartition(".")
        try:
            return importlib.import_module(path), name
        except ModuleNotFoundError:
            module, _, owner = path.rpartition(".")
            return getattr(importlib.import_module(module), owner), name


def run_steps(window: Window, steps: tuple[str, ...] = STEPS) -> None:
    """What a scheduler would run, one after the other."""
    for step in steps:
        if step == "build":
            build()
        elif step == "edition":
            jobs.publish_edition(None)
        else:
            ingest(step, window if step == "gdelt" else None)


@dataclass(frozen=True)
class Killer:
    """Starts the pipeline under this process's settings, and kills it."""

    server: subprocess.Popen[str]

    def undisturbed(self, window: Window, steps: tuple[str, ...] = STEPS) -> float:
        """Run the pipeline to its end; return the seconds that it took."""
        began = time.monotonic()
        code = self.end(self.start(window, steps=steps))
        assert code == 0, f"ended with {code}"
        return time.monotonic() - began

    def killed_at(self, place: Place, window: Window) -> None:
        """Run the pipeline up to a place, where it dies; it must get there."""
        code = self.end(self.start(window, place))
        assert code == -signal.SIGKILL, f"{place}: ended with {code}"

    def killed_after(self, seconds: float, window: Window) -> bool:
        """Run the pipeline for a time and kill it; say whether it was still running."""
        process = self.start(window)
        time.sleep(seconds)
        os.kill(process, signal.SIGKILL)  # not reaped before its end is asked for
        code = self.end(process)
        assert code in (0, -signal.SIGKILL), f"ended with {code}"
        return code != 0

    def start(
        self, window: Window, place: Place | None = None, *, steps: tuple[str, ...] = STEPS
    ) -> int:
        """Start the pipeline; return its process id."""
        task = {
            "environment": {n: v for n, v in os.environ.items() if n.startswith("TIENGVANG_")},
            "window": window.as_dict(),
            "place": asdict(place) if place else None,
            "steps": steps,
        }
        return self._ask(task)

    def end(self, process: int) -> int:
        """Wait for a started process; return its exit code, negative for a signal."""
        return self._ask({"wait": process})

    def _ask(self, question: dict[str, Any]) -> int:
        assert self.server.stdin is not None
        assert self.server.stdout is not None
        self.server.stdin.write(json.dumps(question) + "\n")
        self.server.stdin.flush()
        ready, _, _ = select.select([self.server.stdout], [], [], MOST_SECONDS)
        assert ready, f"no answer in {MOST_SECONDS} s: {question}"
        return int(self.server.stdout.readline())


@contextmanager
def running_killer() -> Iterator[Killer]:
    """Run the server of processes."""
    paths = [*sys.path, *filter(None, [os.environ.get("PYTHONPATH")])]
    with subprocess.Popen(
        [sys.executable, str(Path(__file__).resolve())],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))},
    ) as server:
        yield Killer(server)
        assert server.stdin is not None
        server.stdin.close()  # which ends it


def _run(task: dict[str, Any]) -> None:
    os.environ.update(task["environment"])
    if task["place"]:
        Place(**task["place"]).arm()
    run_steps(Window.from_dict(task["window"]), tuple(task["steps"]))


def serve() -> None:
    """Fork a process per task and print its id; print the exit code of the one that is waited for."""
    for name in HEAVY:
        importlib.import_module(name)
    answers = os.dup(1)
    os.dup2(2, 1)  # what the pipeline prints is no answer
    for line in sys.stdin:
        task = json.loads(line)
        if "wait" in task:
            _, status = os.waitpid(task["wait"], 0)
            answer = os.waitstatus_to_exitcode(status)
        else:
            answer = os.fork()
            if answer == 0:
                _run(task)  # an error leaves the loop as well, with its traceback and code 1
                sys.stderr.flush()
                os._exit(0)
        os.write(answers, f"{answer}\n".encode())


if __name__ == "__main__":
    serve()
