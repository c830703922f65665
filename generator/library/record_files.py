"""Read each record's file by itself, and find the mistakes that need no other file to be seen."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

import msgspec

from generator.files import digest_of, is_there, load
from generator.library.cards import card_of
from generator.library.packed import PackedPaper
from generator.library.paths import PAPERS, record_paths
from generator.library.site_files import misnamed, place_in
from generator.model import Card, Paper
from generator.problem import Location, Problem, error, notice
from generator.processes import Workers
from generator.records.codec import decode, is_slug


class RecordFile(msgspec.Struct, frozen=True, kw_only=True):
    """A file below `content/papers/`, as it was last read."""

    path: str
    digest: bytes
    """Of the file's bytes."""
    slug: str
    id: str = ""
    formerly: tuple[str, ...] = ()
    card: Card | None = None
    """None where the file holds no readable paper, or one that is hidden or a draft."""
    packed: memoryview | None = None
    """The paper, which is read also if it is hidden or a draft."""
    paper_digest: bytes = b""
    """Digest of the packed paper."""
    outline_digest: bytes = b""
    """Digest of all that is known of the paper before it is unpacked: names, card, keywords, authors."""
    problems: tuple[Problem, ...] = ()

    @property
    def record(self) -> PackedPaper | None:
        """The paper, packed."""
        if self.packed is None:
            return None
        return PackedPaper(slug=self.slug, packed=self.packed, digest=self.paper_digest)


SHARD = 250
"""Records: many enough that handing them out costs little compared with decoding them."""


def read_records(
    root: Path,
    known: Mapping[str, RecordFile],
    *,
    workers: Workers | None = None,
    digests: Mapping[str, bytes] | None = None,
    keep: Callable[[bytes, int], memoryview] | None = None,
    meanwhile: Callable[[], object] | None = None,
) -> dict[str, RecordFile]:
    """Return all records below `root` by path. A record is decoded only if its bytes are not `known`.

    `digests` has digests of content files, by path, that were computed just now: these files are not read
    again for that. If many records are new, `workers` decode them while this process calls `meanwhile`, and
    `keep` gets each packed shard with its number of records, to return it as mapped from a file.
    """
    taken = digests or {}
    paths = [path for path in taken if path.startswith(PAPERS)] if taken else list(record_paths(root))
    new = [path for path in paths if path not in known]
    decoded: dict[str, RecordFile] = {}
    if workers and len(new) >= 2 * SHARD:
        shards = [new[start : start + SHARD] for start in range(0, len(new), SHARD)]
        with workers() as executor:
            futures = [executor.submit(_read_shard, root, shard) for shard in shards]
            if meanwhile:
                meanwhile()
            for shard, future in zip(shards, futures, strict=True):
                packed = future.result()
                found = _decode_shard(keep(packed, len(shard)) if keep else packed)
                decoded.update((file.path, file) for file in found)
    same = {path for path, file in known.items() if file.digest and file.digest == taken.get(path)}
    return {
        path: known[path] if path in same else decoded.get(path) or _read_record(root, path, known)
        for path in paths
    }


def read_changed(
    root: Path, known: Mapping[str, RecordFile], paths: Iterable[str]
) -> dict[str, RecordFile | None]:
    """Return the files at those of the paths that differ from what is known; None where there is none now."""
    found = {path: _read_record(root, path, known) if is_there(root, path) else None for path in paths}
    return {path: file for path, file in found.items() if file is not known.get(path)}


def _read_shard(root: Path, paths: list[str]) -> bytes:
    """Return files that were never read before, packed: far smaller work for the pipe than pickles."""
    return msgspec.msgpack.encode([_read_record(root, path, {}) for path in paths])


_encode = msgspec.msgpack.Encoder().encode
_decode_shard = msgspec.msgpack.Decoder(list[RecordFile]).decode


def _read_record(root: Path, path: str, known: Mapping[str, RecordFile]) -> RecordFile:
    slug = path.rpartition("/")[2].removesuffix(".yaml")
    last = known.get(path) or RecordFile(path=path, digest=b"", slug=slug)
    data = load(root, path)
    if isinstance(data, Problem):
        return _flawed(last, b"", (data,))
    digest = digest_of(data)
    if last.digest == digest:
        return last
    if not data.strip():  # as a file is for a moment, while an editor writes it
        return _flawed(last, digest, (error(Location(path=path), "The file is empty.", _EMPTY),))
    paper, problems = decode(data, path, Paper)
    if paper is None:
        return _flawed(last, digest, problems)
    if not is_slug(slug):
        return _flawed(last, digest, (error(Location(path=path), *misnamed(slug, ".yaml", "paper")),))
    card = None if paper.hide or paper.draft else card_of(paper, slug)
    record = PackedPaper.of(paper, slug)
    outline = path, slug, paper.id, paper.formerly, card, paper.tags, paper.authors
    return RecordFile(
        path=path,
        digest=digest,
        slug=slug,
        id=paper.id or slug,
        formerly=paper.formerly,
        card=card,
        packed=record.packed,
        paper_digest=record.digest,
        outline_digest=digest_of(_encode(outline)),
        problems=(*problems, *_unnamed_corrections(paper, path, data), *_notices(paper, path)),
    )


def _flawed(last: RecordFile, digest: bytes, problems: tuple[Problem, ...]) -> RecordFile:
    """Return a file's last good state with what is wrong with it now."""
    now = msgspec.structs.replace(last, digest=digest, problems=problems)
    return last if now == last else now


_EMPTY = "Write the record, or remove the file."


def _unnamed_corrections(paper: Paper, path: str, data: bytes) -> Iterator[Problem]:
    """Yield an error for each correction that has the name of one before it, by which subscribers know it."""
    known: set[str] = set()
    for index, change in enumerate(paper.changes):
        name = change.id or str(change.date)
        if name in known:
            place = place_in(data, path, "changes", index)
            hint = f"Give it an `id:` of its own. If it was published without one, that is {name}/2."
            yield error(place, f"Another correction of this paper is known as {name} in feeds.", hint)
        known.add(name)


def _notices(paper: Paper, path: str) -> Iterator[Problem]:
    here = Location(path=path)
    if paper.by and not paper.note:
        yield notice(here, "`by:` signs a note, and there is none.", "Write `note:`, or remove `by:`.")
    if paper.title is None and paper.headline is None:
        message = "No listing gives a title; the page has a provisional heading."
        hint, many = (
            "Add `title:` or `headline:`, or run `broadsheet enrich`.",
            "papers have a provisional heading",
        )
        yield notice(here, message, hint, many=many)
    if not (paper.issue or any(row.issue for row in paper.listed)):
        hint = "Add `issue:` and its day, such as 2025-10-30."
        yield notice(here, "The paper belongs to no issue.", hint, many="papers belong to no issue")
