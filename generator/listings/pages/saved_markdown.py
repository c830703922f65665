r"""Pages of Hugging Face that a crawler or a text browser saved, with marks of headings and links.

Four kinds are met. Markdown, which markdown-it reads, by inline links or by references::

    ### [A Title](https://huggingface.co/papers/2606.00001)
    ### [A Title][32]

Links that go over paragraphs, which no Markdown has, but text browsers write::

    [

    An abstract.

    ][33]

Addresses in a paragraph of their own, below what they are the address of::

    A Title

    https://huggingface.co/papers/2606.00001

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
from itertools import islice, pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

from generator.listings.entry import BLANK, Line, Listing, Part, join

_SITE = r"(?:(?:https?:)?//(?:www\.)?(?:huggingface\.co|hf\.co))"
_MARKS = re.compile(
    r"^[ \t]{0,3}#{2,6}[ \t]+\S"  # a heading
    rf"|\]\(<?{_SITE}?/(?:papers/[0-9]{{4}}\.|login\b)"  # a link to a paper or to its votes
    r"|\]\[[0-9]{1,5}\]"  # a numbered link
    r"|^[ \t]*\[LINK: "
    rf"|^[ \t]*(?:[0-9]{{1,5}}\. )?{_SITE}/(?:papers/[0-9]{{4}}\.|login\?)\S*$",  # an address of its own
    re.MULTILINE,
)
LEAST_MARKS = 2
LEAST_NUMBERS = 4
MANY_BRACKETS = 2_000
DENSEST = 8
"""Characters for each bracket, at least, of a page that has many; what has more was saved by no tool."""
_INLINE = re.compile(rf"^[ \t]*(?:#{{1,6}}[ \t]+)?\[.*\]\(<?{_SITE}?/(?:papers/|login\b)")
_ADDRESS = re.compile(r"\s*(?:\[([0-9]{1,5})\]:?|([0-9]{1,5})\.)\s+<?((?:https?:|file:|/)\S*?)>?\s*")
_ADDRESSES = re.compile(r"\s*(?:References|(?:Visible|Hidden) links:|Links:)\s*", re.IGNORECASE)
_LONE_ADDRESS = re.compile(rf"\s*<?({_SITE}\S*|https?://(?:www\.)?(?:arxiv\.org|github\.com)/\S*?)>?\s*")
_OPENS = re.compile(r"\s*(?:[-*+] )?\[\s*")
_OPENS_BEHIND = re.compile(r"(?<=[\])])\[\s*\Z")
_CLOSES = re.compile(r"\s*\](?:\(<?([^()\s<>]*)>?\)|\[([0-9]{1,5})\])")
_LINK_ENDS = re.compile(r"\](?:\(<?([^()\s<>]*)>?(?: \"[^\"]*\")?\)|\[([0-9]{1,5})\])")
_HEADING = re.compile(r"\s{0,3}(#{1,6}\s+)")
_NUMBERED = re.compile(r"\[([0-9]{1,5})\]")
_BEGINS_NUMBERED = re.compile(r"\s*(?:[-*+] |by)?\[[0-9]{1,5}\]\S")
_ATTRIBUTES = re.compile(r"(?:\s*\{[.#][\w-][^{}]{0,300}\})+(?=\s*\Z)")


def matches(listing: Listing) -> bool:
    """Tell whether a page was saved with marks of headings or links: it has two, and not mostly brackets."""
    if _numbers_ascend(listing.lines):
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
    if any("](" in row or "][" in row for row in rows):
        return False
    numbers = [int(match[1]) for row in rows for match in _NUMBERED.finditer(row)]
    begin = sum(bool(_BEGINS_NUMBERED.match(row)) for row in rows)
    ascend = sum(above < below for above, below in pairwise(numbers))
    return begin >= LEAST_NUMBERS and begin * 2 >= len(numbers) and ascend * 10 >= (len(numbers) - 1) * 9


def lines(listing: Listing) -> list[Line]:
    """Return the lines that are not blank, without marks, with their links and levels of headings."""
    addresses = _addresses(listing.lines)
    rows = ["" if _is_address(row, addresses) else row.strip(BLANK) for row in listing.lines]
    if (addresses or _numbers_ascend(rows)) and not any("][" in row for row in rows):
        return _with_numbered_links(rows, addresses)
    linked = _unwrap(rows, addresses)
    text = "\n".join(rows)
    numbers = dict.fromkeys(match[2] for match in _LINK_ENDS.finditer(text) if match[2])
    known = {number: {"href": addresses.get(number, f"#{number}"), "title": ""} for number in numbers}
    is_escaped = any(map(_INLINE.match, listing.lines))
    tokens = _parser(unescape=is_escaped).parse(text, {"references": known})
    found = [line for line in _lines_of(tokens) if line.text]
    return [_linked(line, linked.get(line.number, "")) for line in found]


def _parser(*, unescape: bool) -> MarkdownIt:
    """Return a parser of headings and links, and of nothing that text may hold by chance, such as emphasis.

    Crawlers that write links inline escape what would be a mark; text browsers do not.
    """
    rules = ["heading", "link", "image", "newline", *(["escape", "entity"] if unescape else [])]
    return MarkdownIt("zero").enable(rules)


def _addresses(rows: Sequence[str]) -> dict[str, str]:
    """Return the addresses of numbered links, which are listed at the page's end."""
    found = (_ADDRESS.fullmatch(row) for row in rows if "/" in row)
    return {match[1] or match[2]: match[3] for match in found if match}


def _is_address(row: str, addresses: Mapping[str, str]) -> bool:
    return bool(addresses) and bool(_ADDRESS.fullmatch(row) or _ADDRESSES.fullmatch(row))


def _with_numbered_links(rows: Sequence[str], addresses: Mapping[str, str]) -> list[Line]:
    """Return the lines of a page in which the number of a link precedes its words: ``[8]A Title``."""
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
        ends = _LINK_ENDS.search(row)
        if ends and depth == 0 and "[" not in row[: ends.start()]:
            rows[index] = row = f"[{row}"
        depth = max(0, depth + row.count("[") - row.count("]"))
    if depth and rows[start].startswith("[") and "]" not in "".join(rows[start:end]):
        rows[start] = rows[start][1:].lstrip()


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
    """Return a line of some texts, without the backslash that crawlers write for a line break in a link.

    Nor with the attributes that pandoc writes behind a link or heading: ``{.line-clamp-3} {.mb-1}``.
    """
    words = [part._replace(text=_ATTRIBUTES.sub("", part.text)) for part in parts]
    cleaned = [part._replace(text=re.sub(r"\\+\Z|\\(?=\s{2,})", "", part.text)) for part in words]
    text = re.sub(r"\s{2,}", " ", "".join(part.text for part in cleaned)).strip(BLANK)
    kept = tuple(Part(part.text.strip(BLANK), part.href) for part in cleaned if part.text.strip(BLANK))
    return Line(number, text.removeprefix("LINK: "), kept if any(part.href for part in kept) else (), level)


def _linked(line: Line, href: str) -> Line:
    """Return a line with an address that was found below it, unless it has one."""
    return line._replace(parts=(Part(line.text, href),)) if href and not line.parts else line
