"""A page is one planned output file: its path, what renders it, and the view that it may see."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any, TypeVar

import msgspec

from generator.files import digest
from generator.library.library import Library
from generator.library.packed import PackedPaper
from generator.model import Card, Issue, ThemePapers
from generator.problem import Location, Problem, error

CORE = "core"
EXPORTS = "exports"
MAIL = "mail"
IMAGES = "images"
SEARCH = "search"
STAGES = (CORE, EXPORTS, MAIL, IMAGES, SEARCH)
"""The stages of a build, in order. Any one can be built by itself, so a slow one need not hold up others."""


class PageHead(msgspec.Struct, frozen=True, kw_only=True):
    """All of a page except its view."""

    path: str
    """Where it is written, relative to the output's folder: "papers/x/index.html"."""
    template: str = ""
    """Name of the Jinja2 template that renders it; empty if an encoder does."""
    encoder: str = ""
    """Module and name of the function that encodes the view as bytes: "website.feeds.opml:opml"."""
    stage: str = CORE
    day: dt.date | None = None
    """Day of the issue whose texts it shows. Pages of a day are rendered in a row, to typeset these once."""
    lasting: bool = True
    """Whether its address, once published, must never vanish."""


class Page(PageHead, frozen=True, kw_only=True):
    """One planned output: a pure function of its template and its view.

    A view is a frozen value that holds cards, packed records and links, and has properties for what the
    template shows. The page depends only on its fields, so their digest tells whether it changed. What is
    costly (a paper's text, its formulas) is made from them only when the page is rendered.
    """

    view: msgspec.Struct


class KnownPage(PageHead, frozen=True, kw_only=True, array_like=True):
    """A page that need not be planned again, since nothing that it is made from has changed."""

    digest: bytes
    """Digest of its view; empty if it is not known."""


class Group:
    """Pages that are planned only if something changed that they are made from.

    They are made from the library without papers, the group's arguments, and the records of papers among its
    arguments. The function that yields the pages gets nothing else, so no planner can forget what a group
    depends on. Which pages it yields may depend only on its arguments; what they show, also on records.
    """

    def __init__(self, function: Callable[..., Iterator[Page]], *arguments: Any, stage: str = CORE) -> None:
        """Plan pages of a stage by a function of a module, which takes a library and these arguments.

        An argument may be a function that makes it, if that takes long.
        """
        self.function, self._given, self.stage = function, arguments, stage

    def _arguments(self) -> tuple[Any, ...]:
        if any(map(callable, self._given)):
            self._given = tuple(given() if callable(given) else given for given in self._given)
        return self._given

    def pages(
        self, library: Library, without_papers: Library, read: set[str] | None = None
    ) -> Iterator[Page]:
        """Yield the pages of the group in a library; add to `read` the papers whose records were read."""
        arguments = self._arguments()

        def records() -> dict[str, PackedPaper]:
            slugs = (card.slug for argument in arguments for card in _cards(argument))
            return {slug: library.records[slug] for slug in slugs}

        seen = NotedRecords(records, set() if read is None else read)
        return self.function(msgspec.structs.replace(without_papers, records=seen), *arguments)

    def key(self, without_papers: bytes, papers: "Outlines") -> bytes:
        """Return a digest of all that the pages depend on, except the records that are read.

        `without_papers` is the digest of the library without papers; `papers` has the outlines of papers.
        """
        name = f"{self.function.__module__}.{self.function.__qualname__}"
        arguments = [_short(argument, papers) for argument in self._arguments()]
        return digest(encode((name, without_papers, arguments)))


class Outlines:
    """Digests of the outlines of papers: all that lists show of them, without their texts."""

    def __init__(self, by_slug: Mapping[str, bytes]) -> None:
        self._by_slug = by_slug
        self._known: dict[int, tuple[tuple[Card, ...], bytes]] = {}

    def of(self, cards: tuple[Card, ...]) -> bytes:
        """Return the digests of papers, joined. They are kept, since several groups have the same papers."""
        known, found = self._known.get(id(cards), ((), b""))
        if known is not cards:
            found = b"".join([self._by_slug[card.slug] for card in cards])
            self._known[id(cards)] = cards, found
        return found


class NotedRecords(Mapping[str, PackedPaper]):
    """Records by slug. The slugs of those that are read are added to a set."""

    def __init__(self, records: Callable[[], Mapping[str, PackedPaper]], read: set[str]) -> None:
        """Take a function that returns the records: many lists read none of theirs."""
        self._of_all, self._read = records, read

    @cached_property
    def _records(self) -> Mapping[str, PackedPaper]:
        return self._of_all()

    def __getitem__(self, slug: str) -> PackedPaper:
        self._read.add(slug)
        return self._records[slug]

    def __iter__(self) -> Iterator[str]:
        return iter(self._records)

    def __len__(self) -> int:
        return len(self._records)


def _cards(argument: Any) -> tuple[Card, ...]:
    """Return the papers that an argument of a group consists of."""
    if isinstance(argument, Issue):
        return *argument.cards, *argument.again
    if isinstance(argument, ThemePapers):
        return argument.cards
    return argument if isinstance(argument, tuple) and argument and isinstance(argument[0], Card) else ()


def _short(argument: Any, papers: Outlines) -> Any:
    """Return the short form of an argument for a key: papers become the digests of their outlines."""
    if isinstance(argument, Issue):
        return argument.day, papers.of(argument.cards), papers.of(argument.again)
    if isinstance(argument, ThemePapers):
        return argument.theme, papers.of(argument.cards)
    return papers.of(_cards(argument)) or argument


Planner = Callable[[Library], Iterator[Page | Group]]
"""A function that yields the pages of one kind."""


def plan(library: Library, planners: tuple[Planner, ...]) -> Iterator[Page]:
    """Yield every page of the site, in the planners' order."""
    without_papers = library.without_papers
    for planner in planners:
        for found in planner(library):
            if isinstance(found, Group):
                yield from found.pages(library, without_papers)
            else:
                yield found


Head = TypeVar("Head", bound=PageHead)


def by_path(pages: Iterable[Head]) -> tuple[dict[str, Head], list[Problem]]:
    """Return the pages by their paths, and an error for each path that two pages have."""
    found: dict[str, Head] = {}
    clashes = []
    for page in pages:
        if page.path in found:
            place = Location(path=page.path)
            hint = "Rename the page below content/pages/ or the theme that has the address of another page."
            clashes.append(error(place, "Two pages have this address.", hint))
        found[page.path] = page
    return found, clashes


def _identified(value: object) -> bytes:
    """Return the digest of a packed paper, which a view's digest has in place of its text."""
    if isinstance(value, PackedPaper):
        return value.digest
    message = f"A view cannot hold a {type(value).__name__}."
    raise NotImplementedError(message)


_encoder = msgspec.msgpack.Encoder(enc_hook=_identified)
encode = _encoder.encode


class ViewDigests:
    """Computes the digests of views in turn. One that two pages in a row share is digested only once."""

    def __init__(self) -> None:
        self._last: tuple[msgspec.Struct | None, bytes] = None, b""
        self._buffer = bytearray()  # one for all views: making one for each takes longer

    def of(self, view: msgspec.Struct) -> bytes:
        """Return the digest of the next page's view: equal if nothing that a page may show differs."""
        if view is not self._last[0]:
            _encoder.encode_into(view, self._buffer)
            self._last = view, digest(self._buffer)
        return self._last[1]
