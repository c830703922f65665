"""Remember the last answer of each source, so that the next fetch asks only for what is new.

It is in `.broadsheet/fetch.json`. Without it everything is asked for again, and ingest finds what is known.
"""

from collections.abc import Mapping
from pathlib import Path

import msgspec

from generator.fetch.client import Answer
from generator.files import digest, read_file, write_file

MEMORY = ".broadsheet/fetch.json"


class LastFetch(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The last answer of a source that is done with."""

    url: str
    digest: bytes
    """Of its bytes."""
    etag: str = ""
    last_modified: str = ""
    listing: str = ""
    """Path of the listing that has its papers; empty where it had none."""

    def is_of(self, data: bytes) -> bool:
        """Tell whether an answer is this very one."""
        return digest(data) == self.digest


def last_fetch(url: str, answer: Answer, listing: str) -> LastFetch:
    """Return what is to be remembered of an answer, and of the listing that has its papers."""
    return LastFetch(
        url=url,
        digest=digest(answer.data or b""),
        etag=answer.etag,
        last_modified=answer.last_modified,
        listing=listing,
    )


def read_memory(root: Path) -> dict[str, LastFetch]:
    """Return the last answers by the name of their source, as far as their listings are there."""
    try:
        found = _decode(read_file(root / MEMORY))
    except (OSError, msgspec.MsgspecError):
        return {}
    return {name: last for name, last in found.items() if not last.listing or (root / last.listing).exists()}


def write_memory(root: Path, memory: Mapping[str, LastFetch]) -> None:
    """Keep the last answers. Raises OSError."""
    write_file(root / MEMORY, msgspec.json.format(msgspec.json.encode(memory, order="sorted")))


_decode = msgspec.json.Decoder(dict[str, LastFetch]).decode
