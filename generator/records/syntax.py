"""Explain why a text is not YAML: where the mistake is, and what to write there."""

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
    """Return the mistake in a text, given the parser's error, whose place is often some lines below.

    FAIL: `title:Foo` (Write `title: Foo`.)
    FAIL: `tags: [E # F]` (`# F]` is a comment.)
    FAIL: `title: *Pointers` (Put the text in quotes: `'*Pointers'`.)
    FAIL: `title: Foo: bar` (Put the text in quotes: `'Foo: bar'`.)
    FAIL: `pick = true` (Write `pick: true`.)
    FAIL: `* data` (Write `- data`.)
    """
    marks = [mark for mark in (flaw.problem_mark, flaw.context_mark) if mark]
    with_text = [mark for mark in marks if mark.line < len(lines) and lines[mark.line].strip()]
    mark = next(iter(with_text or marks), None)
    if mark is None:
        return Mistake(0, 0, f"This is not YAML: {flaw.problem or flaw.context}.", _HINT)
    other_signs = (other_sign(each.line, lines) for each in reversed(marks))
    return (
        _tab(mark.line, lines)
        or next(filter(None, other_signs), None)
        or _unclosed_quote(flaw)
        or _unclosed_bracket(flaw, lines)
        or _without_space_above(mark.line, lines)
        or _stray_line(flaw)
        or _column_of_item(mark.line, lines)
        or _in_a_block(flaw, mark, lines)
        or _other(flaw, mark, lines[mark.line] if mark.line < len(lines) else "")
    )


def _other(flaw: yaml.MarkedYAMLError, mark: yaml.Mark, line: str) -> Mistake:
    """Return the mistake at the parser's own place, in plainer words than the parser's if we have some."""
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
    elif "block sequence entries" in said:
        said = "a list begins on the line below its field"
    elif "escape character" in said and found and begins == '"':
        message = "In double quotes, a backslash is not read as one."
        hint = f"Put the text in single quotes: {quoted(found['value'][1:].removesuffix(begins))}."
        return Mistake(mark.line + 1, column + 1, message, hint)
    elif said == "did not find expected '-' indicator":
        said = "each item of a list begins with `- `"
    return Mistake(
        mark.line + 1, column + 1, f"This is not YAML: {said}.", *_in_quotes(mark.line, column, line)
    )


def other_sign(number: int, lines: Sequence[str]) -> Mistake | None:
    """Return the mistake of a line, counted from 0, that has another sign than YAML's.

    FAIL: `pick = true`, `* data`, `-data`, a no-break space before a field, a full-width colon behind it
    """
    line = lines[number].rstrip() if number < len(lines) else ""
    if found := _UNSEEN.match(line) or _WIDE_COLON.match(line):
        sign = found["sign"]
        form = ": " if sign[0] in ":\uff1a" else " " * len(sign)
        column, like = found.start("sign") + 1, "colon" if sign[0] == "\uff1a" else "space"
        what = f"U+{ord(sign[0] if like == 'colon' else sign[-1]):04X}, which looks like a {like}"
        fix = Fix(line=number + 1, column=column, old=sign, new=form)
        return Mistake(number + 1, column, f"This is {what} and is not one.", _TYPE[like], fix)
    if found := _EQUALS.fullmatch(line):
        message, form = "A colon follows the name of a field.", f"{found['key']}: {found['value']}"
    elif found := _BULLET.fullmatch(line):
        message, form = "An item of a list begins with a hyphen and a space.", f"- {found['value']}"
    else:
        return None
    return Mistake(number + 1, found.end("indent") + 1, message, f"Write `{form}`.")


_TYPE = {"space": "Type a space in its place.", "colon": "Type a colon and a space in its place."}
_UNSEEN = re.compile(r"[ -]*(?P<sign>[\u00a0\u2000-\u200b\u202f\u2060\u3000\ufeff]+)")
_WIDE_COLON = re.compile(r"[ -]*[a-z_]+(?P<sign>\uff1a[ \u3000]?|:[\u00a0\u202f\u3000])")
_EQUALS = re.compile(r"(?P<indent> *)(?P<key>[a-z_]+) *= *(?P<value>\S.*)")
_BULLET = re.compile(r"(?P<indent> *)(?:[*\u2022\u2013\u2014] +|-(?=\w))(?P<value>\S.*)")


def _column_of_item(number: int, lines: Sequence[str]) -> Mistake | None:
    """Return the mistake of an item of a list that begins in another column than the item above."""
    above = [line for line in lines[:number] if _ITEM.match(line)]
    found = _ITEM.match(lines[number]) if number < len(lines) and above else None
    if not found or len(found[1]) == (column := len(above[-1]) - len(above[-1].lstrip())):
        return None
    message = "This is not YAML: the items of a list begin in one column."
    hint = f"Begin the line in column {column + 1}, as the item above."
    return Mistake(number + 1, len(found[1]) + 1, message, hint)


_ITEM = re.compile("( *)- ")


def _in_a_block(flaw: yaml.MarkedYAMLError, mark: yaml.Mark, lines: Sequence[str]) -> Mistake | None:
    """Return the mistake of a second document, or of a text of several lines without a `>-` above it."""
    said, line = flaw.problem or "", lines[mark.line] if mark.line < len(lines) else ""
    if "another document" in said or line.startswith("---"):
        message = "This is not YAML of one piece: `---` begins another document."
        return Mistake(mark.line + 1, 1, message, "Remove this line.")
    if "comment or line break" in said:
        message = "This is not YAML: text follows the sign of a block on its line."
        return Mistake(mark.line + 1, mark.column + 1, message, "Begin the text on the next line, indented.")
    above = next(filter(_says_anything, reversed(lines[: mark.line])), "")
    found = _BEGUN.match(above)
    if not (found and said.startswith("mapping values") and _indent(line) > _indent(above)):
        return None
    message = f"This is not YAML: `{found['key']}:` has text of several lines, and a colon and a space in it."
    hint = f"Write `{found['key']}: >-`, and the whole text below it, indented."
    return Mistake(mark.line + 1, mark.column + 1, message, hint)


_BEGUN = re.compile(r" *(?P<key>[a-z_]+): +[^|>'\"\[{\s]")


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _stray_line(flaw: yaml.MarkedYAMLError) -> Mistake | None:
    """Return the mistake of a line that is no field: it may continue the text above, without indentation."""
    mark = flaw.context_mark
    if not (mark and flaw.context == "while scanning a simple key" and "':'" in (flaw.problem or "")):
        return None
    message = "This is not YAML: the line is no field, and not indented as a part of the text above."
    hint = "Indent it by two spaces if it goes on from the line above; else write `field: value`."
    return Mistake(mark.line + 1, mark.column + 1, message, hint)


_HINT = 'Check the indentation, and quote a value that contains ": " or " #" or begins with a sign.'


def _tab(number: int, lines: Sequence[str]) -> Mistake | None:
    """Return the mistake of a line, counted from 0, that begins with a tab."""
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
    """Return the mistake of a bracket that is not closed on its line, or only in a comment."""
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
    """Return the mistake of a colon without a space after it, on a line, counted from 0, or above.

    Above, the last line with text is looked at, and the last one that begins in the first column.
    """
    above = [index for index in range(min(number, len(lines)) - 1, -1, -1) if _says_anything(lines[index])]
    field = (index for index in above if not lines[index].startswith((" ", "\t")))
    found = (without_space(index, lines) for index in (number, *above[:1], next(field, number)))
    return next(filter(None, found), None)


def without_space(number: int, lines: Sequence[str]) -> Mistake | None:
    """Return the mistake of a line, counted from 0, that is a field without a space after its colon."""
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
    """Return the hint to put the text at a column of a line in quotes, and a fix; else a general hint."""
    found = _VALUE.fullmatch(line.rstrip())
    if not found or found.start("value") > column:
        return _HINT, None
    value, fix = found["value"], None
    if value.startswith("- "):
        form = f"Write `[{value[2:].strip()}]`, or each item on a line of its own"
        return f"{form}; of a text, begin with `|` and a line break.", None
    if value[0] in "[{" and value[-1] in "]}":
        value = re.split(r"[\[{,]", line[:column])[-1] + re.split(r"[\]},]", line[column:])[0]
        return (f"Put the text in quotes: {quoted(value)}.", None) if value.strip() else (_HINT, None)
    inner = value[1:-1].replace("''", "'") if value[0] == value[-1] == "'" else value
    if value[0] not in "'\"[{":
        fix = Fix(line=number + 1, column=found.start("value") + 1, old=value, new=quoted(value))
    return f"Put the text in quotes: {quoted(inner)}.", fix


_VALUE = re.compile(r" *(?:- +)?(?:[a-z_]+: +|- +)(?P<value>[^'\s].*|'[^']*'.+)")
