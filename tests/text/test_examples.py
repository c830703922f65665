"""The examples in the docstrings of the rules: `text  ->  what is shown`, or `text  stays: why`."""

import re
from importlib import import_module

import pytest

from generator.text import inline, plain

RULES = ("accents", "bare_math", "formulas", "links", "macros", "punctuation", "quotes", "repairs")
EXAMPLE = re.compile(r"^(?: {4})?(\S.*?) +(?:->  (.+)|stays: .+)$", re.MULTILINE)
EXAMPLES = [
    pytest.param(text, shown or text, id=f"{rule}: {text}")
    for rule in RULES
    for text, shown in EXAMPLE.findall(str(import_module(f"generator.text.{rule}").__doc__))
]


@pytest.mark.parametrize(("text", "shown"), EXAMPLES)
def test_an_example_holds(text: str, shown: str) -> None:
    assert shown == (inline(text).html if "</" in shown else plain(text))
