"""Keep papers packed as bytes, and unpack one only when a page shows it."""

from collections.abc import Iterator, Mapping
from typing import Self

import msgspec

from generator.files import digest
from generator.model import Paper


class PackedPaper:
    """A paper, packed as bytes: the library keeps it besides the card.

    It is not a `Struct`: so a view that holds it is digested by this paper's digest, not by its text.
    """

    __slots__ = ("_digest", "packed", "slug")

    def __init__(self, *, slug: str, packed: memoryview, digest: bytes = b"") -> None:
        """Hold a paper that is published under the slug; `packed` may be a view of a file in memory.

        Its digest is computed when it is first needed, unless it is given.
        """
        self.slug, self.packed, self._digest = slug, packed, digest

    @classmethod
    def of(cls, paper: Paper, slug: str) -> Self:
        """Return the record of a paper that is published under the slug."""
        return cls(slug=slug, packed=memoryview(_pack(paper)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, PackedPaper) and (self.slug, self.packed) == (other.slug, other.packed)

    def __hash__(self) -> int:
        return hash(self.digest)

    @property
    def digest(self) -> bytes:
        """Digest of the slug and the packed paper, computed once."""
        self._digest = self._digest or digest(b"\0".join((self.slug.encode(), self.packed)))
        return self._digest

    def paper(self) -> Paper:
        """Return the paper."""
        return _unpack(self.packed)


_pack = msgspec.msgpack.Encoder().encode
_unpack = msgspec.msgpack.Decoder(Paper).decode


class Names(msgspec.Struct, frozen=True):
    """The names by which pages group papers and which a card does not have."""

    tags: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()


_unpack_names = msgspec.msgpack.Decoder(Names).decode


class NamesOf(Mapping[str, Names]):
    """The names of papers by slug, unpacked from the record when they are asked for."""

    __slots__ = ("_records",)

    def __init__(self, records: Mapping[str, PackedPaper]) -> None:
        self._records = records

    def __getitem__(self, slug: str) -> Names:
        return _unpack_names(self._records[slug].packed)

    def __iter__(self) -> Iterator[str]:
        return iter(self._records)

    def __len__(self) -> int:
        return len(self._records)
