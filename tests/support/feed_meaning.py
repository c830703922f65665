"""What the entries of papers are meant to state, made from the records and not from the feeds' own code."""

import datetime as dt
from dataclasses import dataclass

from lxml import html

from generator.library.library import Library
from generator.text import inline, plain


@dataclass(frozen=True)
class Stated:
    """What a parser read of an entry, or what it should read."""

    url: str
    title: str
    authors: tuple[str, ...]
    tags: tuple[str, ...]
    published: dt.date
    updated: dt.date


def stated_of_papers(library: Library) -> dict[str, Stated]:
    """Return what each paper's entry states, by its permanent id."""
    themes = {theme.slug: folded(theme.title) for theme in library.themes}
    found = {}
    for card in library.cards:
        paper = library.records[card.slug].paper()
        names = paper.authors or ((paper.organization,) if paper.organization else ())
        tags = [themes[slug] for slug in paper.themes if slug in themes]
        if card.issue:
            found[f"tag:{library.site.tag_authority}:{paper.id or card.slug}"] = Stated(
                url=f"{library.site.url.rstrip('/')}/papers/{card.slug}/",
                title=plain(card.title),
                authors=tuple(name for name in map(plain, names) if name),
                tags=tuple(map(folded, (*tags, *paper.categories, *paper.tags))),
                published=card.issue,
                updated=max(card.issue, *(change.date for change in paper.changes), dt.date.min),
            )
    return found


def folded(text: str) -> str:
    """Return a text without what nobody sees: controls, and white space at its ends."""
    return " ".join("".join(char for char in text if char.isprintable() or char.isspace()).split())


def words(body: str) -> str:
    """Return the text of an entry's HTML, white space folded."""
    return folded(html.fragment_fromstring(body, create_parent="div").text_content())


def sentences(library: Library) -> dict[str, list[str]]:
    """Return, by slug, what a paper's entry must hold word for word: paragraphs without formulas."""
    return {
        slug: [
            plain(line)
            for line in (record.paper().abstract or "").splitlines()
            if "<" not in inline(line).html
        ]
        for slug, record in library.records.items()
    }
