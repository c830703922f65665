"""Watch a digest's files: read what an event names at once, and rescan all files when no more events come."""

import logging
import time
import traceback
import warnings
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from threading import Condition, Thread

from watchdog import events
from watchdog.observers import Observer
from watchdog.observers.polling import PollingObserver

from generator.engine.templates import SHIPPED
from generator.serve.schedule import Action, Schedule, after_event, after_rescan, next_action

EVENT_TYPES: list[type[events.FileSystemEvent]] = [
    *(events.FileClosedEvent, events.FileMovedEvent, events.FileCreatedEvent, events.FileModifiedEvent),
    *(events.FileDeletedEvent, events.DirMovedEvent, events.DirCreatedEvent, events.DirDeletedEvent),
    *(events.FileAttribEvent, events.DirAttribEvent),  # what may be read changes with its permissions
]
"""Opening and reading are left out: the server's own reading would trigger them without end."""
FOLDERS = ("content", "content/papers", "content/pages", "content/issues", "content/images", "templates")
"""Watched folders; each may be a symbolic link."""
POLL_INTERVAL = 0.5
"""Seconds."""
LOOK = 1.0
"""Seconds after which the root is looked for: no event says that it was moved, or is back."""
OVERFLOW = 1000
"""Events after which some may be lost: the system queues 16,384 and drops the rest."""


class Watcher(events.FileSystemEventHandler):
    """Calls `update` with the files that changed, and takes the steps of `rescan`, in a thread of its own.

    A rescan begins at the start and after each quiet period; files that change meanwhile are read before its
    next step. Exceptions that `update` or `rescan` raise are printed, and watching goes on.
    """

    def __init__(
        self,
        root: Path,
        update: Callable[[frozenset[Path]], None],
        rescan: Callable[[], Iterator[None]],
        tell: Callable[[str], None],
        *,
        poll: bool,
    ) -> None:
        self._root = root
        self._identity = _identity(root)
        """Of the folder that is at the root's place; None while none is."""
        self._tell = tell
        self._folders = [root / name for name in FOLDERS]
        self._update = update
        self._rescan = rescan
        self._steps: Iterator[None] = iter(())
        """The remaining steps of the rescan."""
        self._observer = PollingObserver(timeout=POLL_INTERVAL) if poll else Observer()
        self._worker = Thread(target=self._work, name="watcher", daemon=True)
        self._signal = Condition()
        self._schedule = Schedule(rescan_at=time.monotonic())
        self._changed: set[Path] = set()
        self._rewatch = False
        """Whether a watched folder itself came, went or moved, so that watching it may have ended."""
        self._stopped = False

    def start(self) -> None:
        """Begin to watch; raise OSError where the system reports no changes."""
        # watchdog warns where it finds a new folder twice, by walking and by its event: harmless
        warnings.filterwarnings("ignore", "Callback with id", RuntimeWarning)
        logging.getLogger("watchdog").addHandler(logging.NullHandler())  # it says that a watch has ended
        self._watch_folders()
        self._observer.start()
        self._worker.start()

    def stop(self) -> None:
        """Stop watching, after the update that is under way."""
        with self._signal:
            self._stopped = True
            self._signal.notify()
        self._worker.join()
        self._observer.stop()
        self._observer.join()

    def on_any_event(self, event: events.FileSystemEvent) -> None:
        """Note what changed and when to read it."""
        source, target = Path(str(event.src_path)), Path(str(event.dest_path or event.src_path))
        if source in self._folders or target in self._folders:
            self._rewatch = True
        elif self._root in {source.parent, target.parent}:
            return  # neither content nor templates
        complete = event.event_type in {"closed", "moved"} and not _is_temporary(target)
        if not complete and _is_temporary(source):
            return
        paths = (path for path in (source, target) if not _is_temporary(path))
        with self._signal:
            # a folder that came or went has changed the folder that holds it
            self._changed.update(path.parent if event.is_directory else path for path in paths)
            due = self._schedule.read_at
            self._schedule = after_event(self._schedule, time.monotonic(), complete=complete)
            if self._schedule.read_at < due:
                self._signal.notify()

    def _work(self) -> None:
        while action := self._next():
            try:
                action()
            except Exception:
                traceback.print_exc()

    def _next(self) -> Callable[[], None] | None:
        """Wait until there is something to do, and return it; None when stopped."""
        with self._signal:
            while not self._stopped:
                if not self._has_root():
                    self._signal.wait(LOOK)
                    continue
                now = time.monotonic()
                events_before = self._schedule.events
                action, self._schedule = next_action(self._schedule, now)
                match action:
                    case Action.READ:
                        changed = frozenset(self._changed)
                        self._changed.clear()
                        return lambda: self._read(changed)
                    case Action.START_RESCAN:
                        self._rewatch |= events_before > OVERFLOW
                        self._steps = self._rescan()
                    case Action.STEP_RESCAN:
                        return self._step_rescan
                    case Action.WAIT:
                        timeout = self._schedule.timeout(now)
                        self._signal.wait(LOOK if timeout is None else min(LOOK, timeout))
        return None

    def _has_root(self) -> bool:
        """Tell whether the root is there; where another is in its place, or it is back, read all again."""
        found, before = _identity(self._root), self._identity
        if found != before:
            self._identity = found
            if found:
                self._rewatch = True
                self._schedule = self._schedule._replace(rescan_at=time.monotonic())
                self._tell(f"{self._root} is {'another folder now' if before else 'back'}.")
            else:
                self._tell(f"{self._root} is gone. What was read last is served until it is back.")
        return found is not None

    def _read(self, changed: frozenset[Path]) -> None:
        self._watch_new_folders()
        if changed:
            self._update(changed)

    def _step_rescan(self) -> None:
        self._watch_new_folders()
        ended = True  # a rescan that fails is given up
        try:
            ended = next(self._steps, _END) is _END
        finally:
            if ended:
                with self._signal:
                    self._schedule = after_rescan(self._schedule)

    def _watch_new_folders(self) -> None:
        if self._rewatch:
            self._rewatch = False
            self._observer.unschedule_all()
            with suppress(FileNotFoundError):  # the root is gone: it is looked for
                self._watch_folders()

    def _watch_folders(self) -> None:
        """Watch all folders that exist, and the root, where others may appear."""
        self._observer.schedule(self, str(self._root), event_filter=EVENT_TYPES)
        real = {folder.resolve() for folder in (*self._folders, SHIPPED) if folder.is_dir()}
        for folder in real:
            if not real.intersection(folder.parents):
                with suppress(FileNotFoundError):  # removed again: its return is an event in the folder above
                    self._observer.schedule(self, str(folder), recursive=True, event_filter=EVENT_TYPES)


_END = object()


def _identity(root: Path) -> tuple[int, int] | None:
    """Return what tells a folder from another at its place; None where there is none."""
    try:
        found = root.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _is_temporary(path: Path) -> bool:
    """Tell whether a file is one that editors leave next to the edited one."""
    return path.name.startswith(".") or path.name.endswith("~")
