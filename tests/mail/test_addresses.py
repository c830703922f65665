"""The file of subscribers: its addresses, and the problems of its other lines."""

import pytest

from generator.mail.addresses import read_subscribers
from generator.problem import Severity


def read(text: str | bytes) -> tuple[list[str], list[str]]:
    found, problems = read_subscribers(text if isinstance(text, bytes) else text.encode(), "list.txt")
    return [one.address for one in found], [f"{one.location} {one.message}" for one in problems]


def test_one_address_a_line() -> None:
    text = "\ufeffada@example.org\r\n\r\n  bob+papers@sub.example.org \rO'Neil_{x}@example.org\n"
    assert read(text) == (["ada@example.org", "bob+papers@sub.example.org", "O'Neil_{x}@example.org"], [])


def test_names_and_comments_are_no_part_of_an_address() -> None:
    text = """
        # those who asked in May
        Ada <ada@example.org>
        "Zed, Q." <zed@example.org>   # twice
        <bob@example.org>
        o#neil@example.org
    """
    assert read(text) == (["ada@example.org", "zed@example.org", "bob@example.org", "o#neil@example.org"], [])


def test_a_spreadsheet_s_file_has_an_address_in_each_row() -> None:
    text = 'Email,Name,Since\nada@example.org,"Lovelace, Ada",2024\n,Nobody,2024\n"bob@example.org",Bob,\n'
    assert read(text) == (
        ["ada@example.org", "bob@example.org"],
        ["list.txt:3:1 This is not a mail address."],
    )
    assert read("Name;E-Mail\nAda;ada@example.org\n") == (["ada@example.org"], [])
    assert read("ada@example.org\t2024\n") == (["ada@example.org"], [])
    assert read("E-Mail\tName\nada@example.org\tAda\n".encode("utf-16")) == (["ada@example.org"], [])


@pytest.mark.parametrize(
    ("line", "column", "message"),
    [
        ("ada", 1, "This is not a mail address."),
        ("E-Mail", 1, "This is not a mail address."),
        ("ada@", 1, "This is not a mail address."),
        (f'ada@example.org,"{"x" * 200_000}', 1, "This is not a mail address."),
        (".ada@example.org", 1, "This is not a mail address."),
        ("ada@example..org", 1, "This is not a mail address."),
        ("ada@-example.org", 1, "This is not a mail address."),
        (f"{'a' * 65}@example.org", 1, "This is not a mail address."),
        (f"ada@{'a.' * 130}org", 1, "This is not a mail address."),
        ("  Ada <ada>", 6, "This line is not one address."),
        ("ada@example.org, bob@example.org", 17, "This line is not one address."),
        ("ada@example.org\x0bBcc: eve@example.org", 16, "This line is not one address."),
        ("ada@example.org\0", 16, "This line is not one address."),
        ("adä@example.org", 3, "This address has a character that is not ASCII."),
        ("ada@exämple.org", 7, "This address has a character that is not ASCII."),
    ],
)
def test_a_line_that_is_not_an_address_is_reported_by_its_place(line: str, column: int, message: str) -> None:
    found, problems = read_subscribers(f"first@example.org\n{line}\nlast@example.org\n".encode(), "list.txt")
    assert [one.address for one in found] == ["first@example.org", "last@example.org"]
    assert [f"{one.location} {one.message}" for one in problems] == [f"list.txt:2:{column} {message}"]
    assert (problems[0].location.text, problems[0].severity) == ("", Severity.ERROR)
    assert problems[0].hint


def test_only_the_first_line_names_columns() -> None:
    assert read("address\nada@example.org\n") == (["ada@example.org"], [])
    assert read("Addresses\nE-Mail\n") == (
        [],
        ["list.txt:1:1 This is not a mail address.", "list.txt:2:1 This is not a mail address."],
    )


def test_bytes_that_are_not_text_are_reported_by_their_place() -> None:
    assert read(b"ada@example.org\nb\xff@example.org\n") == (
        ["ada@example.org"],
        ["list.txt:2:2 This address has a character that is not ASCII."],
    )


def test_a_mailbox_gets_one_mail_whatever_the_case_of_its_domain() -> None:
    found, problems = read_subscribers(b"ada@example.org\nAda@example.org\n\nada@EXAMPLE.org\n", "list.txt")
    assert [one.address for one in found] == ["ada@example.org", "Ada@example.org"]
    assert [(str(one.location), one.message) for one in problems] == [
        ("list.txt:4", "This address is also on line 1.")
    ]
    assert problems[0].severity is Severity.NOTICE
