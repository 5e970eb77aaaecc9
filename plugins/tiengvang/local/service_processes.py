"""Processes of a service: the one that was started, and everything that it started in turn."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass

import psutil

TERM_SECONDS = 20
KILL_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Service:
    """A service as it was started: its process leads a session of its own."""

    name: str
    pid: int
    created: float

    def leader(self) -> psutil.Process | None:
        """Return the process, unless it ended or its number now belongs to another."""
        try:
            process = psutil.Process(self.pid)
            is_same = abs(process.create_time() - self.created) < 0.01
            return process if is_same and process.status() != psutil.STATUS_ZOMBIE else None
        except psutil.NoSuchProcess:
            return None

    def processes(self) -> list[psutil.Process]:
        """Return the process, its descendants, and orphans that are still in its session."""
        found: dict[int, psutil.Process] = {}
        leader = self.leader()
        if leader is not None:
            found[leader.pid] = leader
        elif _lives(self.pid):
            # The number belongs to another process now, and so does the session of that number.
            return []
        for process in psutil.process_iter():
            if self._is_member(process):
                found[process.pid] = process
        for process in list(found.values()):
            try:
                found.update({child.pid: child for child in process.children(recursive=True)})
            except psutil.NoSuchProcess:
                continue
        return list(found.values())

    def _is_member(self, process: psutil.Process) -> bool:
        try:
            return (
                os.getsid(process.pid) == self.pid
                and process.create_time() >= self.created - 0.01
                and process.status() != psutil.STATUS_ZOMBIE
            )
        except (psutil.Error, OSError):
            return False


def end(
    processes: list[psutil.Process],
    *,
    again: Callable[[], list[psutil.Process]] | None = None,
) -> list[psutil.Process]:
    """Ask processes to end (SIGTERM), and kill what does not.

    Args:
        processes: what to end.
        again: finds what was started meanwhile.

    Returns:
        What is still there.
    """
    _signal(processes, psutil.Process.terminate)
    left = _wait(processes, TERM_SECONDS)
    for _ in range(3):
        left = merge(left, again() if again else [])
        if not left:
            return []
        _signal(left, psutil.Process.kill)
        left = _wait(left, KILL_SECONDS)
    return left


def merge(first: list[psutil.Process], second: list[psutil.Process]) -> list[psutil.Process]:
    """Join two lists of processes; each process once."""
    return list({process.pid: process for process in [*first, *second]}.values())


def _signal(processes: list[psutil.Process], action: Callable[[psutil.Process], None]) -> None:
    for process in processes:
        try:
            action(process)
        except psutil.NoSuchProcess:
            continue


def _wait(processes: list[psutil.Process], seconds: float) -> list[psutil.Process]:
    deadline = time.monotonic() + seconds
    left = processes
    while left and time.monotonic() < deadline:
        # Children of this very process stay zombies until they are waited for.
        _, left = psutil.wait_procs(left, timeout=0.2)
        left = [process for process in left if _lives(process.pid)]
    return left


def _lives(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
