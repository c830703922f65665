"""The commands that show what would be published, and record what is: preview, mark-published, let-go."""

from pathlib import Path

import click

from generator.cli.options import amount, digest_option, finish, quiet_option, utf8
from generator.problem import has_error
from generator.processes import processes


@click.command()
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


@click.command()
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


@click.command()
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
