"""The command: what it writes, what it says, and how it ends."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli.program import main
from generator.commands.mail import MailReport
from generator.mail.journal import KEY_FILE
from generator.problem import Location, error
from tests.support.digest import Write
from tests.support.mailbox import Mailbox, running
from tests.support.mailed_digest import DIGEST

FLAW = error(Location(path="a"), "Wrong.")


@pytest.fixture
def root(digest: Write, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = digest(DIGEST)
    monkeypatch.chdir(root)
    return root


def mail(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["mail", *arguments], catch_exceptions=False)


def test_it_writes_the_issue_beside_you(root: Path) -> None:
    done = mail("2025-10-30")
    data = (root / "issue-2025-10-30.eml").read_bytes()
    assert data.startswith(b'From: "A Digest"\r\n')
    assert done.stdout.startswith(f"issue-2025-10-30.eml, {len(data):,} bytes, ")
    assert (done.exit_code, done.stderr) == (0, "")


def test_it_writes_where_it_is_told(root: Path) -> None:
    mail("2025-10-30", "--out", "a.eml", "--quiet")
    assert mail("2025-10-30", "--out", "-").stdout_bytes == (root / "a.eml").read_bytes()
    assert not (root / "issue-2025-10-30.eml").exists()


def test_it_sends_and_writes_only_where_it_is_told(root: Path) -> None:
    (root / "list.txt").write_text("ada@example.org\n")
    mailbox = Mailbox()
    with running(mailbox) as port:
        command = ["2025-10-30", "--to", "list.txt", "--smtp", f"127.0.0.1:{port}"]
        first, second = mail(*command), mail(*command, "--out", "a.eml")
    assert first.stdout.startswith("1 address, 1 sent, ")
    assert ", 1 address, 0 sent, 1 had it, " in second.stdout
    assert mailbox.recipients == ["ada@example.org"]
    assert [path.name for path in root.glob("*.eml")] == ["a.eml"]


def test_it_sends_through_the_account_of_the_digest(root: Path) -> None:
    (root / "list.txt").write_text("ada@example.org\nbob@example.org\n")
    mailbox = Mailbox()
    with running(mailbox) as port, (root / "content/site.yaml").open("a") as site:
        site.write(f"  server: {{host: localhost, port: {port}, security: none}}\n")
        site.flush()
        asked = mail("2025-10-30", "--to", "list.txt", "--dry-run")
        tried = mail("2025-10-30", "--test", "carol@example.org")
        done = mail("2025-10-30", "--to", "list.txt", "--rate", "6000/min", "--journal", "elsewhere")
    assert asked.stdout.startswith("2 of 2 addresses would get it, ")
    assert tried.stdout.startswith("1 address, 1 sent, ")
    assert done.stdout.startswith("2 addresses, 2 sent, ")
    assert mailbox.recipients == ["carol@example.org", "ada@example.org", "bob@example.org"]
    assert (root / "elsewhere/issue-2025-10-30").exists()
    assert not (root / "content/mailed").exists()
    (root / "list.txt").write_text("ada@example.org\nbob@example.org\ndan@example.org\n")
    left = mail("2025-10-30", "--to", "list.txt", "--dry-run", "--journal", "elsewhere")
    assert left.stdout.startswith("1 of 3 addresses would get it, ")


def test_unsigned_addresses_are_not_sent_where_they_are_to_be_signed(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = root / "content/site.yaml"
    site.write_text(site.read_text().replace("{address}", "{address}&proof={signature}"))
    (root / "list.txt").write_text("ada@example.org\n")
    mailbox = Mailbox()
    with running(mailbox) as port:
        command = ["2025-10-30", "--to", "list.txt", "--smtp", f"localhost:{port}"]
        refused = mail(*command)
        monkeypatch.setenv("BROADSHEET_MAIL_KEY", "a secret")
        done = mail(*command)
    assert "Addresses to unsubscribe cannot be signed." in refused.stderr
    assert refused.stdout.startswith("nothing sent, ")
    assert (refused.exit_code, done.exit_code, mailbox.recipients) == (1, 0, ["ada@example.org"])
    assert b"proof=3D" in mailbox.kept[0][1]


def test_a_week_and_its_picks_are_mails_of_their_own(root: Path) -> None:
    (root / "content/papers/b.yaml").write_text(
        "title: Beta\npick: true\nlisted: [{listing: y, issue: 2025-10-28}]\n"
    )
    mail("2025-10-30", "--week", "--quiet")
    mail("2025-10-30", "--week", "--picks", "--quiet")
    week, picks = ((root / f"week-2025-W44{end}.eml").read_text() for end in ("", "-picks"))
    assert "Subject: A Digest, Week 44 of 2025: 2 papers, 1 picked" in week
    assert "Message-ID: <week-2025-W44@digest.example>" in week
    assert "Message-ID: <week-2025-W44-picks@digest.example>" in picks
    assert "Subject: A Digest, Week 44 of 2025: 1 pick\n" in picks
    assert ("Alpha" in week, "Beta" in week) == (True, True)
    assert ("Alpha" in picks, "Beta" in picks) == (False, True)
    assert "There is no pick of 2025-10-30." in mail("2025-10-30", "--picks").stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["2025-10-31"], "There is no issue of 2025-10-31. The newest issues are: 2025-10-30."),
        (["2025-10-31", "--week", "--picks"], "There is no issue of the week of 2025-10-31."),
        (["someday"], "'someday' is not a day, such as 2025-10-30, today, yesterday or monday."),
        (["2025-10-30", "--smtp", "localhost:25"], "so it needs --to or --test."),
        (["2025-10-30", "--dry-run"], "so it needs --to."),
        (["2025-10-30", "--rate", "fast"], "'fast' is not a number of messages per minute, such as 60/min."),
        (["2025-10-30", "--test", "ada"], "'ada' is not a mail address, such as reader@example.org."),
        (["2025-10-30", "--to", "nobody.txt", "--smtp", "localhost:25"], "does not exist"),
        (
            ["2025-10-30", "--smtp", "localhost"],
            "'localhost' is not a host and a port, such as localhost:25.",
        ),
        (["2025-10-30", "--smtp", "a..b:25"], "'a..b:25' is not a host and a port"),
        (["2025-10-30", "--smtp", "localhost:70000"], "'localhost:70000' is not a host and a port"),
    ],
)
def test_wrong_usage_is_told(root: Path, arguments: list[str], said: str) -> None:
    done = mail(*arguments)
    assert said in " ".join(done.stderr.split())
    assert done.exit_code == 2


@pytest.mark.parametrize(
    ("path", "text", "place"),
    [
        ("content/papers/b.yaml", "titel: B\n", "content/papers/b.yaml:1:1"),
        ("templates/paper.html", "", "templates/paper.html"),
        ("templates/mail.eml", "\n{{ view.nonsense }}", "templates/mail.eml:2"),
    ],
)
def test_a_digest_with_errors_mails_nothing(root: Path, path: str, text: str, place: str) -> None:
    (root / path).parent.mkdir(exist_ok=True)
    (root / path).write_text(text)
    done = mail("2025-10-30")
    assert (done.exit_code, done.stdout) == (1, "Nothing was written.\n")
    assert done.stderr.startswith(f"error  {place}\n")


def test_what_a_test_shows_has_no_place_in_a_file(root: Path) -> None:
    with running(Mailbox()) as port:
        done = mail("2025-10-30", "--test", "refused-1@example.org", "--smtp", f"127.0.0.1:{port}")
    assert done.stdout.startswith("1 address, 0 sent, 1 not sent, ")
    assert re.match(r"(error |notice) --test\n", done.stderr), done.stderr


def test_a_journal_that_cannot_be_read_is_told_with_its_file(root: Path) -> None:
    (root / "list.txt").write_text("ada@example.org\n")
    (root / "content/mailed" / KEY_FILE).mkdir(parents=True)
    for option in (["--smtp", "127.0.0.1:1"], ["--dry-run"]):
        done = mail("2025-10-30", "--to", "list.txt", *option)
        assert (done.exit_code, done.stdout.partition(",")[0]) == (1, "nothing sent")
        assert done.stderr.startswith(f"error  content/mailed/{KEY_FILE}\n       Cannot read or write this: ")


@pytest.mark.parametrize(
    ("report", "left", "summary"),
    [
        (MailReport(problems=()), 0, "no addresses, 0 sent"),
        (MailReport(problems=(FLAW,)), 0, "nothing sent"),
        (MailReport(problems=(FLAW,), addresses=1), 1, "1 address, 0 sent, 1 not sent"),
        (MailReport(problems=(), addresses=2, sent=2), 0, "2 addresses, 2 sent"),
        (
            MailReport(problems=(), addresses=10, had=1, refused=2, sent=3),
            4,
            "10 addresses, 3 sent, 1 had it, 2 left out, refused before, 4 not sent",
        ),
    ],
)
def test_what_became_of_the_addresses_is_told(report: MailReport, left: int, summary: str) -> None:
    assert (report.left, report.summary) == (left, summary)
