"""A build that is killed, at any moment: the next one leaves exactly what a clean one would."""

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from generator.problem import has_error
from generator.publishing.build import build
from tests.conftest import Write
from tests.publishing.test_build import tree

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


def start(root: Path, out: Path) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "generator", "build", "--root", str(root), "--out", str(out)]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def kill_repeatedly(root: Path, out: Path, rounds: int, seed: int) -> None:
    rng = random.Random(seed)
    write_papers(root, 0, 0)
    began = time.monotonic()
    assert start(root, out).wait(60) == 0
    duration = time.monotonic() - began
    killed = 0
    for version in range(1, rounds + 1):
        write_papers(root, version, first=rng.randrange(PAPERS))
        process = start(root, out)
        # most of a build's time is start-up and rendering; its writes are in the last part
        time.sleep(duration * rng.uniform(0.3, 1.05))
        process.send_signal(signal.SIGKILL)
        killed += process.wait(60) == -signal.SIGKILL
        if rng.random() < 0.5:
            write_papers(root, version + 1000, first=rng.randrange(PAPERS))
            assert not has_error(build(root, out).problems)
            fresh = root.parent / f"fresh-{version}"
            build(root, fresh)
            assert tree(out) == tree(fresh)
    assert killed


@pytest.mark.slow
def test_a_killed_build_leaves_nothing_that_the_next_does_not_know(digest: Write, tmp_path: Path) -> None:
    kill_repeatedly(digest(""), tmp_path / "site", rounds=12, seed=1)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(10))
def test_many_killed_builds_leave_nothing_that_the_next_does_not_know(
    digest: Write, tmp_path: Path, seed: int
) -> None:
    kill_repeatedly(digest(""), tmp_path / "site", rounds=60, seed=seed)
