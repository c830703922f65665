"""The commands that list or copy what comes with Broadsheet: schema, templates, formats."""

from difflib import get_close_matches
from pathlib import Path

import click

from generator.cli.options import digest_option, finish, quiet_option
from generator.terminal import say


@click.command()
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


@click.command()
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


@click.command()
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
