"""The commands that compare papers: refresh-terms, suggest."""

from pathlib import Path

import click

from generator.cli.options import NO_MODEL, amount, digest_option, finish, quiet_option
from generator.problem import has_error


@click.command()
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


@click.command()
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
