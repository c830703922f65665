"""The program: `broadsheet`, or `python -m generator`."""

import sys
from typing import NoReturn

from generator.cli.program import main
from generator.processes import end


def run() -> NoReturn:
    """Run the command that the arguments name, and exit with its status."""
    status = 1
    try:
        try:
            main(prog_name="broadsheet")
        except SystemExit as leaving:
            sys.stdout.flush()
            status = leaving.code if isinstance(leaving.code, int) else bool(leaving.code)
    except BrokenPipeError:
        pass  # the reader of the pipe has closed it
    except OSError as exc:  # commands handle errors of their files; this one is of standard output
        sys.stderr.write(f"error  Cannot write output: {exc.strerror}.\n")
    end(status)


if __name__ == "__main__":
    run()
