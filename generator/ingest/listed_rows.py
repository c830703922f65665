"""Remove rows of `listed` from a record's text, line by line, so that every other byte stays."""

from collections.abc import Collection, Iterator

import msgspec
import yaml

from generator.ingest.statements import row_values
from generator.model import Listed
from generator.records.edit import Edit, SpliceError, splice
from generator.records.nodes import Plain, UnreadableError, YamlSource, compose, node_at, plain_value


def without_rows(text: str, listings: Collection[str]) -> str:
    """Return a record's text without the rows for some listings; without the last row, `listed` goes too.

    Raises SpliceError where the text is written in a way that does not allow it.
    """
    root, _ = compose(YamlSource(text.removeprefix("\ufeff")))
    rows = node_at(root, "listed")
    if not listings or root is None or not isinstance(rows, yaml.SequenceNode):
        return text
    kept = [row for row in rows.value if not _is_of(row, listings)]
    if not kept:
        return splice(text, [Edit(("listed",), None)])
    meant = {**_fields(root), "listed": [plain_value(row) for row in kept]}
    for candidate in _candidates(text, rows, listings):
        if _reads_as(candidate, meant):
            return candidate
    listed = [row_values(msgspec.convert(plain_value(row), Listed, strict=False)) for row in kept]
    return splice(text, [Edit(("listed",), listed)])


def _is_of(row: yaml.Node, listings: Collection[str]) -> bool:
    listing = node_at(row, "listing")
    return isinstance(listing, yaml.ScalarNode) and listing.value in listings


def _fields(root: yaml.Node) -> dict[str, Plain]:
    fields = plain_value(root)
    if not isinstance(fields, dict):
        raise SpliceError
    return fields


def _candidates(text: str, rows: yaml.SequenceNode, listings: Collection[str]) -> Iterator[str]:
    """Yield texts without the rows. Each must be read to see that nothing else was lost, such as a comma."""
    ends = [row.start_mark.line for row in rows.value[1:]] + [rows.end_mark.line]
    gone = [(row, end) for row, end in zip(rows.value, ends, strict=True) if _is_of(row, listings)]
    lines = text.split("\n")
    for row, end in reversed(gone):
        last = end
        while not lines[last - 1].strip():
            last -= 1
        if any("#" in line for line in lines[row.start_mark.line : last]):
            return
        del lines[row.start_mark.line : last]
    yield "\n".join(lines)
    mark = text.startswith("\ufeff")
    for row, _ in reversed(gone):
        begin, end = row.start_mark.index + mark, row.end_mark.index + mark
        comma = text.rfind(",", 0, begin)
        text = text[: comma if comma > rows.start_mark.index else begin] + text[end:]
    yield text


def _reads_as(text: str, meant: Plain) -> bool:
    root, problems = compose(YamlSource(text.removeprefix("\ufeff")))
    try:
        return not problems and root is not None and plain_value(root) == meant
    except UnreadableError:
        return False
