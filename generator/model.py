"""The record types that all rooms share: papers, cards, themes, issues. All are frozen and picklable.

The fields of a record are listed here and nowhere else. The YAML decoder and encoder, the JSON Schema and the
documentation follow from the types and descriptions below; who owns a field follows from the class it is in.
"""

import datetime as dt
from typing import Annotated, Any

import msgspec
from msgspec import Meta

Text = Annotated[str, Meta(min_length=1)]
END = r"(?!\n)$"  # `$` alone also matches before a final line break
Paragraphs = Annotated[str, Meta(min_length=1, extra={"style": ">"})]
"""Text of which each line is a paragraph; records hold it as a folded block."""
Slug = Annotated[
    str,
    Meta(
        title="a slug: lower-case letters, digits and single hyphens",
        min_length=1,
        max_length=120,
        pattern=r"^[a-z0-9]+(-[a-z0-9]+)*" + END,
    ),
]
Count = Annotated[int, Meta(title="a whole number, 0 or more", ge=0)]
Year = Annotated[int, Meta(title="a year such as 2025", ge=1000, le=2999)]
ArxivId = Annotated[
    str,
    Meta(
        title="an arXiv identifier without version, such as 2410.12265 or hep-th/9901001",
        pattern=r"^([0-9]{4}\.[0-9]{4,5}|[a-z-]+(\.[A-Z]{2})?/[0-9]{7})" + END,
        extra={"style": '"'},
    ),
]
"""An identifier without version, of either scheme (info.arxiv.org/help/arxiv_identifier.html)."""
Doi = Annotated[str, Meta(title="a DOI name, such as 10.1145/3292500", pattern=r"^10\.[0-9]{4,9}/\S+" + END)]
"""A DOI name: prefix, slash, suffix (DOI Handbook, 2.2)."""
WebUrl = Annotated[
    str,
    Meta(
        title="a URL that begins with https:// or http://",
        pattern=r'^https?://[^\s<>"\\^`{|}\x00-\x20]+' + END,
    ),
]
"""An absolute http or https URL: the only schemes that reach a page (RFC 3986 for the characters)."""


def fits(value: Any, kind: Any) -> bool:
    """Tell whether a value, or text that stands for one, is of a type: `fits("2410.12265", ArxivId)`."""
    try:
        msgspec.convert(value, kind, strict=False)
    except msgspec.ValidationError:
        return False
    return True


class Stated(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """What a listing may state of a paper. These fields are the listings' until an editor touches them."""

    title: Annotated[Text | None, Meta(description="Plain text; absent where the listing has none.")] = None
    abstract: Annotated[
        Paragraphs | None, Meta(description="Text as the listing has it; each line is a paragraph.")
    ] = None
    authors: Annotated[tuple[Text, ...], Meta(description="Names, where the listing names them.")] = ()
    author_count: Annotated[
        Count | None, Meta(description="Number of authors, where the listing only counts them.")
    ] = None
    organization: Annotated[Text | None, Meta(description='Name, such as "Stanford NLP".')] = None
    organization_handle: Annotated[Text | None, Meta(description='Handle, such as "stanfordnlp".')] = None
    arxiv: Annotated[ArxivId | None, Meta(description="arXiv identifier without version, quoted.")] = None
    version: Annotated[Count | None, Meta(description="Version of the arXiv paper, where known.")] = None
    doi: Annotated[Doi | None, Meta(description="DOI name, such as 10.1145/3292500.")] = None
    venue: Annotated[Text | None, Meta(description="Journal or conference, as given.")] = None
    comment: Annotated[
        Text | None, Meta(description='The authors\' own remark, such as "Accepted by ACL 2024".')
    ] = None
    categories: Annotated[tuple[Text, ...], Meta(description="Subject classes, such as cs.CL.")] = ()
    license: Annotated[Text | None, Meta(description="Licence of the paper, as given.")] = None
    published: Annotated[dt.date | None, Meta(description="Day of the first version.")] = None
    updated: Annotated[dt.date | None, Meta(description="Day of the last version.")] = None
    year: Annotated[
        Year | None, Meta(description="Year of publication, where the listing states no day.")
    ] = None
    withdrawn: Annotated[bool, Meta(description="true where the listing says so.")] = False
    links: Annotated[
        dict[Slug, WebUrl], Meta(description="Map of code, project, pdf, html and others to URLs.")
    ] = {}


ENRICHED = "enriched.jsonl"
"""The listing of what `broadsheet enrich` looked up. It fills in what no other listing states."""


class Listed(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """One listing that names a paper. Written by ingest."""

    listing: Annotated[Text, Meta(description="Name of the listing's file.")]
    issue: Annotated[dt.date | None, Meta(description="Day the listing is filed under.")] = None
    position: Annotated[Count | None, Meta(description="Place in the listing, counted from 1.")] = None
    votes: Annotated[Count | None, Meta(description="Votes the listing gave.")] = None
    discussion: Annotated[Count | None, Meta(description="Comments the listing counted.")] = None


CorrectionId = Annotated[
    str,
    Meta(
        title="lower-case letters, digits, single hyphens and slashes, such as table-2",
        min_length=1,
        max_length=120,
        pattern=r"^[a-z0-9]+([/-][a-z0-9]+)*" + END,
    ),
]


class Correction(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """A correction that a subscriber should know of."""

    date: Annotated[dt.date, Meta(description="Day of the correction.")]
    text: Annotated[Text, Meta(description="What was corrected.")]
    id: Annotated[
        CorrectionId | None,
        Meta(description="Its name in feeds; else its day is. Needed where a day has two. Never change it."),
    ] = None


class PublicPaper(Stated, frozen=True, kw_only=True):
    """What is published of a record. What it adds to `Stated` belongs to ingest or to the editors."""

    id: Annotated[
        Slug | None, Meta(description="The first slug: identity for feeds and receipts, whatever is renamed.")
    ] = None
    listed: Annotated[
        tuple[Listed, ...], Meta(description="The listings that name the paper. Written by ingest.")
    ] = ()
    themes: Annotated[
        tuple[Slug, ...],
        Meta(description="The first is the main theme. A paper without themes is shown as unsorted."),
    ] = ()
    pick: Annotated[bool, Meta(description="true for a paper the editors recommend.")] = False
    note: Annotated[Paragraphs | None, Meta(description="Why it is here, in Markdown.")] = None
    by: Annotated[Text | None, Meta(description="Who wrote the note: a name, shown under it.")] = None
    tags: Annotated[tuple[Text, ...], Meta(description="The editors' own keywords.")] = ()
    headline: Annotated[Text | None, Meta(description="Shown in place of the title in the digest.")] = None
    changes: Annotated[
        tuple[Correction, ...], Meta(description="Corrections a subscriber should know of.")
    ] = ()
    formerly: Annotated[tuple[Slug, ...], Meta(description="Old slugs, which redirect to this one.")] = ()


class Paper(PublicPaper, frozen=True, kw_only=True):
    """A record, read and checked."""

    hide: Annotated[bool, Meta(description="true keeps the record and publishes nothing of it.")] = False
    draft: Annotated[
        bool, Meta(description="true until the record is ready: nothing of it is published or counted.")
    ] = False
    issue: Annotated[
        dt.date | None,
        Meta(
            description="Day of the issue, for a paper that no listing names. If listings name it too, this "
            "day is its issue, and only listings of later days show it again."
        ),
    ] = None


class Card(msgspec.Struct, frozen=True, kw_only=True, array_like=True, cache_hash=True):
    """The few facts of a paper that lists, orders and neighbours use; kept for the whole library."""

    id: str
    """Its permanent identity: the record's `id`; without one, the first slug it had."""
    slug: str
    title: str
    provisional: bool
    """Whether the title was made here, of what is known, because no listing states one."""
    stated: str | None = None
    """What the listings state, where the title is the editors' headline: their title, empty without one."""
    byline: str
    """Organization, names or number of authors; empty where no listing says."""
    corporate: bool = False
    """Whether the byline is an organization's name."""
    arxiv: str | None
    comment: str | None
    published: dt.date | None
    issue: dt.date | None
    """The issue it belongs to: the editors' `issue`, else the first it was listed in."""
    issues: tuple[dt.date, ...]
    """The issue it belongs to and each later one that lists it, oldest first."""
    position: int | None
    """Its place in the listing of its issue, counted from 1."""
    themes: tuple[str, ...]
    pick: bool
    withdrawn: bool
    changed: dt.date | None = None
    """Day of its newest correction."""
    abstract: bool = False
    """Whether it has one."""
    opening: str = ""
    """The first sentence of its abstract, where lists know nothing else of it."""

    @property
    def main(self) -> str | None:
        """Its main theme; None where it has none."""
        return self.themes[0] if self.themes else None


class Theme(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A subject that papers are grouped by."""

    slug: Annotated[Slug, Meta(description="Its name in records and in its address.")]
    title: Annotated[Text, Meta(description="Its name on the site.")]
    description: Annotated[str, Meta(description="What belongs there, in a line.")] = ""
    formerly: Annotated[
        tuple[Slug, ...],
        Meta(description="Old slugs, the first one first. Their pages redirect, their feeds go on."),
    ] = ()


UNSORTED = Theme(slug="unsorted", title="Unsorted", description="Papers that have no theme yet.")
"""Where papers without a theme are shown; no theme of a digest may take its slug."""


class Issue(msgspec.Struct, frozen=True, kw_only=True):
    """The digest of one day, or of the papers of no known day."""

    day: dt.date | None
    cards: tuple[Card, ...]
    """The papers first listed that day, in the order of lists."""
    again: tuple[Card, ...] = ()
    """Papers listed that day that an earlier issue has already."""


class ThemePapers(msgspec.Struct, frozen=True, kw_only=True):
    """A theme and its papers, in the order of lists."""

    theme: Theme
    """One of the digest's themes, or `UNSORTED`."""
    cards: tuple[Card, ...]

    @property
    def is_unsorted(self) -> bool:
        """Whether these are the papers without a theme."""
        return self.theme.slug == UNSORTED.slug


class Opening(msgspec.Struct, frozen=True, kw_only=True):
    """What the editors say at the head of an issue."""

    subject: str | None = None
    """The issue's own, in mail and feeds."""
    text: str
    """In Markdown."""


class Image(msgspec.Struct, frozen=True, kw_only=True):
    """An image that the editors' texts may show."""

    path: str
    """Where its file is, relative to the digest's folder: "content/images/chart.png"."""
    data: bytes


class MarkdownPage(msgspec.Struct, frozen=True, kw_only=True):
    """A page that an editor wrote in Markdown, such as "About"."""

    slug: str
    title: str
    text: str
