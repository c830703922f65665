"""Issues by mail: each as the message that is sent, and the message's HTML as a page."""

import datetime as dt
from bisect import bisect_left
from collections.abc import Callable, Iterator
from functools import cache
from typing import Self

import msgspec
from markupsafe import Markup

from generator.engine.page import MAIL, Page
from generator.library.library import Library
from generator.mail.message import LIMIT, RECIPIENT, message
from generator.mail.wrapping import fill
from generator.model import Issue, Paper, Site
from generator.text import feed_inline, plain
from generator.website.pages.issues import IssueSummary, issue_summary, theme_groups
from generator.website.pages.mail_notes import note_paragraphs
from generator.website.parts.markdown import note_html
from generator.website.parts.paper_lists import PaperGroup, PaperLine
from generator.website.urls import absolute
from generator.words import count


class MailFact(msgspec.Struct, frozen=True):
    """Something known of a paper, in a few words, and where they lead, if anywhere."""

    words: str
    href: str = ""


class MailEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A paper in a mail. Its formulas are characters: few mail programs show MathML."""

    title: str
    provisional: bool
    href: str
    theme: str
    facts: tuple[MailFact, ...]
    note_html: Markup | None
    """Why the editors picked it."""
    note_text: tuple[str, ...]
    """The same in paragraphs of plain text."""
    paragraphs: tuple[str, ...]
    """The abstract's, as the record has them: what follows is made only where there is room for it."""

    @property
    def abstract_html(self) -> tuple[Markup, ...]:
        """The abstract's paragraphs as HTML."""
        return tuple(map(feed_inline, self.paragraphs))

    @property
    def abstract_text(self) -> tuple[str, ...]:
        """The abstract's paragraphs as plain text."""
        return tuple(map(plain, self.paragraphs))


class MailSection(msgspec.Struct, frozen=True, kw_only=True):
    """The papers of a theme that are no picks, or the first of them."""

    title: str
    href: str
    """Where all of them are."""
    entries: tuple[MailEntry, ...]
    total: int


class MailContents(msgspec.Struct, frozen=True, kw_only=True):
    """What a mail holds of an issue. All addresses in it are absolute."""

    site: Site
    issue: IssueSummary
    picks: tuple[MailEntry, ...]
    sections: tuple[MailSection, ...]
    again: int
    """Papers listed that day that an earlier issue has already."""
    abstracts: bool = True

    @property
    def root(self) -> str:
        """The address of the site."""
        return absolute(self.site.url, "")

    @property
    def href(self) -> str:
        """The address of the issue's page."""
        return absolute(self.site.url, self.issue.href)

    @property
    def summary(self) -> str:
        """What the issue holds, in a few words."""
        papers = count(self.issue.papers, "paper")
        return f"{papers}, {self.issue.picks} picked" if self.issue.picks else papers

    @property
    def left_out(self) -> int:
        """Papers of the issue that the mail does not hold."""
        return self.issue.papers - len(self.picks) - sum(len(section.entries) for section in self.sections)

    @property
    def farewell(self) -> str:
        """Where a subscriber leaves; empty where the address for that depends on who it is."""
        return next((way for way in self.site.mail.unsubscribe if RECIPIENT not in way), "")

    def fill(self, text: str, indent: str = "") -> str:
        """Return text in lines for a terminal."""
        return fill(text, indent)

    @property
    def length(self) -> int:
        """The greatest length that `cut` tells apart."""
        return len(self.picks) + max((section.total for section in self.sections), default=0) + 1

    def cut(self, length: int) -> Self:
        """Return what a mail of a length holds.

        As it grows, it gains pick by pick, then one more paper of each theme, and last all abstracts at once.
        """
        each = max(0, length - len(self.picks))
        sections = (msgspec.structs.replace(found, entries=found.entries[:each]) for found in self.sections)
        return msgspec.structs.replace(
            self,
            picks=self.picks[:length],
            sections=tuple(sections if each else ()),
            abstracts=length == self.length,
        )


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
        """Return the longest mail below the limit, of what the templates of both parts make of contents."""
        everything = self._contents()

        @cache
        def made(length: int) -> RenderedMail:
            contents = everything.cut(length)
            page = _inlined(html(contents))
            words = text(contents) if len(page) < LIMIT else ""  # the page alone is too long
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

    def _contents(self) -> MailContents:
        root = absolute(self.site.url, "")
        picks: list[MailEntry] = []
        sections = []
        for group in self.groups:
            picks += (_entry(line, group.title, root) for line in group.lines if line.card.pick)
            entries = tuple(_entry(line, group.title, root) for line in group.lines if not line.card.pick)
            href = f"{root}{self.issue.href}#{group.id}"
            if entries:
                found = MailSection(title=group.title, href=href, entries=entries, total=len(entries))
                sections.append(found)
        return MailContents(
            site=self.site, issue=self.issue, picks=tuple(picks), sections=tuple(sections), again=self.again
        )


def _inlined(html: str) -> str:
    """Return HTML with the rules of its style elements on the elements they are about.

    A style element that says `data-css-inline="keep"` stays where it is, for rules that cannot stand there.
    """
    from css_inline import inline  # only pages of this kind pay for it

    return inline(html, minify_css=True, load_remote_stylesheets=False)


def _entry(line: PaperLine, theme: str, root: str) -> MailEntry:
    paper = line.record.paper() if line.record else Paper()
    note = paper.note if line.card.pick else None
    return MailEntry(
        title=plain(line.card.title),
        provisional=line.card.provisional,
        href=f"{root}{line.href}",
        theme=theme,
        facts=tuple(_facts(line)),
        note_html=note_html(note, root, root + line.href) if note else None,
        note_text=note_paragraphs(note, root, root + line.href) if note else (),
        paragraphs=tuple(text for text in (paper.abstract or "").splitlines() if text.strip()),
    )


def _facts(line: PaperLine) -> Iterator[MailFact]:
    card = line.card
    if card.withdrawn:
        yield MailFact("Withdrawn")
    if card.provisional:
        yield MailFact("No title given")
    if card.byline:
        yield MailFact(line.byline)
    if line.published:
        yield MailFact(line.published.text)
    if card.arxiv:
        yield MailFact(f"arXiv:{card.arxiv}", f"https://arxiv.org/abs/{card.arxiv}")
    if card.comment:
        yield MailFact(plain(card.comment))


def plan(library: Library) -> Iterator[Page]:
    """Yield the page of each issue that has a day."""
    for issue in library.issues:
        if issue.day:
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
