"""Share images: of papers as far as the digest asks, of each issue, and one for every other page."""

from collections.abc import Callable, Iterator

from generator.engine.page import IMAGES, Page
from generator.library.library import Library
from generator.model import Card, Issue
from generator.website.share_images.elements import ShareImage
from generator.website.urls import href, issue_link
from generator.words import count, day

AS_IT_IS = "website.share_images.drawing:png"
AS_PLAIN_TEXT = "website.share_images.drawing:plain_png"
RECENT_ISSUES = 30
"""The newest issues, whose papers have images: older ones are shared more rarely, and are the most files."""


def image_folders(library: Library) -> Callable[[Card], str]:
    """Return what finds the folder of the image a paper's page is shared with: its own, else its issue's."""
    recent = library.issues[:RECENT_ISSUES]
    oldest = recent[-1].day if recent else None

    def folder(card: Card) -> str:
        is_recent = card.issue and (oldest is None or card.issue >= oldest)
        return href(card.slug) if is_recent else lasting_image_folder(library, card)

    return folder


def lasting_image_folder(library: Library, card: Card) -> str:
    """Return the folder of the image that a paper has even when its issue is no longer among the newest."""
    has_own = library.site.outputs.share_images == "all" or card.pick
    return href(card.slug) if has_own else issue_link(card.issue).href


def plan(library: Library) -> Iterator[Page]:
    """Yield the images of papers that have their own, of each issue, and of the digest."""
    site = library.site
    if site.outputs.share_images == "off":
        return
    themes = {theme.slug: theme.title for theme in library.themes}
    image_folder = image_folders(library)
    for card in library.cards:
        if (folder := href(card.slug)) == image_folder(card):
            view = _of_paper(card, site.title, themes.get(card.main or "", ""))
            yield _page(folder, AS_PLAIN_TEXT, view)
    for issue in library.issues:
        yield _page(issue_link(issue.day).href, AS_PLAIN_TEXT, _of_issue(issue, site.title))
    host = site.url.split("/")[2]
    view = ShareImage(nameplate=host, headings=(site.title, host), motto=site.description)
    yield _page("", AS_IT_IS, view)


def _of_paper(card: Card, site: str, theme: str) -> ShareImage:
    """Return the image of a paper; of a title in a script that it cannot show, the arXiv id or the slug."""
    arxiv = f"arXiv {card.arxiv}" if card.arxiv else ""
    states = ("Withdrawn" if card.withdrawn else "", "No title given" if card.provisional else "")
    date = day(card.published).text if card.published else ""
    return ShareImage(
        nameplate=site,
        label=theme,
        pick=card.pick,
        headings=(card.title, arxiv, card.slug),
        who=" · ".join(filter(None, [*states, card.byline])),
        facts=" · ".join(filter(None, [date, arxiv])),
    )


def _of_issue(issue: Issue, site: str) -> ShareImage:
    picks = tuple(card.title for card in issue.cards if card.pick)
    picked = f", {len(picks)} picked" if picks else ""
    return ShareImage(
        nameplate=site,
        label="Issue",
        headings=(issue_link(issue.day).title,),
        titles=picks,
        who=f"{count(len(issue.cards), 'paper')}{picked}".capitalize(),
    )


def _page(folder: str, encoder: str, view: ShareImage) -> Page:
    return Page(path=f"{folder}share.png", encoder=encoder, view=view, stage=IMAGES, lasting=False)
