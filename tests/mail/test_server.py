"""The mail server: a provider is used with a login over checked TLS, or told apart why it cannot be."""

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import trustme

from generator.commands.mail import MailReport, send, server_of, write
from generator.mail import server as mail_server
from generator.mail.server import SmtpServer, connected, is_loopback, server_at
from generator.problem import Problem
from generator.records.codec import decode
from generator.settings import Mail, MailServer
from tests.support.digest import Write
from tests.support.mailbox import Mailbox, running
from tests.support.mailed_digest import DAY, DIGEST
from tests.support.scripted_smtp import scripted

LOGIN = ("digest", "a password")


@pytest.fixture
def certified(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> ssl.SSLContext:
    """Return a server's side of TLS for localhost, by an authority that this process trusts."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "authority.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    return context_of(authority, "localhost")


def context_of(authority: trustme.CA, name: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name).configure_cert(context)
    return context


def refusal(server: SmtpServer) -> tuple[str, str]:
    """Return why a connection is refused, with the port left out, and what to do."""
    found = connected(server)
    assert isinstance(found, mail_server.Refusal)
    return found.message.replace(str(server.port), "PORT"), found.hint


@pytest.mark.parametrize(("security", "login"), [("starttls", LOGIN), ("tls", LOGIN), ("starttls", None)])
def test_an_account_is_used_over_tls_with_a_checked_certificate(
    digest: Write,
    certified: ssl.SSLContext,
    security: str,
    login: tuple[str, str] | None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    root, mailbox = digest(DIGEST), Mailbox()
    file = root.parent / "list.txt"
    file.write_text("ada@example.org\nbob@example.org\n")
    monkeypatch.setenv("BROADSHEET_MAIL_PASSWORD", LOGIN[1])
    with running(mailbox, security, certified, login) as port:
        user = f"user: {login[0]}\n" if login else ""
        settings = f"host: localhost\nport: {port}\nsecurity: {security}\n{user}"
        account, _ = decode(settings.encode(), "content/site.yaml", MailServer)
        server = server_of(root, Mail(server=account))
        assert isinstance(server, SmtpServer)
        report = send(write(root, DAY), file, root / "content/mailed", server, iter)
    assert report == MailReport(problems=(), addresses=2, sent=2)
    assert mailbox.recipients == ["ada@example.org", "bob@example.org"]


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_certificate_of_another_name_or_authority_is_refused(
    certified: ssl.SSLContext, security: str
) -> None:
    other_name = SmtpServer("127.0.0.1", 0, security)
    with running(Mailbox(), security, certified) as port:
        message, hint = refusal(other_name._replace(port=port))
    assert message.startswith("The certificate of 127.0.0.1:PORT is not valid: IP address mismatch")
    assert hint.startswith("Let `host:` be the name in the certificate.")
    with running(Mailbox(), security, context_of(trustme.CA(), "localhost")) as port:
        message, _ = refusal(SmtpServer("localhost", port, security))
    assert message == (
        "The certificate of localhost:PORT is not valid: unable to get local issuer certificate."
    )


def test_a_wrong_password_is_told_apart_and_never_shown(certified: ssl.SSLContext) -> None:
    with running(Mailbox(), "starttls", certified, LOGIN) as port:
        message, hint = refusal(SmtpServer("localhost", port, "starttls", "digest", "wrong"))
    assert message == "localhost:PORT refuses the user name or the password: 535."
    assert "wrong" not in message + hint


def test_a_server_that_offers_no_encryption_gets_no_password() -> None:
    mailbox = Mailbox()
    with running(mailbox) as port:
        message, _ = refusal(SmtpServer("127.0.0.1", port, "starttls", *LOGIN))
    assert message == "127.0.0.1:PORT does not offer STARTTLS, so nothing was sent."
    assert mailbox.kept == []


def test_a_server_without_logins_says_so() -> None:
    with running(Mailbox()) as port:
        message, _ = refusal(SmtpServer("127.0.0.1", port, "none", *LOGIN))
    assert message == "127.0.0.1:PORT does not offer SMTP AUTH, so nothing was sent."


def test_a_port_that_does_not_speak_tls_says_so() -> None:
    with running(Mailbox()) as port:
        message, hint = refusal(SmtpServer("127.0.0.1", port, "tls"))
    assert message == "127.0.0.1:PORT does not speak TLS."
    assert hint == "Port 587 mostly wants `security: starttls`, port 465 `security: tls`."


def test_a_login_that_is_missing_is_asked_for(digest: Write) -> None:
    root = digest(DIGEST)
    file = root.parent / "list.txt"
    file.write_text("ada@example.org\n")
    with running(Mailbox(), login=LOGIN) as port:
        server = SmtpServer("127.0.0.1", port, "none")
        [problem] = send(write(root, DAY), file, root / "content/mailed", server, iter).problems
    assert problem.message == ("The server wants a login or encryption first: 530 5.7.0. 1 address is left.")
    assert problem.hint.startswith("Add `user:` to `server:` below `mail:`")


@contextmanager
def silent() -> Iterator[int]:
    """Yield a port at which connections are taken and nothing is said."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        held: list[socket.socket] = []
        thread = threading.Thread(target=lambda: held.append(listener.accept()[0]), daemon=True)
        thread.start()
        yield int(listener.getsockname()[1])
        thread.join(5)
        for connection in held:
            connection.close()


def test_a_silent_server_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    assert mail_server.TIMEOUT == 30
    monkeypatch.setattr(mail_server, "TIMEOUT", 0.2)
    with silent() as port:
        message, hint = refusal(SmtpServer("127.0.0.1", port, "none"))
    assert message == "127.0.0.1:PORT gives no answer within 30 seconds."
    assert "Port 587 mostly wants" in hint


def test_a_host_that_does_not_exist_is_told() -> None:
    message, hint = refusal(SmtpServer("mail.invalid", 25, "none"))
    assert message.startswith("There is no host at mail.invalid:PORT: ")
    assert hint == "Correct `host:`, or look at the network."


@pytest.mark.parametrize("host", ["..", "a" * 300, "mail example", "//mail.example", "mail\0example"])
def test_a_host_that_cannot_be_one_is_told(host: str) -> None:
    message, hint = refusal(SmtpServer(host, 25, "none"))
    assert message.startswith(f"There is no host at {host}:PORT: ")
    assert hint == "Correct `host:`, or look at the network."


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({"BANNER": "554 5.7.1 not from there"}, "refuses the connection: 554."),
        ({"BANNER": "500 not here"}, "refuses the connection: 500."),
        ({"BANNER": "421 4.3.2 later"}, "takes no mail at the moment: 421."),
        ({"BANNER": "SSH-2.0-OpenSSH"}, "does not speak SMTP."),
        ({"BANNER": "199 hello"}, "does not speak SMTP."),
        ({"BANNER": "200 hello"}, "takes no mail at the moment: 200."),
        ({"EHLO": "250-here\r\n250 AUTH XOAUTH2"}, "takes no login by password, so nothing was sent."),
        (
            {"EHLO": "250-here\r\n250 AUTH PLAIN", "AUTH": "454 4.7.0 later"},
            "takes no mail at the moment: 454.",
        ),
        (
            {"EHLO": "250-here\r\n250 AUTH PLAIN", "AUTH": "535 no"},
            "refuses the user name or the password: 535.",
        ),
    ],
)
def test_a_refusal_says_whether_it_lasts(answers: dict[str, str], expected: str) -> None:
    with scripted(answers) as port:
        message, _ = refusal(SmtpServer("127.0.0.1", port, "none", *LOGIN))
    assert message == f"127.0.0.1:PORT {expected}"


@pytest.mark.parametrize(
    ("address", "server"),
    [
        ("localhost:25", SmtpServer("localhost", 25, "none")),
        ("[::1]:2525", SmtpServer("::1", 2525, "none")),
        ("mail.example:587", SmtpServer("mail.example", 587, "starttls")),
        ("mail.example:465", SmtpServer("mail.example", 465, "tls")),
        ("localhost", None),
        ("a..b:25", None),
        ("localhost:0", None),
        ("localhost:65535", SmtpServer("localhost", 65535, "none")),
        ("localhost:65536", None),
        ("localhost:00025", SmtpServer("localhost", 25, "none")),
        ("localhost:000025", None),
    ],
)
def test_only_this_machine_is_sent_to_without_encryption(address: str, server: SmtpServer | None) -> None:
    assert server_at(address) == server


@pytest.mark.parametrize(
    ("code", "message"),
    [
        (450, "The server takes no mail at the moment: 450 4.7.1."),
        (500, "The server refuses this sender: 500 4.7.1."),
        (530, "The server wants a login or encryption first: 530 4.7.1."),
    ],
)
def test_what_a_server_says_to_the_sender_is_explained(code: int, message: str) -> None:
    assert mail_server.refused_sender(f"{code} 4.7.1", code).message == message


def test_a_name_that_only_begins_like_this_machine_s_is_not_it() -> None:
    assert not is_loopback("localhost.example.org")
    assert not is_loopback("127.0.0.1.example.org")
    assert is_loopback("127.0.0.2")


ACCOUNT = MailServer(host="mail.example", user="digest")


def settled(root: Path, server: MailServer) -> SmtpServer | str:
    found = server_of(root, Mail(server=server))
    if isinstance(found, Problem):
        return found.message
    assert found.place.path == "content/site.yaml"
    return found._replace(place=SmtpServer("", 0, "").place)


def test_the_password_comes_from_the_environment_or_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert settled(tmp_path, ACCOUNT) == "There is no password for digest."
    (tmp_path / "password").write_text("from a file\n")
    by_file = MailServer(host="mail.example", user="digest", password_file="password", security="tls")
    assert settled(tmp_path, by_file) == SmtpServer("mail.example", 465, "tls", "digest", "from a file")
    monkeypatch.setenv("BROADSHEET_MAIL_PASSWORD", "from here")
    assert settled(tmp_path, ACCOUNT) == SmtpServer("mail.example", 587, "starttls", "digest", "from here")


def test_a_password_that_cannot_be_sent_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BROADSHEET_MAIL_PASSWORD", "pässword")
    told = "The user name or the password has a character that is not ASCII."
    assert settled(tmp_path, ACCOUNT) == told


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("nowhere", "No such file or directory"),
        ("~nobody-of-this-name/file", "could not determine home directory"),
        ("no\0file", "embedded null byte"),
        ("latin", "it is not UTF-8 text"),
    ],
)
def test_a_password_file_that_cannot_be_read_is_told(tmp_path: Path, name: str, reason: str) -> None:
    (tmp_path / "latin").write_bytes(b"p\xe4ssword")
    server = MailServer(host="mail.example", user="digest", password_file=name)
    assert settled(tmp_path, server) == f"The password cannot be read: {reason}."


def test_mail_in_clear_leaves_only_for_this_machine(tmp_path: Path) -> None:
    assert settled(tmp_path, MailServer(host="mail.example", security="none")) == (
        "Mail to mail.example would be readable on the way."
    )
    local = MailServer(host="localhost", security="none")
    assert settled(tmp_path, local) == SmtpServer("localhost", 25, "none")


def test_a_digest_without_a_server_says_what_to_add(tmp_path: Path) -> None:
    found = server_of(tmp_path, Mail())
    assert isinstance(found, Problem)
    assert found.message == "The digest has no mail server."
