"""Read all content that is not a record: settings, themes, Markdown pages, images, tables of terms."""

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from itertools import chain
from typing import TypeVar

import msgspec
import yaml

from generator.files import indistinct
from generator.library.images import read_images
from generator.library.ingested_listings import (
    IngestedListing,
    RefusedListing,
    ingested_listings,
    refused_listings,
)
from generator.library.library import Library
from generator.library.openings import read_openings
from generator.library.paths import PAGES, PUBLISHED, REFUSED, SITE, TERMS, THEMES, VECTORS
from generator.library.register import Register, decode_register
from generator.library.terms import Terms, decode_terms
from generator.library.vectors import Vectors, decode_vectors
from generator.model import UNSORTED, Image, MarkdownPage, Opening, Slug, Theme
from generator.problem import Location, Problem, at_most, error
from generator.records.codec import decode, is_slug, text_of, unresolved_merge
from generator.records.misfits import expected
from generator.records.nodes import YamlSource, compose, node_at
from generator.settings import Site

OWN_ADDRESSES = frozenset(
    (
        "api",
        "archive",
        "feeds",
        "images",
        "issues",
        "my",
        "papers",
        "picks",
        "search",
        "since",
        "static",
        "status",
        "themes",
    )
)
"""Folders of the site that no Markdown page may take."""

Loaded = bytes | Problem
"""A file's bytes, or why it cannot be read."""


class SiteContent(msgspec.Struct, frozen=True, kw_only=True):
    """All content that is not a record, as far as it is readable, and what is wrong with it."""

    site: Site | None
    themes: tuple[Theme, ...] | None
    """None where they are unreadable and were never read before."""
    pages: tuple[MarkdownPage, ...]
    openings: Mapping[dt.date, Opening]
    images: tuple[Image, ...]
    listings: tuple[IngestedListing, ...]
    refused: tuple[RefusedListing, ...]
    terms: Terms
    vectors: Vectors
    published: Register
    problems: tuple[Problem, ...]
    """In order of place."""


def read_site_files(files: Mapping[str, Loaded], last: Library | None) -> SiteContent:
    """Return the content of the files, by path. What is unreadable is taken from the last library."""
    site, site_problems = read_site(files[SITE])
    themes, theme_problems = _read_themes(files.get(THEMES, b""))
    pages, page_problems = _read_pages(files, last.pages if last else ())
    openings, opening_problems = read_openings(files, last.openings if last else {})
    images, image_problems = read_images(files, last.images if last else ())
    terms, term_problems = _read_table(files.get(TERMS, b""), decode_terms)
    vectors, vector_problems = _read_table(files.get(VECTORS, b""), decode_vectors)
    published, register_problems = _read_register(files.get(PUBLISHED))
    if last:
        site = site or last.site
        themes = last.themes if themes is None else themes
        terms = terms or last.terms
        vectors = vectors or last.vectors
    of_content = (*page_problems, *opening_problems, *image_problems)
    of_tables = (*term_problems, *vector_problems, *register_problems)
    of_editors = (path for path in files if not path.startswith(REFUSED))
    problems = (*site_problems, *theme_problems, *of_content, *of_tables, *indistinct(of_editors))
    return SiteContent(
        site=site,
        themes=themes,
        pages=pages,
        openings=openings,
        images=images,
        listings=ingested_listings(files),
        refused=refused_listings(files),
        terms=terms or Terms(),
        vectors=vectors or Vectors(),
        published=published,
        problems=tuple(sorted(problems, key=lambda problem: problem.order)),
    )


def read_site(data: Loaded) -> tuple[Site | None, tuple[Problem, ...]]:
    """Return the settings of a digest, None where they are unreadable, and what is wrong with them."""
    site, problems = _decoded(data, SITE, Site)
    return site, (*problems, *at_most(_repeated_names(data, site), SITE)) if site else problems


def _repeated_names(data: Loaded, site: Site) -> Iterator[Problem]:
    """Yield an error for each source that has the name of one before."""
    first: dict[str, int] = {}
    for index, source in enumerate(site.sources):
        if first.setdefault(source.name, index) != index:
            place = place_in(data, SITE, "sources", index, "name")
            message = "There is a source of this name already."
            yield error(place, message, "Give each source a name of its own.")


T = TypeVar("T")


def _decoded(data: Loaded, path: str, kind: type[T]) -> tuple[T | None, tuple[Problem, ...]]:
    return (None, (data,)) if isinstance(data, Problem) else decode(data, path, kind)


def _read_table(
    data: Loaded, decode_table: Callable[[bytes], tuple[T | None, tuple[Problem, ...]]]
) -> tuple[T | None, tuple[Problem, ...]]:
    return (None, (data,)) if isinstance(data, Problem) else decode_table(data)


_COMMENTS = re.compile(rb"^[ \t]*#.*$", re.MULTILINE)


def _read_themes(data: Loaded) -> tuple[tuple[Theme, ...] | None, tuple[Problem, ...]]:
    """Return the themes that have a slug of their own, None where they are unreadable, and what is wrong."""
    if isinstance(data, bytes) and not _COMMENTS.sub(b"", data).strip():
        return (), ()
    listed, problems = _decoded(data, THEMES, tuple[Theme, ...])
    if listed is None:
        return None, problems
    themes: dict[str, Theme] = {}
    for theme in listed:
        if theme.slug != UNSORTED.slug:
            themes.setdefault(theme.slug, theme)
    taken = chain(_taken_slugs(data, listed), _taken_former_slugs(data, listed))
    return tuple(themes.values()), (*problems, *at_most(taken, THEMES))


def _taken_slugs(data: Loaded, listed: tuple[Theme, ...]) -> Iterator[Problem]:
    """Yield an error for each theme that has no slug of its own."""
    taken: set[str] = set()
    for index, theme in enumerate(listed):
        if theme.slug in taken or theme.slug == UNSORTED.slug:
            is_reserved = theme.slug == UNSORTED.slug
            reason = "is reserved for papers without a theme" if is_reserved else "is listed twice"
            place = place_in(data, THEMES, index, "slug")
            yield error(place, f"The theme {theme.slug!r} {reason}.", "Give each theme a slug of its own.")
        taken.add(theme.slug)


def _taken_former_slugs(data: Loaded, listed: tuple[Theme, ...]) -> Iterator[Problem]:
    """Yield an error for each former slug that is a theme's own or another's former one."""
    taken = {*(theme.slug for theme in listed), UNSORTED.slug}
    for index, theme in enumerate(listed):
        for place, old in enumerate(theme.formerly):
            if old in taken:
                where = place_in(data, THEMES, index, "formerly", place)
                message = f"The former slug {old!r} of the theme {theme.slug!r} is in use."
                yield error(where, message, "Leave it to one theme.")
            taken.add(old)


def place_in(data: Loaded, path: str, *steps: str | int) -> Location:
    """Return the place in a YAML file of the value that keys and indexes lead to."""
    source, root = _composed(b"" if isinstance(data, Problem) else data, path)
    node = node_at(root, *steps)
    return source.place_of(node) if node else Location(path=path)


@lru_cache(maxsize=1)  # for all places of a file
def _composed(data: bytes, path: str) -> tuple[YamlSource, yaml.Node | None]:
    source = YamlSource(text_of(data, path)[0] or "", path)
    return source, compose(source)[0]


def _read_pages(
    files: Mapping[str, Loaded], last: tuple[MarkdownPage, ...]
) -> tuple[tuple[MarkdownPage, ...], tuple[Problem, ...]]:
    """Return the Markdown pages, unreadable ones as they were last, and what is wrong."""
    last_good = {page.slug: page for page in last}
    pages: list[MarkdownPage | None] = []
    problems: list[Problem] = []
    for path, data in files.items():
        if path.startswith(PAGES) and path.endswith(".md"):
            slug = path.rpartition("/")[2].removesuffix(".md")
            page = _read_page(data, path, slug)
            if isinstance(page, Problem):
                problems.append(page)
            pages.append(last_good.get(slug) if isinstance(page, Problem) else page)
    return tuple(page for page in pages if page), tuple(problems)


def _read_page(data: Loaded, path: str, slug: str) -> MarkdownPage | Problem:
    if isinstance(data, Problem):
        return data
    text, problems = text_of(data, path)
    if text is None:
        return problems[0]
    first, _, rest = text.replace("\r\n", "\n").partition("\n")
    place = Location(path=path, line=1, column=1, text=first)
    if slug in OWN_ADDRESSES:
        message = f"The address /{slug}/ belongs to pages that every digest has."
        return error(place, message, "Rename the file; its name is the page's address.")
    if not is_slug(slug):
        return error(Location(path=path), *misnamed(slug, ".md", "page"))
    if not first.startswith("# "):
        return error(place, "A page begins with its title.", "Write `# Title` on the first line.")
    return MarkdownPage(slug=slug, title=first.removeprefix("# ").strip(), text=rest.strip())


def misnamed(name: str, suffix: str, what: str) -> tuple[str, str]:
    """Return what is wrong with a file's name that is no slug, and what to do: its name is an address."""
    meant = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
    form = f" to {meant}{suffix}" if is_slug(meant) else ""
    return (
        f"The file's name {name!r} is not {expected(Slug)}.",
        f"Rename the file{form}; its name is the {what}'s address.",
    )


def _read_register(data: Loaded | None) -> tuple[Register, tuple[Problem, ...]]:
    if data is None:
        return Register(), ()
    if isinstance(data, Problem):
        return Register(), (data,)
    if conflict := unresolved_merge(data.decode("utf-8", "replace"), PUBLISHED):
        hint = "Keep the lines of both versions, and remove the lines <<<<<<<, ======= and >>>>>>>."
        return Register(marked=True), (msgspec.structs.replace(conflict, hint=hint),)
    return decode_register(data)
