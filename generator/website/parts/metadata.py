"""A paper's metadata: its web addresses, and its facts, each with its name."""

from collections.abc import Callable, Iterable, Iterator
from urllib.parse import quote, quote_plus

from markupsafe import Markup

from generator.model import Correction, Paper
from generator.text import plain
from generator.text.segments import clean
from generator.website.urls import Link
from generator.words import shortened

SEARCHES = {
    "arXiv": "https://arxiv.org/search/?searchtype=all&query=",
    "Semantic Scholar": "https://www.semanticscholar.org/search?q=",
    "Google Scholar": "https://scholar.google.com/scholar?q=",
}
"""Where a paper without an identifier may be found, and the address that takes a query at its end."""
LONGEST_QUERY = 200
"""Characters; Google Scholar reads 256."""


def newest_first(changes: Iterable[Correction]) -> list[Correction]:
    """Return corrections as pages show them."""
    return sorted(changes, key=lambda change: change.date, reverse=True)


def pdf_url(paper: Paper) -> str:
    """Return the URL of the paper's PDF; empty if unknown."""
    return paper.links.get("pdf") or (f"https://arxiv.org/pdf/{paper.arxiv}" if paper.arxiv else "")


def web_links(paper: Paper) -> Iterator[Link]:
    """Yield the addresses of a paper and of what belongs to it, outside the site."""
    if paper.arxiv:
        version = f", version {paper.version}" if paper.version else ""
        yield Link(href=f"https://arxiv.org/abs/{paper.arxiv}", title=f"arXiv {paper.arxiv}{version}")
        if "pdf" not in paper.links:
            yield Link(href=pdf_url(paper), title="PDF")
    for kind, url in sorted(paper.links.items()):
        yield Link(href=url, title=_ABBREVIATIONS.get(kind) or kind.replace("-", " ").capitalize())
    if paper.doi:
        yield Link(href=f"https://doi.org/{quote(paper.doi)}", title=f"DOI {clean(paper.doi)}")


def search_links(paper: Paper) -> Iterator[Link]:
    """Yield searches for a paper without an identifier: by its title, else by how its abstract begins."""
    words = plain(paper.title or (paper.abstract or "")[: 2 * LONGEST_QUERY])
    if paper.arxiv or paper.doi or not words:
        return
    query = quote_plus(shortened(words, LONGEST_QUERY).removesuffix(" …"))
    for name, address in SEARCHES.items():
        yield Link(href=address + query, title=name)


_ABBREVIATIONS = {"pdf": "PDF", "html": "HTML"}


def facts(paper: Paper, html: Callable[[str], Markup]) -> Iterator[tuple[str, Markup | str]]:
    """Yield the facts that are only words, each with its name: HTML as Markup, else plain text.

    `html` makes HTML of a line of a listing's text.
    """
    if paper.organization and paper.authors:
        yield "Organization", plain(paper.organization)
    if paper.venue:
        yield "Venue", html(paper.venue)
    if paper.comment:
        yield "Comment", html(paper.comment)
    if paper.categories:
        yield "Subjects", ", ".join(paper.categories)
    if paper.license:
        yield "Licence", html(paper.license)
    if paper.tags:
        yield "Keywords", ", ".join(paper.tags)
