"""Read the text of an issue that a reader made with a form of GitHub. Pure.

    ### Title, arXiv identifier or DOI

    2410.12265

    ### Your name

    _No response_

Anybody may write such a text. Only the answers below the forms' own labels are read, without control
characters, and each has a greatest length.
"""

from collections.abc import Iterator

import msgspec

from generator.problem import Location, Problem, error
from generator.text.segments import clean

PAPER, WHY, BY = "Title, arXiv identifier or DOI", "Why it belongs here", "Your name"
PAGE, FIELD, RIGHT, SOURCE = (
    *("Address of the page", "What is wrong", "What it should say", "Where that can be seen"),
)
SUGGESTION, MISTAKE = (PAPER, WHY, BY), (PAGE, FIELD, RIGHT, SOURCE)
"""The labels of the two forms, in order."""
REQUIRED = {PAPER, PAGE, FIELD, RIGHT}
MOST_BYTES = 262_144
"""Bytes of an issue: GitHub takes 65,536 characters."""
MOST = {WHY: 5_000, RIGHT: 20_000}
"""Characters of the answers that may have several lines."""
MOST_OF_A_LINE = 500
_NOTHING = "_No response_"


class IssueText(msgspec.Struct, frozen=True, kw_only=True):
    """The answers of one form."""

    form: tuple[str, ...]
    """Its labels: `SUGGESTION` or `MISTAKE`."""
    answers: dict[str, str]
    """By label; an empty one is left out. Those of several lines have line breaks."""

    def answer(self, label: str) -> str:
        """Return an answer; empty if there is none."""
        return self.answers.get(label, "")


def read_issue(data: bytes, name: str) -> IssueText | Problem:
    """Return what an issue says, or why it is not one of the forms; `name` is that of its file."""
    place = Location(path=name)
    if len(data) > MOST_BYTES:
        return error(place, f"This has {len(data):,} bytes; no issue has so many.", "Give the issue's text.")
    try:
        lines = data.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        return error(place, "This is not UTF-8 text.", "Give the issue's text as GitHub has it.")
    found = list(_sections(lines))
    form = SUGGESTION if found and found[0][0] in SUGGESTION else MISTAKE
    answers: dict[str, str] = {}
    for label, number, text in found:
        spot = Location(path=name, line=number, text=lines[number - 1])
        if label in answers or label not in form:
            return error(spot, "This heading does not belong here.", "Remove what the form did not write.")
        if len(text) > MOST.get(label, MOST_OF_A_LINE):
            return error(spot, f"This answer has {len(text):,} characters.", "Shorten it, or write by hand.")
        answers[label] = text
    hint = "Give the text of an issue that was made with a form of `broadsheet init --ci github`."
    if missing := [label for label in form if label in REQUIRED and not answers.get(label)]:
        unlike, partly = f"`### {PAPER}`", f"There is no answer below `### {missing[0]}`."
        return error(
            place, partly if found else f"No form's heading is in this text, such as {unlike}.", hint
        )
    return IssueText(form=form, answers={label: text for label, text in answers.items() if text})


def _sections(lines: list[str]) -> Iterator[tuple[str, int, str]]:
    """Yield each answer: its label, the number of that line, and the text below it."""
    headings = [number for number, line in enumerate(lines, 1) if _label(line)]
    for number, end in zip(headings, [*headings[1:], len(lines) + 1], strict=False):
        label = _label(lines[number - 1])
        text = "\n".join(clean(line).strip() for line in lines[number : end - 1]).strip()
        text = "" if text == _NOTHING else text
        yield label, number, text if label in MOST else " ".join(text.split())


def _label(line: str) -> str:
    """Return the label that a line is the heading of; empty if it is none of the forms'."""
    label = line.removeprefix("### ").strip() if line.startswith("### ") else ""
    return label if label in {*SUGGESTION, *MISTAKE} else ""
