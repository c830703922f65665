"""What is wrong with a text that is not YAML: the place to mend, and the form to write there."""

import re
from collections.abc import Sequence
from typing import NamedTuple

import yaml

from generator.problem import Fix


class Mistake(NamedTuple):
    """A mistake in YAML's syntax, by line and column, both counted from 1; 0 where there is no text."""

    line: int
    column: int
    message: str
    hint: str
    fix: Fix | None = None


def mistake_of(flaw: yaml.MarkedYAMLError, lines: Sequence[str]) -> Mistake:
    """Return what is to be mended in a text, of the error of a parser, which often comes lines later.

    FAIL: `title:Foo` (Write `title: Foo`.)
    FAIL: `tags: [E # F]` (`# F]` is a comment.)
    FAIL: `title: *Pointers` (Put the text in quotes: `'*Pointers'`.)
    FAIL: `title: Foo: bar` (Put the text in quotes: `'Foo: bar'`.)
    """
    marks = [mark for mark in (flaw.problem_mark, flaw.context_mark) if mark]
    with_text = [mark for mark in marks if mark.line < len(lines) and lines[mark.line].strip()]
    mark = next(iter(with_text or marks), None)
    if mark is None:
        return Mistake(0, 0, f"This is not YAML: {flaw.problem or flaw.context}.", _HINT)
    return (
        _tab(mark.line, lines)
        or _unclosed_quote(flaw)
        or _unclosed_bracket(flaw, lines)
        or _without_space_above(mark.line, lines)
        or _stray_line(flaw)
        or _other(flaw, mark, lines[mark.line] if mark.line < len(lines) else "")
    )


def _other(flaw: yaml.MarkedYAMLError, mark: yaml.Mark, line: str) -> Mistake:
    """Return a mistake at the parser's own place, in an editor's words where there are any."""
    said, column = flaw.problem or flaw.context or "", mark.column
    found = _VALUE.fullmatch(line.rstrip())
    begins = found["value"][0] if found and found.start("value") <= column else ""
    if said.startswith("mapping values"):
        said = "a colon and a space mark a field, and none may begin here"
    elif "alias" in said or "alphabetic" in said or "cannot start" in said:
        sign = begins if begins in set("*&@`%") else line[column : column + 1]
        said = f"a text may not begin with {sign}"
    elif said == "did not find expected key" and begins in {"'", '"', "["}:
        said = f"text follows the closing {'bracket' if begins == '[' else 'quote'}"
    elif said == "did not find expected '-' indicator":
        said = "each item of a list begins with `- `"
    return Mistake(
        mark.line + 1, column + 1, f"This is not YAML: {said}.", *_in_quotes(mark.line, column, line)
    )


def _stray_line(flaw: yaml.MarkedYAMLError) -> Mistake | None:
    """Return that a line is no field: text that goes on from the line above, as if that were enough."""
    mark = flaw.context_mark
    if not (mark and flaw.context == "while scanning a simple key" and "':'" in (flaw.problem or "")):
        return None
    message = "This is not YAML: the line is no field, and not indented as a part of the text above."
    hint = "Indent it by two spaces if it goes on from the line above; else write `field: value`."
    return Mistake(mark.line + 1, mark.column + 1, message, hint)


_HINT = 'Check the indentation, and quote a value that contains ": " or " #" or begins with a sign.'


def _tab(number: int, lines: Sequence[str]) -> Mistake | None:
    """Return that a line, counted from 0, begins with a tab, which YAML never takes as indentation."""
    found = _TABS.match(lines[number]) if number < len(lines) else None
    if not found:
        return None
    is_all = not found["spaces"] and not lines[number][found.end() :].startswith(" ")
    fix = Fix(line=number + 1, column=1, old=found[0], new="  " * len(found["tabs"]))
    message = "This is not YAML: a tab may not indent a line."
    return Mistake(number + 1, found.end("spaces") + 1, message, "Write spaces.", fix if is_all else None)


_TABS = re.compile("(?P<spaces> *)(?P<tabs>\t+)")


def quoted(written: str) -> str:
    """Return text that is written without quotes as YAML in quotes, on one line."""
    return "'" + " ".join(written.split()).replace("'", "''") + "'"


def _unclosed_quote(flaw: yaml.MarkedYAMLError) -> Mistake | None:
    mark = flaw.context_mark
    if not (mark and flaw.context == "while scanning a quoted scalar" and "end of" in (flaw.problem or "")):
        return None
    message = "This is not YAML: the quote that opens here is not closed."
    return Mistake(
        mark.line + 1, mark.column + 1, message, "Close it; within '...' an apostrophe is written ''."
    )


def _unclosed_bracket(flaw: yaml.MarkedYAMLError, lines: Sequence[str]) -> Mistake | None:
    """Return that a bracket is not closed on its line, or only in a comment."""
    mark = flaw.context_mark
    if not (mark and (flaw.context or "").startswith("while parsing a flow") and mark.line < len(lines)):
        return None
    line = lines[mark.line]
    opened = line[mark.column : mark.column + 1]
    rest, sharp, comment = line[mark.column :].partition(" #")
    closing = {"[": "]", "{": "}"}.get(opened, "")
    if not closing or rest.count(opened) <= rest.count(closing):
        return None
    hint = f"Close it with `{closing}`."
    if closing in comment:
        item = (re.split(r"[\[{,]", rest)[-1] + sharp + comment.partition(closing)[0]).strip()
        hint = f"`#{comment.rstrip()}` is a comment. Put the text in quotes: {quoted(item)}."
    return Mistake(mark.line + 1, mark.column + 1, f"This is not YAML: the `{opened}` is not closed.", hint)


def _without_space_above(number: int, lines: Sequence[str]) -> Mistake | None:
    """Return that a colon has no space behind it, on a line, counted from 0, or above.

    That is on the last line above that says anything, or on the last that begins in the first column.
    """
    above = [index for index in range(min(number, len(lines)) - 1, -1, -1) if _says_anything(lines[index])]
    field = (index for index in above if not lines[index].startswith((" ", "\t")))
    found = (without_space(index, lines) for index in (number, *above[:1], next(field, number)))
    return next(filter(None, found), None)


def without_space(number: int, lines: Sequence[str]) -> Mistake | None:
    """Return that a line, counted from 0, is a field whose colon has no space behind it."""
    found = _NO_SPACE.fullmatch(lines[number]) if number < len(lines) else None
    if not found:
        return None
    key, value = found["key"], found["value"].rstrip()
    form = f"{key}: {quoted(value) if _NEEDS_QUOTES.match(value) else value}"
    column = found.end("key") + 1
    start = found.start("key")
    fix = Fix(line=number + 1, column=start + 1, old=lines[number][start:].rstrip(), new=form)
    return Mistake(number + 1, column, "A space is missing behind the colon.", f"Write `{form}`.", fix)


def _says_anything(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("#")


_NO_SPACE = re.compile(r"(?: *- +)? *(?P<key>[a-z_]+):(?!//)(?P<value>\S.*)")
_NEEDS_QUOTES = re.compile(r"[!&*%@`]|[^'\"\[{|>].*: ")


def _in_quotes(number: int, column: int, line: str) -> tuple[str, Fix | None]:
    """Return the hint to put the text at a column of a line in quotes; a general one if there is no text."""
    found = _VALUE.fullmatch(line.rstrip())
    if not found or found.start("value") > column:
        return _HINT, None
    value, fix = found["value"], None
    if value.startswith("- "):
        return f"Write `[{value[2:].strip()}]`, or each item on a line of its own.", None
    if value[0] in "[{" and value[-1] in "]}":
        value = re.split(r"[\[{,]", line[:column])[-1] + re.split(r"[\]},]", line[column:])[0]
        return (f"Put the text in quotes: {quoted(value)}.", None) if value.strip() else (_HINT, None)
    inner = value[1:-1].replace("''", "'") if value[0] == value[-1] == "'" else value
    if value[0] not in "'\"[{":
        fix = Fix(line=number + 1, column=found.start("value") + 1, old=value, new=quoted(value))
    return f"Put the text in quotes: {quoted(inner)}.", fix


_VALUE = re.compile(r" *(?:- +)?(?:[a-z_]+: +|- +)(?P<value>[^'\s].*|'[^']*'.+)")
