"""Connect to the mail server (RFC 5321, 3207, 8314, 4954), and explain its refusals.

An account at a provider is used over TLS with a checked certificate, or not at all. A password or a message
in clear goes to loopback only.
"""

import socket
import ssl
from ipaddress import ip_address
from smtplib import (
    SMTP,
    SMTP_SSL,
    SMTPAuthenticationError,
    SMTPException,
    SMTPNotSupportedError,
    SMTPResponseException,
    SMTPServerDisconnected,
)
from typing import NamedTuple

from generator.problem import Location

TIMEOUT = 30
"""Seconds that the server may take for an answer."""
STARTTLS, TLS, NONE = "starttls", "tls", "none"
PORTS = {STARTTLS: 587, TLS: 465, NONE: 25}
"""Ports of submission (RFC 6409, RFC 8314) and of relay (RFC 5321)."""
RUN_AGAIN = "Run the same command again: nobody who has the issue gets it twice."


class SmtpServer(NamedTuple):
    """The server that takes the messages, and the account there."""

    host: str
    port: int
    security: str
    user: str = ""
    """The account; empty where the server wants no login."""
    password: str = ""
    place: Location = Location(path="--smtp")
    """Where it is named, for problems."""


class Refusal(NamedTuple):
    """Why a server takes no message at all, and what to do."""

    message: str
    hint: str


def is_loopback(host: str) -> bool:
    """Tell whether a host is this machine by its name or address, so that nobody is on the way."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def server_at(address: str) -> SmtpServer | None:
    """Return the server at an address such as "localhost:25" or "[::1]:25", None if it is not one.

    It is used without a login. Encryption is required of it unless it is this machine.
    """
    host, _, port = address.rpartition(":")
    host = host.strip("[]")
    try:
        host.encode("idna")
    except UnicodeError:
        return None
    if not (host and port.isascii() and port.isdigit() and len(port) <= 5 and 0 < int(port) < 65536):
        return None
    if is_loopback(host):
        return SmtpServer(host, int(port), NONE)
    return SmtpServer(host, int(port), TLS if int(port) == PORTS[TLS] else STARTTLS)


def connected(server: SmtpServer) -> SMTP | Refusal:
    """Return a connection that is ready for messages, or why there is none."""
    smtp: SMTP | None = None
    try:
        if server.security == TLS:
            context = ssl.create_default_context()
            smtp = SMTP_SSL(server.host, server.port, timeout=TIMEOUT, context=context)
        else:
            smtp = SMTP(server.host, server.port, timeout=TIMEOUT)
        smtp.ehlo_or_helo_if_needed()
        if server.security == STARTTLS:
            smtp.starttls(context=ssl.create_default_context())
            smtp.ehlo_or_helo_if_needed()  # what was said before encryption is void (RFC 3207, 4.2)
        if server.user:
            smtp.login(server.user, server.password)
    except (OSError, UnicodeError) as exc:
        if smtp:
            smtp.close()
        cause = exc.__context__ if isinstance(exc, SMTPServerDisconnected) else None
        return _connection_failure(cause if isinstance(cause, TimeoutError) else exc, server)
    return smtp


def refused_sender(reply: str, code: int) -> Refusal:
    """Return what a refusal of MAIL means: the reply, such as "550 5.7.1", and its code."""
    if code == 530:
        hint = "Add `user:` to `server:` below `mail:`, or let `security:` be starttls."
        return Refusal(f"The server wants a login or encryption first: {reply}.", hint)
    if code < 500:
        return Refusal(f"The server takes no mail at the moment: {reply}.", f"Wait some minutes. {RUN_AGAIN}")
    hint = "Let `address:` below `mail:` be an address that the account may send from."
    return Refusal(f"The server refuses this sender: {reply}.", hint)


_CERTIFICATE = (
    "Let `host:` be the name in the certificate. An authority of your own goes to SSL_CERT_FILE. "
    "One that has expired is the provider's to renew."
)
_PORT = "Port 587 mostly wants `security: starttls`, port 465 `security: tls`."
_OFFER = "Choose the port for submission, mostly 587 or 465. Without a login, remove `user:`."
_LOGIN = "Correct `user:` or the password. Many providers want a password made for this program."
_LATER = f"Wait some minutes. {RUN_AGAIN}"
_SILENT = f"{_PORT} Some networks block the ports of mail. {RUN_AGAIN}"
_HOST = "Correct `host:`, or look at the network."
_BLOCKED = "Ask the provider why. Some take mail only on another port, or only from networks that they know."
_WAYS = "Ask the provider for a password that programs may send it: AUTH PLAIN or LOGIN."
_CONNECT = f"Look at host and port. {RUN_AGAIN}"
_ANY, _LASTING, _NO_SMTP = range(-1, 1000), range(500, 1000), range(-1, 200)
"""Codes of replies: of any failure, of one that lasts, and of what is no reply of SMTP."""
_FAILURES: tuple[tuple[type[Exception], range, str, str], ...] = (
    (ssl.SSLCertVerificationError, _ANY, "The certificate of {where} is not valid: {reason}.", _CERTIFICATE),
    (ssl.SSLError, _ANY, "{where} does not speak TLS.", _PORT),
    (SMTPNotSupportedError, _ANY, "{where} does not offer {reason}, so nothing was sent.", _OFFER),
    (SMTPAuthenticationError, _LASTING, "{where} refuses the user name or the password: {reason}.", _LOGIN),
    (SMTPResponseException, _LASTING, "{where} refuses the connection: {reason}.", _BLOCKED),
    (SMTPResponseException, _NO_SMTP, "{where} does not speak SMTP.", _PORT),
    (SMTPResponseException, _ANY, "{where} takes no mail at the moment: {reason}.", _LATER),
    (SMTPServerDisconnected, _ANY, "Cannot connect to {where}: it closes the connection.", _CONNECT),
    (SMTPException, _ANY, "{where} takes no login by password, so nothing was sent.", _WAYS),
    (socket.gaierror, _ANY, "There is no host at {where}: {reason}.", _HOST),
    (UnicodeError, _ANY, "There is no host at {where}: no host can be called so.", _HOST),
    (TimeoutError, _ANY, f"{{where}} gives no answer within {TIMEOUT} seconds.", _SILENT),
    (Exception, _ANY, "Cannot connect to {where}: {reason}.", _CONNECT),
)
"""What can fail, as the library says it, by the code of the reply; what it means; what to do. The first that
fits counts."""


def _connection_failure(exc: Exception, server: SmtpServer) -> Refusal:
    """Return what a failure to connect or to log in means."""
    code = exc.smtp_code if isinstance(exc, SMTPResponseException) else -1
    message, hint = next(
        (message, hint) for kind, codes, message, hint in _FAILURES if isinstance(exc, kind) and code in codes
    )
    where = f"{server.host}:{server.port}"
    return Refusal(message.format(where=where, reason=_reason(exc)), hint)


def _reason(exc: Exception) -> str:
    match exc:
        case ssl.SSLCertVerificationError():
            return exc.verify_message.rstrip(".")
        case SMTPNotSupportedError():  # "STARTTLS extension not supported by server."
            return str(exc).partition(" extension")[0]
        case SMTPResponseException():
            return str(exc.smtp_code)
        case OSError(strerror=str(reason)):
            return reason
    return str(exc)
