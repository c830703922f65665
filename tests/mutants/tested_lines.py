"""Which files of tests run a line of the program, and how long each takes."""

import os
import subprocess
import sys
import time
import warnings
from collections.abc import Container, Iterable, Iterator
from concurrent.futures import Executor
from pathlib import Path
from tempfile import TemporaryDirectory

import coverage
import msgspec
from coverage.exceptions import CoverageWarning

ABOUT_TEXT = ("tests/test_architecture.py", "tests/test_docs.py")
"""Tests of the code's text, which would notice any fault."""
ALONE = ("-p", "no:cacheprovider", "-p", "no:xdist", "--hypothesis-seed=0")
"""Options of pytest with which a run does not depend on another."""
PYTEST = (
    *(sys.executable, "-m", "pytest", *ALONE, "-m", "not node and not soak"),
    *("-o", "faulthandler_timeout=300", "-o", "faulthandler_exit_on_timeout=true"),
)
"""How tests run; one that takes longer than five minutes ends the run as a failure."""
PASSED, NONE_CHOSEN = 0, 5
"""How pytest ends when every test passed, and when all are of the kinds that are left out."""
MEASURED = """\
[run]
source_pkgs = generator
data_file = {}
parallel = true
context = ${{TESTS-}}
patch = _exit, fork
"""
"""How coverage.py measures a process, and all that it starts or forks: with the file of tests as context."""
START = "COVERAGE_PROCESS_START"
"""The variable that has coverage.py begin with each process of Python, and names the file with the above."""


class TestedLines(msgspec.Struct, frozen=True):
    """What a run of each file of tests showed."""

    seconds: dict[str, float]
    """How long a file of tests takes."""
    by_line: dict[str, dict[int, list[str]]]
    """By module and line: the files of tests that run it. A line that runs on import is run by many."""

    def tests_of(self, module: str, line: int) -> list[str]:
        """Return the files of tests that run a line: those in its folder first, the quickest first."""
        by_line = self.by_line.get(module, {})
        tests = by_line.get(counted(by_line, line), ())
        folder = Path("tests", *Path(module).parts[1:-1])
        return sorted(tests, key=lambda test: (Path(test).parent != folder, self.seconds[test]))

    def batches(self, tests: list[str]) -> Iterator[list[str]]:
        """Yield the tests in their order: first those that take ten seconds together, then ever more."""
        batch: list[str] = []
        limit = 10
        for test in tests:
            if batch and sum(self.seconds[known] for known in (*batch, test)) > limit:
                yield batch
                batch = []
                limit *= 2
            batch.append(test)
        if batch:
            yield batch


def counted(lines: Iterable[int], line: int) -> int:
    """Return the line by which Python counts a line: of a long statement not each is counted."""
    return max((number for number in lines if number <= line), default=0)


def run_tests(tests: list[str], checkout: Path, *options: str, **variables: str) -> int:
    """Run files of tests in their order, and return the status that pytest ends with."""
    path = os.pathsep.join(filter(None, (str(checkout), os.environ.get("PYTHONPATH"))))
    environment = os.environ | {"PYTHONPATH": path} | variables
    return subprocess.run(
        [*PYTEST, *options, *tests], cwd=checkout, env=environment, capture_output=True, check=False
    ).returncode


def tested_lines(checkout: Path, pool: Executor) -> TestedLines:
    """Run each file of tests under coverage, in a process of its own: what one caches, the next runs too.

    A file whose tests fail without a fault is named and left out.
    """
    found = sorted(path.relative_to(checkout).as_posix() for path in checkout.glob("tests/**/test_*.py"))
    tests = [test for test in found if test not in ABOUT_TEXT]
    with TemporaryDirectory() as folder:
        settings = Path(folder, "settings")
        settings.write_text(MEASURED.format(Path(folder, "lines")), "utf-8")
        settings.parent.chmod(0o777)  # tests that root runs give up its rights

        def measured(test: str) -> tuple[int, float]:
            begin = time.monotonic()
            status = run_tests([test], checkout, TESTS=test, **{START: str(settings)})
            took = time.monotonic() - begin
            if status not in {PASSED, NONE_CHOSEN}:  # measuring disturbs a test that watches processes
                status = run_tests([test], checkout)
            return status, took

        runs = dict(zip(tests, pool.map(measured, tests), strict=True))
        if failed := [test for test, (status, _) in runs.items() if status not in {PASSED, NONE_CHOSEN}]:
            print(f"left out, as tests fail without a fault: {' '.join(failed)};", end=" ", flush=True)
        seconds = {test: took for test, (status, took) in runs.items() if status == PASSED}
        return TestedLines(seconds, _by_line(settings, checkout, seconds))


def _by_line(settings: Path, checkout: Path, tests: Container[str]) -> dict[str, dict[int, list[str]]]:
    """Return which of the tests run the lines of each module, as coverage.py wrote it down."""
    measured = coverage.Coverage(config_file=str(settings))
    with warnings.catch_warnings(action="ignore", category=CoverageWarning):  # half files of killed processes
        measured.combine([str(settings.parent)])
    data = measured.get_data()
    return {
        Path(module).relative_to(checkout).as_posix(): {
            line: [test for test in ran if test in tests]
            for line, ran in data.contexts_by_lineno(module).items()
        }
        for module in data.measured_files()
        if Path(module).is_relative_to(checkout)  # some tests run a copy of the program
    }
