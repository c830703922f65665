"""Lines of pages, for tests."""

import re

from generator.listings.entry import Line, Part


def line(number: int, written: str) -> Line:
    """Return a line as a saved page has it: ``### A Title``, or ``[Orchard](/orchard)``."""
    marks = re.match(r"#* ?", written)
    level = marks[0].count("#") if marks else 0
    text = written[level + 1 :] if level else written
    link = re.fullmatch(r"\[(.+)\]\((.+)\)", text)
    return Line(number, link[1], (Part(link[1], link[2]),), level) if link else Line(number, text, (), level)
