"""What a mail has of an issue, whole or shortened to a length."""

from collections.abc import Iterable, Iterator
from typing import Self

import msgspec
from markupsafe import Markup

from generator.mail.message import RECIPIENT, without_recipient
from generator.mail.wrapping import fill
from generator.model import Opening
from generator.settings import Site
from generator.text import feed_inline, plain
from generator.website.pages.issues import IssueSummary
from generator.website.pages.mail_notes import note_paragraphs
from generator.website.parts.markdown import note_html
from generator.website.parts.paper_lists import PaperGroup, PaperLine
from generator.website.urls import Link, absolute
from generator.words import count, shortened

PREHEADER_TITLES = 3
PREHEADER_LENGTH = 140
"""Characters; lists of mails show some 40 to 140."""


class MailEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A paper in a mail. Its formulas are characters, because few mail programs show MathML."""

    title: str
    provisional: bool
    href: str
    theme: str
    facts: tuple[Link, ...]
    """In a few words each; few have an address."""
    note_html: Markup | None
    """Why the editors picked it."""
    note_text: tuple[str, ...]
    """The same in paragraphs of plain text."""
    paragraphs: tuple[str, ...]
    """The abstract's, as the record has them; HTML and plain text are made only if there is room."""

    @property
    def abstract_html(self) -> tuple[Markup, ...]:
        """The abstract's paragraphs as HTML."""
        return tuple(map(feed_inline, self.paragraphs))

    @property
    def abstract_text(self) -> tuple[str, ...]:
        """The abstract's paragraphs as plain text."""
        return tuple(map(plain, self.paragraphs))


class MailSection(msgspec.Struct, frozen=True, kw_only=True):
    """The papers of a theme without its picks, or the first of them."""

    title: str
    href: str
    """The address of all of them."""
    entries: tuple[MailEntry, ...]
    total: int


class MailContents(msgspec.Struct, frozen=True, kw_only=True):
    """What a mail has of an issue. All addresses in it are absolute."""

    site: Site
    issue: IssueSummary
    picks: tuple[MailEntry, ...]
    sections: tuple[MailSection, ...]
    again: int
    """Papers listed that day that an earlier issue has already."""
    public: bool
    """Whether it is a page, which leaves out what is a subscriber's own."""
    opening: str
    """What the editors say at its head, in Markdown."""
    abstracts: bool = True

    @property
    def opening_html(self) -> Markup:
        """What the editors say at its head, as HTML."""
        return note_html(self.opening, self.root, self.href)

    @property
    def opening_text(self) -> tuple[str, ...]:
        """The same in paragraphs of plain text."""
        return note_paragraphs(self.opening, self.root, self.href)

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
        """Papers of the issue that the mail leaves out."""
        return self.issue.papers - len(self.picks) - sum(len(section.entries) for section in self.sections)

    @property
    def farewell(self) -> str:
        """Where the subscriber leaves; empty without a way, and on a page if each has their own."""
        ways = (way for way in self.site.mail.unsubscribe if not (self.public and RECIPIENT in way))
        return without_recipient(next(ways, ""))

    @property
    def preheader(self) -> str:
        """What a list of mails shows after the subject: the first titles, the picks' before others."""
        entries = (*self.picks, *(entry for section in self.sections for entry in section.entries))
        return shortened(" · ".join(entry.title for entry in entries[:PREHEADER_TITLES]), PREHEADER_LENGTH)

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


def contents_of(
    site: Site,
    issue: IssueSummary,
    groups: Iterable[PaperGroup],
    again: int,
    *,
    opening: Opening | None,
    public: bool,
) -> MailContents:
    """Return all of an issue: its picks, then the other papers of each group in a section."""
    root = absolute(site.url, "")
    picks: list[MailEntry] = []
    sections = []
    for group in groups:
        picks += (_entry(line, group.title, root) for line in group.lines if line.card.pick)
        entries = tuple(_entry(line, group.title, root) for line in group.lines if not line.card.pick)
        href = f"{root}{issue.href}#{group.id}" if group.id else f"{root}{group.href}"
        if entries:
            sections.append(MailSection(title=group.title, href=href, entries=entries, total=len(entries)))
    return MailContents(
        site=site,
        issue=issue,
        picks=tuple(picks),
        sections=tuple(sections),
        again=again,
        public=public,
        opening=opening.text if opening else "",
    )


def _entry(line: PaperLine, theme: str, root: str) -> MailEntry:
    paper = line.paper()
    note = paper.note if line.card.pick else None
    return MailEntry(
        title=plain(line.card.title),
        provisional=line.card.provisional,
        href=f"{root}{line.href}",
        theme=theme,
        facts=tuple(_facts(line)),
        note_html=note_html(note, root, root + line.href, paper.by, mathml=False) if note else None,
        note_text=note_paragraphs(note, root, root + line.href, paper.by) if note else (),
        paragraphs=tuple(text for text in (paper.abstract or "").splitlines() if text.strip()),
    )


def _facts(line: PaperLine) -> Iterator[Link]:
    card = line.card
    if card.withdrawn:
        yield Link(href="", title="Withdrawn")
    if card.provisional:
        yield Link(href="", title="No title given")
    if card.byline:
        yield Link(href="", title=line.byline)
    if line.published:
        yield Link(href="", title=line.published.text)
    if card.arxiv:
        yield Link(href=f"https://arxiv.org/abs/{card.arxiv}", title=f"arXiv:{card.arxiv}")
    if card.comment:
        yield Link(href="", title=plain(card.comment))
