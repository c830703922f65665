"""Issues by mail: each as the message that is sent, and the message's HTML as a page."""

import datetime as dt
from bisect import bisect_left
from collections.abc import Callable, Iterator
from functools import cache

import msgspec
from markupsafe import Markup

from generator.engine.page import MAIL, Group, Page
from generator.library.library import Library
from generator.mail.message import LIMIT, message
from generator.model import Issue, Opening
from generator.settings import Site
from generator.website.pages.issues import IssueSummary, has_mail_page, issue_summary, theme_groups
from generator.website.pages.mail_contents import MailContents, contents_of
from generator.website.parts.paper_lists import PaperGroup
from generator.words import count


class RenderedMail(msgspec.Struct, frozen=True, kw_only=True):
    """An issue as it is mailed."""

    html: Markup
    message: bytes

    @property
    def eml(self) -> Markup:
        """The message as a template writes it."""
        return Markup(self.message.decode("ascii"))


class MailView(msgspec.Struct, frozen=True, kw_only=True):
    """An issue or a week, or its picks, that is to be mailed."""

    site: Site
    name: str
    """What it is known by, such as "issue-2025-10-30" or "week-2025-W44-picks"."""
    issue: IssueSummary
    """The issue; of a week all its issues together, with its last day."""
    groups: tuple[PaperGroup, ...]
    again: int
    public: bool
    """Whether it is a page, which leaves out what is a subscriber's own."""
    opening: Opening | None = None
    only_picks: bool = False

    def mail(self, html: Callable[[MailContents], str], text: Callable[[MailContents], str]) -> RenderedMail:
        """Return the longest mail below the limit; `html` and `text` are the templates of its two parts."""
        everything = contents_of(
            self.site, self.issue, self.groups, self.again, opening=self.opening, public=self.public
        )

        @cache
        def made(length: int) -> RenderedMail:
            contents = everything.cut(length)
            page = _inlined(html(contents))
            words = text(contents) if len(page) < LIMIT else ""  # the page by itself is too long
            day = dt.date.fromisoformat(self.issue.iso)
            summary = count(self.issue.picks, "pick") if self.only_picks else contents.summary
            subject = f"{self.site.title}, {self.issue.title}: {summary}"
            if self.opening and self.opening.subject:
                subject = self.opening.subject
            made = message(self.site, self.name, day, subject, text=words, html=page)
            return RenderedMail(html=Markup(page), message=made)

        def is_too_long(length: int) -> bool:
            return len(made(length).message) >= LIMIT

        for length in (everything.length, everything.length - 1):  # almost always one of them
            if not is_too_long(length):
                return made(length)
        return made(bisect_left(range(1, everything.length - 1), True, key=is_too_long))


def _inlined(html: str) -> str:
    """Return HTML with the rules of its style elements on the elements they are about.

    A style element that says `data-css-inline="keep"` stays where it is, for rules that elements cannot have.
    """
    from css_inline import inline  # only pages of this kind pay for it

    return inline(html, minify_css=True, load_remote_stylesheets=False)


def plan(library: Library) -> Iterator[Group]:
    """Yield the page of each issue that has one."""
    return (Group(_page, issue, stage=MAIL) for issue in library.issues if has_mail_page(library, issue))


def _page(library: Library, issue: Issue) -> Iterator[Page]:
    view = issue_mail(library, issue, public=True)
    path = f"{view.issue.href}mail/index.html"
    yield Page(path=path, template="mail.html", view=view, stage=MAIL, day=issue.day)


def issue_mail(library: Library, issue: Issue, *, public: bool = False) -> MailView:
    """Return what the mail of an issue is made of."""
    return MailView(
        site=library.site,
        name=f"issue-{issue.day}",
        issue=issue_summary(issue),
        groups=theme_groups(library, issue.cards),
        again=len(issue.again),
        public=public,
        opening=library.openings.get(issue.day) if issue.day else None,
    )


def week_mail(library: Library, day: dt.date) -> MailView | None:
    """Return what the mail of a day's week is made of, Monday to Sunday (ISO 8601); None without papers."""
    year, week, _ = day.isocalendar()
    issues = [issue for issue in library.issues if issue.day and issue.day.isocalendar()[:2] == (year, week)]
    cards = [card for issue in issues for card in issue.cards]
    if not cards:
        return None
    summary = IssueSummary(
        href="issues/",
        title=f"Week {week} of {year}",
        iso=dt.date.fromisocalendar(year, week, 7).isoformat(),
        papers=len(cards),
        picks=sum(card.pick for card in cards),
    )
    return MailView(
        site=library.site,
        name=f"week-{year}-W{week:02}",
        issue=summary,
        groups=tuple(msgspec.structs.replace(group, id="") for group in theme_groups(library, cards)),
        again=0,
        public=False,
    )


def picks_mail(whole: MailView) -> MailView | None:
    """Return the mail of only the picks of a mail; None if it has none."""
    chosen = ((group, tuple(line for line in group.lines if line.card.pick)) for group in whole.groups)
    groups = tuple(
        msgspec.structs.replace(group, lines=lines, total=len(lines)) for group, lines in chosen if lines
    )
    if not groups:
        return None
    return msgspec.structs.replace(whole, name=f"{whole.name}-picks", groups=groups, again=0, only_picks=True)
