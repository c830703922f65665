"""The views of files for programs, which hold records and cards, and how they are encoded: as readable JSON.

A file that is short enough to be made while planning is a view itself.
"""

from collections.abc import Iterator
from typing import Any, get_args

import msgspec

from generator.engine.list_files import ListEncoder
from generator.library.cards import card_of
from generator.library.packed import PackedPaper
from generator.model import Card, Paper, PublicPaper
from generator.text import plain
from generator.website.api import files
from generator.website.parts.markdown import note_html
from generator.website.parts.paper_lists import PaperLine
from generator.website.urls import href

HOME = "api/v1/"
"""The folder of the files."""


OF_CARD = ("slug", "provisional", "arxiv", "published", "issue", "themes", "pick", "withdrawn")
"""The fields of a paper in a list that are as its card has them."""


class PaperFileView(msgspec.Struct, frozen=True, kw_only=True):
    """The file of a paper."""

    root: str
    """URL of the site; ends in a slash, in every view here."""
    line: PaperLine
    has_citation_files: bool = False

    @property
    def file(self) -> files.PaperFile:
        """All that is published of the paper."""
        return _file_of(self.line.card, self.line.paper(), self.root, has_cite=self.has_citation_files)


def _file_of(card: Card, paper: Paper, root: str, *, has_cite: bool) -> files.PaperFile:
    url = root + href(card.slug)
    return files.PaperFile(
        **{name: getattr(paper, name) for name in PublicPaper.__struct_fields__},
        slug=card.slug,
        heading=_heading(card),
        provisional=card.provisional,
        issue=card.issue,
        note_html=str(note_html(paper.note, root, url, paper.by)) if paper.note else None,
        url=url,
        cite=files.Cite(bibtex=f"{url}cite.bib", ris=f"{url}cite.ris", csl=f"{url}cite.json")
        if has_cite
        else None,
    )


class DumpView(msgspec.Struct, frozen=True, kw_only=True):
    """All papers in one file."""

    root: str
    items: tuple[PackedPaper, ...]
    has_citation_files: bool

    @property
    def paper_files(self) -> Iterator[files.PaperFile]:
        """The file of each paper."""
        for record in self.items:
            paper = record.paper()
            yield _file_of(card_of(paper, record.slug), paper, self.root, has_cite=self.has_citation_files)


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


def encoded(view: PaperFileView | ListView) -> bytes:
    """Return the file of a view."""
    return readable(view.file)


def readable(file: Any) -> bytes:
    """Return a file as JSON, indented."""
    return msgspec.json.format(_encoder.encode(file), indent=2) + b"\n"


_encoder = msgspec.json.Encoder()
lines = ListEncoder(lambda view: _encoder.encode_lines(view.paper_files), between=b"")
"""Returns files as JSON Lines (jsonlines.org)."""


def schema(view: SchemaView) -> bytes:
    """Return the schema that every file follows (json-schema.org/draft/2020-12)."""
    kinds, definitions = msgspec.json.schema_components(get_args(files.File), ref_template="#/$defs/{name}")
    return readable(
        {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "$id": view.id,
            "title": "Broadsheet, version 1",
            "description": "A field that is absent is unknown, empty or false.",
            "anyOf": kinds,
            "$defs": definitions,
        }
    )


def paper_path(slug: str) -> str:
    """Return the path of a paper's file."""
    return f"{HOME}papers/{slug}.json"


def _heading(card: Card) -> str:
    return plain(card.title) or card.slug
