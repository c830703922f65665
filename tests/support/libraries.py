"""Small libraries made of values, and what the planners and templates make of them."""

import datetime as dt
from collections.abc import Iterable
from functools import cache
from typing import Any

from lxml import html

from generator.engine.page import Page, Planner, plan
from generator.engine.render import Renderer
from generator.engine.templates import SHIPPED, Templates
from generator.library.cards import card_of
from generator.library.library import Library, LibraryItem, with_papers
from generator.library.packed import PackedPaper
from generator.model import Listed, MarkdownPage, Paper, Theme
from generator.problem import Problem
from generator.settings import Site
from generator.website.pages import archive, front, issues, markdown, papers, picks, themes
from generator.website.parts.paper_lists import PaperLine
from generator.website.planners import PLANNERS

SITE = Site(
    title="The Digest",
    url="https://digest.example/base/",
    tag_authority="digest.example,2025",
    description="Papers worth an hour.",
)
DATA = Theme(slug="data", title="Data", description="How data are chosen.")
MODELS = Theme(slug="models", title="Models & more")
THEMES = (DATA, MODELS)
READERS: tuple[Planner, ...] = (
    *(front.plan, issues.plan, themes.plan, picks.plan),
    *(archive.plan, papers.plan, markdown.plan),
)
"""The planners of the pages that people read."""
MONDAY = dt.date(2025, 10, 27)
TUESDAY = dt.date(2025, 10, 28)


def paper(title: str | None = "A title", *issues: dt.date | None, position: int = 1, **fields: Any) -> Paper:
    """Return a paper that a listing names on each of the days: Monday, where no day is given."""
    days = issues or (MONDAY,)
    listed = tuple(Listed(listing=f"{day}.txt", issue=day, position=position) for day in days)
    return Paper(title=title, **({"listed": listed, "abstract": "An abstract."} | fields))


def library(
    papers: dict[str, Paper] | None = None,
    themes: Iterable[Theme] = THEMES,
    pages: Iterable[MarkdownPage] = (),
    site: Site = SITE,
) -> Library:
    """Return the library of papers by slug; hidden ones are left out, as reading leaves them out."""
    shown = {slug: found for slug, found in (papers or {}).items() if not (found.hide or found.draft)}
    items = (item_of(found, slug) for slug, found in shown.items())
    return with_papers(Library(site=site, themes=tuple(themes), pages=tuple(pages)), items)


def item_of(found: Paper, slug: str) -> LibraryItem:
    """Return a paper as a library holds it."""
    return LibraryItem(card_of(found, slug), PackedPaper.of(found, slug), found.formerly)


def line_of(found: Paper, slug: str = "a", *, folded: bool = False) -> PaperLine:
    """Return the line of a paper in a list, with its record."""
    return PaperLine(card=card_of(found, slug), record=PackedPaper.of(found, slug), folded=folded)


def planned(found: Library, *planners: Planner) -> dict[str, Page]:
    """Return the pages that planners make of a library, by path; all planners, where none is named."""
    pages = list(plan(found, planners or PLANNERS))
    assert len({page.path for page in pages}) == len(pages)
    return {page.path: page for page in pages}


@cache
def _renderer() -> Renderer:
    names = [path for path in SHIPPED.rglob("*") if path.is_file()]
    files = {path.relative_to(SHIPPED).as_posix(): path.read_bytes() for path in names}
    return Renderer(Templates(files=files, paths={name: name for name in files}))


def rendered(page: Page) -> str:
    """Return a page as the shipped templates show it."""
    data = _renderer().render(page)
    assert not isinstance(data, Problem), data
    return data.decode()


def site_of(found: Library) -> dict[str, str]:
    """Return the pages of a library's site that people read, rendered, by path."""
    return {path: rendered(page) for path, page in planned(found, *READERS).items()}


def tree(page: Page) -> html.HtmlElement:
    """Return a page, rendered and parsed."""
    return html.document_fromstring(rendered(page))


def words(element: html.HtmlElement | str) -> str:
    """Return the text of an element, white space folded."""
    return " ".join((element if isinstance(element, str) else element.text_content()).split())


def texts(page: Page, xpath: str) -> list[str]:
    """Return the texts of the elements that are found on a page."""
    return [words(found) for found in tree(page).xpath(xpath)]


def has(name: str) -> str:
    """Return the condition of an XPath that an element is of a class."""
    return f"contains(concat(' ', @class, ' '), ' {name} ')"


TITLES = f"//h3[{has('title')}]"
NOTES = f"//*[{has('note')}]"
HEAD = f"//header[{has('head')}]"
