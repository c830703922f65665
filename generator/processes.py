"""Processes: pools that share large work, none of which outlives the command, and the command's end."""

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from concurrent.futures import Executor


def processes(jobs: int | None = None) -> "Callable[[], Executor] | None":
    """Return what makes a pool of that many processes, one for each core by default; none for one alone."""
    number = jobs or os.cpu_count() or 1
    if number == 1:
        return None

    def pool() -> "Executor":
        from concurrent.futures import ProcessPoolExecutor

        return ProcessPoolExecutor(number, initializer=_follow_the_command)

    return pool


def _follow_the_command() -> None:
    """Have this process end with the one that started it, even by a kill: it holds the build's lock too."""
    from threading import Thread

    Thread(target=_end_after_the_command, daemon=True).start()


def _end_after_the_command() -> None:
    from multiprocessing import parent_process

    if command := parent_process():
        command.join()
        os._exit(1)


def end(status: int) -> NoReturn:
    """End this process at once; it has flushed what it printed.

    To take a large library apart, object by object, would take 0.2 s more.
    """
    os._exit(status)
