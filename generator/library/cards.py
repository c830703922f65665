"""Make the card of a paper: the few facts that lists show and sort by."""

import re

from generator.model import Card, Paper

HEADING_LENGTH = 90
NAMED_AUTHORS = 3
OPENING_LENGTH = 600
"""Characters of an abstract among which its first sentence ends; lists shorten a longer one."""


def card_of(paper: Paper, slug: str) -> Card:
    """Return the card of a paper that is published under the slug."""
    issue = paper.issue or min((row.issue for row in paper.listed if row.issue), default=None)
    later = sorted({row.issue for row in paper.listed if row.issue and issue and row.issue > issue})
    places = (row.position for row in paper.listed if row.issue == issue and row.position is not None)
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
        issue=issue,
        issues=(issue, *later) if issue else (),
        position=min(places, default=None),  # the first, where listings give several
        themes=paper.themes,
        pick=paper.pick,
        withdrawn=paper.withdrawn,
        changed=max((change.date for change in paper.changes), default=None),
        abstract=paper.abstract is not None,
        opening=_opening(paper),
    )


def provisional_heading(paper: Paper, slug: str) -> str:
    """Return a heading for a paper without a title.

    It is what its abstract says that it introduces, else the abstract's first words, else its identifier.
    """
    from generator.library.headings import heading_of  # few papers need it

    words = (heading_of(paper.abstract or "") or paper.abstract or "").split()
    if not words:
        return f"arXiv {paper.arxiv}" if paper.arxiv else slug
    heading = words[0][:HEADING_LENGTH]
    for word in words[1:]:
        if len(heading) + len(word) >= HEADING_LENGTH:
            return f"{heading.rstrip(',;:(')} …"
        heading += f" {word}"
    return heading


def _opening(paper: Paper) -> str:
    """Return the first sentence of an abstract if lists show no other fact of the paper, else nothing."""
    has_facts = byline(paper) or paper.arxiv or paper.comment or paper.published
    if has_facts or not (paper.headline or paper.title) or not paper.abstract:
        return ""
    beginning = paper.abstract.splitlines()[0][:OPENING_LENGTH]
    end = _SENTENCE_END.search(beginning)
    return beginning[: end.end()] if end else beginning


_SENTENCE_END = re.compile(
    r"(?<![A-Z])(?<!e\.g)(?<!i\.e)(?<!vs)(?<!al)[.!?][\"')\]\u2019\u201d]*(?=\s+[^\sa-z])"
)


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


def list_order(card: Card) -> tuple[int, bool, int, str]:
    """Return a sort key: newest issue first, undated last; then position, without one last; then slug."""
    newest_first = -(card.issue.toordinal() if card.issue else 0)
    return newest_first, card.position is None, card.position or 0, card.slug
