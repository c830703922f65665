r"""Pages of Hugging Face that a crawler or a text browser saved, with marks of headings and links.

Five kinds are met. Markdown, which markdown-it reads, by inline links or by references::

    ### [A Title](https://huggingface.co/papers/2606.00001)
    ### [A Title][32]

Links that go over paragraphs, which no Markdown has, but text browsers write::

    [

    An abstract.

    ][33]

Addresses in a paragraph of their own, below what they are the address of::

    A Title

    https://huggingface.co/papers/2606.00001

Links by their words, with the addresses at the page's end (pandoc)::

    ### [A Title]

      [A Title]: https://huggingface.co/papers/2606.00001

And numbers before the words of a link, with the addresses at the page's end (``lynx -dump``)::

    [8]A Title
    ...

References
----------
       8. https://huggingface.co/papers/2606.00001

All become lines with links, which are read as the lines of plain text are. An abstract that holds a mark or
two makes no page Markdown; `matches` asks for marks that only the site's own links have.

"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, islice, pairwise

from markdown_it import MarkdownIt
from markdown_it.common.utils import normalizeReference
from markdown_it.token import Token

from generator.listings.entry import BLANK, Line, Listing, Part
from generator.listings.pages import link_marks

_SITE = r"(?:(?:https?:)?//(?:www\.)?(?:huggingface\.co|hf\.co))"
_MARKS = re.compile(
    r"^[ \t]{0,3}#{2,6}[ \t]+\S"  # a heading
    rf"|\]\(<?{_SITE}?/(?:papers/(?:[0-9]{{4}}\.|date/)|login\b)"  # a link to a paper, its votes or a day
    r"|\]\[[0-9]{1,5}\]"  # a numbered link
    r"|^[ \t]*\[LINK: "
    rf"|^[ \t]*(?:[0-9]{{1,5}}\. )?{_SITE}/(?:papers/[0-9]{{4}}\.|login\?)\S*$",  # an address of its own
    re.MULTILINE,
)
_REFERENCE = re.compile(r"[^\]\[0-9]\]\[[0-9]")
"""What ends a link by reference; the number of a text browser's link may precede another bracket too."""
_DEFINITION = re.compile(rf"^ {{0,3}}\[(?:[^\w\[\]]|\d)*[^\W\d][^\[\]]*\]:\s+{_SITE}/", re.MULTILINE)
"""What a link's words lead to, as pandoc lists at the end: ``[A Title]: https://huggingface.co/papers/...``."""
_LABEL = re.compile(r"^(?:#{1,6} |\[\])?\[([^\[\]]{1,500})\]$", re.MULTILINE)
_LABELLED = re.compile(r"^ {0,3}\[([^\[\]]{1,500})\]:", re.MULTILINE)
_MARK = re.compile(r"[\[\]#\\&]")
LEAST_MARKS = 2
LEAST_NUMBERS = 4
MANY_BRACKETS = 2_000
DENSEST = 8
"""Characters for each bracket, at least, of a page that has many; what has more was saved by no tool."""
_INLINE = re.compile(rf"^[ \t]*(?:#{{1,6}}[ \t]+)?\[.*\]\(<?{_SITE}?/(?:papers/|login\b)")
_ADDRESS = re.compile(r"\s*(?:\[([0-9]{1,5})\]:?|([0-9]{1,5})\.)\s+<?((?:https?:|file:|/)\S*?)>?\s*")
_ADDRESSES = re.compile(r"\s*(?:References|(?:Visible|Hidden) links:|Links:)\s*", re.IGNORECASE)
_NUMBERED = re.compile(r"\[([0-9]{1,5})\]")
_BEGINS_NUMBERED = re.compile(r"\s*(?:[-*+•] +|by)?\[[0-9]{1,5}\]\S")


def matches(listing: Listing) -> bool:
    """Tell whether a page was saved with marks of headings or links: it has two, and not mostly brackets."""
    if _numbers_ascend(_without_addresses(listing.lines)):
        return True
    text = "\n".join(listing.lines)
    brackets = text.count("[") + text.count("]")
    if brackets > MANY_BRACKETS and brackets * DENSEST > len(text):
        return False
    return len(list(islice(_MARKS.finditer(text), LEAST_MARKS))) == LEAST_MARKS


def _numbers_ascend(rows: Sequence[str]) -> bool:
    """Tell whether numbers in brackets begin words of a page in their order, as only those of links do.

    A text browser's page whose addresses were cut off has them still: ``[8]A Title``.
    """
    if any("](" in row or _REFERENCE.search(row) for row in rows):
        return False
    numbers = [int(match[1]) for row in rows for match in _NUMBERED.finditer(row)]
    begin = sum(bool(_BEGINS_NUMBERED.match(row)) for row in rows)
    ascend = sum(above < below for above, below in pairwise(numbers))
    return begin >= LEAST_NUMBERS and begin * 2 >= len(numbers) and ascend * 10 >= (len(numbers) - 1) * 9


def lines(listing: Listing) -> list[Line]:
    """Return the lines that are not blank, without marks, with their links and levels of headings."""
    addresses = _addresses(listing.lines)
    rows = _without_addresses(listing.lines)
    if (addresses or _numbers_ascend(rows)) and not any(map(_REFERENCE.search, rows)):
        return _with_numbered_links(rows, addresses)
    rows, linked = link_marks.put_right(rows, addresses)
    text = "\n".join(rows)
    numbers = dict.fromkeys(match[2] for match in link_marks.LINK_ENDS.finditer(text) if match[2])
    known = {number: {"href": addresses.get(number, f"#{number}"), "title": ""} for number in numbers}
    is_by_words = bool(_DEFINITION.search(text)) or len(_LABEL.findall(text)) >= LEAST_MARKS
    if is_by_words:
        known |= {label: {"href": "#", "title": ""} for label in _undefined_labels(text)}
    is_escaped = is_by_words or any(map(_INLINE.match, listing.lines))
    marked, plain = _blocks(rows)
    tokens = _parser(unescape=is_escaped).parse("\n".join(marked), {"references": known})
    found = sorted(line for line in (*_lines_of(tokens), *plain) if line.text)
    return [_linked(line, linked.get(line.number, "")) for line in found]


def _blocks(rows: Sequence[str]) -> tuple[list[str], list[Line]]:
    """Return the rows of paragraphs that hold a mark, others blank, and the lines of those that hold no mark.

    Most paragraphs hold none, and Markdown takes its time.
    """
    marked, plain = [], []
    numbered = enumerate(rows, start=1)
    for is_written, block in groupby(numbered, key=lambda row: bool(row[1])):
        lines = list(block)
        has_mark = is_written and any(_MARK.search(row) for _, row in lines)
        marked += [row if has_mark else "" for _, row in lines]
        if is_written and not has_mark:
            plain += [_line(number, [Part(row, "")], 0) for number, row in lines]
    return marked, plain


def _undefined_labels(text: str) -> set[str]:
    """Return the words of links whose address is missing, as where a page was cut among its addresses."""
    used = {normalizeReference(match[1]) for match in _LABEL.finditer(text)}
    return used - {normalizeReference(match[1]) for match in _LABELLED.finditer(text)}


def _parser(*, unescape: bool) -> MarkdownIt:
    """Return a parser of headings and links, and of nothing that text may hold by chance, such as emphasis.

    Crawlers that write links inline escape what would be a mark; text browsers do not.
    """
    rules = ["heading", "reference", "link", "image", "newline", *(["escape", "entity"] if unescape else [])]
    return MarkdownIt("zero").enable(rules)


def _addresses(rows: Sequence[str]) -> dict[str, str]:
    """Return the addresses of numbered links, which are listed at the page's end."""
    found = (_ADDRESS.fullmatch(row) for row in rows if "/" in row)
    return {match[1] or match[2]: match[3] for match in found if match}


def _without_addresses(rows: Sequence[str]) -> list[str]:
    """Return the rows, blank where they list addresses, without the white space around them."""
    listed = [index for index, row in enumerate(rows) if _ADDRESS.fullmatch(row)]
    if not listed:
        return [row.strip(BLANK) for row in rows]
    is_cut = listed[-1] == len(rows) - 2
    kept = rows[:-1] if is_cut else rows
    return [*("" if _lists_addresses(row) else row.strip(BLANK) for row in kept), *([""] if is_cut else [])]


def _lists_addresses(row: str) -> bool:
    return bool(_ADDRESS.fullmatch(row) or _ADDRESSES.fullmatch(row))


def _with_numbered_links(rows: Sequence[str], addresses: Mapping[str, str]) -> list[Line]:
    """Return the lines of a page in which the number of a link precedes its words: ``[8]A Title``.

    Where an address is missing, the page was cut among them, and all are left out: links to some of the
    papers would hide the others.
    """
    if any(mark not in addresses for row in rows for mark in _NUMBERED.findall(row)):
        addresses = {}
    found = []
    for number, row in enumerate(rows, start=1):
        before, *marked = _NUMBERED.split(row)
        parts = [Part(before.strip(), "")]
        for mark, text in zip(marked[::2], marked[1::2], strict=True):
            parts.append(Part(text.strip(), addresses.get(mark, "")))
        parts = [part for part in parts if part.text]
        text = " ".join(part.text for part in parts)
        if text:
            found.append(Line(number, text, tuple(parts) if any(part.href for part in parts) else ()))
    return found


def _lines_of(tokens: Sequence[Token]) -> Iterator[Line]:
    """Yield the lines of headings and paragraphs."""
    level = 0
    for token in tokens:
        if token.type == "heading_open":
            level = int(token.tag[1])
        elif token.type == "heading_close":
            level = 0
        elif token.type == "inline" and token.map:
            for offset, parts in enumerate(_parts_by_line(token.children or [])):
                yield _line(token.map[0] + 1 + offset, parts, level)


def _parts_by_line(children: Sequence[Token]) -> list[list[Part]]:
    """Return the texts of each line, with the addresses of their links; a picture says nothing."""
    by_line: list[list[Part]] = [[]]
    href = ""
    for child in children:
        if child.type == "link_open":
            href = str(child.attrs.get("href", ""))
        elif child.type == "link_close":
            href = ""
        elif child.type in ("softbreak", "hardbreak"):
            by_line.append([])
        elif child.content and child.type != "image":
            by_line[-1].append(Part(child.content, href))
    return by_line


def _line(number: int, parts: Sequence[Part], level: int) -> Line:
    """Return a line of some texts, without the backslash that crawlers write for a line break in a link."""
    cleaned = [part._replace(text=re.sub(r"\\(?=\s\s)", "", part.text.rstrip("\\"))) for part in parts]
    text = re.sub(r"\s{2,}", " ", "".join(part.text for part in cleaned)).strip(BLANK)
    kept = tuple(Part(part.text.strip(BLANK), part.href) for part in cleaned if part.text.strip(BLANK))
    return Line(number, text.removeprefix("LINK: "), kept if any(part.href for part in kept) else (), level)


def _linked(line: Line, href: str) -> Line:
    """Return a line with an address that was found below it, unless it has one."""
    return line._replace(parts=(Part(line.text, href),)) if href and not line.parts else line
