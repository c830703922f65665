"""What the entries of papers are meant to state, made from the records and not from the feeds' own code."""

import datetime as dt
from dataclasses import dataclass, replace

from lxml import html

from generator.library.library import Library
from generator.text import inline, plain


@dataclass(frozen=True)
class Stated:
    """What a parser read of an entry, or what it should read."""

    url: str
    title: str
    authors: tuple[str, ...]
    """As Atom and JSON Feed have them; see `in_format`."""
    tags: tuple[str, ...]
    published: dt.date
    updated: dt.date

    def in_format(self, kind: str) -> "Stated":
        """Return what a format states: RSS all authors in one, and only Atom what is no name."""
        names = () if self.authors and self.authors[0] in UNNAMED else self.authors
        named = {"rss": tuple(filter(None, [", ".join(names)])), "atom": self.authors, "json": names}
        return replace(self, authors=named[kind])


UNNAMED = {"1 author", *(f"{number} authors" for number in range(2, 99)), "Authors not stated"}


def stated_of_papers(library: Library) -> dict[str, Stated]:
    """Return what each paper's entry states, by its permanent id."""
    themes = {theme.slug: folded(theme.title) for theme in library.themes}
    found = {}
    for card in library.cards:
        paper = library.records[card.slug].paper()
        names = paper.authors or ((paper.organization,) if paper.organization else ())
        counted = "1 author" if paper.author_count == 1 else f"{paper.author_count} authors"
        state = "Withdrawn: " if paper.withdrawn else "Corrected: " if paper.changes else ""
        tags = [themes[slug] for slug in paper.themes if slug in themes]
        if card.issue:
            found[f"tag:{library.site.tag_authority}:{paper.id or card.slug}"] = Stated(
                url=f"{library.site.url.rstrip('/')}/papers/{card.slug}/",
                title=state + plain(card.title),
                authors=tuple(name for name in map(plain, names) if name)
                or (counted if paper.author_count else "Authors not stated",),
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
