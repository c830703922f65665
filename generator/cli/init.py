"""The command that starts a digest, and what it asks."""

import shlex
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import msgspec

from generator.cli.ingest import ingest
from generator.cli.options import finish, today, utf8
from generator.model import WebUrl, fits
from generator.settings import Language
from generator.terminal import say


def _of(kind: Any, what: str) -> Callable[[str], str]:
    """Return a function that checks text: it raises BadParameter for text that is not of this type."""

    def checked(text: str) -> str:
        if not fits(text, kind):
            message = f"{text!r} is not {what}."
            raise click.BadParameter(message)
        return text

    return checked


_URL = _of(WebUrl, "an address, such as https://example.org/")


def _file(text: str) -> str:
    """Return the name of a file, typed or dropped into the terminal, which quotes it; empty for no file."""
    name = text.strip(" '\"")
    if name and not Path(name).is_file():
        message = f"There is no file {name}."
        raise click.BadParameter(message)
    return name


_LANGUAGE = _of(Language, "a language tag, such as en or pt-BR")


@click.command()
@click.argument("folder", metavar="[FOLDER]", default=".", type=click.Path(file_okay=False, path_type=Path))
@click.option("--title", metavar="TEXT", type=utf8, help="Its name.  [default: The Digest]")
@click.option("--description", metavar="TEXT", type=utf8, help="A line under the title.")
@click.option(
    "--url", metavar="URL", type=_URL, help="Where it will be published.  [default: https://example.org/]"
)
@click.option("--language", metavar="TAG", type=_LANGUAGE, help="Its language.  [default: en]")
@click.option(
    "--theme", "themes", multiple=True, metavar="TITLE", type=utf8, help="A theme; give one or more."
)
@click.option(
    "--listing",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A first listing, which becomes today's issue.",
)
@click.option(
    "--ci",
    type=click.Choice(["github"]),
    help="Add workflows that publish it at each push, and fetch listings on weekdays.",
)
@click.option("--yes", is_flag=True, help="Ask nothing; use the defaults of options not given.")
@click.pass_context
def init(
    context: click.Context,
    folder: Path,
    title: str | None,
    description: str | None,
    url: str | None,
    language: str | None,
    themes: tuple[str, ...],
    listing: Path | None,
    ci: str | None,
    yes: bool,
) -> None:
    """Start a digest of your own in FOLDER, or here."""
    from generator.commands.init import init as run
    from generator.starter.digest import Answers

    ask: Callable[..., str] = click.prompt if sys.stdin.isatty() and not yes else _default
    usual = Answers(github=ci == "github")
    asked = msgspec.structs.replace(
        usual,
        title=title or ask("Title of the digest", default=usual.title),
        description=ask("A line under it", default="") if description is None else description,
        url=url or ask("Address where it will be published", default=usual.url, value_proc=_URL),
        language=language or ask("Language", default=usual.language, value_proc=_LANGUAGE),
        themes=themes or _titles(ask("Themes, with commas between them", default="")),
    )
    if listing is None and (named := ask("A first listing, a file", default="", value_proc=_file)):
        listing = Path(named)
    done = run(folder, asked, today())
    if done.problems:
        finish(done.problems, folder, "Nothing was written.")
    for path in done.written:
        click.echo(f"  {path}")
    for path in done.kept:
        click.echo(f"  {path}  (was there before, and stays)")
    status = _ingested(context, folder, listing) if listing else 0
    steps = [
        *([] if folder == Path() else [f"cd {shlex.quote(str(folder))}"]),
        *([] if listing else ["broadsheet ingest LISTING --issue today"]),
        "broadsheet serve -o",
        *(["broadsheet check"] if listing else []),
        "broadsheet publish",
    ]
    first = "`publish` runs the command that `deploy:` in content/site.yaml names. Write yours there first."
    say("\n".join(["", "The digest is there. Next:", "", *(f"  {step}" for step in steps), "", first]))
    context.exit(status)


def _ingested(context: click.Context, folder: Path, listing: Path) -> int:
    """Read the first listing, and return the status with which that would end."""
    try:
        context.invoke(ingest, root=folder, files=(listing,), issue=today())
    except SystemExit as end:
        return int(end.code or 0)
    return 0


def _default(_question: str, *, default: str, **_more: object) -> str:
    return default


def _titles(text: str) -> tuple[str, ...]:
    return tuple(title for part in text.split(",") if (title := part.strip()))
