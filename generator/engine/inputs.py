"""Take a snapshot of what a build is made from: content, templates and the program."""

import platform
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import cache, cached_property
from pathlib import Path

import msgspec

from generator.engine.page import Planner
from generator.engine.templates import Templates
from generator.files import digest, digest_of, load, walk


class BuildInputs(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """A snapshot of all that a build depends on. An edit after it is seen by the next build."""

    root: Path
    """Folder of the digest."""
    content: Mapping[str, bytes]
    """Digests of content files by path; empty if not computed yet."""
    templates: Templates
    planners: tuple[Planner, ...]
    """Those that replace the site's own; empty to use the site's."""
    stage: str | None
    """The only stage to render; None for all."""

    @cached_property
    def digest(self) -> bytes:
        """Digest of everything, the program itself included."""
        parts = [code_fingerprint(), (self.stage or "").encode()]
        parts += [f"{planner.__module__}.{planner.__qualname__}".encode() for planner in self.planners]
        parts += [f"{path}\0".encode() + found for path, found in sorted(self.content.items())]
        parts += [f"{name}\0".encode() + digest(data) for name, data in sorted(self.templates.files.items())]
        return digest(b"\n".join(parts))


@cache
def code_fingerprint() -> bytes:
    """Return a digest of this program, its fonts, and the versions of all libraries that are installed."""
    package = str(Path(__file__).resolve().parents[1])
    found = (f"{folder}/{name}" for folder, _, names in walk(package) for name in names)
    sources = sorted(path for path in found if path.endswith(".py") or "/fonts/" in path[len(package) :])
    parts = [platform.python_version(), *sorted(_installed())]
    parts += [f"{path[len(package) :]} {digest_of(load(Path(), path)).hex()}" for path in sources]
    return digest("\n".join(parts).encode())


def _installed() -> Iterator[str]:
    """Yield the names of the folders that record which libraries are installed: "jinja2-3.1.6.dist-info".

    See packaging.python.org/specifications/recording-installed-packages. Listing them takes a tenth of the
    time that `importlib.metadata` takes for eight libraries.
    """
    for folder in sys.path:
        with suppress(OSError):
            yield from (
                path.name for path in Path(folder).iterdir() if path.suffix in {".dist-info", ".egg-info"}
            )
