"""The files of content: which there are, their bytes, their digests. Read here, for all who read content."""

import os
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path

from generator.problem import Location, Problem, error

SETTINGS = ("content/site.yaml", "content/themes.yaml")
"""What every digest has beside its papers."""


PUBLISHED = "content/published.jsonl"
"""What was published; a build stops where any of it would be lost."""


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
            if name.endswith(".yaml") and not name.startswith("."):
                yield f"{folder[prefix:]}/{name}".replace(os.sep, "/")


def other_paths(root: Path) -> list[str]:
    """Return the paths of what else is read for the site: settings, Markdown pages, what was published."""
    pages = [path.relative_to(root).as_posix() for path in sorted((root / "content/pages").glob("[!.]*.md"))]
    return [*SETTINGS, *pages, *([PUBLISHED] if (root / PUBLISHED).exists() else [])]


def load(root: Path, path: str) -> bytes | Problem:
    """Return a file's bytes, or why it cannot be read."""
    try:
        with open(f"{root}/{path}", "rb", buffering=0) as file:  # `Path` costs more than the reading
            return file.read()
    except OSError as flaw:
        message = f"The file cannot be read: {flaw.strerror}."
        return error(
            Location(path=path), message, "Make it readable; remove it if the digest can do without."
        )


def digest_of(data: bytes | Problem) -> bytes:
    """Return the digest of a file's bytes; of one that cannot be read, none."""
    return b"" if isinstance(data, Problem) else blake2b(data, digest_size=16).digest()
