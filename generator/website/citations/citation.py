"""The facts of a citation, which are all in the paper's record; what is unknown is left out."""

import datetime as dt
import re
from collections.abc import Iterator
from enum import StrEnum
from functools import cached_property, lru_cache
from urllib.parse import quote

import msgspec

from generator.library.packed import PackedPaper
from generator.text import plain
from generator.text.segments import clean
from generator.website.citations.names import Name, name_of
from generator.website.urls import absolute, href


class VenueKind(StrEnum):
    """What a paper appeared in, if its venue says so; else it is a work on its own."""

    ARTICLE = "journal"
    PROCEEDINGS = "proceedings"
    ALONE = "neither"


_JOURNAL = re.compile(r"\b(?:journal|transactions|annals|letters)\b", re.IGNORECASE)
_PROCEEDINGS = re.compile(r"\b(?:proceedings|conference|symposium|workshop)\b", re.IGNORECASE)


class ListedDay(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The day under which a listing that names the paper is filed."""

    issue: dt.date | None = None


class CitedFacts(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The fields of a record that a citation uses. A change of any other changes no citation."""

    id: str = ""
    title: str = ""
    authors: tuple[str, ...] = ()
    organization: str = ""
    arxiv: str = ""
    doi: str = ""
    venue: str = ""
    categories: tuple[str, ...] = ()
    published: dt.date | None = None
    year: int | None = None
    withdrawn: bool = False
    issue: dt.date | None = None
    listed: tuple[ListedDay, ...] = ()


_facts = msgspec.msgpack.Decoder(CitedFacts).decode


class Citation(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """One paper, cited. What is unknown is empty; its texts are plain, one line each."""

    key: str
    """The record's `id`: unique in a library, and the same whatever is renamed."""
    page: str
    """URL of the paper's page in the digest."""
    facts: CitedFacts

    @cached_property
    def kind(self) -> VenueKind:
        """What the paper appeared in."""
        venue = self.facts.venue
        if not venue:
            return VenueKind.ALONE
        if _PROCEEDINGS.search(venue):
            return VenueKind.PROCEEDINGS
        return VenueKind.ARTICLE if _JOURNAL.search(venue) else VenueKind.ALONE

    @cached_property
    def title(self) -> str:
        """The title that a listing states, never a heading made here."""
        return _plain(self.facts.title)

    @property
    def people(self) -> tuple[Name, ...]:
        """The authors, where they are named."""
        return _people(self.facts.authors)

    @property
    def organization(self) -> Name | None:
        """The author if no person is named."""
        name = "" if self.people else _plain(self.facts.organization)
        return Name(name) if name else None

    @cached_property
    def authors(self) -> tuple[Name, ...]:
        """The people; the organization if no person is named."""
        return self.people or tuple(filter(None, [self.organization]))

    @property
    def date(self) -> tuple[int, ...]:
        """Year, month and day of publication; the year alone where no day is known, else nothing."""
        if day := self.facts.published:
            return day.year, day.month, day.day
        return (self.facts.year,) if self.facts.year else ()

    def date_text(self, separator: str) -> str:
        """Return the date from year to day, such as "2024/02/29" or "2024"; empty where it is unknown."""
        if day := self.facts.published:
            return day.isoformat().replace("-", separator)
        return str(self.facts.year or "")

    @property
    def venue(self) -> str:
        """The journal or conference, as given."""
        return _plain(self.facts.venue)

    @property
    def subject(self) -> str:
        """The primary class of a paper on arXiv, which names it first."""
        categories = self.facts.categories
        return plain(categories[0]) if self.facts.arxiv and categories else ""

    @property
    def doi(self) -> str:
        """The DOI name."""
        return clean(self.facts.doi)

    @property
    def url(self) -> str:
        """The paper's URL: at arXiv, else by its DOI; empty if neither is known, a digest is no source."""
        if self.facts.arxiv:
            return f"https://arxiv.org/abs/{self.facts.arxiv}"
        return f"https://doi.org/{quote(self.doi)}" if self.doi else ""

    @cached_property
    def note(self) -> str:
        """What a reader of the citation must know, such as "Withdrawn; listed on 2025-10-30".

        The day it was listed helps to find a paper that has no URL.
        """
        return "; ".join(self._remarks()).capitalize()

    def _remarks(self) -> Iterator[str]:
        if self.facts.withdrawn:
            yield "withdrawn"
        days = [row.issue for row in self.facts.listed if row.issue]
        if not self.url and (first := self.facts.issue or min(days, default=None)):
            yield f"listed on {first}"

    @property
    def missing(self) -> tuple[str, ...]:
        """What identifies a paper and no listing gives, such as ("title", "identifier")."""
        parts = (("title", self.title), ("authors", self.authors), ("identifier", self.url))
        return tuple(name for name, value in parts if not value)


@lru_cache(maxsize=1)  # one page states them for several programs
def _people(authors: tuple[str, ...]) -> tuple[Name, ...]:
    return tuple(name_of(found) for name in authors if (found := plain(name)))


@lru_cache(maxsize=1024)
def _plain(text: str) -> str:
    return plain(text) if text else ""


class CitedPapers(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """A file of citations, by the papers that it cites."""

    url: str
    """Of the site."""
    items: tuple[PackedPaper, ...]

    @cached_property
    def citations(self) -> tuple[Citation, ...]:
        """The citation of each, made once for all formats."""
        return tuple(citation_of(record, self.url) for record in self.items)


def citation_of(record: PackedPaper, site_url: str) -> Citation:
    """Return the citation of a record of the site at a URL; no other field of it is unpacked."""
    facts = _facts(record.packed)
    return Citation(key=facts.id or record.slug, page=absolute(site_url, href(record.slug)), facts=facts)
