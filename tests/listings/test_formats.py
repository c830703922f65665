"""Every format, by example: ``FORMAT/NAME.EXTENSION`` and what it gives, ``FORMAT/NAME.expected.yaml``."""

from pathlib import Path

import msgspec
import pytest

from generator.listings import FORMATS, Entry, Span, issue_of, parse
from generator.problem import Problem

HERE = Path(__file__).parent
EXAMPLES = sorted(path for path in HERE.glob("*/*.*") if path.suffix not in (".py", ".pyc", ".yaml"))


class Expected(msgspec.Struct, forbid_unknown_fields=True):
    entries: tuple[Entry, ...] = ()
    problems: tuple[str, ...] = ()
    """Severity, place, lines where there are several, and message."""
    boilerplate: tuple[Span, ...] = ()


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_example(example: Path) -> None:
    expected = msgspec.yaml.decode(example.with_suffix(".expected.yaml").read_bytes(), type=Expected)
    parsed = parse(example.read_bytes(), example.name, issue_of(example.name))
    assert parsed.entries == expected.entries
    assert tuple(map(_summary, parsed.problems)) == expected.problems
    assert parsed.boilerplate == expected.boilerplate


def test_every_format_has_examples() -> None:
    assert {path.parent.name for path in EXAMPLES} == {form.NAME for form in FORMATS}


def test_a_format_s_module_bears_its_name() -> None:
    modules = {form.NAME: form.parse.__module__.rpartition(".")[2] for form in FORMATS}
    assert modules == {name: name.replace("-", "_") for name in modules}


def _summary(problem: Problem) -> str:
    place = problem.location
    lines = f"{place.line}-{place.last_line}" if place.last_line else f"{place.line}"
    column = f":{place.column}" if place.column else ""
    return f"{problem.severity} {lines}{column} {problem.message}"
