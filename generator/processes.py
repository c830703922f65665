"""Start processes that share the work of a command and end with it, and end the command itself."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Executor
    from multiprocessing.connection import Connection

Workers = Callable[[], "Executor"]
"""Makes the executor that runs the shards of large work: a pool of processes, or a cluster's."""

START_METHOD = "fork" if sys.platform == "linux" else "spawn"
"""How a worker starts. A forked one has the library and the plan in memory already; macOS cannot fork safely.

Chosen here, because the default changes with the version of Python: 3.14 no longer forks.
"""


def processes(jobs: int | None = None) -> Workers | None:
    """Return a function that makes a pool of `jobs` processes, by default one for each core; None for one.

    `START_METHOD` says how they start.
    """
    number = jobs or os.cpu_count() or 1
    if number == 1:
        return None

    def pool() -> "Executor":
        from concurrent.futures import ProcessPoolExecutor
        from multiprocessing import get_context

        context = get_context(START_METHOD)
        return ProcessPoolExecutor(number, context, _end_with_the_command)

    return pool


T = TypeVar("T")


@contextmanager
def in_background(
    workers: Workers | None, function: Callable[..., T], *arguments: Any
) -> Iterator[Callable[[], T]]:
    """Call a function in a forked process, and yield a function that waits for the result.

    The process ends with the block. Without workers, or where no process can be forked, this process calls
    the function when the result is asked for.
    """
    if workers is None or START_METHOD != "fork":
        yield partial(function, *arguments)
        return
    from multiprocessing import get_context

    context = get_context("fork")
    receiving, sending = context.Pipe(duplex=False)
    process = context.Process(target=_answer, args=(sending, function, arguments))
    process.start()
    sending.close()
    try:
        yield partial(_answer_from, receiving)
    finally:
        process.kill()
        process.join()


def _answer(sending: "Connection", function: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
    """Send what a function returns, or what it raises."""
    _end_with_the_command()
    try:
        sending.send((function(*arguments), None))
    except Exception as flaw:  # it is raised where the answer is received
        sending.send((None, flaw))


def _answer_from(receiving: "Connection") -> Any:
    """Return or raise what another process sent. Raises BrokenExecutor if it was killed."""
    try:
        result, flaw = receiving.recv()
    except EOFError as end:
        from concurrent.futures import BrokenExecutor

        raise BrokenExecutor from end
    if flaw:
        raise flaw
    return result


def _end_with_the_command() -> None:
    """Make this process end when its parent ends, even if killed: this one holds the build's lock too."""
    import signal
    from multiprocessing import parent_process
    from threading import Thread

    for number in (signal.SIGINT, signal.SIGHUP):  # the command gets it too, and ends its workers
        signal.signal(number, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    sys.stderr = open(os.devnull, "w")  # noqa: PTH123, SIM115 (the command says why a worker ended)

    def end_after_the_command() -> None:
        if command := parent_process():
            command.join()
            os._exit(1)

    Thread(target=end_after_the_command, daemon=True).start()


def end(status: int) -> NoReturn:
    """End this process at once; it has flushed what it printed.

    Freeing a large library object by object would take 0.2 s more.
    """
    os._exit(status)
