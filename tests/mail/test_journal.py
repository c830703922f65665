"""The journal of who has an issue: what a killed run leaves is read, and nothing in it is an address."""

import re
from pathlib import Path

import pytest

from generator.mail.journal import Journal, Mark, opened
from generator.problem import Problem

ADA, BOB = "ada@example.org", "bob@example.org"


def marks(path: Path) -> tuple[Mark | None, Mark | None]:
    with opened(path) as journal:
        assert isinstance(journal, Journal)
        return journal.mark(ADA), journal.mark(BOB)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return the path of a journal in which Ada has the mail and Bob may have it."""
    path = tmp_path / "mail" / "2025-10-30"
    with opened(path) as journal:
        assert isinstance(journal, Journal)
        for mailbox, mark in ((ADA, Mark.BEGUN), (ADA, Mark.SENT), (BOB, Mark.REFUSED), (BOB, Mark.BEGUN)):
            journal.note(mailbox, mark)
    return path


def test_the_last_mark_counts(path: Path) -> None:
    assert marks(path) == (Mark.SENT, Mark.BEGUN)


def test_it_holds_no_address_and_is_its_owner_s_alone(path: Path) -> None:
    assert not re.search(rb"[@.]|org|bob", path.read_bytes())
    assert path.stat().st_mode & 0o777 == 0o600


def test_two_journals_name_an_address_differently(path: Path, tmp_path: Path) -> None:
    with opened(tmp_path / "other") as journal:
        assert isinstance(journal, Journal)
        journal.note(ADA, Mark.SENT)
    names = [{line[:32] for line in file.read_text().splitlines()[1:]} for file in (path, tmp_path / "other")]
    assert not names[0] & names[1]


def test_it_is_read_wherever_a_run_was_killed(path: Path) -> None:
    whole = path.read_bytes()
    expected = {0: (None, None), 1: (Mark.BEGUN, None), 2: (Mark.SENT, None), 3: (Mark.SENT, Mark.REFUSED)}
    for length in range(len(whole)):
        path.write_bytes(whole[:length])
        lines = whole[:length].count(b"\n")
        assert marks(path) == expected[max(0, lines - 1)]
        with opened(path) as journal:
            assert isinstance(journal, Journal)
            journal.note(BOB, Mark.SENT)
        assert marks(path)[1] is Mark.SENT


@pytest.mark.parametrize("line", [b"key 00\n", b"\n", b"\xff\n", b"0123456789abcdef0123456789abcdef lost\n"])
def test_one_that_was_altered_is_not_used(path: Path, line: bytes) -> None:
    path.write_bytes(path.read_bytes() + line)
    with opened(path) as journal:
        assert isinstance(journal, Problem)
        assert journal.message == "The journal of who has the issue was altered."


def test_two_processes_never_send_the_same_issue_at_once(path: Path) -> None:
    with opened(path), opened(path) as second:
        assert isinstance(second, Problem)
        assert second.message == "Another process is sending this issue."
