"""Faults that quick tests notice, tried in one process: `python -m tests.mutants.quick FAULTS NOTICED`.

The tests are collected once. For each fault the process forks; in the fork the changed function has another
code, and the tests that run its line run until one fails. That takes a second; a process of its own, ten.
Faults outside of functions are not tried. Both files have faults as JSON.
"""

import gc
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from importlib import import_module
from pathlib import Path
from types import CodeType, FunctionType
from typing import TypeVar

import coverage
import msgspec
import pytest
from _pytest.runner import runtestprotocol

from tests.mutants.changes import Change
from tests.mutants.tested_lines import ABOUT_TEXT, ALONE, counted

QUICK = "not slow and not browser and not node and not soak"
LONGEST = 20
"""Seconds of tests that a fault is given."""
PATIENCE = 120
"""Seconds after which a fault that has the tests wait is given up."""

T = TypeVar("T")
Key = tuple[str, int, str]
"""What a function is known by: its file, first line, and name with those of what it is in."""
Code = list[tuple[FunctionType, CodeType]]
"""Functions, each with another code."""


class PassedTest(msgspec.Struct, frozen=True):
    """A test that passes without a fault."""

    place: int
    """Among all."""
    seconds: float
    lines: set[tuple[str, int]]
    """Those that it runs, by file."""


class Trial:
    """A plugin of pytest that runs the collected tests with each fault."""

    def __init__(self, root: Path, faults: Sequence[Change]) -> None:
        self._root = root
        self._faults = faults
        self.noticed: list[Change] = []

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Try each fault, in place of running the tests once."""
        for fault in self._faults:  # some are only imported as a command runs
            import_module(fault.module.removesuffix(".py").removesuffix("/__init__").replace("/", "."))
        tests = _by_line(_in_fork(partial(_passed, session.items, self._root), list[PassedTest]) or [])
        functions = _functions(self._root)
        for fault in self._faults:
            code = _changed(fault, self._root, functions)
            chosen = _chosen(tests.get(str(self._root / fault.module), {}), fault.line) if code else ()
            items = [session.items[test.place] for test in chosen]
            failing = _in_fork(partial(_first_failing, items, code), int)
            # what fails in this order without the fault says nothing of it
            if failing and _in_fork(partial(_first_failing, items[:failing], []), int) == 0:
                self.noticed.append(fault)
        return True


def _passed(items: Sequence[pytest.Item], root: Path) -> list[PassedTest]:
    """Run tests under coverage, and return those that pass."""
    measured = coverage.Coverage(data_file=None, source=[str(root / "generator")], config_file=False)
    measured.start()
    seconds: dict[int, float] = {}
    begin = time.monotonic()
    measured.switch_context("0")
    for place, has_passed in enumerate(_outcomes(items)):
        if has_passed:
            seconds[place] = time.monotonic() - begin
        begin = time.monotonic()
        measured.switch_context(str(place + 1))
    measured.stop()
    data = measured.get_data()
    lines: dict[str, set[tuple[str, int]]] = {str(place): set() for place in seconds}
    for path in data.measured_files():
        for line, contexts in data.contexts_by_lineno(path).items():
            for context in lines.keys() & set(contexts):
                lines[context].add((path, line))
    return [PassedTest(place, took, lines[str(place)]) for place, took in seconds.items()]


def _by_line(tests: Sequence[PassedTest]) -> dict[str, dict[int, list[PassedTest]]]:
    """Return the tests that run each line of a file, the quickest first."""
    found: dict[str, dict[int, list[PassedTest]]] = {}
    for test in sorted(tests, key=lambda test: test.seconds):
        for file, line in test.lines:
            found.setdefault(file, {}).setdefault(line, []).append(test)
    return found


def _chosen(by_line: dict[int, list[PassedTest]], line: int) -> list[PassedTest]:
    """Return the quickest tests of a line, as many as there is time for."""
    total, chosen = 0.0, []
    for test in by_line.get(counted(by_line, line), ()):
        if total < LONGEST:
            chosen.append(test)
        total += test.seconds
    return chosen


def _first_failing(items: Sequence[pytest.Item], changed: Code) -> int:
    """Run tests with other code for functions; return the number of the first that fails, 0 if none does."""
    signal.alarm(PATIENCE)
    for function, code in changed:
        function.__code__ = code
    return next((number for number, passed in enumerate(_outcomes(items), start=1) if not passed), 0)


def _outcomes(items: Sequence[pytest.Item]) -> Iterator[bool]:
    """Run tests, and tell of each whether it passed."""
    for item, following in zip(items, (*items[1:], None), strict=True):
        reports = runtestprotocol(item, nextitem=following, log=False)
        yield not any(report.failed for report in reports)


def _functions(root: Path) -> dict[Key, list[FunctionType]]:
    """Return the functions of the program that there are; of an inner one there may be several."""
    found: dict[Key, list[FunctionType]] = {}
    for function in gc.get_objects():
        if isinstance(function, FunctionType) and Path(function.__code__.co_filename).is_relative_to(root):
            found.setdefault(_key(function.__code__), []).append(function)
    return found


def _changed(fault: Change, root: Path, functions: dict[Key, list[FunctionType]]) -> Code:
    """Return the functions in which a fault is, with their new code."""
    module = root / fault.module
    source = module.read_text("utf-8")
    before = dict(_outermost(compile(source, module, "exec", dont_inherit=True), functions))
    after = dict(_outermost(compile(fault.apply(source), module, "exec", dont_inherit=True), functions))
    changed = [key for key in before.keys() & after.keys() if before[key] != after[key]]
    return [(function, after[key]) for key in changed for function in functions[key]]


def _outermost(code: CodeType, functions: dict[Key, list[FunctionType]]) -> Iterator[tuple[Key, CodeType]]:
    """Yield the codes of functions that there are, and not of those in them."""
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            if (key := _key(inner)) in functions:
                yield key, inner
            else:
                yield from _outermost(inner, functions)


def _key(code: CodeType) -> Key:
    return code.co_filename, code.co_firstlineno, code.co_qualname


def _in_fork(work: Callable[[], T], kind: type[T]) -> T | None:
    """Return what a function returns in a fork, which prints nothing; None if the fork breaks off."""
    reading, writing = os.pipe()
    if pid := os.fork():
        os.close(writing)
        with os.fdopen(reading, "rb") as pipe:
            data = pipe.read()
        os.waitpid(pid, 0)
        return msgspec.json.decode(data, type=kind) if data else None
    with suppress(BaseException):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
        data = msgspec.json.encode(work())
        with os.fdopen(writing, "wb") as pipe:
            pipe.write(data)
    os._exit(0)


def main(faults: Path, noticed: Path) -> None:
    """Try the faults of a file, in the checkout that is the working directory, and write those noticed."""
    trial = Trial(Path.cwd(), msgspec.json.decode(faults.read_bytes(), type=list[Change]))
    pytest.main([*ALONE, "-m", QUICK, *(f"--ignore={test}" for test in ABOUT_TEXT), "tests"], plugins=[trial])
    noticed.write_bytes(msgspec.json.encode(trial.noticed))


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
