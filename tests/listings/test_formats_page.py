"""The page on formats names every one of them."""

from pathlib import Path

from generator.listings import FORMATS

PAGE = Path(__file__).parents[2] / "docs" / "formats.md"


def test_every_format_has_a_row_in_both_tables() -> None:
    lines = PAGE.read_text("utf-8").splitlines()
    for form in FORMATS:
        assert sum(line.startswith(f"| `{form.NAME}`") for line in lines) >= 2
