"""The files of content: which there are, their bytes, their digests. Read here, for all who read content."""

import os
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from generator.problem import Location, Problem, error

SETTINGS = ("content/site.yaml", "content/themes.yaml")
"""What every digest has beside its papers."""


PUBLISHED = "content/published.jsonl"
"""What was published; a build stops where any of it would be lost."""

TERMS = "content/terms.txt"
"""What relates papers; none are related where it is missing."""


def content_digests(root: Path) -> dict[str, bytes]:
    """Return the digests of all files of content that are read for the site, by path."""
    paths = (*record_paths(root), *other_paths(root))
    return {path: digest_of(load(root, path)) for path in paths}


def record_paths(root: Path) -> Iterator[str]:
    """Yield the paths of the records, relative to the digest's folder, in order; hidden files are none."""
    prefix = len(f"{root}/")
    for folder, folders, names in os.walk(f"{root}/content/papers"):
        folders.sort()
        for name in sorted(names):
            if is_record(name):
                yield f"{folder[prefix:]}/{name}".replace(os.sep, "/")


def is_record(name: str) -> bool:
    """Tell whether a file of this name, below `content/papers/`, is a record."""
    return name.endswith(".yaml") and not name.startswith(".")


def other_paths(root: Path) -> list[str]:
    """Return the paths of what else is read for the site: settings, Markdown pages, what commands keep."""
    pages = [path.relative_to(root).as_posix() for path in sorted((root / "content/pages").glob("[!.]*.md"))]
    return [*SETTINGS, *pages, *(path for path in (PUBLISHED, TERMS) if (root / path).exists())]


_BUFFER = 1 << 14
"""Bytes: more than a record has. A buffer that no file fills costs time to make."""


def load(root: Path, path: str) -> bytes | Problem:
    """Return a file's bytes, or why it cannot be read."""
    try:
        file = os.open(f"{root}/{path}", os.O_RDONLY | os.O_CLOEXEC)  # a file object costs half as much again
        try:
            data = os.read(file, _BUFFER)
            while more := os.read(file, _BUFFER):
                data += more
            return data
        finally:
            os.close(file)
    except OSError as flaw:
        message = f"The file cannot be read: {flaw.strerror}."
        return error(
            Location(path=path), message, "Make it readable; remove it if the digest can do without."
        )


def digest_of(data: bytes | Problem) -> bytes:
    """Return the digest of a file's bytes; of one that cannot be read, none."""
    return b"" if isinstance(data, Problem) else digest(data)


DIGEST = 16
"""Bytes of a digest."""


def digest(data: bytes | bytearray | memoryview) -> bytes:
    """Return what stands for bytes: half of their SHA-256, for which processors have instructions."""
    return sha256(data).digest()[:DIGEST]
