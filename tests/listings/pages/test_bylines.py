"""What a line of a page is, and which word of an organization's line is its handle."""

import pytest

from generator.listings.entry import Line, Part
from generator.listings.pages.bylines import Kind, author_count, count, organization, piece_of


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("• 6 authors", Kind.AUTHORS),
        ("1 author", Kind.AUTHORS),
        ("- 6\u00a0authors", Kind.AUTHORS),
        ("*\u00a01,204 authors", Kind.AUTHORS),
        ("six authors", Kind.TEXT),
        ("We asked 6 authors", Kind.TEXT),
        ("·", Kind.SEPARATOR),
        ("Oct 1 3", Kind.DAY),
        ("Published on Oct 4, 2026", Kind.DAY),
        ("Oct\u00a01", Kind.DAY),
        ("29 mai", Kind.UNREAD_DAY),
        ("2 days ago", Kind.RELATIVE_DAY),
        ("101", Kind.COUNT),
        ("-", Kind.COUNT),
        ("[-] 1", Kind.COUNT),
        ("Upvote 117", Kind.VOTES),
        ("Upvote", Kind.LABEL),
        ("arXiv Page", Kind.LABEL),
        ("GitHub 1.2k", Kind.CODE),
        ("GitHub for Pears", Kind.TEXT),
        ("Submitted by akhaliq", Kind.BOILERPLATE),
        ("## by[AK][30] and the research community", Kind.BOILERPLATE),
        ("* Weekly", Kind.BOILERPLATE),
        ("Daily Papers of an Orchard", Kind.TEXT),
    ],
)
def test_what_a_line_is(text: str, kind: Kind) -> None:
    assert piece_of(Line(1, text)).kind is kind


@pytest.mark.parametrize(
    ("href", "kind"),
    [
        ("https://huggingface.co/login?next=%2Fpapers%2F2606.00001", Kind.VOTES_BELOW),
        ("/papers/2606.00001#community", Kind.COMMENTS),
        ("https://orchard.example/101", Kind.COUNT),
    ],
)
def test_a_link_tells_what_a_number_counts(href: str, kind: Kind) -> None:
    assert piece_of(Line(1, "101", (Part("101", href),))).kind is kind


@pytest.mark.parametrize(("text", "number"), [("• 6 authors", 6), ("1,204 authors", 1204), ("1 author", 1)])
def test_the_number_of_authors(text: str, number: int) -> None:
    assert author_count(text) == number


@pytest.mark.parametrize(("text", "number"), [("101", 101), ("1,204", 1204), ("-", None), ("1.2k", None)])
def test_a_count(text: str, number: int | None) -> None:
    assert count(text) == number


@pytest.mark.parametrize(
    ("text", "handle", "name"),
    [
        ("CarnegieMellonU Carnegie Mellon University", "CarnegieMellonU", "Carnegie Mellon University"),
        ("stanfordnlp Stanford NLP", "stanfordnlp", "Stanford NLP"),
        ("naver-ai NAVER AI Lab", "naver-ai", "NAVER AI Lab"),
        ("AI4Bharat AI4Bh\u0101rat", "AI4Bharat", "AI4Bh\u0101rat"),
        ("umass University of Massachusetts Amherst", "umass", "University of Massachusetts Amherst"),
        ("Mininglamp-2718 Mininglamp Technology", "Mininglamp-2718", "Mininglamp Technology"),
        ("zai-org Z.ai", "zai-org", "Z.ai"),
        ("[lab-c] Laboratory C", "lab-c", "Laboratory C"),
        ("Carnegie Mellon University", None, "Carnegie Mellon University"),
        ("University of Massachusetts Amherst", None, "University of Massachusetts Amherst"),
        (
            "Hong Kong University of Science and Technology",
            None,
            "Hong Kong University of Science and Technology",
        ),
        ("IT University of Copenhagen", None, "IT University of Copenhagen"),
        ("Peking University", None, "Peking University"),
        ("Microsoft Research", None, "Microsoft Research"),
        ("Meta AI", None, "Meta AI"),
        ("Université", None, "Université"),
    ],
)
def test_a_first_word_is_a_handle_only_where_it_resembles_the_rest(
    text: str, handle: str | None, name: str
) -> None:
    assert organization(text) == (handle, name)


def test_the_link_of_an_organization_has_its_handle() -> None:
    assert organization("Google", "https://huggingface.co/google") == ("google", "Google")
    assert organization("google Google", "/google") == ("google", "Google")
