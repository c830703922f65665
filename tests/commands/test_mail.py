"""The command: what it writes, what it says, and how it ends."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli.program import main
from tests.support.digest import Write
from tests.support.mailbox import Mailbox, running
from tests.support.mailed_digest import DIGEST


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


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["2025-10-31"], "There is no issue of 2025-10-31. The newest are: 2025-10-30."),
        (["someday"], "'someday' does not match the format '%Y-%m-%d'."),
        (["2025-10-30", "--to", "content/site.yaml"], "--to and --smtp need each other: give both."),
        (["2025-10-30", "--smtp", "localhost:25"], "--to and --smtp need each other: give both."),
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


def test_a_digest_with_errors_mails_nothing(root: Path) -> None:
    (root / "content/papers/b.yaml").write_text("titel: B\n")
    done = mail("2025-10-30")
    assert (done.exit_code, done.stdout) == (1, "Nothing was written.\n")
    assert "content/papers/b.yaml:1:1" in done.stderr
