"""Limits of what is read: what is just within one is taken, what is beyond is not."""

import json

import pytest

from generator.listings import Parse, decode, links, parse
from generator.listings.comments import is_comment
from generator.listings.entry import quote
from generator.listings.values.dates import day
from generator.listings.values.identifiers import url
from generator.listings.values.names import from_tex

ATOM = "<feed><id>http://arxiv.org/api/</id><entry><id>2510.00001</id><title>{}</title></entry></feed>"


def read(text: str, form: str | None = None) -> Parse:
    return parse(text.encode(), "a", None, form)


def messages(text: str, form: str | None = None) -> list[str]:
    return [problem.message for problem in read(text, form).problems]


def found(**fields: object) -> str:
    """Return a record that states some fields."""
    return json.dumps({"paper": "a", "found": "arxiv", "likeness": 1, **fields})


@pytest.mark.parametrize(
    ("field", "most"),
    [
        ("title", 3_000),
        ("abstract", 100_000),
        ("venue", 3_000),
        ("comment", 100_000),
        ("license", 3_000),
        ("organization", 3_000),
        ("organization_handle", 3_000),
    ],
)
def test_how_long_a_text_of_a_record_may_be(field: str, most: int) -> None:
    assert messages(found(**{field: "x" * most})) == []
    assert messages(found(**{field: "x" * (most + 1)})) == [
        f"The {field} of this record has {most + 1:,} characters."
    ]


@pytest.mark.parametrize("field", ["authors", "categories"])
def test_how_many_names_a_record_may_have_and_how_long_each(field: str) -> None:
    assert messages(found(**{field: ["x"] * 20_000})) == []
    assert messages(found(**{field: ["x"] * 20_001})) == [f"This record has 20,001 {field}."]
    assert messages(found(**{field: ["x", "x" * 3_000]})) == []
    assert messages(found(**{field: ["x" * 3_001, "x"]})) == [
        f"One of the {field} of this record has more than 3,000 characters."
    ]


@pytest.mark.parametrize(("votes", "counted"), [(999_999_999, 999_999_999), (10**9, None), (-1, None)])
def test_how_many_votes_are_counted(votes: int, counted: int | None) -> None:
    (entry,) = read(json.dumps({"paper": {"id": "2510.00001", "upvotes": votes}})).entries
    assert entry.votes == counted


def test_how_much_of_a_text_a_message_quotes() -> None:
    assert quote("x" * 60) == f"'{'x' * 60}'"
    assert quote("x" * 59 + " xx") == f"'{'x' * 59} ...'"


@pytest.mark.parametrize(("crossrefs", "year"), [(5, 2020), (6, None)])
def test_how_far_an_entry_of_bibtex_inherits(crossrefs: int, year: int | None) -> None:
    children = [f"@misc{{e{n}, title = {{Pears}}, crossref = {{e{n + 1}}}}}" for n in range(crossrefs)]
    text = "\n".join([*children, f"@misc{{e{crossrefs}, title = {{Pears}}, year = 2020}}"])
    assert read(text).entries[0].stated.year == year


@pytest.mark.parametrize(("size", "end"), [(2_000, "x"), (1_999, "s")])
def test_abbreviations_of_bibtex_expand_to_ten_times_the_file(size: int, end: str) -> None:
    text = f'@string{{s = "{"x" * 1_000}"}}\n@misc{{a, abstract = {" # ".join("s" * 20)}}}'
    (entry,) = read(text.ljust(size)).entries
    assert (entry.stated.abstract or "")[-1:] == end


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("On pears that break off ".ljust(249, "x") + "x", True),
        ("On pears that break off ".ljust(249, "x") + "xx", False),
        ("Of the annals of pears.".rjust(100, "x"), True),
        ("Of the annals of pears.".rjust(101, "x"), False),
        ("We find the journal version of a ".ljust(251, "x"), False),
        ("We find the journal version in a chapter ".ljust(251, "x"), True),
        ("12 pp".rjust(100) + " and we study pears".rjust(200, "x"), True),
        ("12 pp".rjust(101) + " and we study pears".rjust(200, "x"), False),
    ],
)
def test_how_long_a_comment_is(text: str, is_one: bool) -> None:
    assert is_comment(text) is is_one


@pytest.mark.parametrize(("above", "kind"), [(28, {"project": "https://pears.example"}), (29, {})])
def test_how_far_above_its_link_a_project_page_is_named(above: int, kind: dict[str, str]) -> None:
    assert links.find("project page" + "x".rjust(above - 1) + " https://pears.example") == kind


@pytest.mark.parametrize(("flaws", "is_text"), [(6_553, True), (6_554, False)])
def test_a_tenth_of_what_a_file_begins_with_may_be_unprintable(flaws: int, is_text: bool) -> None:
    sample = "\x01" * flaws + "x" * (65_536 - flaws)
    assert bool(decode(sample.encode(), "a").lines) is is_text
    assert bool(decode((sample + "\x01" * 9).encode(), "a").lines) is is_text


@pytest.mark.parametrize(("lines", "papers"), [(48, 1), (49, 0)])
def test_the_header_of_a_bare_record_is_among_its_first_50_lines(lines: int, papers: int) -> None:
    head = (
        "<record>" + "\n" * (lines + 1) + "<header><identifier>oai:arXiv.org:1401.0001</identifier></header>"
    )
    metadata = "<metadata><arXiv><title>Pears</title></arXiv></metadata></record>"
    assert len(read(head + metadata).entries) == papers


@pytest.mark.parametrize(("size", "papers"), [(99_988, 1), (99_989, 0)])
def test_the_root_of_xml_is_within_100_000_characters(size: int, papers: int) -> None:
    assert len(read(f"<!--{'x' * size}-->" + ATOM.format("Pears")).entries) == papers


@pytest.mark.parametrize(("lines", "papers"), [(99, 1), (100, 0)])
def test_how_many_lines_may_be_above_the_first_record_of_ris(lines: int, papers: int) -> None:
    assert len(read("x\n" * lines + "TY  - JOUR\nTI  - Pears\nER  - \n").entries) == papers


@pytest.mark.parametrize(("unknown", "papers"), [(499, 1), (500, 0)])
def test_how_many_objects_are_tried_behind_one_that_is_broken(unknown: int, papers: int) -> None:
    text = '[{"a" ' + "{} " * unknown + '{"paperId": "a", "title": "Pears"}]'
    assert len(read(text, "semantic-scholar").entries) == papers


@pytest.mark.parametrize(("length", "is_one"), [(2_000, True), (2_001, False)])
def test_how_long_an_address_may_be(length: int, is_one: bool) -> None:
    address = "https://pears.example/".ljust(length, "x")
    assert url(address) == (address if is_one else None)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (r"\'e".rjust(20_000), "é"),
        (r"\'e".rjust(20_001), r"\'e"),
        ("{" * 20 + r"\'e" + "}" * 20, "é"),
        ("{" * 21 + r"\'e" + "}" * 21, "{" * 21 + r"\'e" + "}" * 21),
    ],
)
def test_how_much_tex_is_read(text: str, shown: str) -> None:
    assert from_tex(text) == shown


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2 Apr 91", "1991-04-02"),
        ("2 Apr 90", "2090-04-02"),
        ("2 Apr 2007".rjust(100), "2007-04-02"),
        ("2 Apr 2007".rjust(103), "None"),
    ],
)
def test_how_days_of_mail_are_read(text: str, found: str) -> None:
    assert str(day(text)) == found
