"""`make mutants`: do the tests notice small faults? `python -m tests.mutants.run [COUNT [SEED]]`.

A sample of faults is tried in one process, with the quick tests (`quick.py`). Meanwhile each file of tests
runs once without a fault, which shows which lines it runs. Then each fault that is left is made in a copy of
the checkout, and the files of tests that run the line run until a test fails; if none does, the type checker
runs. Only tests that need npm, and those of `make soak`, are left out. Prints the faults that nothing
notices, and the rate of each room. Ends with 1 where the whole rate is below the bar.

`equivalent.yaml` lists faults that change nothing a test could see; they are not drawn.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from tempfile import TemporaryDirectory

import msgspec
import yaml

from tests.mutants.changes import Change, changes
from tests.mutants.tested_lines import PASSED, TestedLines, run_tests, tested_lines

ROOT = Path(__file__).parents[2]
EQUIVALENT = Path(__file__).with_name("equivalent.yaml")
BAR = 0.97


def sample(count: int, seed: int) -> list[Change]:
    """Return so many faults, drawn by chance from all that a test could notice, in order of place.

    From version to version the same are drawn, but of lines that changed. Exits if a fault is listed as
    equivalent that cannot be made (any more).
    """
    modules = [path.relative_to(ROOT).as_posix() for path in sorted((ROOT / "generator").rglob("*.py"))]
    found = [change for module in modules for change in changes(module, (ROOT / module).read_text("utf-8"))]
    equivalent = {
        (module, fault["line"], fault["part"], fault["becomes"])
        for module, faults in yaml.safe_load(EQUIVALENT.read_text("utf-8")).items()
        for fault in faults
    }
    if gone := equivalent - set(map(_key, found)):
        sys.exit(f"{EQUIVALENT.name} lists what cannot be made: {sorted(gone)}")
    noticeable = [change for change in found if _key(change) not in equivalent]
    return sorted(sorted(noticeable, key=lambda change: _lot(change, seed))[:count])


def _lot(change: Change, seed: int) -> bytes:
    """Return a fault's number in the draw, which no change of another line alters."""
    return hashlib.sha256(repr((seed, *_key(change))).encode()).digest()


def noticed_quickly(faults: list[Change], checkout: Path) -> set[Change]:
    """Return the faults that quick tests notice, tried in one process."""
    with TemporaryDirectory() as folder:
        given, noticed = Path(folder, "faults"), Path(folder, "noticed")
        given.write_bytes(msgspec.json.encode(faults))
        program = [sys.executable, "-m", "tests.mutants.quick", str(given), str(noticed)]
        subprocess.run(program, cwd=checkout, capture_output=True, check=True)
        return set(msgspec.json.decode(noticed.read_bytes(), type=list[Change]))


def is_noticed(change: Change, tested: TestedLines, checkout: Path) -> bool:
    """Tell whether a test fails with the fault, or the types do not agree."""
    module = checkout / change.module
    source, stat = module.read_text("utf-8"), module.stat()
    module.write_text(change.apply(source), "utf-8")
    try:
        # without the fault Python takes the bytecode of before, so none of the fault is kept
        return any(
            run_tests(tests, checkout, "-x", PYTHONDONTWRITEBYTECODE="1") != PASSED
            for tests in tested.batches(tested.tests_of(change.module, change.line))
        ) or not _is_typed(change.module, checkout)
    finally:
        module.write_text(source, "utf-8")
        os.utime(module, ns=(stat.st_atime_ns, stat.st_mtime_ns))


def _is_typed(module: str, checkout: Path) -> bool:
    checker = [sys.executable, "-m", "mypy", "--strict", module]
    return not subprocess.run(checker, cwd=checkout, capture_output=True, check=False).returncode


def room_of(change: Change) -> str:
    """Return the room of the module with a fault: the folder below generator/, if it has one."""
    return "/".join(Path(change.module).parts[:-1])


def main(count: int, seed: int) -> None:
    """Try a sample of faults, as many at a time as there are cores, and print what was not noticed."""
    faults = sample(count, seed)
    left = []
    with TemporaryDirectory() as folder, ThreadPoolExecutor(os.cpu_count()) as pool:
        original = Path(folder, "0").resolve()
        shutil.copytree(ROOT, original, ignore=_left_out)
        (original / "site").mkdir()
        print("Which tests run which lines:", end=" ", flush=True)
        begin = time.monotonic()
        noticing = pool.submit(noticed_quickly, faults, original)
        tested = tested_lines(original, pool)
        noticed = noticing.result()
        took = (time.monotonic() - begin) / 60
        print(
            f"{took:.0f} minutes. Quick tests notice {len(noticed)} of {count}. Nothing notices:", flush=True
        )

        checkouts: SimpleQueue[Path] = SimpleQueue()
        checkouts.put(original)
        for number in range(1, os.cpu_count() or 1):
            checkouts.put(shutil.copytree(original, original.with_name(str(number))))

        def attempt(change: Change) -> bool:
            checkout = checkouts.get()
            try:
                return is_noticed(change, tested, checkout)
            finally:
                checkouts.put(checkout)

        rest = [change for change in faults if change not in noticed]
        for change, is_seen in zip(rest, pool.map(attempt, rest), strict=True):
            if not is_seen:
                left.append(change)
                print(_shown(change), flush=True)
    print()
    made, kept = Counter(map(room_of, faults)), Counter(map(room_of, left))
    for room in sorted(made):
        print(f"{room:32} {made[room] - kept[room]:4} of {made[room]:4}")
    rate = 1 - len(left) / count
    print(f"{'all':32} {rate:.1%} of {count}, seed {seed}, in {(time.monotonic() - begin) / 60:.0f} minutes")
    sys.exit(rate < BAR)


def _left_out(folder: str, names: list[str]) -> set[str]:
    """Return what of a folder is not copied: what is hidden or made."""
    made = {ROOT / "site", ROOT / "docs" / "site", ROOT / "dist"}
    return {
        name
        for name in names
        if name[0] == "." or name in {"node_modules", "__pycache__"} or Path(folder, name) in made
    }


def _key(change: Change) -> tuple[str, str, str, str]:
    """Return what a fault is known by, wherever in its module the line is."""
    return change.module, change.written, change.part, change.text


def _shown(change: Change) -> str:
    """Return a fault as text: its place, the line, and what takes the place of a part of it."""
    return f"{change.module}:{change.line}: {change.written}\n    {change.part}  becomes  {change.text}"


if __name__ == "__main__":
    main(*(int(given) for given in (*sys.argv[1:], *("200", "1")[len(sys.argv) - 1 :])))
