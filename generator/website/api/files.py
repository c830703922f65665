"""The files that programs read. Their fields are listed here; those of a record, in `model.PublicPaper`.

The published schema follows from these types. A field that is absent is unknown, empty or false.
"""

import datetime as dt
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from generator.model import ArxivId, Count, PublicPaper, Slug, WebUrl

Heading = Annotated[
    str, Meta(description="What the digest calls the paper, as plain text: its headline, else its title.")
]
Provisional = Annotated[
    bool, Meta(description="true if no title is known, and the heading was made of what is known.")
]
Issue = Annotated[dt.date | None, Meta(description="Day of the first issue that listed the paper.")]
PageUrl = Annotated[WebUrl, Meta(description="The page of this on the site, for people.")]
FileUrl = Annotated[WebUrl, Meta(description="The file of this, for programs.")]
OwnFileUrl = Annotated[
    WebUrl | None,
    Meta(description="The file of the paper; absent where the digest has such files only of lists."),
]
Older = Annotated[
    WebUrl | None, Meta(description="The file in which the list goes on; absent where it ends here.")
]
Picks = Annotated[Count, Meta(description="Number of papers that the editors picked.")]


class Cite(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Files for reference managers."""

    bibtex: Annotated[WebUrl, Meta(description="BibTeX.")]
    ris: Annotated[WebUrl, Meta(description="RIS.")]
    csl: Annotated[WebUrl, Meta(description="CSL-JSON.")]


class PaperEntry(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """A paper in a list, by the few facts that lists show."""

    slug: Slug
    heading: Heading
    provisional: Provisional = False
    byline: Annotated[str, Meta(description="Organization, first authors or their number.")] = ""
    arxiv: Annotated[ArxivId | None, Meta(description="arXiv identifier without version.")] = None
    published: Annotated[dt.date | None, Meta(description="Day of the first version.")] = None
    issue: Issue = None
    themes: Annotated[tuple[Slug, ...], Meta(description="The first is the main one.")] = ()
    pick: Annotated[bool, Meta(description="true for a paper the editors recommend.")] = False
    withdrawn: Annotated[bool, Meta(description="true where the listing says so.")] = False
    url: PageUrl
    file: OwnFileUrl = None


class IssueEntry(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """An issue in the list of all."""

    day: Annotated[dt.date | None, Meta(description="Absent for the papers of no known day.")] = None
    total: Annotated[Count, Meta(description="Number of papers first listed that day.")]
    picks: Picks
    url: PageUrl
    file: FileUrl


class ThemeEntry(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """A theme, in the list of all."""

    slug: Slug
    title: str
    description: str = ""
    total: Annotated[Count, Meta(description="Number of papers of the theme.")]
    picks: Picks
    url: PageUrl
    file: FileUrl


class _File(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    omit_defaults=True,
    forbid_unknown_fields=True,
    tag_field="kind",
    tag=lambda name: name.removesuffix("File").lower(),
):
    pass


class IndexFile(_File, frozen=True, kw_only=True):
    """Where everything is. Any list runs newest first, at most 250 entries a file."""

    version: Annotated[Literal[1], Meta(description="Version of these files; another has another address.")]
    title: str
    description: str = ""
    language: str
    url: PageUrl
    schema: Annotated[WebUrl, Meta(description="The JSON Schema of every file.")]
    papers: Annotated[WebUrl, Meta(description="The list of all papers.")]
    dump: Annotated[WebUrl, Meta(description="All papers in full, as JSON Lines: on each a PaperFile.")]
    issues: Annotated[WebUrl, Meta(description="The list of issues.")]
    themes: Annotated[WebUrl, Meta(description="The list of themes.")]


class PaperFile(PublicPaper, frozen=True, kw_only=True, omit_defaults=True, tag_field="kind", tag="paper"):
    """All that is published of a paper. What others wrote is text as they wrote it, never HTML."""

    slug: Slug
    heading: Heading
    provisional: Provisional = False
    issue: Issue = None
    note_html: Annotated[str | None, Meta(description="The note as HTML.")] = None
    url: PageUrl
    cite: Annotated[
        Cite | None, Meta(description="Absent where the paper's page has its citation, and no file.")
    ] = None


class MovedFile(_File, frozen=True, kw_only=True):
    """A paper at an address that it had formerly."""

    slug: Annotated[Slug, Meta(description="The slug it has now.")]
    url: PageUrl
    file: FileUrl


class PapersFile(_File, frozen=True, kw_only=True):
    """All papers, or a part of them."""

    papers: tuple[PaperEntry, ...]
    older: Older = None


class IssueFile(_File, frozen=True, kw_only=True):
    """The papers of one issue, or a part of them."""

    day: Annotated[dt.date | None, Meta(description="Absent for the papers of no known day.")] = None
    url: PageUrl
    papers: Annotated[tuple[PaperEntry, ...], Meta(description="Those first listed that day.")]
    again: Annotated[
        tuple[PaperEntry, ...], Meta(description="Those listed that day that an earlier issue has already.")
    ] = ()
    older: Older = None


class ThemeFile(_File, frozen=True, kw_only=True):
    """The papers of one theme, or a part of them."""

    slug: Slug
    title: str
    description: str = ""
    url: PageUrl
    papers: tuple[PaperEntry, ...]
    older: Older = None


class IssuesFile(_File, frozen=True, kw_only=True):
    """All issues, or a part of them."""

    issues: tuple[IssueEntry, ...]
    older: Older = None


class ThemesFile(_File, frozen=True, kw_only=True):
    """All themes, in the order of the digest."""

    themes: tuple[ThemeEntry, ...]


PaperList = PapersFile | IssueFile | ThemeFile
File = IndexFile | PaperFile | MovedFile | PaperList | IssuesFile | ThemesFile
"""Any of them; `kind` tells which."""
