"""Issues by mail: each as the message that is sent, and the message's HTML as a page."""

import datetime as dt
from bisect import bisect_left
from collections.abc import Callable, Iterator
from functools import cache

import msgspec
from markupsafe import Markup

from generator.engine.page import MAIL, Page
from generator.library.library import Library
from generator.mail.message import LIMIT, message
from generator.model import Issue, Site
from generator.website.pages.issues import IssueSummary, has_mail_page, issue_summary, theme_groups
from generator.website.pages.mail_contents import MailContents, contents_of
from generator.website.parts.paper_lists import PaperGroup


class RenderedMail(msgspec.Struct, frozen=True, kw_only=True):
    """An issue as it is mailed."""

    html: Markup
    message: bytes

    @property
    def eml(self) -> Markup:
        """The message as a template writes it."""
        return Markup(self.message.decode("ascii"))


class MailView(msgspec.Struct, frozen=True, kw_only=True):
    """An issue that is to be mailed."""

    site: Site
    issue: IssueSummary
    groups: tuple[PaperGroup, ...]
    again: int

    def mail(self, html: Callable[[MailContents], str], text: Callable[[MailContents], str]) -> RenderedMail:
        """Return the longest mail below the limit; `html` and `text` are the templates of its two parts."""
        everything = contents_of(self.site, self.issue, self.groups, self.again)

        @cache
        def made(length: int) -> RenderedMail:
            contents = everything.cut(length)
            page = _inlined(html(contents))
            words = text(contents) if len(page) < LIMIT else ""  # the page by itself is too long
            day = dt.date.fromisoformat(self.issue.iso)
            subject = f"{self.issue.title}: {contents.summary}"
            return RenderedMail(
                html=Markup(page), message=message(self.site, day, subject, text=words, html=page)
            )

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


def plan(library: Library) -> Iterator[Page]:
    """Yield the page of each issue that has one."""
    for issue in library.issues:
        if has_mail_page(library, issue):
            view = mail_view(library, issue)
            yield Page(path=f"{view.issue.href}mail/index.html", template="mail.html", view=view, stage=MAIL)


def mail_view(library: Library, issue: Issue) -> MailView:
    """Return what an issue's mail is made of."""
    return MailView(
        site=library.site,
        issue=issue_summary(issue),
        groups=theme_groups(library, issue.cards),
        again=len(issue.again),
    )
