"""Openings: the head of an issue in the editors' words, and what is told of a file that is none."""

import datetime as dt
from pathlib import Path

import pytest

from generator.commands.check import check
from generator.library.openings import read_openings
from generator.model import Opening
from tests.support.digest import Write

DAY = dt.date(2025, 10, 30)
PATH = "content/issues/2025-10-30.md"


def read(text: str, path: str = PATH) -> tuple[dict[dt.date, Opening], list[str]]:
    found, problems = read_openings({path: text.encode()}, {})
    return found, [f"{problem.location}: {problem.message}" for problem in problems]


def test_a_file_of_a_day_opens_its_issue() -> None:
    assert read("Two *papers*.\n\nRead both.\n") == ({DAY: Opening(text="Two *papers*.\n\nRead both.")}, [])


def test_its_subject_is_between_lines_of_hyphens() -> None:
    text = "---\r\nsubject: Three ways to sample\r\n---\r\n\r\nTwo papers.\r\n"
    assert read(text) == ({DAY: Opening(subject="Three ways to sample", text="Two papers.")}, [])
    assert read("---\n---\nTwo papers.") == ({DAY: Opening(text="Two papers.")}, [])


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("---\nsubject: A\n", f"{PATH}:1:1: The lines of settings have no end."),
        ("---\n\ntitle: A\n---\nB\n", f"{PATH}:3:1: There is no field 'title'."),
    ],
)
def test_a_mistake_is_told_with_its_place(text: str, problem: str) -> None:
    assert read(text) == ({}, [problem])


def test_a_file_that_is_named_for_no_day_is_told() -> None:
    path = "content/issues/October.md"
    told = "The file's name is not a day, so the opening belongs to no issue."
    assert read("Words.", path) == ({}, [f"{path}: {told}"])


def test_an_unreadable_opening_is_as_it_was() -> None:
    last = {DAY: Opening(text="Before.")}
    found, problems = read_openings({PATH: b"\xff"}, last)
    assert (found, len(problems)) == (last, 1)


def test_an_opening_of_a_day_without_issue_is_told_by_check(digest: Write) -> None:
    root: Path = digest(
        "\n== content/papers/a.yaml\ntitle: A\nlisted: [{listing: x, issue: 2025-10-30}]\n"
        f"== {PATH}\nWords.\n== content/issues/2025-10-31.md\nWords.\n"
    )
    told = [
        f"{problem.location}: {problem.message}"
        for problem in check(root).problems
        if "issue" in problem.message
    ]
    assert "content/issues/2025-10-31.md: There is no issue of 2025-10-31." in told
    assert not [line for line in told if PATH in line]
