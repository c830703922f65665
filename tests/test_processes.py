"""A process that works beside the command: what it returns and raises, and that it ends with the block."""

import os
import signal
import time
from concurrent.futures import BrokenExecutor
from pathlib import Path

import pytest

from generator.processes import START_METHOD, Workers, in_background, processes

forked = pytest.mark.skipif(START_METHOD != "fork", reason="no process is forked here")


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


def test_without_workers_nothing_is_called_until_it_is_asked_for() -> None:
    with in_background(None, os._exit, 1):
        pass


@forked
def test_it_works_while_the_command_goes_on_in_a_process_of_its_own() -> None:
    with in_background(processes(2), os.getpid) as result:
        assert result() != os.getpid()


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
