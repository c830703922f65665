"""Papers, packed: what the library keeps of them besides their cards, until a page shows one."""

from collections.abc import Iterator, Mapping
from typing import Self

import msgspec

from generator.files import digest
from generator.model import Paper


class PackedPaper:
    """A paper, packed: what the library keeps of it besides its card, until a page shows it.

    It is no `Struct`, so that the digest of a view that holds it is made of its own digest.
    """

    __slots__ = ("_digest", "packed", "slug")

    def __init__(self, *, slug: str, packed: memoryview, digest: bytes = b"") -> None:
        """Hold a paper that is published under the slug, as bytes or as a view of the file that keeps it.

        Its digest is taken when it is needed, unless it is given.
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
        """Digest of the slug and of what is packed, taken once."""
        self._digest = self._digest or digest(b"\0".join((self.slug.encode(), self.packed)))
        return self._digest

    def paper(self) -> Paper:
        """Return the paper."""
        return _unpack(self.packed)


_pack = msgspec.msgpack.Encoder().encode
_unpack = msgspec.msgpack.Decoder(Paper).decode


class Names(msgspec.Struct, frozen=True):
    """The names by which papers are gathered, and which their cards do not have."""

    tags: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()


_unpack_names = msgspec.msgpack.Decoder(Names).decode


class NamesOf(Mapping[str, Names]):
    """The names of papers by slug, unpacked from their records when they are asked for."""

    __slots__ = ("_records",)

    def __init__(self, records: Mapping[str, PackedPaper]) -> None:
        self._records = records

    def __getitem__(self, slug: str) -> Names:
        return _unpack_names(self._records[slug].packed)

    def __iter__(self) -> Iterator[str]:
        return iter(self._records)

    def __len__(self) -> int:
        return len(self._records)
