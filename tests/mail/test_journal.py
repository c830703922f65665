"""The delivery journal: what a killed run leaves can be read, and nothing in it is an address."""

import os
import re
from pathlib import Path

import pytest

from generator.mail.journal import Delivery, Journal, open_journal
from generator.problem import Problem

ADA, BOB = "ada@example.org", "bob@example.org"
ISSUE = "issue-2025-10-30"


def statuses(folder: Path, issue: str = ISSUE, secret: str = "") -> tuple[Delivery | None, Delivery | None]:
    with open_journal(folder, issue, secret) as journal:
        assert isinstance(journal, Journal)
        return journal.status(ADA), journal.status(BOB)


def record(folder: Path, *rows: tuple[str, Delivery], secret: str = "") -> None:
    with open_journal(folder, ISSUE, secret) as journal:
        assert isinstance(journal, Journal)
        for mailbox, status in rows:
            journal.record(mailbox, status)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a journal in which Ada has the mail and Bob may have it."""
    folder = tmp_path / "content/mailed"
    record(
        folder,
        (ADA, Delivery.BEGUN),
        (ADA, Delivery.SENT),
        (BOB, Delivery.FAILED),
        (BOB, Delivery.BEGUN),
    )
    return folder


def test_the_last_status_counts(folder: Path) -> None:
    assert statuses(folder) == (Delivery.SENT, Delivery.BEGUN)
    assert statuses(folder, "issue-2025-10-31") == (None, None)


def test_a_refused_address_is_refused_for_every_issue(folder: Path) -> None:
    record(folder, (BOB, Delivery.REFUSED))
    assert statuses(folder, "issue-2025-10-31") == (None, Delivery.REFUSED)


def test_it_has_no_addresses_and_only_its_owner_reads_it(folder: Path) -> None:
    assert {path.name for path in folder.iterdir()} == {ISSUE, "key", "refused"}
    for path in folder.iterdir():
        assert not re.search(rb"[@.]|org|bob", path.read_bytes())
        assert path.stat().st_mode & 0o777 == 0o600


def test_two_journals_name_an_address_differently(folder: Path, tmp_path: Path) -> None:
    record(tmp_path / "other", (ADA, Delivery.SENT))
    names = [
        {line[:32] for line in (path / ISSUE).read_text().splitlines()[1:]}
        for path in (folder, tmp_path / "other")
    ]
    assert not names[0] & names[1]


def test_with_a_secret_the_key_is_nowhere_in_the_journal(tmp_path: Path) -> None:
    for name in ("one", "two"):
        record(tmp_path / name, (ADA, Delivery.SENT), secret="a secret")
        assert not (tmp_path / name / "key").exists()
        assert (tmp_path / name / ISSUE).read_text() == (
            "journal de8c24a0d626516ce4714dae94c1bd51\nd9d0bdc565aa930ecff0036ff0b95278 sent\n"
        )
    assert statuses(tmp_path / "one", secret="a secret") == (Delivery.SENT, None)


def test_a_secret_may_be_any_bytes(tmp_path: Path) -> None:
    record(tmp_path, (ADA, Delivery.SENT), secret=os.fsdecode(b"\xff"))
    assert statuses(tmp_path, secret=os.fsdecode(b"\xff")) == (Delivery.SENT, None)


@pytest.mark.parametrize("secret", ["another", ""])
def test_another_key_cannot_be_taken_for_nobody_has_it(tmp_path: Path, secret: str) -> None:
    record(tmp_path, (ADA, Delivery.SENT), secret="a secret")
    with open_journal(tmp_path, ISSUE, secret) as journal:
        assert isinstance(journal, Problem)
        assert journal.message == "The delivery journal was written with another key."


def test_it_is_read_wherever_a_run_was_killed(folder: Path) -> None:
    whole = (folder / ISSUE).read_bytes()
    expected = {
        0: (None, None),
        1: (Delivery.BEGUN, None),
        2: (Delivery.SENT, None),
        3: (Delivery.SENT, Delivery.FAILED),
    }
    for length in range(len(whole)):
        (folder / ISSUE).write_bytes(whole[:length])
        lines = whole[:length].count(b"\n")
        assert statuses(folder) == expected[max(0, lines - 1)]
        record(folder, (BOB, Delivery.SENT))
        assert statuses(folder)[1] is Delivery.SENT


@pytest.mark.parametrize("line", [b"key 00\n", b"\n", b"\xff\n", b"0123456789abcdef0123456789abcdef lost\n"])
def test_a_damaged_journal_is_not_used(folder: Path, line: bytes) -> None:
    path = folder / ISSUE
    path.write_bytes(path.read_bytes() + line)
    with open_journal(folder, ISSUE) as journal:
        assert isinstance(journal, Problem)
        assert journal.message == "The delivery journal of this issue is damaged."


def test_what_two_machines_wrote_may_be_joined_line_by_line(folder: Path) -> None:
    path = folder / ISSUE
    first, *lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join([first, *lines[1:], first, *lines[:1]]).replace(b"\n", b"\r\n"))
    assert statuses(folder) == (Delivery.SENT, Delivery.BEGUN)


@pytest.mark.parametrize("line", ["<<<<<<< HEAD", "||||||| 0f1e", "=======", ">>>>>>> theirs"])
def test_an_unresolved_merge_is_told_by_its_line(folder: Path, line: str) -> None:
    path = folder / ISSUE
    path.write_bytes(path.read_bytes() + f"{line}\n".encode())
    with open_journal(folder, ISSUE) as journal:
        assert isinstance(journal, Problem)
        assert str(journal.location) == f"{path}:6"
        assert journal.hint.startswith("Keep the lines of both versions")


def test_two_processes_never_send_at_once(folder: Path) -> None:
    with open_journal(folder, ISSUE), open_journal(folder, "issue-2025-10-31") as second:
        assert isinstance(second, Problem)
        assert second.message == "Another process is sending mail."


@pytest.mark.parametrize("name", ["key", "refused", ISSUE])
def test_a_pipe_in_place_of_a_file_of_the_journal_is_told(tmp_path: Path, name: str) -> None:
    record(tmp_path, (ADA, Delivery.SENT))
    (tmp_path / name).unlink()
    os.mkfifo(tmp_path / name)
    with pytest.raises(OSError, match="This is a pipe or device, not a file"):
        statuses(tmp_path)
