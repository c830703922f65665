"""Find the account that mail is sent from: the server in `content/site.yaml`, and its password elsewhere."""

import os
from pathlib import Path

from generator.mail.server import NONE, PORTS, SmtpServer, is_loopback
from generator.problem import Location, Problem, error
from generator.settings import MailServer

DEFAULT_VARIABLE = "BROADSHEET_MAIL_PASSWORD"


def account(root: Path, settings: MailServer, place: Location) -> SmtpServer | Problem:
    """Return the server of a digest with the login there, or why it cannot be used.

    Takes the digest's folder, the server in its settings, and the place of these, to name in problems.
    """
    if settings.security == NONE and not is_loopback(settings.host):
        hint = "Choose `security: starttls` or `tls`; with `none` only localhost may be the server."
        return error(place, f"Mail to {settings.host} would be readable on the way.", hint)
    password = _password(root, settings, place) if settings.user else ""
    if isinstance(password, Problem):
        return password
    if not f"{settings.user}{password}".isascii():
        hint = "Choose a password of ASCII characters: not every server takes others."
        return error(place, "The user name or the password has a character that is not ASCII.", hint)
    port = settings.port or PORTS[settings.security]
    return SmtpServer(settings.host, port, settings.security, settings.user or "", password, place)


def _password(root: Path, settings: MailServer, place: Location) -> str | Problem:
    variable = settings.password_variable or DEFAULT_VARIABLE
    if password := os.environ.get(variable):
        return password
    hint = f"Set the environment variable {variable}, or name a `password_file:`."
    if settings.password_file is None:
        return error(place, f"There is no password for {settings.user}.", hint)
    path = Path(settings.password_file)
    try:
        path = root / path.expanduser()
        return path.read_text("utf-8").strip()
    except (OSError, ValueError, RuntimeError) as flaw:  # RuntimeError: no user has the name behind ~
        reason = flaw.strerror if isinstance(flaw, OSError) else str(flaw).rstrip(".").lower()
        if isinstance(flaw, UnicodeDecodeError):
            reason = "it is not UTF-8 text"
        return error(Location(path=str(path)), f"The password cannot be read: {reason}.", hint)
