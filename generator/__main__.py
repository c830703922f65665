"""The program: `broadsheet`, or `python -m generator`."""

import gc
import os
import signal
import sys
from threading import Timer
from types import FrameType
from typing import NoReturn

from generator.cli.options import tell_of_file_system
from generator.cli.program import main
from generator.processes import end

_SIGNALS: dict[int, str] = {signal.SIGINT: "Interrupted.\n", signal.SIGTERM: "Terminated.\n"}


def run() -> NoReturn:
    """Run the command that the arguments name, and exit with its status.

    SIGINT and SIGTERM end it as an error would, with all that is to be cleaned up, and a line.
    """
    # Looking for cycles took up to a third of a command's time and freed nothing: the process holds as much
    # at most without, and ends when the command does. What runs for long looks for them itself.
    gc.disable()
    for number in _SIGNALS:
        signal.signal(number, _leave)
    sys.unraisablehook = _leave_later
    status = 1
    try:
        try:
            main(prog_name="broadsheet")
        except SystemExit as leaving:
            sys.stdout.flush()
            status = leaving.code if isinstance(leaving.code, int) else bool(leaving.code)
            sys.stderr.write(_SIGNALS.get(status - 128, ""))
    except BrokenPipeError:
        pass  # the reader of the pipe has closed it
    except OSError as flaw:
        tell_of_file_system(flaw)
    except MemoryError:
        sys.stderr.write("error  Out of memory. Use fewer processes (build --jobs 1), or more memory.\n")
    except Exception as flaw:
        from concurrent.futures import BrokenExecutor

        if not isinstance(flaw, BrokenExecutor):
            raise
        sys.stderr.write(
            "error  A process of this command was killed, perhaps as memory ran out. Try again.\n"
        )
    end(status)


def _leave(number: int, _: FrameType | None) -> NoReturn:
    sys.exit(128 + number)


def _leave_later(ignored: "sys.UnraisableHookArgs") -> None:
    """Raise a signal again that fell into a callback, where Python ignores exceptions."""
    if isinstance(ignored.exc_value, SystemExit) and isinstance(ignored.exc_value.code, int):
        Timer(0.01, os.kill, (os.getpid(), ignored.exc_value.code - 128)).start()
    else:
        sys.__unraisablehook__(ignored)


if __name__ == "__main__":
    run()
