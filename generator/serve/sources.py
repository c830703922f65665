"""From a page to its sources: where each of its fields is written, and what listings state of it."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec

from generator.files import load
from generator.ingest.receipts import abstract_digest
from generator.library.library import Library
from generator.library.paths import OPENINGS, PAGES, RECEIPTS, SITE, THEMES
from generator.library.record_files import RecordFile
from generator.library.site_files import place_in
from generator.library.snapshot import Snapshot
from generator.model import Paper, Stated
from generator.problem import Location
from generator.serve.editor import EditorLinks

_STATED = {field.name for field in msgspec.structs.fields(Stated)}
_OF_INGEST = {"id", "listed"}
FILE = "file"
"""The name of a file as a whole, in place of a field's."""
LONGEST = 200
"""Characters of a statement that are shown."""


class StatedValue(msgspec.Struct, frozen=True, kw_only=True):
    """What a listing states of a field, as its receipt has it."""

    listing: str
    position: int
    """The paper's place in the listing, from 1."""
    text: str
    place: str
    """Of the receipt."""
    link: str


class FieldSource(msgspec.Struct, frozen=True, kw_only=True):
    """Where a field is written."""

    field: str
    """Its name in the file; `file` for a file as a whole."""
    place: str
    """As in `content/papers/a.yaml:3:7`."""
    link: str
    """What opens it in a text editor; empty for other machines."""
    statements: tuple[StatedValue, ...] = ()
    remark: str = ""
    """Whose value it is."""


def sources(content: Snapshot, page: str, links: EditorLinks) -> tuple[FieldSource, ...]:
    """Return where the fields of a page are written, those that are most its own first.

    `page` is its path, as in `papers/x/`.
    """
    folder, name = f"{page}/".split("/")[:2]
    records = (file for file in content.files.values() if folder == "papers" and file.slug == name)
    found = [source for file in records for source in _of_record(file, links)]
    places = [*_of_page(links.root, content.library, folder, name), *_of_site(links.root)]
    return (*found, *(_source(field, place, links) for field, place in places if place.line))


def _source(field: str, place: Location, links: EditorLinks) -> FieldSource:
    return FieldSource(field=field, place=str(place), link=links.to(place))


def _of_page(root: Path, library: Library | None, folder: str, name: str) -> Iterator[tuple[str, Location]]:
    """Yield the fields of a theme, an issue's opening, or a Markdown page."""
    themes = library.themes if library and folder == "themes" else ()
    for index, theme in enumerate(themes):
        if theme.slug == name:
            data = load(root, THEMES)
            for field in ("title", "description"):
                yield field, place_in(data, THEMES, index, field)
    written = {"issues": f"{OPENINGS}{name}.md"}.get(folder, f"{PAGES}{folder}.md")
    if (name or folder != "issues") and (root / written).is_file():
        yield FILE, Location(path=written, line=1, column=1)


def _of_site(root: Path) -> Iterator[tuple[str, Location]]:
    data = load(root, SITE)
    for field in ("title", "description"):
        yield f"site {field}", place_in(data, SITE, field)


def _of_record(file: RecordFile, links: EditorLinks) -> Iterator[FieldSource]:
    """Yield the fields that a record has a line for, as its file is now, then the file itself."""
    data = load(links.root, file.path)
    paper = file.record.paper() if file.record else Paper()
    receipts = list(_receipts(links.root, file.id or file.slug))
    for field in msgspec.structs.fields(Paper):
        place = place_in(data, file.path, field.name)
        if place.line:
            now = msgspec.json.decode(msgspec.json.encode(getattr(paper, field.name)))  # as receipts have it
            yield _stated_source(field.name, place, now, receipts, links)
    yield _source(FILE, Location(path=file.path, line=1, column=1), links)


def _stated_source(
    field: str, place: Location, now: Any, receipts: "list[tuple[Location, _Receipt]]", links: EditorLinks
) -> FieldSource:
    known = abstract_digest(now) if field == "abstract" and now else now
    rows = [(at, receipt) for at, receipt in receipts if field in receipt.stated]
    if field not in _STATED:
        remark = "Written by ingest." if field in _OF_INGEST else "The editors' own."
    elif any(receipt.stated[field] == known for _, receipt in rows):
        remark = ""
    else:
        remark = "An editor's: no listing states it so."
    return FieldSource(
        field=field,
        place=str(place),
        link=links.to(place),
        statements=tuple(_statement(field, at, receipt, known, links) for at, receipt in rows),
        remark=remark,
    )


def _statement(field: str, at: Location, receipt: "_Receipt", known: Any, links: EditorLinks) -> StatedValue:
    value = receipt.stated[field]
    if field == "abstract":
        text = "this abstract" if value == known else "another abstract"
    else:
        text = value if isinstance(value, str) else msgspec.json.encode(value).decode()
    return StatedValue(
        listing=at.path.removeprefix(RECEIPTS).removesuffix(".jsonl"),
        position=receipt.position,
        text=text if len(text) <= LONGEST else f"{text[:LONGEST]} …",
        place=str(at),
        link=links.to(at),
    )


class _Receipt(msgspec.Struct, frozen=True):
    id: str
    position: int
    stated: dict[str, Any]


_decode = msgspec.json.Decoder(_Receipt).decode


def _receipts(root: Path, record: str) -> Iterator[tuple[Location, _Receipt]]:
    """Yield the receipts of a record, each with its place; a line that is no receipt is left to ingest."""
    sought = msgspec.json.encode(record)
    for path in sorted((root / RECEIPTS).glob("[!.]*.jsonl")):
        data = load(root, name := path.relative_to(root).as_posix())
        if not isinstance(data, bytes) or sought not in data:
            continue
        for number, line in enumerate(data.splitlines(), start=1):
            with suppress(msgspec.MsgspecError):
                if sought in line and (receipt := _decode(line)).id == record:
                    yield Location(path=name, line=number), receipt
