"""Find what is worth knowing of papers: formulas that stay TeX, broken words, missing facts, late days."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from generator.library.library import Library
from generator.library.paths import VECTORS
from generator.library.snapshot import Snapshot
from generator.library.vectors import text_key
from generator.model import Paper
from generator.problem import Location, Problem, notice
from generator.text import paragraphs
from generator.text.broken_words import broken_words
from generator.website.parts.markdown import tex_of_note


def check_papers(content: Snapshot) -> Iterator[Problem]:
    """Yield the notices on the papers of a snapshot."""
    papers = {path: file.record.paper() for path, file in content.files.items() if file.card and file.record}
    texts = [(path, text) for path, paper in papers.items() for text in _texts(paper)]
    yield from _formulas(papers, texts)
    yield from _broken_words(texts)
    yield from _missing_facts(papers)
    if content.library:
        yield from _without_vector(content.library)
        newest = max((issue.day for issue in content.library.issues if issue.day), default=None)
        yield from _late_days(papers, newest) if newest else ()


def _texts(paper: Paper) -> Iterator[str]:
    """Yield the texts of a paper in which listings have formulas."""
    yield from filter(None, (paper.headline or paper.title, paper.abstract, paper.comment, paper.venue))


def _formulas(papers: Mapping[str, Paper], texts: list[tuple[str, str]]) -> Iterator[Problem]:
    """Yield a notice for each formula that pages show as TeX."""
    hint, many = "Correct the formula if it is damaged. It is readable as it is.", "formulas are shown as TeX"
    for path, text in (row for row in texts if "$" in row[1] or "\\" in row[1]):
        for tex in (tex for shown in paragraphs(text) for tex in shown.as_tex):
            yield notice(Location(path=path), f"This formula is shown as TeX: {tex}", hint, many=many)
    for path, paper in papers.items():
        for tex in tex_of_note(paper.note) if paper.note else ():
            message = f"This formula of the note is shown as TeX: {tex}"
            yield notice(Location(path=path), message, hint, many=many)


def _broken_words(texts: list[tuple[str, str]]) -> Iterator[Problem]:
    """Yield a notice for each word that seems broken in two."""
    for (path, _), found in zip(texts, broken_words([text for _, text in texts]), strict=True):
        for words in found:
            message, many = f'This looks broken: "{words}".', "words look broken"
            yield notice(Location(path=path), message, "Correct it in the record.", many=many)


def _without_vector(library: Library) -> Iterator[Problem]:
    """Yield a notice if the table of vectors has not the text of every paper."""
    known = library.vectors.rows
    papers = (record.paper() for record in library.records.values())
    if known and (lacking := sum(text_key(paper) not in known for paper in papers)):
        are = "paper is" if lacking == 1 else "papers are"
        message = f"{lacking} {are} new, or changed since vectors were computed."
        hint = "Run `broadsheet refresh-terms`; until then they are related by words only."
        yield notice(Location(path=VECTORS), message, hint)


class _Fact(NamedTuple):
    is_known: Callable[[Paper], object]
    message: str
    many: str
    hint: str


_FACTS = (
    _Fact(
        lambda paper: paper.authors or paper.author_count or paper.organization,
        "The paper names no author.",
        "papers name no author",
        "Add `authors:` or `organization:` if you like.",
    ),
    _Fact(
        lambda paper: paper.published,
        "The paper has no day of publication.",
        "papers have no day of publication",
        "Add `published:` if you like.",
    ),
)


def _missing_facts(papers: Mapping[str, Paper]) -> Iterator[Problem]:
    """Yield a notice for each fact that a paper lacks, though its listing has it of most papers.

    What no listing of a kind can state, as an arXiv dump no authors, is not missing.
    """
    for fact in _FACTS:
        known: dict[str, list[bool]] = {}
        for paper in papers.values():
            for row in paper.listed:
                known.setdefault(row.listing, []).append(bool(fact.is_known(paper)))
        stating = {listing for listing, found in known.items() if sum(found) * 2 > len(found)}
        for path, paper in papers.items():
            is_expected = not paper.listed or any(row.listing in stating for row in paper.listed)
            if is_expected and not fact.is_known(paper):
                yield notice(Location(path=path), fact.message, fact.hint, many=fact.many)


def _late_days(papers: Mapping[str, Paper], newest: dt.date) -> Iterator[Problem]:
    """Yield a notice for each day of a paper that is after the newest issue."""
    for path, paper in papers.items():
        for name, day in (("published", paper.published), ("updated", paper.updated)):
            if day and day > newest:
                message = f"`{name}:` is {day}, after the newest issue, that of {newest}."
                hint, many = "Correct the day if it is mistyped.", "days are after the newest issue"
                yield notice(Location(path=path), message, hint, many=many)
