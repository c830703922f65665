"""The views of files for programs: they hold records and cards, until a file is encoded."""

from collections.abc import Iterator

import msgspec

from generator.model import Card, PublicPaper
from generator.text import plain
from generator.website.api import files
from generator.website.parts.markdown import note_html
from generator.website.parts.paper_lists import PaperLine
from generator.website.urls import href

HOME = "api/v1/"
"""The folder of the files."""


OF_CARD = ("slug", "provisional", "arxiv", "published", "issue", "themes", "pick", "withdrawn")
"""The fields of a paper in a list that are as its card has them."""


class FileView(msgspec.Struct, frozen=True, kw_only=True):
    """A file that is short enough to be made while planning."""

    file: files.IndexFile | files.MovedFile | files.IssuesFile | files.ThemesFile


class PaperFileView(msgspec.Struct, frozen=True, kw_only=True):
    """The file of a paper."""

    root: str
    """URL of the site; ends in a slash, in every view here."""
    line: PaperLine
    has_citation_files: bool = False

    @property
    def file(self) -> files.PaperFile:
        """All that is published of the paper."""
        return paper_file(self.line, self.root, has_citation_files=self.has_citation_files)


class DumpView(msgspec.Struct, frozen=True, kw_only=True):
    """All papers in one file."""

    root: str
    lines: tuple[PaperLine, ...]
    has_citation_files: bool

    @property
    def files(self) -> Iterator[files.PaperFile]:
        """All that is published of each paper."""
        cited = self.has_citation_files
        return (paper_file(line, self.root, has_citation_files=cited) for line in self.lines)


class ListView(msgspec.Struct, frozen=True, kw_only=True):
    """A list of papers."""

    root: str
    head: files.PaperList
    """The file without its papers."""
    cards: tuple[Card, ...]
    again: tuple[Card, ...] = ()
    """Papers of an issue that an earlier one has already."""
    has_paper_files: bool
    """Whether each paper has a file of its own."""

    @property
    def file(self) -> files.PaperList:
        """The list."""
        papers, again = ([*map(self._entry, cards)] for cards in (self.cards, self.again))
        return msgspec.structs.replace(self.head, papers=papers, **({"again": again} if again else {}))

    def _entry(self, card: Card) -> files.PaperEntry:
        return files.PaperEntry(
            **{name: getattr(card, name) for name in OF_CARD},
            heading=_heading(card),
            byline=plain(card.byline),
            url=self.root + href(card.slug),
            file=self.root + paper_path(card.slug) if self.has_paper_files else None,
        )


class SchemaView(msgspec.Struct, frozen=True, kw_only=True):
    """The schema, by its URL."""

    id: str


def paper_path(slug: str) -> str:
    """Return the path of a paper's file."""
    return f"{HOME}papers/{slug}.json"


def paper_file(line: PaperLine, root: str, *, has_citation_files: bool) -> files.PaperFile:
    """Return all that is published of a paper, on the site at `root`."""
    card, paper = line.card, line.paper()
    url = root + line.href
    return files.PaperFile(
        **{name: getattr(paper, name) for name in PublicPaper.__struct_fields__},
        slug=card.slug,
        heading=_heading(card),
        provisional=card.provisional,
        issue=card.issue,
        note_html=str(note_html(paper.note, root, url)) if paper.note else None,
        url=url,
        cite=files.Cite(bibtex=f"{url}cite.bib", ris=f"{url}cite.ris", csl=f"{url}cite.json")
        if has_citation_files
        else None,
    )


def _heading(card: Card) -> str:
    return plain(card.title) or card.slug
