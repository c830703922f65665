"""Keep the records that the last build decoded, so that the next build decodes only those that changed.

There are two files. The base has all records of an earlier build: the program's fingerprint, then chunks,
each with its size (4 bytes, little-endian), its digest and its packed records. The delta has what changed
since the base was written, so that one edit does not write all records again. The base is mapped into memory,
and a paper is unpacked only when it is read, so a library takes only the memory of its cards.
"""

from collections.abc import Iterator, Mapping
from mmap import ACCESS_READ, ALLOCATIONGRANULARITY, MADV_DONTNEED, mmap
from pathlib import Path
from typing import IO

import msgspec

from generator.engine.inputs import code_fingerprint
from generator.engine.ledger import StateFolder, read_value, write_value
from generator.files import DIGEST, digest
from generator.library.record_files import RecordFile

BASE = "records"
DELTA = "records-since"
"""Names of the files."""
MANY = 16
"""A new base is written once one in so many records differs."""
CHUNK = 1000
"""Records in a chunk."""
_SIZE = 4


class Delta(msgspec.Struct, frozen=True):
    """What differs from the base."""

    code: bytes = b""
    """Fingerprint of the program that decoded the records."""
    records: tuple[RecordFile, ...] = ()
    """Those that are new or changed."""
    tombstones: tuple[str, ...] = ()
    """Paths of those in the base that are no longer there."""


class RecordCache:
    """The decoded records of one output's builds.

    Records that many workers decode are written while they arrive (`append`), all others by `save`.
    """

    def __init__(self, state: StateFolder) -> None:
        self._base_path = state.path / BASE
        self._delta_path = state.path / DELTA
        self._maps: list[mmap] = []
        self._appended = 0
        self._base = {file.path: file for file in self._read_base()}
        self.files: Mapping[str, RecordFile] = self._with_delta()
        """The records as the last build decoded them, by path; none of another version of the program."""

    def append(self, packed: bytes, records: int) -> memoryview:
        """Write a chunk of a new base, which has this number of records; return it mapped from the file."""
        end = self._write_chunk(packed, records)
        begin = end - len(packed)
        page = begin - begin % ALLOCATIONGRANULARITY
        self.release()  # the last chunk: its cards are taken
        with self._new_base_path.open("rb") as file:
            return memoryview(self._map(file, end - page, page))[begin - page :]

    def save(self, files: Mapping[str, RecordFile]) -> None:
        """Keep the decoded records of a build, by path."""
        if self._appended != len(files) or not files:
            is_same = len(files) == len(self.files)
            if is_same and all(self.files.get(path) is file for path, file in files.items()):
                return
            changed = tuple(file for path, file in files.items() if self._base.get(path) is not file)
            tombstones = tuple(path for path in self._base if path not in files)
            if (len(changed) + len(tombstones)) * MANY < len(files):
                write_value(self._delta_path, Delta(code_fingerprint(), changed, tombstones))
                return
            self._appended, records = 0, list(files.values())
            for start in range(0, len(records) or 1, CHUNK):
                chunk = records[start : start + CHUNK]
                self._write_chunk(msgspec.msgpack.encode(chunk), len(chunk))
        self._delta_path.unlink(missing_ok=True)
        self._new_base_path.replace(self._base_path)

    def _write_chunk(self, packed: bytes, records: int) -> int:
        """Add a chunk to the new base, which the first one begins; return where it ends."""
        path = self._new_base_path
        try:
            if not self._appended:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.unlink(missing_ok=True)  # records mapped from a file of that name stay as they are
                path.write_bytes(code_fingerprint())
            with path.open("ab") as file:
                file.write(len(packed).to_bytes(_SIZE, "little") + digest(packed))
                file.write(packed)
                self._appended += records
                return file.tell()
        except OSError as flaw:
            path.unlink(missing_ok=True)
            flaw.filename = str(path)
            raise

    def release(self) -> None:
        """Free the memory of papers that were read. A paper that is read again comes from the file again."""
        for mapped in self._maps:
            mapped.madvise(MADV_DONTNEED)

    @property
    def _new_base_path(self) -> Path:
        return self._base_path.with_name(f"{BASE}.new")

    def _read_base(self) -> Iterator[RecordFile]:
        if not self._base_path.is_file():
            return
        try:
            with self._base_path.open("rb") as file:
                data = memoryview(self._map(file, 0, 0))
        except ValueError:  # an empty file cannot be mapped
            return
        start = len(code_fingerprint())
        if data[:start] != code_fingerprint():
            return
        while start < len(data):
            begin = start + _SIZE + DIGEST
            end = begin + int.from_bytes(data[start : start + _SIZE], "little")
            packed = data[begin:end]
            if data[start + _SIZE : begin] != digest(packed):
                break  # damaged: the records that are not read here are decoded again
            yield from _decode(packed)
            start = end
        self.release()

    def _with_delta(self) -> Mapping[str, RecordFile]:
        delta = read_value(self._delta_path, Delta)
        if delta is None or delta.code != code_fingerprint():
            return self._base
        files = self._base | {file.path: file for file in delta.records}
        for path in delta.tombstones:
            files.pop(path, None)
        return files

    def _map(self, file: IO[bytes], size: int, start: int) -> mmap:
        mapped = mmap(file.fileno(), size, access=ACCESS_READ, offset=start)
        self._maps.append(mapped)
        return mapped


_decode = msgspec.msgpack.Decoder(list[RecordFile]).decode
