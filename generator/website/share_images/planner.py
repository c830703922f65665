"""Share images: of papers as far as the digest asks, of each issue, and one for every other page."""

import datetime as dt
from collections.abc import Iterator

import msgspec

from generator.engine.page import IMAGES, Page
from generator.library.library import Library
from generator.model import Card, ShareImages
from generator.text import plain
from generator.website.share_images.clipping import Clipping
from generator.website.urls import href, issue_link
from generator.words import count, day

OF_CARD = ("slug", "title", "provisional", "byline", "published", "arxiv", "pick", "withdrawn")
"""The fields of a card that the image of its paper shows."""
RECENT_ISSUES = 30
"""The newest issues, whose papers have images: older ones are shared more rarely, and are the most files."""


class PaperImage(msgspec.Struct, frozen=True, kw_only=True):
    """The image of a paper: no more of its card than it shows."""

    site: str
    """The digest's name."""
    theme: str
    """The main theme's title; empty if the paper has none."""
    slug: str
    title: str
    provisional: bool
    byline: str
    published: dt.date | None
    arxiv: str | None
    pick: bool
    withdrawn: bool

    @property
    def clipping(self) -> Clipping:
        """What the image says; of a title in a script that it cannot show, the arXiv id or the slug."""
        arxiv = f"arXiv {self.arxiv}" if self.arxiv else ""
        states = ("Withdrawn" if self.withdrawn else "", "No title given" if self.provisional else "")
        date = day(self.published).text if self.published else ""
        return Clipping(
            nameplate=self.site,
            label=self.theme,
            pick=self.pick,
            headings=(plain(self.title), arxiv, self.slug),
            who=" · ".join(filter(None, [*states, plain(self.byline)])),
            facts=" · ".join(filter(None, [date, arxiv])),
        )


class IssueImage(msgspec.Struct, frozen=True, kw_only=True):
    """The image of an issue."""

    site: str
    title: str
    papers: int
    picks: tuple[str, ...]
    """Their titles."""

    @property
    def clipping(self) -> Clipping:
        """What the image says."""
        picked = f", {len(self.picks)} picked" if self.picks else ""
        return Clipping(
            nameplate=self.site,
            label="Issue",
            headings=(self.title,),
            titles=tuple(map(plain, self.picks)),
            who=f"{count(self.papers, 'paper')}{picked}".capitalize(),
        )


class SiteImage(msgspec.Struct, frozen=True, kw_only=True):
    """The image of the digest itself, for every page without one of its own."""

    title: str
    description: str
    url: str

    @property
    def clipping(self) -> Clipping:
        """What the image says: the digest's name, else its host."""
        host = self.url.split("/")[2]
        return Clipping(nameplate=host, headings=(self.title, host), motto=self.description)


def image_folder(library: Library, card: Card) -> str:
    """Return the folder of the image that a paper's page is shared with: its own, else that of its issue."""
    has_own = library.site.outputs.share_images is ShareImages.ALL or card.pick or _is_recent(library, card)
    return href(card.slug) if has_own else issue_link(card.issue).href


def _is_recent(library: Library, card: Card) -> bool:
    older = library.issues[RECENT_ISSUES : RECENT_ISSUES + 1]
    return card.issue is not None and not (older and older[0].day and card.issue <= older[0].day)


def plan(library: Library) -> Iterator[Page]:
    """Yield the images of papers that have their own, of each issue, and of the digest."""
    site = library.site
    if site.outputs.share_images is ShareImages.OFF:
        return
    themes = {theme.slug: theme.title for theme in library.themes}
    for card in library.cards:
        if (folder := href(card.slug)) != image_folder(library, card):
            continue
        shown = {name: getattr(card, name) for name in OF_CARD}
        theme = themes.get(card.main or "", "")
        yield _image(folder, PaperImage(site=site.title, theme=theme, **shown))
    for issue in library.issues:
        link = issue_link(issue.day)
        picks = tuple(card.title for card in issue.cards if card.pick)
        image = IssueImage(site=site.title, title=link.title, papers=len(issue.cards), picks=picks)
        yield _image(link.href, image)
    yield _image("", SiteImage(title=site.title, description=site.description, url=site.url))


def _image(folder: str, view: PaperImage | IssueImage | SiteImage) -> Page:
    encoder = "website.share_images.drawing:share"
    return Page(path=f"{folder}share.png", encoder=encoder, view=view, stage=IMAGES, lasting=False)
