"""The command that renames a record or a theme."""

from pathlib import Path

import click

from generator.cli.options import digest_option, finish, quiet_option
from generator.problem import has_error
from generator.terminal import shown_path


@click.command()
@digest_option
@quiet_option
@click.argument("old")
@click.argument("new")
def rename(root: Path, quiet: bool, old: str, new: str) -> None:
    """Rename a record or a theme.

    OLD and NEW are slugs, as in its address. The old address leads to the new one, and feeds go on.
    """
    from generator.commands.rename import rename as run

    done = run(root, old, new)
    if has_error(done.problems):
        finish(done.problems, root, "Nothing was written.")
    lines = [f"moved   {shown_path(root, done.moved[0])} -> {new}.yaml"] if done.moved else []
    lines += [f"changed {shown_path(root, path)}" for path in done.edited]
    finish((), root, "" if quiet else "\n".join(lines))
