"""A build that is killed, at any moment: the next one leaves exactly what a clean one would."""

import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.commands.build import build
from generator.engine.output import STAGING
from generator.problem import has_error
from tests.support.builds import tree
from tests.support.digest import Write
from tests.support.program import is_alive

PAPERS = 150


def write_papers(root: Path, version: int, first: int) -> None:
    folder = root / "content/papers"
    folder.mkdir(parents=True, exist_ok=True)
    for path in folder.glob("*.yaml"):
        path.unlink()
    for number in range(first, first + PAPERS):
        (folder / f"paper-{number}.yaml").write_text(
            f"title: Paper {number}, version {version}\nthemes: [data]\n"
            "published: 2025-01-01\nauthor_count: 1\n"
            f"listed: [{{listing: x, issue: 2025-10-30, position: {number}}}]\n"
        )


def start(root: Path, out: Path, *options: str) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "generator", "build", "--root", str(root), "--out", str(out), *options]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def kill_repeatedly(root: Path, out: Path, kills: int, seed: int) -> None:
    rng = random.Random(seed)
    write_papers(root, 0, 0)
    began = time.monotonic()
    assert start(root, out).wait(60) == 0
    duration = time.monotonic() - began
    killed = version = 0
    while killed < kills:
        version += 1
        write_papers(root, version, first=rng.randrange(PAPERS))
        process = start(root, out)
        # most of a build's time is start-up and rendering; its writes are in the last part
        time.sleep(duration * rng.uniform(0.3, 1.05))
        process.send_signal(signal.SIGKILL)
        if process.wait(60) == -signal.SIGKILL:
            killed += 1
        else:  # the machine has become quicker
            duration *= 0.9
        if rng.random() < 0.5:
            write_papers(root, version + 1000, first=rng.randrange(PAPERS))
            assert not has_error(build(root, out).problems)
            fresh = root.parent / f"fresh-{version}"
            build(root, fresh)
            assert tree(out) == tree(fresh)


def children(process: int) -> list[int]:
    """Return the numbers of the processes that one has started."""
    return [int(number) for number in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


def wait_until(happened: Callable[[], bool], seconds: float) -> bool:
    end = time.monotonic() + seconds
    while not (done := happened()) and time.monotonic() < end:
        time.sleep(0.01)
    return done


def kill_while_rendering(root: Path, out: Path) -> None:
    """Kill a build while its workers render, and see them end."""
    process = start(root, out, "--jobs", "2", "--clean")
    assert wait_until(lambda: (out / STAGING).is_dir() and len(children(process.pid)) == 2, 60)
    workers = children(process.pid)
    process.kill()
    assert process.wait(60) == -signal.SIGKILL
    assert wait_until(lambda: not any(map(is_alive, workers)), 2)


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="no /proc tells of processes")
def test_a_killed_build_takes_its_workers_with_it_and_the_next_goes_on(digest: Write, tmp_path: Path) -> None:
    root, out = digest(""), tmp_path / "site"
    write_papers(root, 0, 0)
    for _ in range(3):
        kill_while_rendering(root, out)
    assert start(root, out, "--jobs", "2").wait(60) == 0
    build(root, tmp_path / "fresh")
    assert tree(out) == tree(tmp_path / "fresh")


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="no /proc tells of processes")
def test_a_build_killed_while_rendering_leaves_nothing_once_the_edit_is_undone(
    digest: Write, tmp_path: Path
) -> None:
    root, out = digest(""), tmp_path / "site"
    write_papers(root, 0, 0)
    build(root, out)
    before = tree(out)
    write_papers(root, 1, 0)
    kill_while_rendering(root, out)
    assert (out / STAGING).exists()
    write_papers(root, 0, 0)
    assert build(root, out).changes == ()
    assert tree(out) == before
    assert not (out / STAGING).exists()


@pytest.mark.slow
def test_a_killed_build_leaves_nothing_that_the_next_does_not_know(digest: Write, tmp_path: Path) -> None:
    kill_repeatedly(digest(""), tmp_path / "site", kills=6, seed=1)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(10))
def test_many_killed_builds_leave_nothing_that_the_next_does_not_know(
    digest: Write, tmp_path: Path, seed: int
) -> None:
    kill_repeatedly(digest(""), tmp_path / "site", kills=100, seed=seed)
