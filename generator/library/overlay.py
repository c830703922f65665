"""Large maps of which a few values change at a time, so that a change costs what changes."""

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import TypeVar

V = TypeVar("V")

MOST = 500
"""Changed values after which a map is made anew."""


class Patched(Mapping[str, V]):
    """A map with some values in place of another's. It never changes."""

    __slots__ = ("base", "patch")

    def __init__(self, base: Mapping[str, V], patch: Mapping[str, V | None]) -> None:
        self.base = base
        self.patch = patch
        """None stands where there is nothing any more."""

    def __getitem__(self, key: str) -> V:
        if key not in self.patch:
            return self.base[key]
        value = self.patch[key]
        if value is None:
            raise KeyError(key)
        return value

    def __iter__(self) -> Iterator[str]:
        new = (key for key in self.patch if key not in self.base)
        return (key for key in chain(self.base, new) if key not in self.patch or self.patch[key] is not None)

    def __len__(self) -> int:
        gone = sum(value is None and key in self.base for key, value in self.patch.items())
        new = sum(value is not None and key not in self.base for key, value in self.patch.items())
        return len(self.base) - gone + new


def patched(before: Mapping[str, V], changes: Mapping[str, V | None]) -> Mapping[str, V]:
    """Return a map with other values, or with none where the changes say None."""
    if not changes:
        return before
    base, patch = (before.base, before.patch) if isinstance(before, Patched) else (before, {})
    patch = {**patch, **changes}
    if len(patch) <= MOST:
        return Patched(base, patch)
    merged = {**base}
    for key, value in patch.items():
        if value is None:
            merged.pop(key, None)
        else:
            merged[key] = value
    return merged


def differing(before: Mapping[str, V], after: Mapping[str, V]) -> set[str]:
    """Return the keys whose values are not the same objects."""
    if before is after:
        return set()
    bases = [(side.base, side.patch) if isinstance(side, Patched) else (side, {}) for side in (before, after)]
    (was, gone), (now, come) = bases
    keys = {*gone, *come} if was is now else {*before, *after}
    return {key for key in keys if before.get(key) is not after.get(key)}
