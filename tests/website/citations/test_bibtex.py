"""BibTeX: what entries say, read back by bibtexparser and by pybtex, whatever a listing holds."""

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import unquote

import pybtex.database
import pytest
from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import NameParts, SeparateCoAuthors, SplitNameParts
from hypothesis import given
from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db

from generator.model import Paper
from generator.text.scanner import scan
from generator.text.segments import Formula
from generator.website.citations.bibtex import MONTHS, bibtex, entry
from generator.website.citations.citation import Citation
from tests.support.cited_papers import cited, hostile, papers, shipped

MACROS = {
    "textbraceleft": "{",
    "textbraceright": "}",
    "textless": "<",
    "textgreater": ">",
    "textbar": "|",
    "textasciigrave": "`",
    "textasciicircum": "^",
}
"""Characters of LaTeX that pylatexenc does not know, or knows as accents."""


class Read(NamedTuple):
    """What a parser finds in an entry, fields as LaTeX."""

    key: str
    fields: dict[str, str]
    authors: list[tuple[str, str]]
    """Family names and given names."""


def by_bibtexparser(text: str) -> list[Read]:
    library = parse_string(text, append_middleware=[SeparateCoAuthors(), SplitNameParts()])
    assert library.failed_blocks == []
    assert len(library.blocks) == len(library.entries)
    return [
        Read(
            found.key,
            {field.key: field.value for field in found.fields if field.key != "author"},
            [_parts(name) for field in found.fields if field.key == "author" for name in field.value],
        )
        for found in library.entries
    ]


def _parts(name: NameParts) -> tuple[str, str]:
    assert name.jr == []
    return " ".join([*name.von, *name.last]), " ".join(name.first)


def by_pybtex(text: str) -> list[Read]:
    found = pybtex.database.parse_string(text, "bibtex").entries
    return [
        Read(
            key,
            dict(item.fields.items()),
            [
                (" ".join([*p.prelast_names, *p.last_names]), " ".join([*p.first_names, *p.middle_names]))
                for p in item.persons.get("author", [])
            ],
        )
        for key, item in found.items()
    ]


def decoded(latex: str) -> str:
    """Return LaTeX as the characters that it sets."""
    context = get_default_latex_context_db()
    macros = [MacroTextSpec(name, character) for name, character in MACROS.items()]
    context.add_context_category("more", macros=macros, prepend=True)
    reader = LatexNodes2Text(latex_context=context, math_mode="verbatim", strict_latex_spaces=True)
    text = str(reader.latex_to_text(latex.replace("{", "", 1)[:-1] if latex[:1] == "{" else latex))
    return straight(text)


def straight(text: str) -> str:
    """Return text with single quotes as in LaTeX, since the reader leaves those as they are."""
    return text.replace("\N{LEFT SINGLE QUOTATION MARK}", "`").replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")


def has_formula(text: str) -> bool:
    return any(isinstance(segment, Formula) for segment in scan(text))


def check(citations: Iterable[Citation]) -> None:
    citations = tuple(citations)
    text = bibtex(citations).decode()
    for read, months in ((by_bibtexparser, MONTHS), (by_pybtex, None)):
        found = read(text)
        assert [item.key for item in found] == [citation.key for citation in citations]
        for citation, item in zip(citations, found, strict=True):
            check_one(citation, item, months)


def check_one(citation: Citation, item: Read, months: tuple[str, ...] | None) -> None:
    facts, fields = citation.facts, item.fields
    assert ("title" in fields) == bool(citation.title)
    if citation.title and not has_formula(facts.title):
        assert " ".join(decoded(fields["title"]).split()) == straight(citation.title)
    assert [(decoded(family), decoded(given)) for family, given in item.authors] == [
        (straight(name.family), straight(name.given)) for name in citation.authors
    ]
    assert fields.get("eprint", "") == facts.arxiv
    assert unquote(fields.get("doi", "")) == unquote(citation.doi)
    assert fields.get("url", "") == citation.url
    assert fields.get("note", "") == citation.note
    assert ("month" in fields) == ("day" in fields) == (facts.published is not None)
    assert fields.get("year", "") == "".join(map(str, citation.date[:1]))
    if date := facts.published:
        assert (int(fields["year"]), int(fields["day"])) == (date.year, date.day)
        assert fields["month"] in {MONTHS[date.month - 1], dt.date(2000, date.month, 1).strftime("%B")}


def test_an_entry_says_what_is_known() -> None:
    paper = Paper(
        id="first-slug",
        title="A $x^2$ of 50% of Müller's_method",
        authors=("Laurens van der Maaten", "Gemini Team", "O'Brien, Pat"),
        organization="Stanford NLP",
        author_count=3,
        arxiv="2410.12265",
        categories=("cs.CL", "cs.LG"),
        doi="10.1234/a_b",
        published=dt.date(2024, 2, 29),
        withdrawn=True,
    )
    assert entry(cited(paper)) == (
        "@misc{first-slug,\n"
        "  title = {{A $x^2$ of 50\\% of Müller's\\_method}},\n"
        "  author = {van der Maaten, Laurens and {Gemini Team} and O'Brien, Pat},\n"
        "  year = {2024},\n"
        "  month = feb,\n"
        "  day = {29},\n"
        "  eprint = {2410.12265},\n"
        "  archiveprefix = {arXiv},\n"
        "  primaryclass = {cs.CL},\n"
        "  doi = {10.1234/a_b},\n"
        "  url = {https://arxiv.org/abs/2410.12265},\n"
        "  note = {Withdrawn},\n"
        "}\n"
    )


def test_what_is_unknown_is_left_out() -> None:
    paper = Paper(abstract="Words.", headline="The editors' words", author_count=4, categories=("cs.CL",))
    assert entry(cited(paper)) == "@misc{a-slug,\n}\n"


def test_an_organization_is_the_author_if_no_person_is_named() -> None:
    assert "  author = {{Stanford \\& NLP}},\n" in entry(cited(Paper(organization="Stanford & NLP")))


@pytest.mark.parametrize(
    ("venue", "line"),
    [
        ("Journal of Machine Learning Research", "@article{a-slug,\n  journal"),
        ("Proceedings of the 41st ICML", "@inproceedings{a-slug,\n  booktitle"),
        ("ICML 2025", "@misc{a-slug,\n  howpublished"),
    ],
)
def test_the_venue_decides_where_it_says_what_it_is(venue: str, line: str) -> None:
    assert entry(cited(Paper(venue=venue))).startswith(f"{line} = {{{venue}}},\n")


@pytest.mark.parametrize("formula", [r"\input{x}", "^^5cinput", r"\def\x{}", "@misc{x}", "a%b", r"\{x"])
def test_a_formula_that_could_do_harm_is_no_formula(formula: str) -> None:
    found = entry(cited(Paper(title=f"${formula}$")))
    assert f"${formula}$" not in found
    assert "\\input" not in found.replace("\\textbackslash{}input", "")


def test_every_shipped_record_is_read_back() -> None:
    check(shipped())


def test_hostile_papers_are_read_back() -> None:
    check(hostile())


@pytest.mark.slow
@given(papers)
def test_any_paper_is_read_back(paper: Paper) -> None:
    check([cited(paper)])


def test_a_title_of_markup_only_is_no_title() -> None:
    assert entry(cited(Paper(title="\\emph{}"))) == "@misc{a-slug,\n}\n"
