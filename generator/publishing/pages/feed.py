"""The feed: the newest issues, whole, an item for each paper."""

import datetime as dt
from collections.abc import Iterator

import msgspec
from markupsafe import Markup

from generator.content.library import Library, Record
from generator.model import Card, Site
from generator.publishing.frame import absolute
from generator.publishing.lists import href
from generator.publishing.markdown import note_html
from generator.publishing.page import Page
from generator.publishing.text import feed_inline, plain

ENOUGH = 50
"""Items; a feed takes whole issues, newest first, until it has that many."""


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """A paper in a feed."""

    site: Site
    card: Card
    record: Record
    themes: tuple[str, ...]
    """Titles of its shelves."""

    @property
    def id(self) -> str:
        """Its permanent identity, a tag URI (RFC 4151): neither a new address nor a new title changes it."""
        return f"tag:{self.site.tag_authority}:{self.record.paper().id or self.card.slug}"

    @property
    def url(self) -> str:
        """The paper's page."""
        return absolute(self.site, href(self.card.slug))

    @property
    def title(self) -> str:
        """Its title, plain text."""
        return plain(self.card.title)

    @property
    def published(self) -> dt.datetime | None:
        """The day of its first issue, midnight UTC."""
        day = self.card.issue
        return dt.datetime.combine(day, dt.time(), dt.UTC) if day else None

    @property
    def authors(self) -> tuple[str, ...]:
        """The authors' names, or the organization's."""
        paper = self.record.paper()
        return tuple(plain(name) for name in paper.authors or filter(None, [paper.organization]))

    @property
    def html(self) -> Markup:
        """What a feed reader shows: the editors' note, the abstract, the facts."""
        paper = self.record.paper()
        body = Markup()
        if paper.pick and paper.note:
            note = note_html(paper.note, absolute(self.site, ""))
            body += Markup("<p><strong>Why it is here.</strong></p>\n") + note
        for text in filter(None, (paper.abstract or "").split("\n")):
            body += Markup("<p>{}</p>\n").format(feed_inline(text))
        facts = [plain(self.card.byline), plain(self.card.comment or "")]
        links = [
            Markup('<a href="{}">{}</a>').format(address, name)
            for name, address in (
                ("arXiv", f"https://arxiv.org/abs/{paper.arxiv}" if paper.arxiv else ""),
                *sorted(paper.links.items()),
            )
            if address
        ]
        line = Markup(" · ").join([*filter(None, facts), *links])
        return body + Markup("<p>{}</p>").format(line) if line else body


class FeedView(msgspec.Struct, frozen=True, kw_only=True):
    """A feed."""

    site: Site
    path: str
    items: tuple[Item, ...]
    """Newest first."""

    @property
    def updated(self) -> dt.datetime:
        """The day of its newest item; the epoch where none has a day, since a feed must say one."""
        days = [item.published for item in self.items if item.published]
        return max(days, default=dt.datetime.fromtimestamp(0, dt.UTC))


def plan(library: Library) -> Iterator[Page]:
    """Yield the feed of everything."""
    titles = {theme.slug: theme.title for theme in library.themes}
    cards: list[Card] = []
    for issue in library.issues:
        if len(cards) >= ENOUGH:
            break
        cards += issue.cards
    items = tuple(
        Item(
            site=library.site,
            card=card,
            record=library.records[card.slug],
            themes=tuple(titles[slug] for slug in card.themes if slug in titles),
        )
        for card in cards
    )
    view = FeedView(site=library.site, path="feed.xml", items=items)
    yield Page(path="feed.xml", template="rss", view=view)
