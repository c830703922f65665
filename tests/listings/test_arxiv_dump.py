import pytest

from generator.listings import Entry, parse


def entry_of(*, text: str = "The abstract of a paper.", identifier: str = "arXiv:2411.00001") -> Entry:
    data = f"{text}\n\n{identifier}\nCreated: 2024-11-03\n".encode()
    (entry,) = parse(data, "dump.txt", None, "arxiv-dump").entries
    return entry


@pytest.mark.parametrize(
    "remark",
    [
        "13 pages",
        "9 pages, 3 figures, to appear.",
        "NeurIPS 2024",
        "Accepted by ACL 2024.",
        "Accepted at the Fruit Conference, see https://pears.example.",
        "To appear in the Annals of Fruit.",
        "arXiv admin note: text overlap with arXiv:2410.00002.",
        "Code: https://github.com/orchard/pears and data",
        "Comments welcome!",
        "For the Proceedings of ICMP (Rio de Janeiro, 2006).",
        "Typos corrected.",
        "PhD thesis, University of Somewhere.",
        "ICLR 2025.",
        "A talk at the Orchard Workshop. The proceedings are edited by A. Pear and were published as LNCS 1.",
        "The published version is edited by A. Pear. This one corrects typos in the appendix. " * 4
        + "2 pages",
    ],
)
def test_the_authors_comment(remark: str) -> None:
    stated = entry_of(text=f"The abstract of a paper.\n\n{remark}").stated
    assert (stated.abstract, stated.comment) == ("The abstract of a paper.", remark)


@pytest.mark.parametrize(
    "paragraph",
    [
        "We also study apples.",
        "The results presented here show that pears are sweet.",
        "Keywords: pears, apples.",
        "Our contributions are:",
        "- We study pears.",
        "Published data on 13 orchards are refuted.",
        "A paragraph that breaks off, but is far too long for a remark of the authors on their paper, " * 3,
    ],
)
def test_a_second_paragraph_of_an_abstract(paragraph: str) -> None:
    stated = entry_of(text=f"The abstract of a paper.\n\n{paragraph}").stated
    assert (stated.abstract, stated.comment) == (f"The abstract of a paper.\n{paragraph.strip()}", None)


def test_a_hard_wrapped_abstract() -> None:
    text = "  The abstract\nof a paper.\n\n  Its second\n  paragraph.\n\n13 pages,\n3 figures"
    stated = entry_of(text=text).stated
    assert stated.abstract == "The abstract of a paper.\nIts second paragraph."
    assert stated.comment == "13 pages, 3 figures"


@pytest.mark.parametrize(
    ("identifier", "arxiv", "version"),
    [
        ("arXiv:2411.11871", "2411.11871", None),
        ("arXiv:2411.11871v2", "2411.11871", 2),
        ("arXiv:0704.0001", "0704.0001", None),
        ("arXiv: hep-th/9901001v12", "hep-th/9901001", 12),
        ("ARXIV:math.AG/0601001", "math.AG/0601001", None),
    ],
)
def test_an_identifier(identifier: str, arxiv: str, version: int | None) -> None:
    stated = entry_of(identifier=identifier).stated
    assert (stated.arxiv, stated.version) == (arxiv, version)


@pytest.mark.parametrize(
    "identifier", ["arXiv:", "arXiv:pears", "arXiv:2411.118711", "arXiv:2411.\uff11\uff11871"]
)
def test_no_identifier(identifier: str) -> None:
    data = f"The abstract.\n\n{identifier}\nCreated: 2024-11-03\n\n".encode()
    rest = b"Another abstract.\n\narXiv:2411.00002\nCreated: 2024-11-04\n"
    parsed = parse(data + rest, "dump.txt", None)
    assert [entry.stated.arxiv for entry in parsed.entries] == ["2411.00002"]
    assert [problem.message for problem in parsed.problems] == ["'The abstract.' has no arXiv identifier."]


@pytest.mark.parametrize(
    "text",
    [
        "This paper has been withdrawn by the author.",
        "The abstract of a paper.\n\nThis paper has been withdrawn by the author.",
        "The abstract of a paper.\n\nWithdrawn due to a mistake",
    ],
)
def test_a_withdrawn_paper(text: str) -> None:
    assert entry_of(text=text).stated.withdrawn


def test_a_paper_on_what_is_withdrawn_is_not_withdrawn() -> None:
    assert not entry_of(text="We study pears that were withdrawn from the market.").stated.withdrawn


def test_links_of_abstract_and_comment() -> None:
    text = "See https://pears.github.io/.\n\nCode: https://github.com/orchard/pears"
    assert entry_of(text=text).stated.links == {
        "project": "https://pears.github.io/",
        "code": "https://github.com/orchard/pears",
    }


@pytest.mark.parametrize("text", ["Every group of prime order is cyclic", "Pears,", "Accepted", "13 pears"])
def test_the_only_paragraph_is_the_abstract(text: str) -> None:
    assert entry_of(text=text).stated.abstract == text


def test_an_identifier_amid_an_abstract_is_text() -> None:
    text = "We correct a claim of\narXiv:2301.00001\nand prove the opposite."
    stated = entry_of(text=text).stated
    assert (stated.abstract, stated.arxiv) == (text.replace("\n", " "), "2411.00001")


@pytest.mark.parametrize(
    "days",
    [
        "Created: 2024-10-20T12:00:00Z Updated: 2024-11-02T01:02:03Z",
        "created: 2024-10-20 UPDATED: 2024-11-02",
        "Created: 2024-10-20 12:00:00 Updated: 2024-11-02 01:02",
        "Created: 2024-10-20 12:00:00 UTC\nUpdated: 2024-11-02T01:02:03.123+01:00",
    ],
)
def test_a_time_behind_a_day(days: str) -> None:
    data = f"The abstract.\n\narXiv:2411.00001\n{days}\n".encode()
    parsed = parse(data, "dump.txt", None)
    (entry,) = parsed.entries
    assert parsed.problems == ()
    assert (str(entry.stated.published), str(entry.stated.updated)) == ("2024-10-20", "2024-11-02")


def test_two_paragraphs_of_comments_are_one() -> None:
    stated = entry_of(text="The abstract.\n\nAccepted at NeurIPS 2024.\n\n12 pages, 3 figures").stated
    assert (stated.abstract, stated.comment) == (
        "The abstract.",
        "Accepted at NeurIPS 2024. 12 pages, 3 figures",
    )


@pytest.mark.parametrize("items", ["- first item;\n\n- second item.", "* fast\n\n* small", "1. Windows grow"])
def test_an_item_of_a_list_is_no_comment(items: str) -> None:
    stated = entry_of(text=f"The abstract.\n\n{items}").stated
    assert (stated.abstract, stated.comment) == ("The abstract.\n" + items.replace("\n\n", "\n"), None)


@pytest.mark.parametrize(
    "text",
    [
        "We counted pears.\nCreated: 2020-01-01\nby hand.",
        "We counted pears.\nCreated: 2020-01-01\n\nWe did it by hand.",
        "We counted pears.\n\nCreated: 2020-01-01\nWe did it by hand.",
        "We counted pears that were\n\nCreated: 2020-01-01\n\nby hand.",
    ],
)
def test_days_amid_an_abstract_put_it_in_doubt(text: str) -> None:
    whole = "The abstract.\n\narXiv:2411.00002\nCreated: 2024-11-04\n"
    data = f"{text}\n\narXiv:2411.00001\nCreated: 2024-11-03\n\n{whole}"
    parsed = parse(data.encode(), "dump.txt", None, "arxiv-dump")
    assert [entry.stated.arxiv for entry in parsed.entries] == ["2411.00002"]
    (problem,) = parsed.problems
    assert "'Created: 2020-01-01' has no identifier above it." in problem.message
    assert (problem.location.line, problem.location.last_line) == (1, text.count("\n") + 4)
