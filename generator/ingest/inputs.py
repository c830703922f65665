"""Read the files of a digest for ingest, and decode only those that changed since the last ingest."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path

import msgspec

from generator.files import digest, in_utf8, indistinct, load, names_in
from generator.ingest.catalog import Catalog, CatalogReceipt, CatalogReceipts, CatalogRecord
from generator.ingest.identity import identity_of
from generator.ingest.parsing import ParsedListing, parse_listing
from generator.ingest.receipts import Receipt, decode_receipts, digested, receipts_path
from generator.library.paths import LISTINGS, PAPERS, RECEIPTS, record_paths
from generator.model import Paper, Slug, Stated
from generator.problem import Location, Problem, error, notice
from generator.records.codec import decode, is_slug
from generator.records.misfits import expected


class Inputs(msgspec.Struct, frozen=True, kw_only=True):
    """The files of a digest as they are now, and as the last ingest left them."""

    last: Catalog
    records: Mapping[str, CatalogRecord]
    """By path, in order."""
    receipts: Mapping[str, CatalogReceipts]
    """By the listing's name."""
    listings: Mapping[str, bytes]
    """Digests of the listings that can be read, by name, in order."""
    half_written: tuple[str, ...] = ()
    """Paths of files that a killed process left, which read as nothing."""
    problems: tuple[Problem, ...]
    """Why files cannot be read, except records, whose rows say so."""

    @property
    def gone(self) -> set[str]:
        """The names of listings that have receipts and are gone; one that cannot be read is there."""
        unread = {problem.location.path.removeprefix(LISTINGS) for problem in self.problems}
        return self.receipts.keys() - self.listings.keys() - unread


class SourceRecord(msgspec.Struct, frozen=True, kw_only=True):
    """A record as its file has it."""

    path: str
    slug: str
    data: bytes
    paper: Paper

    @property
    def id(self) -> str:
        """What receipts know it by."""
        return self.paper.id or self.slug

    @property
    def stated(self) -> Stated:
        """That part of it which listings state."""
        return Stated(**{field: getattr(self.paper, field) for field in Stated.__struct_fields__})


def read_inputs(
    root: Path, last: Catalog, without: Collection[str] = (), digests: Mapping[str, bytes] | None = None
) -> Inputs:
    """Return what is in the digest at `root`, as if the listings in `without` were gone.

    A file whose bytes `last` knows is not decoded, and not read if its digest was taken just now: `digests`
    has these by path.
    """
    taken = digests or {}
    problems: list[Problem] = []
    receipts = {
        name: _receipts_row(name, load(root, receipts_path(name)), last.receipts.get(name))
        for name in _names_of_receipts(root)
    }
    paths = list(_record_paths(root))
    listings: dict[str, bytes] = {}
    for name in _files(root, LISTINGS):
        data = load(root, f"{LISTINGS}{name}")
        if isinstance(data, Problem):
            problems.append(data)
        elif name not in without:
            listings[name] = digest(data)
    problems += indistinct(f"{LISTINGS}{name}" for name in listings)
    return Inputs(
        last=last,
        records={
            path: _record_row(root, path, last.records.get(path), taken.get(path))
            for path in paths
            if not _is_half_written(path)
        },
        receipts=receipts,
        listings=listings,
        half_written=(
            *filter(_is_half_written, paths),
            *(
                path.relative_to(root).as_posix()
                for folder in (LISTINGS, RECEIPTS)
                for path in (root / folder).glob(".*.new")
            ),
        ),
        problems=tuple(problems),
    )


def listing_names(root: Path) -> list[str]:
    """Return the names of all listings that are there, or have receipts, in order."""
    return sorted({*_files(root, LISTINGS), *_names_of_receipts(root)})


def _names_of_receipts(root: Path) -> list[str]:
    return [name.removesuffix(".jsonl") for name in _files(root, RECEIPTS, ".jsonl")]


def _files(root: Path, folder: str, suffix: str = "") -> list[str]:
    """Return the names of files in order, without hidden ones: an editor's own, or half written."""
    names = (name for name in names_in(root / folder) if name.endswith(suffix))
    return [in_utf8(name) for name in names if not (root / folder / name).is_dir()]


def _record_paths(root: Path) -> Iterator[str]:
    """Yield the paths of records in order, of files meant for records, and of half written ones."""
    yield from record_paths(root, (".yaml", ".yml"))
    half_written = (root / PAPERS).rglob(".*.new")
    yield from sorted(in_utf8(path.relative_to(root).as_posix()) for path in half_written)


def _is_half_written(path: str) -> bool:
    return path.endswith(".new")


def _record_row(root: Path, path: str, last: CatalogRecord | None, taken: bytes | None) -> CatalogRecord:
    """Return the row of a file below `content/papers/`: the last one, if its bytes are those of then."""
    if last and last.digest and last.digest == taken:
        return last
    slug = _slug(path)
    if path.endswith(".yml"):
        problem = notice(Location(path=path), "This is not read: it does not end in .yaml.", "Rename it.")
        return CatalogRecord(path, b"", slug, aliases=(slug.lower(),), problems=(problem,))
    data = load(root, path)
    if isinstance(data, Problem):
        return CatalogRecord(path, b"", slug, aliases=(slug.lower(),), problems=(data,))
    return last if last and last.digest == digest(data) else record_row(path, data)


def record_row(path: str, data: bytes) -> CatalogRecord:
    """Return the row of a record, or of a file that cannot be read as one."""
    record = read_record(path, data)
    if isinstance(record, SourceRecord):
        return row_of(record)
    slug = _slug(path)
    ids = (found.decode() for found in _ID.findall(data))
    return CatalogRecord(path, digest(data), slug, aliases=(slug.lower(), *ids), problems=record)


def row_of(record: SourceRecord) -> CatalogRecord:
    """Return the row of a record, read from its file or about to be written."""
    return CatalogRecord(
        path=record.path,
        digest=digest(record.data),
        slug=record.slug,
        id=record.id,
        aliases=record.paper.formerly,
        identity=identity_of(digested(record.stated)),
        listings=tuple(row.listing for row in record.paper.listed),
    )


_ID = re.compile(rb"^id:[ \t]*[\"']?([a-z0-9-]+)", re.MULTILINE)


def read_record(path: str, data: bytes) -> SourceRecord | tuple[Problem, ...]:
    """Return a record, or what is wrong with it."""
    paper, problems = decode(data, path, Paper)
    if paper is None:
        return problems
    slug = _slug(path)
    if not paper.id and not is_slug(slug):
        message = f"The file's name {slug!r} is not {expected(Slug)}."
        return (error(Location(path=path), message, "Rename the file; its name is the paper's address."),)
    return SourceRecord(path=path, slug=slug, data=data, paper=paper)


def _slug(path: str) -> str:
    name = path.rpartition("/")[2]
    return name.rpartition(".")[0] or name


def _receipts_row(listing: str, data: bytes | Problem, last: CatalogReceipts | None) -> CatalogReceipts:
    if isinstance(data, Problem):
        return CatalogReceipts(problems=(data,))
    return last if last and last.digest == digest(data) else receipts_row(listing, data)


def receipts_row(listing: str, data: bytes) -> CatalogReceipts:
    """Return the row of a listing's receipts."""
    receipts, problems = decode_receipts(data, receipts_path(listing))
    return CatalogReceipts(
        digest=digest(data),
        receipts=tuple(CatalogReceipt(one.id, identity_of(one.stated), one.vanished) for one in receipts),
        format_name=next((one.format_name for one in receipts if one.format_name), None),
        anyway=next((one.anyway for one in receipts if one.anyway), None),
        problems=problems,
    )


def read_listings(root: Path, names: Iterable[str], inputs: Inputs) -> dict[str, ParsedListing]:
    """Return listings by name, parsed as what a person said they are when they were filed."""
    former = _same_bytes(inputs)
    found: dict[str, ParsedListing] = {}
    for name in sorted(names):
        data = load(root, f"{LISTINGS}{name}")
        row = inputs.receipts.get(former.get(name, name), CatalogReceipts())
        text = b"" if isinstance(data, Problem) else data
        found[name] = parse_listing(name, text, row.format_name, row.anyway)
    return found


def _same_bytes(inputs: Inputs) -> dict[str, str]:
    """Return the names of listings that are gone, by those of new ones that hold the very same."""
    former = {row.digest: name for name in inputs.gone if (row := inputs.last.listings.get(name))}
    new = {name: taken for name, taken in inputs.listings.items() if name not in inputs.receipts}
    return {name: former[taken] for name, taken in new.items() if taken in former}


def read_receipts(root: Path, listings: Iterable[str]) -> dict[str, tuple[Receipt, ...]]:
    """Return the receipts of listings by name; those that cannot be read are left out."""
    data = {name: load(root, receipts_path(name)) for name in listings}
    return {
        name: decode_receipts(found, receipts_path(name))[0]
        for name, found in data.items()
        if not isinstance(found, Problem)
    }


def read_source_records(root: Path, paths: Iterable[str]) -> Iterator[SourceRecord]:
    """Yield those records at the paths that can be read."""
    for path in paths:
        data = load(root, path)
        record = read_record(path, data) if isinstance(data, bytes) else None
        if isinstance(record, SourceRecord):
            yield record
