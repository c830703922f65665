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
