"""Processes: pools that share large work and end with the command, and the command's own end."""

import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NoReturn, Protocol

if TYPE_CHECKING:
    from concurrent.futures import Executor

START_METHOD = "fork" if sys.platform == "linux" else "spawn"
"""How a worker starts. A forked one has the library and the plan in memory already; macOS cannot fork safely.

Chosen here, because the default changes with the version of Python: 3.14 no longer forks.
"""


class Workers(Protocol):
    """Makes an executor whose workers begin with `initializer(*initargs)`, or without it if they cannot."""

    def __call__(
        self, *, initializer: Callable[..., object] | None = None, initargs: tuple[Any, ...] = ()
    ) -> "Executor":
        """Return the executor."""


def processes(jobs: int | None = None) -> Workers | None:
    """Return what makes a pool of that many processes, by default one for each core; None for a single one.

    `START_METHOD` says how they start.
    """
    number = jobs or os.cpu_count() or 1
    if number == 1:
        return None

    def pool(
        *, initializer: Callable[..., object] | None = None, initargs: tuple[Any, ...] = ()
    ) -> "Executor":
        from concurrent.futures import ProcessPoolExecutor
        from multiprocessing import get_context

        context = get_context(START_METHOD)
        return ProcessPoolExecutor(number, context, _begin, (initializer, initargs))

    return pool


def _begin(initializer: Callable[..., object] | None, initargs: tuple[Any, ...]) -> None:
    """Begin a worker. It ends with the command, even a killed one, since it holds the build's lock too."""
    from threading import Thread

    Thread(target=_end_after_the_command, daemon=True).start()
    if initializer:
        initializer(*initargs)


def _end_after_the_command() -> None:
    from multiprocessing import parent_process

    if command := parent_process():
        command.join()
        os._exit(1)


def end(status: int) -> NoReturn:
    """End this process at once; it has flushed what it printed.

    Freeing a large library object by object would take 0.2 s more.
    """
    os._exit(status)
