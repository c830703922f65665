"""Record that something published may vanish, and why."""

import difflib
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from generator.engine.page import by_path, plan
from generator.files import write_file
from generator.library.library import Library
from generator.library.paths import PUBLISHED
from generator.library.register import (
    FeedRow,
    PublishedAddress,
    PublishedEntry,
    PublishedRow,
    Register,
    encode_register,
)
from generator.library.snapshot import read_library
from generator.problem import Location, Problem, error, has_error
from generator.publication.guard import Loss, losses, owner_of
from generator.website.planners import PLANNERS
from generator.website.urls import absolute


class LetGoReport(msgspec.Struct, frozen=True, kw_only=True):
    """What may vanish now, or why nothing was written."""

    problems: tuple[Problem, ...] = ()
    losses: tuple[Loss, ...] = ()


def let_go(root: Path, given: Iterable[str], why: str) -> LetGoReport:
    """Write the reason into the register's rows of all that belongs to these addresses; return these losses.

    An address is that of a page, with or without the site's URL, or the identity of a feed entry. Nothing is
    written if one of them is not about to vanish.
    """
    content = read_library(root)
    library = content.library
    if library is None or has_error(content.problems):
        return LetGoReport(problems=content.problems)
    by_paths, clashes = by_path(plan(library, PLANNERS))
    if clashes:
        return LetGoReport(problems=tuple(clashes))
    lost = {loss.owner: loss for loss in losses(library, by_paths.values())}
    owners = dict.fromkeys(one if one in lost else _owner(library, one) for one in given)
    flaws = tuple(_not_lost(library.published, lost, owner) for owner in owners if owner not in lost)
    if flaws:
        return LetGoReport(problems=flaws)
    chosen = tuple(lost[owner] for owner in owners)
    write_file(root / PUBLISHED, encode_register(_rows(library.published, chosen, why)))
    return LetGoReport(losses=chosen)


def _owner(library: Library, address: str) -> str:
    path = address.removeprefix(absolute(library.site.url, "")).removeprefix("/")
    known = library.published.entries.get(path)
    return owner_of(known.url if known else path)


def _not_lost(register: Register, lost: Iterable[str], owner: str) -> Problem:
    place = Location(path=PUBLISHED)
    if any(owner_of(url) == owner for url in register.addresses):
        hint = "Remove it first: delete its record, or write `hide: true` there."
        return error(place, f"{owner} is not about to vanish.", hint)
    near = difflib.get_close_matches(owner, list(lost))
    hint = f"Did you mean {near[0]}?" if near else "`broadsheet preview` names what would vanish."
    return error(place, f"{owner} was never published.", hint)


def _rows(register: Register, chosen: Iterable[Loss], why: str) -> Iterator[PublishedRow]:
    """Yield the register's rows, those of the losses with the reason."""
    gone = {name for loss in chosen for name in (*loss.addresses, *loss.entries)}
    for row in register.rows:
        match row:
            case FeedRow(id=name) if name in gone and name not in register.entries:
                continue  # of a time when entries had no row to hold the reason
            case FeedRow():
                yield row
            case PublishedEntry(id=name) | PublishedAddress(url=name):
                yield msgspec.structs.replace(row, let_go=why) if name in gone else row
