"""The commands: each reads its options, calls one function and prints the result."""

import time
from functools import partial
from pathlib import Path

import click

from generator.cli.enrich import enrich
from generator.cli.fetch import fetch
from generator.cli.ingest import ingest, merge, new, undo
from generator.cli.init import init
from generator.cli.mail import mail
from generator.cli.options import amount, digest_option, finish, quiet_option
from generator.problem import Severity, has_error
from generator.processes import processes
from generator.terminal import print_problems, track


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="broadsheet", message="%(version)s")
def main() -> None:
    """Turn listings of research papers into a curated digest: a website, feeds and mail.

    Exit status: 0 without errors, 1 with errors, 2 for wrong usage.
    """


for command in (init, fetch, ingest, enrich, undo, merge, new, mail):
    main.add_command(command)


@main.command()
@digest_option
@quiet_option
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), help="Folder to write to.  [default: site]"
)
@click.option("--clean", is_flag=True, help="Render every page, and overwrite files that are in the way.")
@click.option(
    "--stage", metavar="STAGE", help="Render only one stage: core, exports, mail, images or search."
)
@click.option(
    "--jobs",
    type=click.IntRange(1),
    help="Number of processes for large builds.  [default: one for each core]",
)
@click.option("--explain", is_flag=True, help="Print why each page was rendered.")
def build(
    root: Path, quiet: bool, out: Path | None, clean: bool, stage: str | None, jobs: int | None, explain: bool
) -> None:
    """Write the website."""
    from generator.commands.build import build as run
    from generator.engine.page import STAGES

    if stage not in {None, *STAGES}:
        message = f"{stage!r} is not a stage. The stages are: {', '.join(STAGES)}."
        raise click.BadParameter(message, param_hint="--stage")
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
            click.echo(f"{path}: {reason}")
    if has_error(report.problems):
        finish(report.problems, root, "" if report.planned else "Nothing was written.")
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

    found = run(root)
    lines = [] if found.marked else ["Nothing is marked as published yet, so everything is new."]
    for news in found.news:
        named = ("updated", news.updated), ("again", news.again), ("vanished", news.vanished)
        counts = ("new", news.new), *named, ("new in no feed", news.missed)
        lines.append(f"{news.feed:40}" + ", ".join(f"{len(ids)} {word}" for word, ids in counts if ids))
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
@click.option("--why", metavar="TEXT", required=True, help="The reason, which is kept on record.")
def let_go(root: Path, quiet: bool, addresses: tuple[str, ...], why: str) -> None:
    """Let what was published vanish.

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

    Reads all papers and writes content/terms.txt.
    """
    from generator.commands.refresh_terms import refresh_terms as run

    found = run(root)
    if has_error(found.problems):
        finish(found.problems, root, "Nothing was written.")
    counts = amount(found.papers, "paper"), amount(len(found.terms.rows), "term")
    facts = [*counts, f"{found.come} new", f"{found.gone} gone"]
    finish((), root, "" if quiet else ", ".join(facts))


@main.command()
@digest_option
@click.argument("slugs", metavar="[SLUG]...", nargs=-1)
def suggest(root: Path, slugs: tuple[str, ...]) -> None:
    """Suggest themes for papers without one.

    SLUG names papers to suggest themes for, with or without one. Prints three themes for each paper, with the
    words that decided; how sure, in percent. Write those you choose into the record: `themes: [a, b]`.
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
        width = max(len(each.theme) for each in themes)
        lines += [
            f"  {each.confidence:4.0%}  {each.theme:{width}}  {', '.join(each.words)}" for each in themes
        ]
    finish((), root, "\n".join(lines) or "Every paper has a theme, or there are no themes to suggest.")


@main.command()
@digest_option
@quiet_option
def check(root: Path, quiet: bool) -> None:
    """List every problem in content and templates."""
    from generator.commands.check import check as run

    problems = run(root)
    shown = [problem for problem in problems if not quiet or problem.severity is Severity.ERROR]
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    tally = f"{amount(errors, 'error')}, {amount(len(problems) - errors, 'notice')}."
    finish(shown, root, "" if quiet else tally)


@main.command()
@click.argument("name", metavar="[NAME]", required=False)
def formats(name: str | None) -> None:
    """List the formats of listings, or describe one with an example."""
    from generator.commands.formats import formats as run

    found = run()
    if name is None:
        width = max(len(form.name) for form in found)
        click.echo("\n".join(f"{form.name:{width}}  {form.summary}" for form in found))
        return
    described = [form.text for form in found if form.name == name]
    if not described:
        message = f"{name!r} is no format. The formats are: {', '.join(form.name for form in found)}."
        raise click.BadParameter(message, param_hint="NAME")
    click.echo(described[0])


@main.command()
@digest_option
@quiet_option
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, help="Port to listen on; 0 for any free port.")
@click.option("--poll", is_flag=True, help="Look for changes by polling, if the system does not report them.")
def serve(root: Path, quiet: bool, host: str, port: int, poll: bool) -> None:
    """Serve the site live, updated on each change."""
    from generator.serve.server import serve as run
    from generator.serve.session import Log

    log = Log((lambda _: None) if quiet else click.echo, partial(print_problems, root=root))
    run(root, host, port, poll=poll, log=log, workers=processes())
