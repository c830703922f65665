"""Records as the last build decoded them, so that the next decodes those alone that changed since.

A file of them is the program's fingerprint, then chunks: the size of each, its digest, and packed records.
Papers stay in it, mapped into memory, until they are read: so a library's size is that of its cards.
"""

from collections.abc import Iterable, Iterator, Mapping
from io import BufferedWriter
from itertools import islice
from mmap import ACCESS_READ, ALLOCATIONGRANULARITY, MADV_DONTNEED, mmap
from pathlib import Path
from threading import Lock
from typing import IO, Self
from weakref import WeakSet

import msgspec

from generator.engine.ledger import Store, code_fingerprint
from generator.files import DIGEST, digest
from generator.library.record_files import RecordFile

MOST = "records"
"""File of records as a build left them that decoded many."""
SINCE = "records-since"
"""File of those that differ since, so that one edit does not write all of them again."""
MANY = 16
"""Times as many records as differ are worth a file of their own."""
CHUNK = 1000
"""Records that are packed at a time."""
_SIZE = 4
"""Bytes of the number that tells a chunk's size."""

Files = Mapping[str, RecordFile]

_mapped: WeakSet[mmap] = WeakSet()
"""What this process has mapped, as long as a record is in it."""
_mapping = Lock()


def let_go() -> None:
    """Let go of the memory of papers that were read from a file; what is read again comes back from there."""
    with _mapping:
        for mapped in _mapped:
            mapped.madvise(MADV_DONTNEED)


def read_decoded(store: Store) -> Files:
    """Return the decoded records by path; none where another version of the program decoded them."""
    files = {file.path: file for name in (MOST, SINCE) for file in _read(store.folder / name)}
    return {path: file for path, file in files.items() if file.slug}


class Spool:
    """The file of a build that decodes all records: it is written while they are decoded."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._file: BufferedWriter | None = None
        self._records = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._file:
            self._file.close()

    def keep(self, packed: bytes, records: int) -> memoryview:
        """Write a chunk of so many records, and return it as it stands in the file."""
        if self._file is None:
            self._file = _begun(_beside(self._store))
        _write_chunk(self._file, packed)
        self._file.flush()
        self._records += records
        end = self._file.tell()
        begin = end - len(packed)
        page = begin - begin % ALLOCATIONGRANULARITY
        let_go()  # of the last chunk: its cards are taken
        with _beside(self._store).open("rb") as file:
            mapped = _map(file, end - page, page)
        return memoryview(mapped)[begin - page :]

    def save(self, files: Files, known: Files) -> None:
        """Keep decoded records, once all are written; `known` are those that `read_decoded` gave."""
        if self._file and self._records == len(files):
            (self._store.folder / SINCE).unlink(missing_ok=True)
            _beside(self._store).replace(self._store.folder / MOST)
        elif files != known:
            _write_differing(self._store, files, known)


def _write_differing(store: Store, files: Files, known: Files) -> None:
    since = {file.path: file for file in _read(store.folder / SINCE)}
    since |= {path: RecordFile(path=path, digest=b"", slug="") for path in known if path not in files}
    since |= {path: file for path, file in files.items() if known.get(path) is not file}
    if len(since) * MANY < len(files):
        _write(store.folder / SINCE, since.values())
    else:
        (store.folder / SINCE).unlink(missing_ok=True)
        _write(store.folder / MOST, files.values())


def _beside(store: Store) -> Path:
    return store.folder / f"{MOST}.new"


def _begun(path: Path) -> BufferedWriter:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)  # papers that are mapped from a file of that name stay as they are
    file = path.open("wb")
    file.write(code_fingerprint())
    return file


def _write_chunk(file: BufferedWriter, packed: bytes) -> None:
    file.write(len(packed).to_bytes(_SIZE, "little"))
    file.write(digest(packed))
    file.write(packed)


def _write(path: Path, records: Iterable[RecordFile]) -> None:
    left = iter(records)
    temporary = path.with_suffix(".new")
    with _begun(temporary) as file:
        while chunk := list(islice(left, CHUNK)):
            _write_chunk(file, msgspec.msgpack.encode(chunk))
    temporary.replace(path)


_decode = msgspec.msgpack.Decoder(list[RecordFile]).decode


def _read(path: Path) -> Iterator[RecordFile]:
    try:
        with path.open("rb") as file:
            mapped = _map(file, 0, 0)
    except (FileNotFoundError, ValueError):  # an empty file cannot be mapped
        return
    data, start = memoryview(mapped), len(code_fingerprint())
    if data[:start] != code_fingerprint():
        return
    while start < len(data):
        begin = start + _SIZE + DIGEST
        end = begin + int.from_bytes(data[start : start + _SIZE], "little")
        packed = data[begin:end]
        if data[start + _SIZE : begin] != digest(packed):
            break  # altered; what is not read is decoded anew
        yield from _decode(packed)
        start = end
    let_go()


def _map(file: IO[bytes], size: int, start: int) -> mmap:
    mapped = mmap(file.fileno(), size, access=ACCESS_READ, offset=start)
    with _mapping:
        _mapped.add(mapped)
    return mapped
