"""The page on formats names every one of them, and what each states."""

from pathlib import Path

import msgspec
import pytest

from generator.listings import FORMATS

HERE = Path(__file__).parent
PAGE = HERE.parents[1] / "docs" / "formats.md"
LINES = PAGE.read_text("utf-8").splitlines()


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|").split("|")]


HEADS = cells(next(line for line in LINES if line.startswith("| name | title |")))[1:-1]


def said(name: str) -> dict[str, set[str]]:
    """Return what the rows of a format say of each field."""
    rows = [cells(line)[1:] for line in LINES if line.startswith(f"| `{name}`") and line.count("|") > 10]
    return {field: {row[place] for row in rows} for place, field in enumerate(HEADS)}


@pytest.mark.parametrize("name", [form.NAME for form in FORMATS])
def test_a_format_has_a_row_in_both_tables_and_states_what_it_says(name: str) -> None:
    assert sum(line.startswith(f"| `{name}`") for line in LINES) >= 2
    stated: set[str] = set()
    for file in (HERE / name).glob("*.expected.yaml"):
        for entry in msgspec.yaml.decode(file.read_bytes()).get("entries", ()):
            stated |= entry["stated"].keys()
    table = said(name)
    assert {field for field in HEADS if field in stated and table[field] == {""}} == set()
    assert {field for field in HEADS if "x" in table[field]} - stated == set()
