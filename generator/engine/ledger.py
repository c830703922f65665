"""The ledger: what the last build wrote, and from what. It lives outside the output.

Beside it stands, while a build writes, its journal: the digests of what is about to be written, so that a
build that is killed leaves nothing behind that the next one does not know as its own.
"""

import platform
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Self, TypeVar

import msgspec

from generator.files import DIGEST, digest, write_file


class FileState(msgspec.Struct, frozen=True, array_like=True):
    """What tells a file from any other state of it, without reading it."""

    size: int
    modified: int
    """Nanoseconds, as the file system keeps them."""
    inode: int


class Row(msgspec.Struct, frozen=True, array_like=True):
    """One file as the last build left it."""

    code: bytes
    """Fingerprint of the program that rendered it."""
    template: bytes
    """Fingerprint of the template it was rendered with."""
    view: bytes
    """Digest of the view it was rendered from."""
    content: bytes
    """Digest of its bytes."""
    state: FileState


class Past(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """What earlier builds left in an output, as far as it is on record."""

    inputs: bytes = b""
    """Digest of all that the last build depended on."""
    papers: int = 0
    rows: Mapping[str, Row] = {}
    """The last finished build's files, by path relative to the output's folder."""
    journal: Mapping[str, tuple[bytes, ...]] = {}
    """By path, the digests of what builds that were killed since may have written."""
    readable: bool = True
    """Whether the ledger and its journal are whole, or have never been."""

    def paths(self) -> set[str]:
        """Return every path that may hold a file of ours."""
        return {*self.rows, *self.journal}

    def contents(self, path: str) -> tuple[bytes, ...]:
        """Return the digests of all that we may have written at the path."""
        row = self.rows.get(path)
        return (*self.journal.get(path, ()), *([row.content] if row else ()))


class Store(msgspec.Struct, frozen=True, kw_only=True):
    """Where the ledger of one output is kept."""

    folder: Path

    @classmethod
    def of(cls, root: Path, out: Path) -> Self:
        """Return the store of an output of the digest at `root`: one for each output folder."""
        name = digest(str(out.resolve()).encode()).hex()[:12]
        return cls(folder=root / ".broadsheet" / f"{out.name}-{name}")

    @property
    def lock(self) -> Path:
        """The file that a running build holds locked."""
        return self.folder / "lock"

    def read(self) -> Past:
        """Return what is on record."""
        past = read_value(self._ledger, Past)
        journal = read_value(self._journal, dict[str, tuple[bytes, ...]])
        if past is None or journal is None:
            return Past(readable=False)
        return msgspec.structs.replace(past, journal=journal)

    def write_journal(self, contents: Mapping[str, tuple[bytes, ...]]) -> None:
        """Keep, by path, the digests of what is about to be written and of what a killed build may have."""
        write_value(self._journal, contents)

    def write(self, past: Past) -> None:
        """Keep the ledger, and of the journal what is in `past`: all else that it speaks of is done."""
        write_value(self._ledger, msgspec.structs.replace(past, journal={}))
        if past.journal:
            self.write_journal(past.journal)
        else:
            self._journal.unlink(missing_ok=True)

    @property
    def _ledger(self) -> Path:
        return self.folder / "ledger"

    @property
    def _journal(self) -> Path:
        return self.folder / "journal"


T = TypeVar("T")


def read_value(path: Path, kind: type[T]) -> T | None:
    """Return a file's value, an empty one where there is no file, None where it is not as it was written."""
    try:
        data = memoryview(path.read_bytes())
        whole = data[:DIGEST] == digest(data[DIGEST:])
        return msgspec.msgpack.decode(data[DIGEST:], type=kind) if whole else None
    except FileNotFoundError:
        return kind()
    except msgspec.DecodeError:  # by another version of the program
        return None


def write_value(path: Path, value: object) -> None:
    """Put a value in place of a file's, in one step, its digest before it."""
    data = msgspec.msgpack.encode(value)
    write_file(path, digest(data) + data)


@cache
def code_fingerprint() -> bytes:
    """Return a digest of this program, its fonts, and the versions of all that it may render with."""
    package = Path(__file__).resolve().parents[1]
    sources = sorted([*package.rglob("*.py"), *package.rglob("fonts/*")])
    parts = [platform.python_version(), *sorted(_installed())]
    parts += [f"{path.relative_to(package)} {digest(path.read_bytes()).hex()}" for path in sources]
    return digest("\n".join(parts).encode())


def _installed() -> Iterator[str]:
    """Yield the names of the folders that tell which libraries are installed, in which version.

    "jinja2-3.1.6.dist-info" (packaging.python.org/specifications/recording-installed-packages): to list them
    takes a tenth of the time that it takes to ask `importlib.metadata` for eight of them.
    """
    for folder in sys.path:
        with suppress(OSError):
            yield from (
                path.name for path in Path(folder).iterdir() if path.suffix in {".dist-info", ".egg-info"}
            )


def inputs_digest(
    content: Mapping[str, bytes],
    templates: Mapping[str, bytes],
    planners: Iterable[Callable[..., object]],
    stage: str | None,
) -> bytes:
    """Return a digest of all that a build depends on: content by path, templates by name, and the program."""
    parts = [code_fingerprint(), (stage or "").encode()]
    parts += [f"{planner.__module__}.{planner.__qualname__}".encode() for planner in planners]
    parts += [f"{path}\0".encode() + found for path, found in sorted(content.items())]
    parts += [f"{name}\0".encode() + digest(data) for name, data in sorted(templates.items())]
    return digest(b"\n".join(parts))
