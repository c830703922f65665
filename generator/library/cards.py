"""The card of a paper: what lists, orders and neighbours show of it."""

import datetime as dt

from generator.model import Card, Listed, Paper

HEADING_LENGTH = 90
NAMED_AUTHORS = 3


def card_of(paper: Paper, slug: str) -> Card:
    """Return the card of a paper that is published under the slug."""
    first = min(paper.listed, key=_listing_order, default=Listed(listing="-"))
    given = paper.headline or paper.title
    return Card(
        id=paper.id or (*paper.formerly, slug)[0],
        slug=slug,
        title=given or provisional_heading(paper, slug),
        provisional=given is None,
        stated=(paper.title or "") if paper.headline else None,
        byline=byline(paper),
        corporate=paper.organization is not None,
        arxiv=paper.arxiv,
        comment=paper.comment,
        published=paper.published,
        issue=first.issue,
        issues=tuple(sorted({row.issue for row in paper.listed if row.issue})),
        position=first.position or 0,
        themes=paper.themes,
        pick=paper.pick,
        withdrawn=paper.withdrawn,
        changed=max((change.date for change in paper.changes), default=None),
    )


def _listing_order(row: Listed) -> tuple[dt.date, int, str]:
    return row.issue or dt.date.max, row.position or 0, row.listing


def provisional_heading(paper: Paper, slug: str) -> str:
    """Return a heading for a paper without a title: the first words of its abstract, else its identifier."""
    words = (paper.abstract or "").split()
    if not words:
        return f"arXiv {paper.arxiv}" if paper.arxiv else slug
    heading = words[0][:HEADING_LENGTH]
    for word in words[1:]:
        if len(heading) + len(word) >= HEADING_LENGTH:
            return f"{heading.rstrip(',;:(')} …"
        heading += f" {word}"
    return heading


def byline(paper: Paper) -> str:
    """Return who wrote the paper, as shortly as it is known: organization, names, or how many."""
    if paper.organization:
        return paper.organization
    if paper.authors:
        more = ", et al." if len(paper.authors) > NAMED_AUTHORS else ""
        return ", ".join(paper.authors[:NAMED_AUTHORS]) + more
    if paper.author_count:
        return "1 author" if paper.author_count == 1 else f"{paper.author_count} authors"
    return ""


def list_order(card: Card) -> tuple[int, int, str]:
    """Return a sort key: newest issue first, undated last, then position in the listing, then slug."""
    return -(card.issue.toordinal() if card.issue else 0), card.position, card.slug
