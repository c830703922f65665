"""`make mutants`: do the tests notice small faults? `python -m tests.mutants.run [COUNT [SEED]]`.

A sample of faults, one at a time, is made in a copy of the checkout. First the tests of the room run, then
the quick ones, then all that need neither a browser nor npm. Prints each fault that no test notices and the
rate of each room, and ends with 1 where the whole rate is below the bar.
"""

import os
import random
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from tempfile import TemporaryDirectory

from tests.mutants.changes import Change, changes

ROOT = Path(__file__).parents[2]
BAR = 0.97
QUICK = "not slow and not browser and not node and not soak"
WHOLE = "not browser and not node and not soak"
ABOUT_TEXT = ("tests/test_architecture.py", "tests/test_docs.py")
"""Tests of the code's text, which would notice any fault."""
PATIENCE = 900
"""Seconds; a fault that makes the tests run longer is noticed."""


def sample(count: int, seed: int) -> list[Change]:
    """Return so many faults, drawn from all that can be made, in order of place."""
    modules = [path.relative_to(ROOT).as_posix() for path in sorted((ROOT / "generator").rglob("*.py"))]
    found = [change for module in modules for change in changes(module, (ROOT / module).read_text("utf-8"))]
    return sorted(random.Random(seed).sample(found, count))


def runs(change: Change) -> Iterator[list[str]]:
    """Yield the arguments of pytest for a fault, the runs that are likely to notice it first."""
    room = Path("tests", *Path(change.module).parts[1:2])
    if (ROOT / room).is_dir():
        yield [str(room), "-m", QUICK]
    yield ["-m", QUICK]
    yield ["-m", WHOLE]


def is_noticed(change: Change, checkout: Path) -> bool:
    """Tell whether a test fails with the fault."""
    module = checkout / change.module
    source = module.read_text("utf-8")
    module.write_text(change.apply(source), "utf-8")
    path = os.pathsep.join(filter(None, (str(checkout), os.environ.get("PYTHONPATH"))))
    ignored = [f"--ignore={test}" for test in ABOUT_TEXT]
    try:
        return any(_fails([*run, *ignored], checkout, path) for run in runs(change))
    finally:
        module.write_text(source, "utf-8")


def _fails(arguments: list[str], checkout: Path, path: str) -> bool:
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *arguments]
    try:
        done = subprocess.run(
            command,
            cwd=checkout,
            env={**os.environ, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            timeout=PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return True
    return done.returncode != 0


def room_of(change: Change) -> str:
    """Return the room of the module with a fault: the folder below generator/, if it has one."""
    return "/".join(Path(change.module).parts[:-1])


def main(count: int, seed: int) -> None:
    """Try a sample of faults, two at a time, and print what was not noticed."""
    noticed: Counter[str] = Counter()
    made: Counter[str] = Counter()
    with TemporaryDirectory() as folder, ThreadPoolExecutor(os.cpu_count()) as pool:
        checkouts: SimpleQueue[Path] = SimpleQueue()
        for number in range(os.cpu_count() or 1):
            checkout = Path(folder, str(number))
            shutil.copytree(ROOT, checkout, ignore=shutil.ignore_patterns(".*", "site", "node_modules"))
            (checkout / "site").mkdir()
            checkouts.put(checkout)

        def attempt(change: Change) -> bool:
            checkout = checkouts.get()
            try:
                return is_noticed(change, checkout)
            finally:
                checkouts.put(checkout)

        faults = sample(count, seed)
        for change, is_seen in zip(faults, pool.map(attempt, faults), strict=True):
            made[room_of(change)] += 1
            noticed[room_of(change)] += is_seen
            if not is_seen:
                line = (ROOT / change.module).read_text("utf-8").splitlines()[change.line - 1].strip()
                print(f"{change.module}:{change.line}: {line}\n  not noticed: {change.text}", flush=True)
    for room in sorted(made):
        print(f"{room:32} {noticed[room]:4} of {made[room]:4}")
    rate = sum(noticed.values()) / count
    print(f"{'all':32} {rate:.1%} of {count}, seed {seed}")
    sys.exit(rate < BAR)


if __name__ == "__main__":
    main(*(int(given) for given in (*sys.argv[1:], *("200", "1")[len(sys.argv) - 1 :])))
