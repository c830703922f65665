"""Choose what a list of the desk shows: the inbox, a theme, all papers, hidden papers or drafts. Pure."""

from collections.abc import Callable, Iterable, Iterator, Mapping

import msgspec

from generator.library.library import Library
from generator.library.record_files import RecordFile
from generator.library.snapshot import Snapshot
from generator.model import UNSORTED, Card, Paper
from generator.related.suggestions import Suggestion
from generator.text import paragraphs, plain
from generator.website.urls import href
from generator.words import day

INBOX, EVERYTHING, DRAFTS, HIDDEN = UNSORTED.slug, "all", "drafts", "hidden"
"""Lists besides those of the themes."""
STATES: Mapping[str, Callable[[Paper], bool]] = {
    "any": lambda _: True,  # and so no record need be unpacked
    "picked": lambda paper: paper.pick,
    "not picked": lambda paper: not paper.pick,
    "with a note": lambda paper: bool(paper.note),
}
"""Filters of a list, by name."""
MOST = 100
"""The most papers in one answer."""


class DeskPaper(msgspec.Struct, frozen=True, kw_only=True):
    """A paper on the desk."""

    path: str
    """Path of its record."""
    version: str
    """Digest of the record's bytes, in hexadecimal. An edit of other bytes is refused."""
    title: str
    href: str
    """Address of its page, from the root of the site."""
    facts: str
    """What else its listing says: authors, day, comment."""
    abstract: tuple[str, ...]
    """Its paragraphs as HTML."""
    themes: tuple[str, ...]
    pick: bool
    note: str
    headline: str
    tags: tuple[str, ...]
    hide: bool
    draft: bool
    suggestions: tuple[tuple[str, int, tuple[str, ...]], ...] = ()
    """Themes that it may belong to, the likeliest first: slug, percent, the words that decided."""


def paths_of(content: Snapshot, name: str, state: str) -> tuple[str, ...]:
    """Return the paths of a list's records in a state, newest issue first; hidden ones and drafts by path."""
    fits, files = STATES[state], _files(content, name)
    if state == "any":
        return tuple(file.path for file in files)
    return tuple(file.path for file in files if file.record and fits(file.record.paper()))


def _files(content: Snapshot, name: str) -> Iterable[RecordFile]:
    library = content.library
    if name in {DRAFTS, HIDDEN}:
        unseen = (file for _, file in sorted(content.files.items()) if file.record and not file.card)
        return (file for file in unseen if file.record and file.record.paper().draft == (name == DRAFTS))
    if library is None:
        return ()
    by_slug = {file.slug: file for file in content.files.values() if file.card}
    cards = library.cards if name == EVERYTHING else _cards(library, name)
    return (by_slug[card.slug] for card in cards if card.slug in by_slug)


def _cards(library: Library, name: str) -> Iterator[Card]:
    return (card for themed in library.by_theme if themed.theme.slug == name for card in themed.cards)


def desk_paper(file: RecordFile, paper: Paper, suggestions: Iterable[Suggestion] = ()) -> DeskPaper:
    """Return a record as the desk shows it."""
    title = paper.title or (file.card.title if file.card else file.slug)
    return DeskPaper(
        path=file.path,
        version=file.digest.hex(),
        title=plain(title),
        href=f"/{href(file.slug)}",
        facts=" · ".join(_facts(paper)),
        abstract=tuple(str(paragraph.html) for paragraph in paragraphs(paper.abstract or "")),
        themes=paper.themes,
        pick=paper.pick,
        note=paper.note or "",
        headline=paper.headline or "",
        tags=paper.tags,
        hide=paper.hide,
        draft=paper.draft,
        suggestions=tuple((each.theme, each.percent, each.words) for each in suggestions),
    )


def _facts(paper: Paper) -> Iterator[str]:
    if paper.authors:
        yield plain(", ".join(paper.authors[:3]) + (" and others" if len(paper.authors) > 3 else ""))
    elif paper.organization:
        yield plain(paper.organization)
    if issue := min((row.issue for row in paper.listed if row.issue), default=paper.issue):
        yield f"listed {day(issue).text}"
    if paper.comment:
        yield plain(paper.comment)
