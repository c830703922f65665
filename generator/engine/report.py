"""What a build did, and how it tells how far it is."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import msgspec

from generator.problem import Problem

if TYPE_CHECKING:
    from generator.engine.outdated import Change

Track = Callable[[list["Change"]], Iterable["Change"]]
"""Passes on what is rendered piece by piece, and may show how far it is."""


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """What a build did, or why it did nothing."""

    problems: tuple[Problem, ...]
    papers: int = 0
    planned: int = 0
    changes: tuple[tuple[str, str], ...] = ()
    """Path and reason of every page that was rendered."""
    written: int = 0
    removed: int = 0
