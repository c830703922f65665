"""The links of a paper's page: to the paper, or to where it may be found."""

from urllib.parse import parse_qs, urlsplit

import pytest

from generator.model import Paper
from generator.website.parts.metadata import search_links


def queries(paper: Paper) -> list[str]:
    """Return the query of each search."""
    asked = [parse_qs(urlsplit(link.href).query) for link in search_links(paper)]
    return [(query.get("query") or query["q"])[0] for query in asked]


def test_a_paper_without_an_identifier_is_searched_by_its_title_as_shown() -> None:
    links = list(search_links(Paper(title='Gr\\"obner & $x^2$ <b>')))
    assert [(link.title, link.href) for link in links] == [
        ("arXiv", "https://arxiv.org/search/?searchtype=all&query=Gr%C3%B6bner+%26+x%C2%B2+%3Cb%3E"),
        ("Semantic Scholar", "https://www.semanticscholar.org/search?q=Gr%C3%B6bner+%26+x%C2%B2+%3Cb%3E"),
        ("Google Scholar", "https://scholar.google.com/scholar?q=Gr%C3%B6bner+%26+x%C2%B2+%3Cb%3E"),
    ]


def test_a_paper_without_a_title_is_searched_by_how_its_abstract_begins() -> None:
    abstract = "We study words. " * 40
    assert queries(Paper(abstract=abstract)) == ["We study words. " * 12 + "We"] * 3


@pytest.mark.parametrize(("end", "words"), [("bb", "a " * 99 + "bb"), ("bbb", "a " * 98 + "a")])
def test_a_search_is_for_200_characters_at_most(end: str, words: str) -> None:
    assert queries(Paper(title="a " * 99 + end)) == [words] * 3


@pytest.mark.parametrize(
    "paper", [Paper(title="A", arxiv="2410.12265"), Paper(title="A", doi="10.1234/a"), Paper()]
)
def test_a_paper_that_has_an_identifier_or_no_words_is_not_searched(paper: Paper) -> None:
    assert queries(paper) == []
