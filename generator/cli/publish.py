"""The command that publishes a digest, step by step."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli.mail import a_server
from generator.cli.options import digest_option, dry_run_option, finish, quiet_option
from generator.library.paths import MAILED
from generator.problem import has_error
from generator.terminal import say, shown_text, track

if TYPE_CHECKING:
    from generator.mail.server import SmtpServer


@click.command()
@digest_option
@quiet_option
@click.option(
    "--to",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Mail the newest issue to each address in FILE that does not have it yet.",
)
@click.option(
    "--smtp",
    metavar="HOST:PORT",
    callback=a_server,
    help="Send through this server, without a login.  [default: `server:` of content/site.yaml]",
)
@dry_run_option
def publish(root: Path, quiet: bool, to: Path | None, smtp: "SmtpServer | None", dry_run: bool) -> None:
    """Check, build, deploy, mark as published, and mail.

    The command that deploys site/ is `deploy:` in content/site.yaml. It stops at the first error. If it is
    interrupted, run it again: it goes on where it stopped.
    """
    from generator.commands.publish import Mailing
    from generator.commands.publish import publish as run

    if smtp and not to:
        message = "--smtp names a server to send through, so it needs --to."
        raise click.UsageError(message)
    bar = partial(track, what="Sending")
    mailing = Mailing(to=to, smtp=smtp, journal=root / MAILED, track=bar) if to else None

    def tell(step: str, text: str) -> None:
        if not quiet:
            say(f"{step:8} {shown_text(root, text)}")

    problems = run(root, mailing, tell, dry_run=dry_run)
    outcome = "Not published." if has_error(problems) else "Nothing was done." if dry_run else "Published."
    finish(problems, root, "" if quiet else outcome)
