"""The program: the group of all commands. Each reads its options, calls one function, prints the result."""

import click

from generator.cli.build import build
from generator.cli.check import check
from generator.cli.enrich import enrich
from generator.cli.fetch import fetch
from generator.cli.from_issue import from_issue
from generator.cli.group import Commands
from generator.cli.ingest import ingest, merge, new, undo
from generator.cli.init import init
from generator.cli.mail import mail
from generator.cli.preview import let_go, mark_published, preview
from generator.cli.publish import publish
from generator.cli.reference import formats, schema, templates
from generator.cli.rename import rename
from generator.cli.serve import serve
from generator.cli.suggest import refresh_terms, suggest


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="broadsheet", message="%(prog)s %(version)s", prog_name="broadsheet")
def main() -> None:
    """Turn listings of research papers into a curated digest: a website, feeds and mail.

    Exit status: 0 without errors, 1 with errors, 2 for wrong usage. `broadsheet COMMAND --help` describes a
    command.
    """


COMMANDS = (
    *(init, fetch, check, ingest, enrich, undo, merge, rename, new, from_issue, serve, mail, publish),
    *(build, preview, mark_published, let_go, refresh_terms, suggest, schema, templates, formats),
)
for command in COMMANDS:
    main.add_command(command)
