"""`make mutants`: do the tests notice small faults? `python -m tests.mutants.run [COUNT [SEED]]`.

A sample of faults, one at a time, is made in a copy of the checkout. All faults go through the first pass of
tests, the cheapest; those that it does not notice go through the next, which is wider: the tests near the
fault, the slow ones too, all quick ones, all that need neither a browser nor npm. Before, the same tests must
pass without a fault. Prints of each pass the faults that it does not notice, and at the end the rate of each
room. Ends with 1 where the whole rate is below the bar.
"""

import os
import random
import shutil
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from tempfile import TemporaryDirectory

import msgspec

from tests.mutants.changes import Change, changes

ROOT = Path(__file__).parents[2]
BAR = 0.97
QUICK = "not slow and not browser and not node and not soak"
WHOLE = "not browser and not node and not soak"
ABOUT_TEXT = ("tests/test_architecture.py", "tests/test_docs.py")
"""Tests of the code's text, which would notice any fault."""
TESTED_ELSEWHERE = {
    "cli": ("tests/commands", "tests/mail", "tests/test_cli.py"),
    "desk": ("tests/desk", "tests/serve/test_desk.py"),
    "publication": ("tests/commands", "tests/website/feeds", "tests/website/test_addresses.py"),
    "starter": ("tests/starter", "tests/commands/test_init.py"),
    "__main__.py": ("tests/test_cli.py", "tests/test_files.py"),
    "model.py": ("tests/records", "tests/website/api"),
    "problem.py": ("tests/records", "tests/commands/test_check.py", "tests/commands/test_fix.py"),
    "processes.py": ("tests/test_processes.py", "tests/engine", "tests/listings", "tests/test_cli.py"),
    "settings.py": ("tests/starter", "tests/library", "tests/commands/test_check.py"),
}
"""Where rooms and modules are tested, if not only in a folder, file or command's test of their name."""
PYTEST = (
    *(sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "-p", "no:xdist"),
    "--hypothesis-seed=0",
)
PATIENCE = ("-o", "faulthandler_timeout=600", "-o", "faulthandler_exit_on_timeout=true")
"""A fault that makes a test run longer is noticed."""
NOT_NOTICED = {0, 5}
"""How pytest ends when every test passed, and when there was none."""


class Pass(msgspec.Struct, frozen=True):
    """Which tests run for a fault: those near it or all, and how they are marked."""

    name: str
    marks: str
    is_near: bool = False


PASSES = (
    Pass("quick tests of the room", QUICK, is_near=True),
    Pass("all tests of the room", WHOLE, is_near=True),
    Pass("all quick tests", QUICK),
    Pass("all tests", WHOLE),
)


def sample(count: int, seed: int) -> list[Change]:
    """Return so many faults, drawn from all that can be made, in order of place."""
    modules = [path.relative_to(ROOT).as_posix() for path in sorted((ROOT / "generator").rglob("*.py"))]
    found = [change for module in modules for change in changes(module, (ROOT / module).read_text("utf-8"))]
    return sorted(random.Random(seed).sample(found, count))


def nearness(module: str, test: str) -> tuple[bool, bool, bool]:
    """Say how near a file of tests is to a module: of the same room, of the same name, in the same folder.

    The tests mirror the rooms: `generator/website/feeds/entries.py` is tested in `tests/website/feeds/`, and
    if there is a `test_entries.py`, in that above all.
    """
    room = Path(module).parts[1]
    rooms = TESTED_ELSEWHERE.get(
        room, (f"tests/{room}", f"tests/test_{room}", f"tests/commands/test_{room}.py")
    )
    of_room = any(Path(test).is_relative_to(known) for known in rooms)
    folder = Path("tests", *Path(module).parts[1:-1])
    return of_room, of_room and Path(test).name == f"test_{Path(module).name}", Path(test).parent == folder


def is_noticed(change: Change, by: Pass, checkout: Path) -> bool:
    """Tell whether a test of a pass fails with the fault; the nearest run first."""
    tests = sorted(_tests(checkout), key=lambda test: nearness(change.module, test), reverse=True)
    chosen = [test for test in tests if nearness(change.module, test)[0] or not by.is_near]
    module = checkout / change.module
    source = module.read_text("utf-8")
    module.write_text(change.apply(source), "utf-8")
    try:
        return bool(chosen) and _fail(chosen, by.marks, checkout)
    finally:
        module.write_text(source, "utf-8")


def _tests(checkout: Path) -> list[str]:
    """Return the files of tests, but those of the code's text."""
    found = [
        path.relative_to(checkout).as_posix() for path in sorted((checkout / "tests").rglob("test_*.py"))
    ]
    return [test for test in found if test not in ABOUT_TEXT]


def _fail(tests: list[str], marks: str, checkout: Path) -> bool:
    """Tell whether one of the tests fails."""
    path = os.pathsep.join(filter(None, (str(checkout), os.environ.get("PYTHONPATH"))))
    done = subprocess.run(
        [*PYTEST, *PATIENCE, "-m", marks, *tests],
        cwd=checkout,
        env={**os.environ, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        check=False,
    )
    return done.returncode not in NOT_NOTICED


def room_of(change: Change) -> str:
    """Return the room of the module with a fault: the folder below generator/, if it has one."""
    return "/".join(Path(change.module).parts[:-1])


def _left_out(folder: str, names: list[str]) -> set[str]:
    """Return what of a folder is not copied: what is hidden or made."""
    made = {ROOT / "site", ROOT / "docs" / "site", ROOT / "dist"}
    return {name for name in names if name[0] == "." or name == "node_modules" or Path(folder, name) in made}


def main(count: int, seed: int) -> None:
    """Try a sample of faults, as many at a time as there are cores, and print what was not noticed."""
    faults = left = sample(count, seed)
    with TemporaryDirectory() as folder, ThreadPoolExecutor(os.cpu_count()) as pool:
        checkouts: SimpleQueue[Path] = SimpleQueue()
        for number in range(os.cpu_count() or 1):
            checkout = Path(folder, str(number))
            shutil.copytree(ROOT, checkout, ignore=_left_out)
            (checkout / "site").mkdir()
            checkouts.put(checkout)

        def attempt(change: Change, by: Pass) -> bool:
            checkout = checkouts.get()
            try:
                return is_noticed(change, by, checkout)
            finally:
                checkouts.put(checkout)

        for by in PASSES:
            if by.is_near and _fail(_tests(ROOT), by.marks, checkout):
                sys.exit(f"Without a fault, one of the tests fails that are {by.marks}.")
            print(f"\nNot noticed by the {by.name}, of {len(left)}:", flush=True)
            tried, left = left, []
            for change, is_seen in zip(tried, pool.map(attempt, tried, [by] * len(tried)), strict=True):
                if not is_seen:
                    left.append(change)
                    print(_shown(change), flush=True)
    print()
    made, kept = Counter(map(room_of, faults)), Counter(map(room_of, left))
    for room in sorted(made):
        print(f"{room:32} {made[room] - kept[room]:4} of {made[room]:4}")
    rate = 1 - len(left) / count
    print(f"{'all':32} {rate:.1%} of {count}, seed {seed}")
    sys.exit(rate < BAR)


def _shown(change: Change) -> str:
    """Return a fault as text: its place, the line, and what takes the place of a part of it."""
    line = (ROOT / change.module).read_text("utf-8").splitlines()[change.line - 1].encode()
    part = line[change.start : change.end].decode()
    return f"{change.module}:{change.line}: {line.decode().strip()}\n    {part}  becomes  {change.text}"


if __name__ == "__main__":
    main(*(int(given) for given in (*sys.argv[1:], *("200", "1")[len(sys.argv) - 1 :])))
