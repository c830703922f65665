"""The program: `broadsheet`, or `python -m generator`."""

import gc
import os
import signal
import sys
import threading
from io import TextIOWrapper
from types import FrameType
from typing import NoReturn

from generator.processes import end

_SIGNALS: dict[int, str] = {
    signal.SIGINT: "Interrupted.\n",
    signal.SIGTERM: "Terminated.\n",
    signal.SIGHUP: "Hung up.\n",
}


def run() -> NoReturn:
    """Run the command that the arguments name, and exit with its status.

    SIGINT, SIGTERM and SIGHUP end it as an error would, with all that is to be cleaned up, and a line.
    """
    # Looking for cycles took up to a third of a command's time and freed nothing: the process holds as much
    # at most without, and ends when the command does. What runs for long looks for them itself.
    gc.disable()
    _open_streams()
    for number in _SIGNALS:
        if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:  # as nohup has it
            signal.signal(number, _leave)
    signal.signal(signal.SIGUSR1, _give_up)
    threading.excepthook = _end_with_thread
    sys.unraisablehook = _leave_later
    status = 1
    try:
        try:
            from generator.cli.program import main  # takes a while, in which a signal may come

            main(prog_name="broadsheet")
        except SystemExit as leaving:
            sys.stdout.flush()
            status = int(leaving.code or 0)
            sys.stderr.write(_SIGNALS.get(status - 128, ""))
    except BrokenPipeError:
        pass  # the reader of the pipe has closed it
    except OSError as flaw:
        from generator.cli.options import tell_of_file_system

        tell_of_file_system(flaw)
    except Exception as flaw:
        if not (said := _of_the_machine(flaw)):
            raise
        sys.stderr.write(f"error  {said}\n")
    end(status)


def _open_streams() -> None:
    """Open the standard streams that are closed, so that no other file takes their numbers.

    To write to standard output fails, as it would on a full disk.
    """
    for name, mode, access in (
        ("stdin", "r", os.O_RDONLY),
        ("stdout", "w", os.O_RDONLY),
        ("stderr", "w", os.O_WRONLY),
    ):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, access), mode))
    if isinstance(sys.stdout, TextIOWrapper) and sys.stdout.errors == "strict":
        sys.stdout.reconfigure(errors="backslashreplace")  # as standard error has it


_SHORTAGES = ("can't start new thread", "failed to map segment", "cannot allocate memory")
"""How Python and the loader of libraries say that there is no memory."""


def _of_the_machine(flaw: BaseException) -> str:
    """Return what to say of an exception that the machine is to blame for; nothing of one of our own."""
    from concurrent.futures import BrokenExecutor

    if isinstance(flaw, MemoryError) or any(words in str(flaw) for words in _SHORTAGES):
        return "Out of memory. Use fewer processes (build --jobs 1), or more memory."
    if isinstance(flaw, BrokenExecutor):
        return "A process of this command was killed, perhaps as memory ran out. Try again."
    return _of_the_machine(flaw.__context__) if flaw.__context__ else ""


def _leave(number: int, _: FrameType | None) -> NoReturn:
    sys.exit(128 + number)


def _give_up(_: int, __: FrameType | None) -> NoReturn:
    raise MemoryError


def _end_with_thread(ended: threading.ExceptHookArgs) -> None:
    """End the command where the machine ended one of its threads: it would wait for that for ever."""
    if ended.exc_value and _of_the_machine(ended.exc_value):
        signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGUSR1)
    else:
        threading.__excepthook__(ended)


def _leave_later(ignored: "sys.UnraisableHookArgs") -> None:
    """Raise a signal again that fell into a callback, where Python ignores exceptions."""
    if isinstance(ignored.exc_value, SystemExit) and isinstance(ignored.exc_value.code, int):
        threading.Timer(0.01, os.kill, (os.getpid(), ignored.exc_value.code - 128)).start()
    else:
        sys.__unraisablehook__(ignored)


if __name__ == "__main__":
    run()
