"""What is read of records, whole and broken, and what is told, text by text."""

from pathlib import Path

import pytest
import yaml

from generator.listings import Entry, parse
from generator.problem import Problem

TABLE = yaml.safe_load(Path(__file__).with_name("records.yaml").read_text("utf-8"))
RECORDS = {
    "semantic-scholar": ('{"paperId": "a", "title": "Pears"}', '{"paperId": "b", "title": "Figs"}'),
    "arxiv-atom": (
        "<entry><id>2510.00001</id><title>Pears</title></entry>",
        "<entry><id>2510.00002</id><title>Figs</title></entry>",
    ),
}
STATED = (
    *("title", "abstract", "arxiv", "version", "doi", "venue", "comment", "published", "updated", "year"),
    *("withdrawn", "links"),
)
CASES = [
    pytest.param(form, case, id=f"{form} {case['text']}") for form, cases in TABLE.items() for case in cases
]


def read(entry: Entry) -> str:
    """Return an entry as the table has it."""
    span = entry.span
    first, last = (
        f"{line}:{column}" if column else f"{line}"
        for line, column in ((span.first, span.column), (span.last, span.last_column))
    )
    facts = [(name, getattr(entry.stated, name)) for name in STATED]
    facts.append(("authors", " and ".join(entry.stated.authors)))
    return f"{entry.position} {first}-{last}" + "".join(f", {name} {fact}" for name, fact in facts if fact)


def told(problem: Problem) -> str:
    """Return a problem as the table has it."""
    place = problem.location
    column = f":{place.column}" if place.column else ""
    last = f"-{place.last_line}" if place.last_line else ""
    return f"{place.line}{column}{last} {problem.message.partition(': ')[0]}"


@pytest.mark.parametrize(("form", "case"), CASES)
def test_records(form: str, case: dict[str, list[str]]) -> None:
    pears, figs = RECORDS.get(form, ("PEARS", "FIGS"))
    text = str(case["text"]).replace("PEARS", pears).replace("FIGS", figs)
    parsed = parse(text.encode(), "a", None, form)
    assert [read(entry) for entry in parsed.entries] == case.get("read", [])
    assert [told(problem) for problem in parsed.problems] == case.get("told", [])
