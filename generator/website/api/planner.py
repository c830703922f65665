"""Files for programs, below `api/v1/`: each paper, the lists of them, all as JSON Lines, and the schema.

A list is `NAME.json`, its older pages are `NAME.1.json` and so on, numbered from the oldest. No slug can take
such an address, and an addition changes only the newest page.
"""

from collections.abc import Iterator

import msgspec

from generator.engine.page import EXPORTS, Group, Page
from generator.library.library import Library
from generator.model import Card, Issue, ThemePapers
from generator.website.api import files
from generator.website.api.views import HOME, DumpView, ListView, PaperFileView, SchemaView, paper_path
from generator.website.parts.pagination import Pagination, paginate
from generator.website.parts.paper_lists import full_line
from generator.website.urls import absolute, href, issue_link, issue_slug, theme_link

INDEX = f"{HOME}index.json"
DUMP = f"{HOME}papers.jsonl"
SCHEMA = f"{HOME}schema.json"

AS_JSON = "website.api.views:encoded"
AS_IT_IS = "website.api.views:readable"
AS_LINES = "website.api.views:lines"
AS_SCHEMA = "website.api.views:schema"


def plan(library: Library) -> Iterator[Page | Group]:
    """Yield the index, the schema, the lists, all papers in one file, and where asked the file of each."""
    root = absolute(library.site.url, "")
    yield Page(path=INDEX, encoder=AS_IT_IS, view=_index(library, root), stage=EXPORTS)
    yield Page(path=SCHEMA, encoder=AS_SCHEMA, view=SchemaView(id=root + SCHEMA), stage=EXPORTS)
    yield from _list(library, f"{HOME}papers", files.PapersFile(papers=()), library.cards)
    for themed in library.by_theme:
        for slug in (themed.theme.slug, *themed.theme.formerly):
            yield Group(_list, f"{HOME}themes/{slug}", _theme_head(themed, root), themed.cards, stage=EXPORTS)
    for issue in library.issues:
        head = files.IssueFile(day=issue.day, url=root + issue_link(issue.day).href, papers=())
        yield Group(_list, _issue_base(issue), head, issue.cards, issue.again, stage=EXPORTS)
        if library.site.outputs.paper_api:
            yield Group(_papers, issue.cards, stage=EXPORTS)
    if library.site.outputs.paper_api:
        yield from _moved(library, root)
    yield from _indexes(library, root)
    yield Group(_dump, library.cards, stage=EXPORTS)


def _dump(library: Library, cards: tuple[Card, ...]) -> Iterator[Page]:
    """Yield the file of all papers."""
    view = DumpView(
        root=absolute(library.site.url, ""),
        items=tuple(library.records[card.slug] for card in cards),
        has_citation_files=library.site.outputs.paper_citations,
    )
    yield Page(path=DUMP, encoder=AS_LINES, view=view, stage=EXPORTS)


def _papers(library: Library, cards: tuple[Card, ...]) -> Iterator[Page]:
    """Yield the file of each paper."""
    root, has_files = absolute(library.site.url, ""), library.site.outputs.paper_citations
    for card in cards:
        view = PaperFileView(root=root, line=full_line(library, card), has_citation_files=has_files)
        yield Page(path=paper_path(card.slug), encoder=AS_JSON, view=view, stage=EXPORTS)


def _moved(library: Library, root: str) -> Iterator[Page]:
    """Yield a file at each address that the file of a paper had."""
    for old, slug in sorted(library.formerly.items()):
        moved = files.MovedFile(slug=slug, url=root + href(slug), file=root + paper_path(slug))
        yield Page(path=paper_path(old), encoder=AS_IT_IS, view=moved, stage=EXPORTS)


def _issue_base(issue: Issue) -> str:
    return f"{HOME}issues/{issue_slug(issue.day)}"


def _index(library: Library, root: str) -> files.IndexFile:
    return files.IndexFile(
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
        files.IssueEntry(
            day=issue.day,
            total=len(issue.cards),
            picks=_picks(issue.cards),
            url=root + issue_link(issue.day).href,
            file=f"{root}{_issue_base(issue)}.json",
        )
        for issue in library.issues
    )
    for page, found in paginate(f"{HOME}issues.json", issues, _numbered):
        view = files.IssuesFile(issues=found, older=_older(page, root))
        yield Page(path=page.href, encoder=AS_IT_IS, view=view, stage=EXPORTS)
    themes = files.ThemesFile(themes=tuple(_theme_entry(themed, root) for themed in library.by_theme))
    yield Page(path=f"{HOME}themes.json", encoder=AS_IT_IS, view=themes, stage=EXPORTS)


def _theme_entry(themed: ThemePapers, root: str) -> files.ThemeEntry:
    head = _theme_head(themed, root)
    return files.ThemeEntry(
        **{name: getattr(head, name) for name in ("slug", "title", "description", "url")},
        total=len(themed.cards),
        picks=_picks(themed.cards),
        file=f"{root}{HOME}themes/{head.slug}.json",
    )


def _theme_head(themed: ThemePapers, root: str) -> files.ThemeFile:
    return files.ThemeFile(
        slug=themed.theme.slug,
        title=themed.theme.title,
        description=themed.theme.description,
        url=root + theme_link(themed).href,
        papers=(),
    )


def _picks(cards: tuple[Card, ...]) -> int:
    return sum(card.pick for card in cards)


def _list(
    library: Library, base: str, head: files.PaperList, cards: tuple[Card, ...], again: tuple[Card, ...] = ()
) -> Iterator[Page]:
    root, has_files = absolute(library.site.url, ""), library.site.outputs.paper_api
    for page, found in paginate(f"{base}.json", cards, _numbered):
        part = msgspec.structs.replace(head, older=_older(page, root))
        again_here = again if page.is_newest else ()
        view = ListView(root=root, head=part, cards=found, again=again_here, has_paper_files=has_files)
        yield Page(path=page.href, encoder=AS_JSON, view=view, stage=EXPORTS)


def _numbered(path: str, number: int) -> str:
    return f"{path.removesuffix('.json')}.{number}.json"


def _older(page: Pagination, root: str) -> str | None:
    return root + page.older.href if page.older else None
