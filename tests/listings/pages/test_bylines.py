"""What a line of a page is, and which word of an organization's line is its handle."""

import pytest

from generator.listings.entry import Line, Part
from generator.listings.pages.bylines import (
    Kind,
    Piece,
    author_count,
    bits_of_byline,
    count,
    counts_authors_abroad,
    is_link_of_the_page,
    items,
    organization,
    paper_id,
    piece_of,
    voted_id,
)


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
        ("- - Weekly", Kind.TEXT),
        ("-" * 250, Kind.BOILERPLATE),
        ("-" * 251, Kind.TEXT),
        ("GitHub", Kind.LABEL),
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


def test_a_line_has_an_address_if_it_is_one_link() -> None:
    link, text = Part("GitHub", "https://pears.example"), Part("Pears", "")
    assert piece_of(Line(7, "GitHub", (link,))) == Piece(Kind.CODE, "GitHub", 7, 7, "https://pears.example")
    assert piece_of(Line(7, "GitHub Pears", (link, text), 3)) == Piece(Kind.TEXT, "GitHub Pears", 7, 7, "", 3)


@pytest.mark.parametrize(
    ("parts", "found"),
    [
        ([("Orchard Labs", "/orchard"), ("· Oct 4", "")], ["Orchard Labs", "·", "Oct 4"]),
        ([("see", ""), ("our code", "https://pears.example")], ["see our code"]),
        ([("A Title", "/papers/2510.00001"), ("12", "/x")], ["A Title", "12"]),
        ([("A Title", "/papers/2510.00001"), ("B", "/papers/2510.00002")], ["A Title B"]),
        ([("Orchard", "/orchard"), ("Fruit", "/fruit"), ("Oct 2", "")], ["Orchard", "Fruit", "Oct 2"]),
        ([("Orchard", "/orchard"), ("and", ""), ("Fruit", "/fruit")], ["Orchard and Fruit"]),
        ([("A Title · Pears", "/papers/2510.00001")], ["A Title · Pears"]),
        ([("Upvote 5 GitHub 3k arXiv Page", "")], ["Upvote 5", "GitHub 3k", "arXiv Page"]),
        ([("Upvote 5", "")], ["Upvote 5"]),
    ],
)
def test_the_items_of_a_line(parts: list[tuple[str, str]], found: list[str]) -> None:
    line = Line(1, " ".join(text for text, _ in parts), tuple(Part(*part) for part in parts))
    assert [item.text for item in items(line)] == found


@pytest.mark.parametrize(
    ("text", "bits"),
    [
        ("• 3 authors · May 30", ["3 authors", "·", "May 30"]),
        ("lab-c Laboratory C · Mar 13 3", ["lab-c Laboratory C", "·", "Mar 13 3"]),
        ("3 authors ·", ["3 authors", "·"]),
        ("Lab · 3 authors", ["Lab", "·", "3 authors"]),
        ("Lab • Oct 2 · 5", ["Lab", "•", "Oct 2", "·", "5"]),
        ("· Oct 2", ["·", "Oct 2"]),
        ("x" * 100 + " · Oct 2", ["x" * 100, "·", "Oct 2"]),
        ("x" * 101 + " · Oct 2", None),
        ("Lab · Oct 2 · Pears", None),
        ("Lab · Lab · Oct 2", None),
        ("Upvote · Oct 2", None),
        ("5 · Oct 2", None),
        ("3 authors", None),
        ("Oct 2 ·", None),
        ("We study A · B", None),
    ],
)
def test_a_byline_on_one_line(text: str, bits: list[str] | None) -> None:
    assert bits_of_byline(text) == bits


@pytest.mark.parametrize(
    ("href", "is_of_site", "paper", "voted"),
    [
        ("/papers/2510.00001", False, "2510.00001", None),
        ("https://hf.co/papers/2510.00001#community", False, "2510.00001", None),
        ("/orchard", True, None, None),
        ("https://huggingface.co", True, None, None),
        ("https://huggingface.co/login?next=%2Fpapers%2F2510.00001", True, None, "2510.00001"),
        ("//pears.example/papers/2510.00001", False, None, None),
        ("", False, None, None),
    ],
)
def test_where_an_address_leads(href: str, is_of_site: bool, paper: str | None, voted: str | None) -> None:
    assert (is_link_of_the_page(href), paper_id(href), voted_id(href)) == (is_of_site, paper, voted)


@pytest.mark.parametrize(
    ("text", "number", "is_abroad"),
    [
        ("• 6 authors", 6, True),
        ("1,204 authors", 1204, True),
        ("1 author", 1, True),
        ("1.2k authors", None, True),
        ("3 auteurs", 3, True),
        ("1.2k auteurs", None, True),
        ("3 Auteurs", 3, False),
        ("• 3 Auteurs", 3, True),
        ("3 Autor", 3, True),
        ("3 Autoren", 3, True),
        ("3 位作者", 3, True),
        ("Three Pears", None, False),
    ],
)
def test_the_number_of_authors(text: str, number: int | None, is_abroad: bool) -> None:
    assert (author_count(text), counts_authors_abroad(text)) == (number, is_abroad)


@pytest.mark.parametrize(
    ("text", "number"),
    [("101", 101), ("1,204", 1204), ("Upvote 7", 7), ("-", None), ("1.2k", None), ("Pears", None)],
)
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
        ("ibmIBM", "ibm", "IBM"),
        ("orcOrcHard", "orc", "OrcHard"),
        ("orOrchard", None, "orOrchard"),
        ("ab A Big Fruit", "ab", "A Big Fruit"),
        ("a Big Fruit", None, "a Big Fruit"),
        ("fru Fruit House", "fru", "Fruit House"),
        ("thefru The Fru", "thefru", "The Fru"),
        ("pearsfruit The Fruit House", "pearsfruit", "The Fruit House"),
        ("pearsfru The Fru House", None, "pearsfru The Fru House"),
        ("- -", None, "- -"),
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
    assert organization("google Google", "/orchard") == ("orchard", "google Google")
    assert organization("orchardOrchard", "/labs") == ("orchard", "Orchard")
