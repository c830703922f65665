"""The command that turns a reader's issue into a record or a change."""

import datetime as dt
import sys
from pathlib import Path

import click

from generator.cli.options import a_day, digest_option, finish, quiet_option
from generator.problem import Problem
from generator.terminal import shown_path

STANDARD_INPUT = "standard input"


@click.command()
@digest_option
@quiet_option
@click.argument(
    "file", metavar="FILE | -", type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path)
)
@click.option(
    "--issue",
    "day",
    metavar="DAY",
    callback=a_day,
    default="today",
    show_default=True,
    help="Issue of a suggested paper: 2025-10-30, today, yesterday or a weekday.",
)
def from_issue(root: Path, quiet: bool, file: Path, day: dt.date) -> None:
    """Turn a reader's issue into a record or a change.

    FILE has the text of an issue that was made with one of the forms of `broadsheet init --ci github`. A
    suggested paper becomes a draft; a correction changes the record, unless an editor wrote what it corrects.
    For example: gh issue view 12 --json body --jq .body | broadsheet from-issue -
    """
    from generator.commands.from_issue import from_issue as run
    from generator.commands.issue_text import read_issue

    is_piped = str(file) == "-"
    name = STANDARD_INPUT if is_piped else str(file.absolute())
    issue = read_issue(sys.stdin.buffer.read() if is_piped else file.read_bytes(), name)
    if isinstance(issue, Problem):
        finish([issue], root, "Nothing was written.")
    done = run(root, issue, day, name)
    made, edited = done.plan.made, done.plan.edited
    lines = [f"new     {shown_path(root, write.path)}, a draft" for write in made]
    lines += [
        "\n        ".join([f"changed {shown_path(root, write.path)}", *write.changes]) for write in edited
    ]
    after = "Read it, give it a theme, and remove `draft: true` when it is ready." if made else ""
    after = "Look at it with `git diff` before you commit it." if edited else after
    outcome = "\n".join([*lines, after]) if lines else "Nothing was written."
    finish(done.problems, root, "" if quiet and lines else outcome)
