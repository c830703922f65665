"""The command that serves the site live."""

import re
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TypeVar

import click

from generator.cli.options import digest_option, quiet_option, utf8
from generator.processes import processes
from generator.terminal import print_problems, say

AUTO = "auto"
LAST_PORT = 65535


def _port(_: click.Context, __: click.Parameter, text: str) -> int | None:
    """Return the port that a person named; None for the next free one."""
    if text == AUTO:
        return None
    if not (text.isascii() and text.isdigit() and int(text) <= LAST_PORT):
        message = f"{text!r} is not a port: a number from 0 to {LAST_PORT}, or auto."
        raise click.BadParameter(message)
    return int(text)


def _editor(_: click.Context, __: click.Parameter, text: str | None) -> str | None:
    if text is not None and not (re.match(r"[a-z][a-z0-9+.-]*:", text) and "{path}" in text):
        message = (
            f"{text!r} is not an address with {{path}}, such as idea://open?file={{path}}&line={{line}}."
        )
        raise click.BadParameter(message)
    return text


T = TypeVar("T")


def _if_possible(write: Callable[[T], None]) -> Callable[[T], None]:
    """Return what writes to a terminal as long as there is one: without it, pages are served all the same."""

    def written(said: T) -> None:
        with suppress(OSError):
            write(said)

    return written


@click.command()
@digest_option
@quiet_option
@click.option("-v", "--verbose", is_flag=True, help="Print each request too.")
@click.option(
    "--host",
    metavar="ADDRESS",
    default="127.0.0.1",
    show_default=True,
    type=utf8,
    help="Listen on ADDRESS.",
)
@click.option(
    "-p",
    "--port",
    metavar="PORT",
    default="8000",
    show_default=True,
    callback=_port,
    help="Listen on PORT: a number; auto for the next free one from 8000 on.",
)
@click.option("-o", "--open", "opens_browser", is_flag=True, help="Open the site in your browser.")
@click.option(
    "--editor",
    metavar="ADDRESS",
    envvar="BROADSHEET_EDITOR",
    show_envvar=True,
    callback=_editor,
    help="Address that opens a {path} at {line} and {column} in your text editor.  [default: VS Code's]",
)
@click.option("--poll", is_flag=True, help="Look for changes by polling, if the system does not report them.")
def serve(
    root: Path,
    quiet: bool,
    verbose: bool,
    host: str,
    port: int | None,
    opens_browser: bool,
    editor: str | None,
    poll: bool,
) -> None:
    """Serve the site live, with the desk, updated on each change.

    The desk, where papers get themes and notes, is at /_desk/. Alt-click anything on a page to see where it
    is written.
    """
    from generator.serve.editor import VSCODE
    from generator.serve.server import Options
    from generator.serve.server import serve as run
    from generator.serve.session import Log

    log = Log(
        (lambda _: None) if quiet else _if_possible(say), _if_possible(partial(print_problems, root=root))
    )
    options = Options(
        host=host,
        port=port,
        poll=poll,
        opens_browser=opens_browser,
        editor=editor or VSCODE,
        requests=verbose,
    )
    run(root, options, log, processes())
