"""The delivery journal: what a killed run leaves can be read, and nothing in it is an address."""

import re
from pathlib import Path

import pytest

from generator.mail.journal import Delivery, Journal, open_journal
from generator.problem import Problem

ADA, BOB = "ada@example.org", "bob@example.org"


def statuses(path: Path) -> tuple[Delivery | None, Delivery | None]:
    with open_journal(path) as journal:
        assert isinstance(journal, Journal)
        return journal.status(ADA), journal.status(BOB)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return the path of a journal in which Ada has the mail and Bob may have it."""
    path = tmp_path / "mail" / "2025-10-30"
    with open_journal(path) as journal:
        assert isinstance(journal, Journal)
        for mailbox, mark in (
            (ADA, Delivery.BEGUN),
            (ADA, Delivery.SENT),
            (BOB, Delivery.REFUSED),
            (BOB, Delivery.BEGUN),
        ):
            journal.record(mailbox, mark)
    return path


def test_the_last_status_counts(path: Path) -> None:
    assert statuses(path) == (Delivery.SENT, Delivery.BEGUN)


def test_it_has_no_addresses_and_only_its_owner_reads_it(path: Path) -> None:
    assert not re.search(rb"[@.]|org|bob", path.read_bytes())
    assert path.stat().st_mode & 0o777 == 0o600


def test_two_journals_name_an_address_differently(path: Path, tmp_path: Path) -> None:
    with open_journal(tmp_path / "other") as journal:
        assert isinstance(journal, Journal)
        journal.record(ADA, Delivery.SENT)
    names = [{line[:32] for line in file.read_text().splitlines()[1:]} for file in (path, tmp_path / "other")]
    assert not names[0] & names[1]


def test_it_is_read_wherever_a_run_was_killed(path: Path) -> None:
    whole = path.read_bytes()
    expected = {
        0: (None, None),
        1: (Delivery.BEGUN, None),
        2: (Delivery.SENT, None),
        3: (Delivery.SENT, Delivery.REFUSED),
    }
    for length in range(len(whole)):
        path.write_bytes(whole[:length])
        lines = whole[:length].count(b"\n")
        assert statuses(path) == expected[max(0, lines - 1)]
        with open_journal(path) as journal:
            assert isinstance(journal, Journal)
            journal.record(BOB, Delivery.SENT)
        assert statuses(path)[1] is Delivery.SENT


@pytest.mark.parametrize("line", [b"key 00\n", b"\n", b"\xff\n", b"0123456789abcdef0123456789abcdef lost\n"])
def test_a_damaged_journal_is_not_used(path: Path, line: bytes) -> None:
    path.write_bytes(path.read_bytes() + line)
    with open_journal(path) as journal:
        assert isinstance(journal, Problem)
        assert journal.message == "The delivery journal of this issue is damaged."


def test_two_processes_never_send_the_same_issue_at_once(path: Path) -> None:
    with open_journal(path), open_journal(path) as second:
        assert isinstance(second, Problem)
        assert second.message == "Another process is sending this issue."
