"""Records as no machine would write them: comments, quotes, brackets, spaces and blank lines sprinkled in."""

import datetime as dt
import random
import re
from typing import Any, NamedTuple

import msgspec

from generator.model import Paper, Stated
from generator.records.codec import as_read, decode
from generator.records.edit import FieldPath

WORDS = re.compile(r"[A-Za-z0-9]+( [A-Za-z0-9]+)*")
TAME = re.compile(r"[!-~](?:[ -~]*[!-~])?(?:\n[!-~](?:[ -~]*[!-~])?)*")
REMARKS = ["why?", "it's", '"', "a: b", "- [x", "{", "# again", "é\U0001f600", ""]


class Sprinkled(NamedTuple):
    """A record's text, and where in it things stand."""

    text: str
    comments: list[str]
    spans: dict[FieldPath, tuple[int, int]]
    """From where a key or row begins, to the end of the last line of its value."""


def sprinkled(paper: Paper, seed: int) -> Sprinkled:
    """Return a record of the paper in any order, style, spacing and line break."""
    writer = _Writer(random.Random(seed))
    values = as_read(msgspec.to_builtins(paper, builtin_types=(dt.date,)))
    assert isinstance(values, dict)
    values |= {name: "" for name in Stated.__struct_fields__ if name not in values and writer.chance(0.05)}
    names = list(values)
    if writer.chance(0.3):
        writer.dice.shuffle(names)
    writer.text = "---\n" if writer.chance(0.2) else ""
    indent = writer.dice.choice([0, 0, 0, 2])
    writer.block_map((), {name: values[name] for name in names}, indent)
    writer.aside(indent)
    writer.text += "...\n" if writer.chance(0.1) else ""
    return writer.finished()


class _Writer:
    def __init__(self, dice: random.Random) -> None:
        self.dice = dice
        self.text = ""
        self.comments: list[str] = []
        self.spans: dict[FieldPath, tuple[int, int]] = {}

    def chance(self, share: float) -> bool:
        return self.dice.random() < share

    def comment(self) -> str:
        self.comments.append(f"# [{len(self.comments)}] {self.dice.choice(REMARKS)}".rstrip())
        return self.comments[-1]

    def behind(self) -> str:
        """Return what stands behind a value on its line."""
        return self.dice.choice([" ", "   ", "\t"]) + self.comment() if self.chance(0.2) else ""

    def aside(self, indent: int) -> None:
        """Put blank lines and comments."""
        while self.chance(0.2):
            self.text += (
                " " * indent + self.comment() if self.chance(0.5) else " " * self.dice.randint(0, 1)
            ) + "\n"

    def block_map(self, path: FieldPath, values: dict[str, Any], indent: int, dash: int = 0) -> None:
        """Put keys on lines of their own; the first behind a dash, where there is one."""
        for number, (name, value) in enumerate(values.items()):
            if number or not dash:
                self.aside(indent)
                self.text += " " * indent
            self.marked((*path, name), value, indent)

    def marked(self, path: FieldPath, value: Any, indent: int) -> None:
        start = len(self.text)
        self.text += f"{path[-1]}:"
        self.value(path, value, indent)
        self.spans[path] = start, len(self.text.rstrip())

    def value(self, path: FieldPath, value: Any, indent: int) -> None:
        space = self.dice.choice([" ", " ", "  ", "\t"])
        if not value or not isinstance(value, list | dict):
            self.scalar(value, space, indent)
        elif self.chance(0.3):
            self.text += space
            self.flow(path, value, indent + 1)
            self.text += self.behind() + "\n"
        elif isinstance(value, dict):
            self.text += self.behind() + "\n"
            self.block_map(path, value, indent + self.dice.choice([1, 2, 4]))
        else:
            self.text += self.behind() + "\n"
            self.block_list(path, value, indent + self.dice.choice([0, 0, 2, 3]))

    def block_list(self, path: FieldPath, values: list[Any], indent: int) -> None:
        for number, value in enumerate(values):
            self.aside(indent)
            start = len(self.text) + indent
            gap = self.dice.choice([1, 1, 3])
            self.text += " " * indent + "-"
            if isinstance(value, dict) and self.chance(0.7):
                self.text += " " * gap
                self.block_map((*path, number), value, indent + 1 + gap, dash=1)
            elif isinstance(value, dict):
                self.text += " "
                self.flow((*path, number), value, indent + 1)
                self.text += self.behind() + "\n"
            else:
                self.scalar(value, " " * gap, indent)
            self.spans[*path, number] = start, len(self.text.rstrip())

    def flow(self, path: FieldPath, values: Any, indent: int) -> None:
        """Put values within brackets, on one line or several."""
        wide = self.chance(0.3)
        is_map = isinstance(values, dict)
        self.text += "{" if is_map else "["
        for number, (step, value) in enumerate(values.items() if is_map else enumerate(values)):
            if number:
                self.text += self.dice.choice([",", " ,"]) + (
                    self.behind() + "\n" + " " * indent if wide else " "
                )
            start = len(self.text)
            self.text += f"{step}: " if is_map else ""
            if isinstance(value, list | dict):
                self.flow((*path, step), value, indent)
            else:
                self.text += self.inline(value)
            self.spans[*path, step] = start, len(self.text)
        self.text += self.dice.choice(["", ",", " "]) + ("}" if is_map else "]")

    def scalar(self, value: Any, space: str, indent: int) -> None:
        inner = " " * (indent + self.dice.choice([1, 2, 4]))
        if value in ("", [], {}):
            self.text += {"": "", "[]": " []", "{}": " {}"}[str(value)] + self.behind() + "\n"
        elif TAME.fullmatch(value) and self.chance(0.6):
            folded = self.chance(0.5)
            lines = value.replace("\n", "\n\n") if folded else value
            if folded:
                lines = re.sub(r"(?<=[!-~]) (?=[!-~])", lambda _: "\n" if self.chance(0.2) else " ", lines)
            self.text += space + (">-" if folded else "|-") + self.behind() + "\n"
            self.text += "".join(f"{inner if line else ''}{line}\n" for line in lines.split("\n"))
        elif WORDS.fullmatch(value) and self.chance(0.3):
            broken = re.sub(" ", lambda _: f"\n{inner}" if self.chance(0.2) else " ", value)
            self.text += space + broken + self.behind() + "\n"
        elif self.chance(0.1):
            self.text += (
                self.behind().replace("\t", " ") + "\n" + inner + self.inline(value) + self.behind() + "\n"
            )
        else:
            self.text += space + self.inline(value) + self.behind() + "\n"

    def inline(self, value: str) -> str:
        """Return a text as it may stand within brackets."""
        if WORDS.fullmatch(value) and self.chance(0.6):
            return value
        if value.isprintable() and not re.search(r"[\x85\u2028\u2029]", value) and self.chance(0.5):
            return "'" + value.replace("'", "''") + "'"
        return (
            '"'
            + "".join(c if c.isprintable() and c not in '"\\' else f"\\U{ord(c):08x}" for c in value)
            + '"'
        )

    def finished(self) -> Sprinkled:
        """Return the text, perhaps with a byte order mark, Windows' line breaks, or none at the end."""
        text, spans = self.text, self.spans
        if self.chance(0.3) and decode(text[:-1].encode(), "", Paper) == decode(text.encode(), "", Paper):
            text = text[:-1]
        if self.chance(0.2):
            spans = {
                path: (first + text.count("\n", 0, first), last + text.count("\n", 0, last))
                for path, (first, last) in spans.items()
            }
            text = text.replace("\n", "\r\n")
        if self.chance(0.1):
            spans = {path: (first + 1, last + 1) for path, (first, last) in spans.items()}
            text = "\ufeff" + text
        return Sprinkled(text, self.comments, spans)
