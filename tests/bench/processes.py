"""Whole processes, measured: how long they take, and how much memory they and their children hold."""

import os
import subprocess
import sys
import time
from pathlib import Path

import msgspec

Command = list[str | Path]


class Run(msgspec.Struct, frozen=True):
    """One process from start to end."""

    wall: float
    """Seconds."""
    cpu: float
    """Seconds on all cores, its children's too."""


def timed(command: Command, cwd: Path) -> Run:
    """Run a command and return how long it took; it must succeed."""
    start = time.perf_counter()
    process = _started(command, cwd)
    _, status, usage = os.wait4(process.pid, 0)
    _must_succeed(status, command)
    return Run(time.perf_counter() - start, usage.ru_utime + usage.ru_stime)


def peak(command: Command, cwd: Path) -> float:
    """Run a command and return the most memory, in MiB, that it and its children held together.

    A page that several of them share counts once (proportional set size, proc(5)); looked up every 20 ms.
    """
    process = _started(command, cwd)
    most = 0
    while process.poll() is None:
        most = max(most, sum(map(_held, _family(process.pid))))
        time.sleep(0.02)
    _must_succeed(process.returncode, command)
    return most / 1024


def _started(command: Command, cwd: Path) -> "subprocess.Popen[bytes]":
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return subprocess.Popen([*map(str, command)], cwd=cwd, env=environment, stdout=subprocess.DEVNULL)


def _must_succeed(status: int, command: Command) -> None:
    if status:
        sys.exit(f"{' '.join(map(str, command))} failed")


def _family(process: int) -> list[int]:
    found = [process]
    try:
        for task in Path(f"/proc/{process}/task").iterdir():
            for child in (task / "children").read_text().split():
                found += _family(int(child))
    except OSError:  # it ended meanwhile
        pass
    return found


def _held(process: int) -> int:
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
