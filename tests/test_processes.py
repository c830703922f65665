"""A process that works beside the command: what it returns and raises, and that it ends with the block."""

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import BrokenExecutor
from pathlib import Path

import pytest

from generator.processes import Workers, in_background, processes
from tests.support.live_server import until
from tests.support.program import is_alive

forked = pytest.mark.skipif(sys.platform != "linux", reason="no process is forked here")


@pytest.mark.parametrize("workers", [None, processes(2)])
def test_it_returns_what_the_function_returns(workers: Workers | None) -> None:
    with in_background(workers, sorted, [3, 1, 2]) as result:
        assert result() == [1, 2, 3]


@pytest.mark.parametrize("workers", [None, processes(2)])
def test_it_raises_what_the_function_raises(workers: Workers | None, tmp_path: Path) -> None:
    with (
        in_background(workers, (tmp_path / "gone").read_bytes) as result,
        pytest.raises(FileNotFoundError) as raised,
    ):
        result()
    assert raised.value.filename == str(tmp_path / "gone")


def test_without_workers_this_process_calls_it_once_it_is_asked_for() -> None:
    assert processes(1) is None
    with in_background(None, os._exit, 1):
        pass
    with in_background(None, os.getpid) as result:
        assert result() == os.getpid()


@forked
def test_it_works_while_the_command_goes_on_in_a_process_of_its_own() -> None:
    with in_background(processes(2), os.getpid) as result:
        number = result()
        assert number != os.getpid()
    with pytest.raises(ProcessLookupError):  # it has ended, and nothing is left of it
        os.kill(number, 0)


@forked
def test_one_that_is_killed_is_told_of() -> None:
    def killed() -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    with in_background(processes(2), killed) as result, pytest.raises(BrokenExecutor):
        result()


@forked
def test_it_ends_with_the_block_though_nothing_asked_for_its_result(tmp_path: Path) -> None:
    def work() -> None:
        time.sleep(60)
        (tmp_path / "done").touch()

    start = time.monotonic()
    with in_background(processes(2), work):
        pass
    assert time.monotonic() - start < 30


@forked
def test_it_ends_with_a_command_that_is_killed(tmp_path: Path) -> None:
    program = """
import os, pathlib, sys, time
from generator.processes import in_background, processes
def work():
    pathlib.Path("number").write_text(str(os.getpid()))
    time.sleep(600)
with in_background(processes(2), work) as result:
    result()
"""
    with subprocess.Popen([sys.executable, "-c", program], cwd=tmp_path) as command:
        number = int(until("it works", lambda: read(tmp_path / "number"), 60))
        command.kill()
    until("it has ended", lambda: not is_alive(number), 60)


def read(path: Path) -> str:
    return path.read_text() if path.exists() else ""
