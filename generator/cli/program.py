"""The commands: each reads its options, calls one function and prints the result."""

import time
from difflib import get_close_matches
from functools import partial
from pathlib import Path

import click

from generator.cli.check import check
from generator.cli.enrich import enrich
from generator.cli.fetch import fetch
from generator.cli.from_issue import from_issue
from generator.cli.group import Commands
from generator.cli.ingest import ingest, merge, new, undo
from generator.cli.init import init
from generator.cli.mail import mail
from generator.cli.options import NO_MODEL, amount, digest_option, finish, quiet_option, utf8
from generator.cli.publish import publish
from generator.cli.rename import rename
from generator.cli.serve import serve
from generator.problem import has_error
from generator.processes import processes
from generator.terminal import say, track


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="broadsheet", message="%(prog)s %(version)s", prog_name="broadsheet")
def main() -> None:
    """Turn listings of research papers into a curated digest: a website, feeds and mail.

    Exit status: 0 without errors, 1 with errors, 2 for wrong usage. `broadsheet COMMAND --help` describes a
    command.
    """


COMMANDS = (init, fetch, check, ingest, enrich, undo, merge, rename, new, from_issue, serve, mail, publish)
for command in COMMANDS:
    main.add_command(command)


@main.command()
@digest_option
@quiet_option
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), help="Folder to write to.  [default: site]"
)
@click.option("--clean", is_flag=True, help="Render every page, and overwrite files that are in the way.")
@click.option(
    "--stage",
    type=click.Choice(["core", "exports", "mail", "images", "search"]),
    help="Render only one stage.",
)
@click.option(
    "--jobs",
    type=click.IntRange(1),
    metavar="N",
    help="Number of processes for large builds.  [default: one for each core]",
)
@click.option("-v", "--explain", is_flag=True, help="Print why each page was rendered.")
def build(
    root: Path, quiet: bool, out: Path | None, clean: bool, stage: str | None, jobs: int | None, explain: bool
) -> None:
    """Write the website."""
    from generator.commands.build import build as run

    start = time.perf_counter()
    report = run(
        root,
        out or root / "site",
        clean=clean,
        stage=stage,
        workers=processes(jobs),
        track=partial(track, what="Rendering"),
    )
    if explain:
        for path, reason in report.changes:
            say(f"{path}: {reason}")
    if has_error(report.problems):
        finish(report.problems, root, "" if report.planned or report.broke_off else "Nothing was written.")
    facts = [
        amount(report.papers, "paper"),
        amount(report.planned, "page"),
        f"{report.written} written",
        *([f"{report.removed} removed"] if report.removed else []),
        f"{time.perf_counter() - start:.2f} s",
    ]
    finish(report.problems, root, "" if quiet else ", ".join(facts))


@main.command()
@digest_option
@quiet_option
def preview(root: Path, quiet: bool) -> None:
    """Show what subscribers would see, feed by feed.

    Compares what a build would publish now with what is recorded as published.
    """
    from generator.commands.preview import preview as run

    found = run(root, processes())
    lines = [] if found.marked else ["Nothing is marked as published yet, so everything is new."]
    for news in found.news:
        named = ("updated", news.updated), ("again", news.again), ("vanished", news.vanished)
        counts = ("in a new feed" if news.first else "new", news.new), *named, ("new in no feed", news.missed)
        lines.append(f"{news.feed:39} " + ", ".join(f"{len(ids)} {word}" for word, ids in counts if ids))
        lines += [f"  {word} {name}" for word, ids in named for name in ids]
    if found.undated:
        lines.append(f"{amount(len(found.undated), 'new paper')} without an issue date, in no feed:")
        lines += [f"  papers/{slug}/" for slug in found.undated]
    if not (found.news or found.undated or has_error(found.problems)):
        lines.append("Subscribers will see nothing new.")
    finish(found.problems, root, "" if quiet else "\n".join(lines))


@main.command()
@digest_option
@quiet_option
def mark_published(root: Path, quiet: bool) -> None:
    """Record that the site is published as it is now.

    Writes content/published.jsonl. From then on, a build that would lose an address or feed entry stops.
    """
    from generator.commands.preview import mark_published as run

    found = run(root)
    if has_error(found.problems):
        finish(found.problems, root, "Nothing was marked.")
    counts = (
        amount(found.addresses, "address", "addresses"),
        amount(found.entries, "feed entry", "feed entries"),
    )
    finish(found.problems, root, "" if quiet else f"{', '.join(counts)} on record.")


@main.command()
@digest_option
@quiet_option
@click.argument("addresses", metavar="ADDRESS...", nargs=-1, required=True)
@click.option("--why", metavar="TEXT", type=utf8, required=True, help="The reason, which is kept on record.")
def let_go(root: Path, quiet: bool, addresses: tuple[str, ...], why: str) -> None:
    """Allow published pages or entries to be removed.

    ADDRESS is that of a page, as in papers/x/: all files and feed entries of the paper, theme or issue go
    with it.
    """
    from generator.commands.let_go import let_go as run

    if not why.strip():
        message = "Give a reason."
        raise click.BadParameter(message, param_hint="--why")
    found = run(root, addresses, why.strip())
    if has_error(found.problems):
        finish(found.problems, root, "Nothing was written.")
    lines = [
        f"{loss.owner} may vanish: {amount(len(loss.addresses), 'address', 'addresses')}, "
        f"{amount(len(loss.entries), 'feed entry', 'feed entries')}"
        for loss in found.losses
    ]
    finish((), root, "" if quiet else "\n".join(lines))


@main.command()
@digest_option
@quiet_option
def refresh_terms(root: Path, quiet: bool) -> None:
    """Recompute the terms that relate papers.

    Reads all papers and writes content/terms.txt. With `pip install 'broadsheet[vectors]'` it also writes
    content/vectors.txt, what a sentence model makes of each paper.
    """
    from generator.commands.refresh_terms import refresh_terms as run

    found = run(root, lambda number: None if quiet else click.echo(f"computing {amount(number, 'vector')}"))
    if has_error(found.problems):
        finish(found.problems, root, "Nothing was written.")
    counts = amount(found.papers, "paper"), amount(len(found.terms.rows), "term")
    facts = [*counts, f"{found.come} new", f"{found.gone} gone"]
    if found.vectors is not None:
        facts.append(amount(found.vectors, "vector"))
    lines = [", ".join(facts), *([f"no vectors: {NO_MODEL}"] if found.vectors is None else [])]
    finish((), root, "" if quiet else "\n".join(lines))


@main.command()
@digest_option
@click.argument("slugs", metavar="[SLUG]...", nargs=-1)
def suggest(root: Path, slugs: tuple[str, ...]) -> None:
    """Suggest themes for papers without one.

    With SLUG, suggest themes for these papers, also if they have some. Prints three for each paper: how
    likely each is, in percent, and the words that decided. Write those you choose into the record:
    `themes: [a, b]`.
    """
    from generator.commands.suggest import suggest as run

    found = run(root, slugs)
    if found.unknown:
        message = f"There is no paper {found.unknown[0]}. A slug is the name of a record's file."
        raise click.BadParameter(message, param_hint="SLUG")
    if has_error(found.problems):
        finish(found.problems, root, "Nothing was suggested.")
    lines = []
    for card, themes in found.papers:
        lines += [f"{card.slug}: {card.title}"]
        width = max((len(each.theme) for each in themes), default=0)
        lines += [
            f"  {each.percent:2}%  {each.theme:{width}}  {', '.join(each.words)}" for each in themes
        ] or ["  No theme is likelier than another."]
    none = (
        "Every paper has a theme. Name a paper to see what is suggested for it."
        if found.has_themes
        else "No themes yet. Write them in content/themes.yaml."
    )
    finish((), root, "\n".join(lines) or none)


@main.command()
@digest_option
@quiet_option
def schema(root: Path, quiet: bool) -> None:
    """Write JSON Schemas, for text editors that check YAML.

    They go to content/schemas/. Run it again when themes.yaml has changed.
    """
    from generator.commands.schema import editor_settings, write_schemas

    paths = write_schemas(root)
    if not quiet:
        click.echo("\n".join([*paths, "", "For .vscode/settings.json:", editor_settings()]))


@main.command()
@digest_option
@click.argument("name", metavar="[NAME]", required=False)
@click.option("--copy", is_flag=True, help="Copy it to the digest's templates/, for you to change.")
def templates(root: Path, name: str | None, copy: bool) -> None:
    """List the shipped templates, or print one."""
    from generator.commands.templates import copy_shipped, shipped_data, shipped_names

    names = shipped_names()
    if name is None:
        click.echo("\n".join(names))
        return
    if name not in names:
        near = ", ".join(get_close_matches(name, names))
        hint = f"Near it: {near}." if near else "`broadsheet templates` lists all."
        message = f"There is no template {name!r}. {hint}"
        raise click.BadParameter(message, param_hint="NAME")
    if not copy:
        click.echo(shipped_data(name), nl=False)
        return
    problem = copy_shipped(root, name)
    finish([problem] if problem else [], root, "" if problem else f"templates/{name}")


@main.command()
@click.argument("name", metavar="[NAME]", required=False)
def formats(name: str | None) -> None:
    """List the formats of listings, or describe one."""
    from generator.commands.formats import formats as run

    found = run()
    if name is None:
        width = max(len(form.name) for form in found)
        say("\n".join(f"{form.name:{width}}  {form.summary}" for form in found))
        return
    described = [form.text for form in found if form.name == name]
    if not described:
        message = f"{name!r} is not a format. The formats are: {', '.join(form.name for form in found)}."
        raise click.BadParameter(message, param_hint="NAME")
    click.echo(described[0])
