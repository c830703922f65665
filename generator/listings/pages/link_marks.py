"""Marks of links and headings that go over several rows of a saved page, put right for Markdown."""

import re
from collections.abc import Mapping, Sequence

from generator.listings.entry import BLANK, join

_SITE = r"(?:(?:https?:)?//(?:www\.)?(?:huggingface\.co|hf\.co))"
_DIVISION = re.compile(r":{3,}(?:\s.{0,300})?")
"""Where a division begins or ends, as pandoc marks it."""
_DRAWING = re.compile(r"!\[[^\[\]]{0,60}\]\(data:[^()\s]{0,5000}\)")
_BROKEN_ADDRESS = re.compile(r"\]\(<?(?:https?:/)?/[^()\s<>]*-\Z")
"""An address that html2text broke behind a hyphen."""
_LONE_ADDRESS = re.compile(rf"\s*<?({_SITE}\S*|https?://(?:www\.)?(?:arxiv\.org|github\.com)/\S*?)>?\s*")
_OPENS = re.compile(r"\s*(?:[-*+] )?\[\s*")
_OPENS_BEHIND = re.compile(r"(?<=[\])])\[\s*\Z")
_CLOSES = re.compile(r"\s*\](?:\(<?([^()\s<>]*)>?\)|\[([0-9]{1,5})\])")
LINK_ENDS = re.compile(r"\](?:\(<?([^()\s<>]*)>?(?: \"[^\"]*\")?\)|\[([0-9]{1,5})\])")
_HEADING = re.compile(r"\s{0,3}(#{1,6}\s+)")
_ATTRIBUTES = re.compile(
    r"(?<=[)\]])(?:\s?\{[.#:][^{}]{0,500}\})+|(?:(?<![ \t])[ \t]+\{[.#][\w-][^{}]{0,300}\})+$", re.MULTILINE
)
"""What pandoc writes behind a link or heading: ``{.line-clamp-3}``."""
_SPAN = re.compile(r"\[([^\[\]]{0,500})\](?=\{[.#:])")


def put_right(rows: Sequence[str], addresses: Mapping[str, str]) -> tuple[list[str], dict[int, str]]:
    """Return the rows as Markdown can read them, each at its place, and addresses of links, by line."""
    text = "\n".join("" if _DIVISION.fullmatch(row) else _DRAWING.sub("", row) for row in rows)
    text = _ATTRIBUTES.sub(lambda match: "\n" * match[0].count("\n"), _SPAN.sub(r"\1", text))
    without_marks = text.split("\n")
    _join_addresses(without_marks)
    return without_marks, _unwrap(without_marks, addresses)


def _join_addresses(rows: list[str]) -> None:
    """Join the two halves of an address that was broken, on the row where it begins."""
    for index in range(len(rows) - 1):
        if _BROKEN_ADDRESS.search(rows[index]):
            rest, bracket, below = rows[index + 1].partition(")")
            rows[index], rows[index + 1] = f"{rows[index]}{rest}{bracket}", below.lstrip()


def _unwrap(rows: list[str], addresses: Mapping[str, str]) -> dict[int, str]:
    """Take the marks of links that go over paragraphs from the rows; return lines' addresses, by number."""
    linked: dict[int, str] = {}
    above, is_address_above = 0, False
    for index, row in enumerate(rows):
        if _OPENS.fullmatch(row):
            rows[index] = ""
        elif match := _OPENS_BEHIND.search(row):
            rows[index] = row[: match.start()]
        elif (match := _CLOSES.match(row)) and above:
            linked.setdefault(above, _href(match, addresses))
            rows[index] = row[match.end() :].strip(BLANK)
        elif above and (match := _LONE_ADDRESS.fullmatch(row)) and _is_alone(rows, index):
            if not is_address_above and _may_lead(rows[above - 1], match[1]):
                linked.setdefault(above, match[1])
                rows[index] = ""
            elif is_address_above:
                rows[index] = ""
            is_address_above = True
        if rows[index]:
            above, is_address_above = index + 1, False
    _balance(rows)
    return linked


def _href(match: re.Match[str], addresses: Mapping[str, str]) -> str:
    return match[1] if match[1] is not None else addresses.get(match[2], f"#{match[2]}")


def _is_alone(rows: Sequence[str], index: int) -> bool:
    """Tell whether a row has a blank one above and below."""
    return not any((*rows[max(0, index - 1) : index], *rows[index + 1 : index + 2]))


def _may_lead(text: str, href: str) -> bool:
    """Tell whether an address in a paragraph of its own is that of the text above, and not an abstract's."""
    return "//github.com" not in href or text.startswith(("GitHub", "LINK:"))


def _balance(rows: list[str]) -> None:
    """Take brackets without a partner from each block of rows; make headings that were wrapped one row."""
    start = 0
    for end in range(len(rows) + 1):
        if end < len(rows) and rows[end]:
            continue
        if any("[" in row or "]" in row for row in rows[start:end]):
            _join_headings(rows, start, end)
            _balance_block(rows, start, end)
        start = end + 1


def _join_headings(rows: list[str], start: int, end: int) -> None:
    for index in range(start, end):
        if not _HEADING.match(rows[index]) or rows[index].count("[") <= rows[index].count("]"):
            continue
        for below in range(index + 1, min(end, index + 5)):
            if rows[index].count("[") > rows[index].count("]"):
                rows[index] = join([rows[index], _HEADING.sub("", rows[below])])
                rows[below] = ""


def _balance_block(rows: list[str], start: int, end: int) -> None:
    """Open a link at the beginning of the row in which it ends; take a bracket that nothing closes."""
    depth = 0
    for index in range(start, end):
        row = rows[index]
        ends = LINK_ENDS.search(row)
        if ends and depth == 0 and "[" not in row[: ends.start()]:
            rows[index] = row = f"[{row}"
        depth = max(0, depth + row.count("[") - row.count("]"))
    if depth and rows[start].startswith("[") and "]" not in "".join(rows[start:end]):
        rows[start] = rows[start][1:].lstrip()
