"""The command that lists the formats: each is there, and its example is one that is read."""

import re

import msgspec
import pytest
from click.testing import CliRunner

from generator.cli.program import main
from generator.commands.formats import formats
from generator.listings import FORMATS
from generator.settings import Source


def told(*arguments: str) -> str:
    done = CliRunner().invoke(main, ["formats", *arguments], catch_exceptions=False)
    return done.stdout + done.stderr


def test_each_format_is_listed_with_what_it_is() -> None:
    lines = [re.split(" {2,}", line) for line in told().splitlines()]
    assert [name for name, _ in lines] == [form.NAME for form in FORMATS]
    assert max(map(len, told().splitlines())) <= 80
    assert ["ris", "RIS, as reference managers and publishers write it"] in lines
    assert ["bibtex", "BibTeX and BibLaTeX"] in lines


@pytest.mark.parametrize("name", [form.NAME for form in FORMATS])
def test_each_format_is_described_with_an_example(name: str) -> None:
    assert re.search(r"[:.]\n\n    \S", told(name))
    assert ":" not in told(name).splitlines()


def test_a_source_may_name_each_format_and_no_other() -> None:
    source = {"name": "lab", "where": "https://lab.example/papers"}
    for form in FORMATS:
        msgspec.convert({**source, "format": form.NAME}, Source)
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({**source, "format": "bibtx"}, Source)


def test_markup_of_docstrings_is_not_shown() -> None:
    assert not [form.name for form in formats() if "``" in form.text or "::\n" in form.text]


def test_another_name_is_told() -> None:
    assert "'pdf' is not a format. The formats are: hf-daily, hf-similar" in told("pdf")
