"""Maps that differ from a large one in a few values: a change takes time for these values only."""

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import TypeVar

V = TypeVar("V")

MOST = 500
"""Changed values after which a plain map is made."""


class Patched(Mapping[str, V]):
    """A map that differs from another in some values. It never changes."""

    __slots__ = ("base", "patch")

    def __init__(self, base: Mapping[str, V], patch: Mapping[str, V | None]) -> None:
        self.base = base
        self.patch = patch
        """None where a key was removed."""

    def __getitem__(self, key: str) -> V:
        if key not in self.patch:
            return self.base[key]
        value = self.patch[key]
        if value is None:
            raise KeyError(key)
        return value

    def __iter__(self) -> Iterator[str]:
        keys = chain(self.base, (key for key in self.patch if key not in self.base))
        return (key for key in keys if key not in self.patch or self.patch[key] is not None)

    def __len__(self) -> int:
        known = sum(key in self.base for key in self.patch)
        return len(self.base) - known + sum(value is not None for value in self.patch.values())


def patched(before: Mapping[str, V], changes: Mapping[str, V | None]) -> Mapping[str, V]:
    """Return a map with changed values; None removes a key."""
    if not changes:
        return before
    base, patch = _base_and_patch(before)
    patch = {**patch, **changes}
    if len(patch) <= MOST:
        return Patched(base, patch)
    return {key: value for key, value in {**base, **patch}.items() if value is not None}


def differing(before: Mapping[str, V], after: Mapping[str, V]) -> set[str]:
    """Return the keys whose values are not the same objects."""
    if before is after:
        return set()
    base, patch = _base_and_patch(before)
    other_base, other_patch = _base_and_patch(after)
    keys = {*patch, *other_patch} if base is other_base else {*before, *after}
    return {key for key in keys if before.get(key) is not after.get(key)}


def _base_and_patch(values: Mapping[str, V]) -> tuple[Mapping[str, V], Mapping[str, V | None]]:
    return (values.base, values.patch) if isinstance(values, Patched) else (values, {})
