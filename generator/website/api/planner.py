"""Files for programs, below `api/v1/`: each paper, the lists of them, all as JSON Lines, and the schema.

A list is `NAME.json`, its older parts `NAME.1.json` and so on, numbered from the oldest. No slug can take
such an address, and an addition changes the newest part alone.
"""

from collections.abc import Iterator
from typing import TypeVar

import msgspec

from generator.engine.page import EXPORTS, Page
from generator.library.library import Library
from generator.model import Card, Issue, ThemePapers
from generator.website.api.files import (
    IndexFile,
    IssueEntry,
    IssueFile,
    IssuesFile,
    MovedFile,
    PaperList,
    PapersFile,
    ThemeEntry,
    ThemeFile,
    ThemesFile,
)
from generator.website.api.views import HOME, DumpView, FileView, ListView, PaperView, SchemaView, paper_path
from generator.website.parts.paper_lists import parts
from generator.website.urls import absolute, href, issue_link, issue_slug, theme_link

INDEX = f"{HOME}index.json"
DUMP = f"{HOME}papers.jsonl"
SCHEMA = f"{HOME}schema.json"

AS_JSON = "website.api.encoding:encoded"
AS_LINES = "website.api.encoding:lines"
AS_SCHEMA = "website.api.encoding:schema"


T = TypeVar("T")


def plan(library: Library) -> Iterator[Page]:
    """Yield the index, the lists, the file of each paper, all papers in one, and the schema."""
    root = absolute(library.site.url, "")
    yield Page(path=INDEX, encoder=AS_JSON, view=FileView(file=_index(library, root)), stage=EXPORTS)
    yield Page(path=SCHEMA, encoder=AS_SCHEMA, view=SchemaView(id=root + SCHEMA), stage=EXPORTS)
    yield from _list(root, f"{HOME}papers", PapersFile(papers=()), library.cards)
    for themed in library.by_theme:
        yield from _list(root, f"{HOME}themes/{themed.theme.slug}", _theme_head(themed, root), themed.cards)
    for issue in library.issues:
        head = IssueFile(day=issue.day, url=root + issue_link(issue.day).href, papers=())
        yield from _list(root, _issue_base(issue), head, issue.cards, issue.again)
    yield from _indexes(library, root)
    for card in library.cards:
        view = PaperView(root=root, record=library.records[card.slug])
        yield Page(path=paper_path(card.slug), encoder=AS_JSON, view=view, stage=EXPORTS)
    for old, slug in sorted(library.formerly.items()):
        moved = MovedFile(slug=slug, url=root + href(slug), file=root + paper_path(slug))
        yield Page(path=paper_path(old), encoder=AS_JSON, view=FileView(file=moved), stage=EXPORTS)
    records = tuple(library.records[card.slug] for card in library.cards)
    yield Page(path=DUMP, encoder=AS_LINES, view=DumpView(root=root, records=records), stage=EXPORTS)


def _issue_base(issue: Issue) -> str:
    return f"{HOME}issues/{issue_slug(issue.day)}"


def _index(library: Library, root: str) -> IndexFile:
    return IndexFile(
        version=1,
        title=library.site.title,
        description=library.site.description,
        language=library.site.language,
        url=root,
        schema=root + SCHEMA,
        papers=f"{root}{HOME}papers.json",
        dump=root + DUMP,
        issues=f"{root}{HOME}issues.json",
        themes=f"{root}{HOME}themes.json",
    )


def _indexes(library: Library, root: str) -> Iterator[Page]:
    """Yield the list of issues and that of themes."""
    issues = tuple(
        IssueEntry(
            day=issue.day,
            total=len(issue.cards),
            picks=_picks(issue.cards),
            url=root + issue_link(issue.day).href,
            file=f"{root}{_issue_base(issue)}.json",
        )
        for issue in library.issues
    )
    for path, found, older in _parts(f"{HOME}issues", issues):
        listed = IssuesFile(issues=found, older=root + older if older else None)
        yield Page(path=path, encoder=AS_JSON, view=FileView(file=listed), stage=EXPORTS)
    themes = tuple(_theme_entry(themed, root) for themed in library.by_theme)
    view = FileView(file=ThemesFile(themes=themes))
    yield Page(path=f"{HOME}themes.json", encoder=AS_JSON, view=view, stage=EXPORTS)


def _theme_entry(themed: ThemePapers, root: str) -> ThemeEntry:
    head = _theme_head(themed, root)
    return ThemeEntry(
        slug=head.slug,
        title=head.title,
        description=head.description,
        total=len(themed.cards),
        picks=_picks(themed.cards),
        url=head.url,
        file=f"{root}{HOME}themes/{head.slug}.json",
    )


def _theme_head(themed: ThemePapers, root: str) -> ThemeFile:
    return ThemeFile(
        slug=themed.theme.slug,
        title=themed.theme.title,
        description=themed.theme.description,
        url=root + theme_link(themed).href,
        papers=(),
    )


def _picks(cards: tuple[Card, ...]) -> int:
    return sum(card.pick for card in cards)


def _list(
    root: str, base: str, head: PaperList, cards: tuple[Card, ...], again: tuple[Card, ...] = ()
) -> Iterator[Page]:
    newest = True
    for path, found, older in _parts(base, cards):
        part = msgspec.structs.replace(head, older=root + older) if older else head
        view = ListView(root=root, head=part, cards=found, again=again if newest else ())
        yield Page(path=path, encoder=AS_JSON, view=view, stage=EXPORTS)
        newest = False


def _parts(base: str, items: tuple[T, ...]) -> Iterator[tuple[str, tuple[T, ...], str]]:
    """Yield the path of each part of a list, newest first, what it holds, and where the list goes on."""
    for _, found, part in parts("", items):
        here = f"{base}.json" if part.number == part.of else f"{base}.{part.number}.json"
        yield here, found, f"{base}.{part.number - 1}.json" if part.number > 1 else ""
