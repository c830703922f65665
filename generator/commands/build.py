"""The build: whether anything is to be done at all, and one build at a time.

Unchanged content is told by one digest of all that a build reads, and by the state of all files it wrote;
what renders pages is imported only where a page may have changed.
"""

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

from generator.engine import bundle
from generator.engine.ledger import Past, Store, inputs_digest
from generator.engine.output import Output
from generator.engine.page import SEARCH
from generator.engine.report import Report, Track
from generator.engine.templates import read_templates
from generator.library.paths import content_digests
from generator.problem import Location, error

if TYPE_CHECKING:
    from generator.engine.page import Planner
    from generator.engine.workers import Workers

PATIENCE = 2.0
"""Seconds to wait for another build: the processes of one that was killed end soon after it."""


def build(
    root: Path,
    out: Path,
    *,
    clean: bool = False,
    stage: str | None = None,
    planners: "tuple[Planner, ...]" = (),
    workers: "Workers | None" = None,
    track: Track = iter,
) -> Report:
    """Bring the output of the digest at `root` up to date, and report it.

    With `clean`, every page is rendered and written anew, and files in the way are overwritten. With
    `stage`, pages of that stage alone are rendered. `planners` stand in for the site's own. Large work is
    shared among `workers`, with the same bytes out. Any error in content or templates leaves the output as it
    was.
    """
    store, output = Store.of(root, out), Output(str(out))
    try:
        with _locked(store.lock) as alone:
            if not alone:
                message, hint = "Another build is writing here.", "Wait until it is done."
                return Report(problems=(error(Location(path=str(out)), message, hint),))
            past = store.read()
            digests = content_digests(root) if past.inputs else {}
            inputs = inputs_digest(digests, read_templates(root).files, planners, stage)
            if not clean and inputs == past.inputs and _stands(output, store, past, stage):
                return Report(problems=(), papers=past.papers, planned=len(past.rows))

            from generator.commands.build_site import update
            from generator.engine.install import Target

            target = Target(
                output=output,
                store=store,
                past=past,
                digests=digests,
                clean=clean,
                stage=stage,
                planners=planners,
            )
            return update(root, target, workers, track)
    except OSError as flaw:
        place = Location(path=str(flaw.filename or out))
        message = f"The file system says: {flaw.strerror}."
        return Report(problems=(error(place, message, "Mend that and build again; nothing is lost."),))


def _stands(output: Output, store: Store, past: Past, stage: str | None) -> bool:
    """Tell whether all that the last build wrote is as it left it."""
    if past.journal or not output.holds(past.rows):
        return False
    return stage not in {None, SEARCH} or bundle.is_current(store, output, past.inputs)


@contextmanager
def _locked(path: Path) -> Iterator[bool]:
    """Yield whether this build alone holds the lock, until the block ends or its processes die."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as file:
        end = time.monotonic() + PATIENCE
        while not (alone := _locks(file)) and time.monotonic() < end:
            time.sleep(0.01)
        yield alone


def _locks(file: IO[str]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
