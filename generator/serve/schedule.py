"""When the watcher reads changed files and when it rescans all: a state machine without clock or threads.

Changed files may wait to be read (`read_at`); a rescan may be due (`rescan_at`) or under way (`rescanning`).
Changed files are read before a rescan and between its steps:

    after_event:  waiting -> read due, rescan due      (and puts off a rescan that is due)
    next_action:  read due -> READ                     else
                  rescan due -> START_RESCAN           else
                  rescanning -> STEP_RESCAN            else WAIT
    after_rescan: rescanning -> waiting
"""

from enum import Enum, auto
from math import inf
from typing import NamedTuple

DEBOUNCE = 0.05
"""Seconds that a file may be missing or half-written before it is read as it is. Editors save in steps: they
empty the file or move it away, write, and close it or move the new one in place. After the last step it is
read at once."""
QUIET = 1.0
"""Seconds without events after which a rescan begins."""


class Action(Enum):
    """What the watcher does next."""

    READ = auto()
    START_RESCAN = auto()
    STEP_RESCAN = auto()
    WAIT = auto()


class Schedule(NamedTuple):
    """The state of the watcher. Times are seconds of a monotonic clock; `inf` is never."""

    read_at: float = inf
    rescan_at: float = inf
    rescanning: bool = False
    events: int = 0
    """Events since the last rescan began."""

    def timeout(self, now: float) -> float | None:
        """Return the seconds to wait when there is nothing to do; None to wait for an event."""
        due = min(self.read_at, self.rescan_at)
        return None if due == inf else due - now


def after_event(before: Schedule, now: float, *, complete: bool) -> Schedule:
    """Return the schedule after an event. A `complete` file, closed or moved in place, is read at once."""
    read_at = min(before.read_at, now if complete else now + DEBOUNCE)
    return before._replace(read_at=read_at, rescan_at=now + QUIET, events=before.events + 1)


def after_rescan(before: Schedule) -> Schedule:
    """Return the schedule after the last step of a rescan, or after one that failed."""
    return before._replace(rescanning=False)


def next_action(before: Schedule, now: float) -> tuple[Action, Schedule]:
    """Return what is to be done now, and the schedule once it has begun."""
    if before.read_at <= now:
        return Action.READ, before._replace(read_at=inf)
    if before.rescan_at <= now:
        return Action.START_RESCAN, before._replace(rescan_at=inf, rescanning=True, events=0)
    return Action.STEP_RESCAN if before.rescanning else Action.WAIT, before
