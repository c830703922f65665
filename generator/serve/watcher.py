"""Watching a digest's files: what an event names is looked at at once, and all else when it is calm."""

import time
import traceback
import warnings
from collections.abc import Callable, Iterator
from contextlib import suppress
from math import inf
from pathlib import Path
from threading import Condition, Thread

from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.polling import PollingObserver

from generator.engine.templates import SHIPPED

EVENTS: list[type[FileSystemEvent]] = [
    FileClosedEvent,
    FileMovedEvent,
    FileCreatedEvent,
    FileModifiedEvent,
    FileDeletedEvent,
    DirMovedEvent,
    DirCreatedEvent,
    DirDeletedEvent,
]
"""What is asked for. Opening and reading are not among it, or our own reading would never end."""
NAMED = ("content", "content/papers", "content/pages", "templates")
"""Folders that are watched; each may be a link to elsewhere."""
PATIENCE = 0.05
"""Seconds that a file may be gone or half-written before it is taken as it is. Editors save in steps: they
empty the file or move it away, write, and close it or move the new one in place. On that last step we act at
once."""
POLL = 0.5
"""Seconds between two polls."""
MANY = 1000
"""Events after which some may have been lost: the system keeps 16,384 that wait and drops the rest."""
CALM = 1.0
"""Seconds without events after which a survey begins."""

Look = Callable[[frozenset[Path]], None]
Survey = Callable[[], Iterator[None]]


class Watch(FileSystemEventHandler):
    """Calls `look` with what changed, in a thread of its own, and takes the steps of a `survey` of all else.

    A survey begins at the start, and when no more changes come. A change that comes meanwhile is looked at
    before its next step. What they raise is printed, and the watch goes on.
    """

    def __init__(self, root: Path, look: Look, survey: Survey, *, poll: bool) -> None:
        self._root = root
        self._named = [root / name for name in NAMED]
        self._look = look
        self._survey = survey
        self._observer = PollingObserver(timeout=POLL) if poll else Observer()
        self._worker = Thread(target=self._work, name="look", daemon=True)
        self._signal = Condition()
        self._changed: set[Path] = set()
        self._due = inf
        self._survey_due = time.monotonic()
        self._under_way: Iterator[None] | None = None
        """What is left of a survey."""
        self._events = 0
        """How many came since the last survey."""
        self._stale = False
        """Whether a watched folder itself came, went or moved, so that its watch may be dead."""
        self._ended = False

    def start(self) -> None:
        """Begin to watch; raise OSError where the system reports no changes."""
        # watchdog warns where it finds a new folder twice, by walking and by its event; that does no harm.
        warnings.filterwarnings("ignore", "Callback with id", RuntimeWarning)
        self._watch_folders()
        self._observer.start()
        self._worker.start()

    def stop(self) -> None:
        """End the watch, after the look that is under way."""
        with self._signal:
            self._ended = True
            self._signal.notify()
        self._worker.join()
        self._observer.stop()
        self._observer.join()

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Take note of what changed, and of when to look at it."""
        source, target = Path(str(event.src_path)), Path(str(event.dest_path or event.src_path))
        if source in self._named or target in self._named:
            self._stale = True
        elif self._root in {source.parent, target.parent}:
            return  # beside the content and the templates
        # of a folder that came or went, it is the folder around it that changed
        changed = {
            path.parent if event.is_directory else path for path in (source, target) if _is_content(path)
        }
        if event.event_type in {"closed", "moved"} and _is_content(target):
            self._look_within(0, changed)
        elif _is_content(source):
            self._look_within(PATIENCE, changed)

    def _look_within(self, seconds: float, changed: set[Path]) -> None:
        now = time.monotonic()
        with self._signal:
            self._changed.update(changed)
            self._events += 1
            self._survey_due = now + CALM
            if now + seconds < self._due:
                self._due = now + seconds
                self._signal.notify()

    def _work(self) -> None:
        while not self._ended:
            try:
                self._work_once()
            except Exception:
                traceback.print_exc()

    def _work_once(self) -> None:
        """Wait until a look or a step of a survey is due, and take it; a look goes first."""
        changed = self._wait()
        if self._stale:
            self._stale = False
            self._observer.unschedule_all()
            self._watch_folders()
        if changed:
            self._look(changed)
        elif self._under_way:
            survey, self._under_way = self._under_way, None  # one that raises is not gone on with
            if next(survey, _END) is not _END:
                self._under_way = survey

    def _wait(self) -> frozenset[Path]:
        """Wait until there is something to do; return what changed, nothing where a survey goes on."""
        with self._signal:
            while not self._ended:
                now = time.monotonic()
                if self._due <= now:
                    changed = frozenset(self._changed)
                    self._changed.clear()
                    self._due = inf
                    return changed
                if self._survey_due <= now:
                    self._stale |= self._events > MANY
                    self._events, self._survey_due, self._under_way = 0, inf, self._survey()
                if self._under_way:
                    break
                left = min(self._due, self._survey_due) - now
                self._signal.wait(None if left == inf else left)
        return frozenset()

    def _watch_folders(self) -> None:
        """Watch all folders that are there; the root, in case that one appears later."""
        self._observer.schedule(self, str(self._root), event_filter=EVENTS)
        real = {folder.resolve() for folder in (*self._named, SHIPPED) if folder.is_dir()}
        for folder in real:
            if not real.intersection(folder.parents):
                with suppress(FileNotFoundError):  # gone again: its return is an event in the folder above
                    self._observer.schedule(self, str(folder), recursive=True, event_filter=EVENTS)


_END = object()


def _is_content(path: Path) -> bool:
    """Tell a file from the traces that editors leave beside it."""
    return not path.name.startswith(".") and not path.name.endswith("~")
