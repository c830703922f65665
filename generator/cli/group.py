"""Group all commands by purpose in the help, and wrap messages at words."""

import sys
from collections.abc import Mapping
from typing import Any

import click

from generator.terminal import columns, wrapped

SECTIONS: Mapping[str, tuple[str, ...]] = {
    "Start": ("init",),
    "Read papers": ("ingest", "fetch", "enrich", "new", "from-issue", "undo", "formats"),
    "Curate": ("serve", "suggest", "merge", "rename", "check"),
    "Publish": ("preview", "build", "publish", "mail", "mark-published", "let-go"),
}
"""In the order of an editor's day."""


class Commands(click.Group):
    """The program's commands."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands in their sections; the others are at the end."""
        names = self.list_commands(ctx)
        named = {name for section in SECTIONS.values() for name in section}
        rest = tuple(name for name in names if name not in named)
        width = max(len(name) for name in names)
        for title, section in (*SECTIONS.items(), ("Set up", rest)):
            with formatter.section(title):
                formatter.write_dl([(f"{name:{width}}", self._summary(name)) for name in section])

    def _summary(self, name: str) -> str:
        return self.commands[name].get_short_help_str(limit=sys.maxsize)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; a message of click is wrapped at words where standard error is a terminal."""
        try:
            return super().invoke(ctx)
        except click.ClickException as flaw:
            text = f"Error: {flaw.format_message()}"
            shown = "\n".join(wrapped(text, columns(sys.stderr)))
            message = shown.removeprefix("Error: ")
            if isinstance(flaw, click.UsageError):
                raise click.UsageError(message, flaw.ctx) from flaw
            raise click.ClickException(message) from flaw
