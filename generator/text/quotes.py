r"""Curl quotes: TeX's before the scan, straight ones after it, outside code and links.

``better'' than    ->  “better” than
``naive".          ->  “naive”.
a `winner'         ->  a ‘winner’
"It's" the '90s    ->  “It’s” the ’90s
the authors' 'own' ->  the authors’ ‘own’
an \"open\" model  ->  an “open” model
don\'t             ->  don’t
`code`             stays: Markdown's
a lone ` or f''    stays: no partner
5'-end, 12" disk   stays: units and primes
"""  # noqa: RUF002

import re
from collections.abc import Iterable, Iterator

from generator.text.segments import Begin, End, Formula, Segment

LEFT_SINGLE, RIGHT_SINGLE = "\N{LEFT SINGLE QUOTATION MARK}", "\N{RIGHT SINGLE QUOTATION MARK}"

# Each pattern begins with a literal and then looks back, so that a search skips from mark to mark.
DOUBLE_QUOTED = re.compile(r"``(?<![^\s(\[{/-]``)((?:[^`]|`(?!`)){1,400}?)(?:''(?!')|\"(?!\w))")
SINGLE_QUOTED = re.compile(r"`(?<![^\s(\[{/-]`)([^`'\s](?:[^`']|'(?=\w)){0,200})'(?![\w'])")
ESCAPED = re.compile(
    r"""\\(?:
      "(?<![A-Za-z]\\") (?P<words> [^"\\]{0,200} ) \\"(?![A-Za-z{\\])   # \"open\" but not \"Uber
    | '(?<=[A-Za-z]\\') (?P<ending> s|m|d|re|ll|ve|t )(?![A-Za-z])      # don\'t, it\'s
    )""",
    re.VERBOSE,
)
"""Quotes as JSON or Python escapes them, which look like accents."""

STRAIGHT = re.compile(
    r"""['"](?:
        (?P<apostrophe> (?<=[^\W\d_]')(?=[^\W\d_])
                      | (?<=\d')(?=s\b) | (?<!\w')(?<=')(?=\d\ds?\b|em\b|[tT]is\b|til\b) )
      | (?P<opening> (?<![^\s(\[{/“"—-]')(?<=')(?=[^\s'](?:[^'"]|'(?=\w)){0,200}'(?!\w)) )
      | (?P<closing> (?<=[^\W\d_][^\W\d_]')(?![\w']) | (?<=[.,!?;:)\]…%”]')(?![\w']) )
      | )
    """,
    re.VERBOSE,
)
BEFORE_OPENING = re.compile(rf"[\s(\[{{/{LEFT_SINGLE}—\N{{EN DASH}}'-]")


def curl_quotes(text: str) -> str:
    """Return the text with its pairs of TeX's quotes curled. A straight one may close a double quote."""
    if "\\" in text:
        text = ESCAPED.sub(_unescaped, text)
    if "`" not in text:
        return text
    text = DOUBLE_QUOTED.sub(r"“\1”", text)
    return SINGLE_QUOTED.sub(rf"{LEFT_SINGLE}\1{RIGHT_SINGLE}", text)


def _unescaped(quote: re.Match[str]) -> str:
    return f"“{quote['words']}”" if quote["ending"] is None else RIGHT_SINGLE + quote["ending"]


def curl_straight(text: str) -> str:
    """Return text of the same length with its straight quotes curled, where it is plain which way."""
    if "'" not in text and '"' not in text:
        return text
    pieces: list[str] = []
    position, opened = 0, {"'": False, '"': False}
    for quote in STRAIGHT.finditer(text):
        start = quote.start()
        pieces += [text[position:start], _curled(text, quote, is_open=opened[quote[0]])]
        opened[quote[0]] = pieces[-1] in "“\N{LEFT SINGLE QUOTATION MARK}" or (
            opened[quote[0]] and quote.lastgroup == "apostrophe"
        )
        position = start + 1
    return "".join([*pieces, text[position:]])


def _curled(text: str, quote: re.Match[str], *, is_open: bool) -> str:
    if quote[0] == '"':
        return _double(text, quote.start(), is_open=is_open)
    if quote.lastgroup == "opening":
        return LEFT_SINGLE
    before, after = text[quote.start() - 1 : quote.start()], text[quote.end() : quote.end() + 1]
    is_closing = is_open and before.strip(" '") and not after.isalnum()
    return RIGHT_SINGLE if quote.lastgroup or is_closing else "'"


def _double(text: str, start: int, *, is_open: bool) -> str:
    before, after = text[start - 1 : start], text[start + 1 : start + 2]
    if (
        after.strip()
        and (not before or BEFORE_OPENING.match(before))
        and not (is_open and not after.isalnum())
    ):
        return "“"
    is_closing = bool(before.strip()) and not after.isalnum() and (is_open or not before.isdigit())
    return "”" if is_closing else '"'


def curl_segments(segments: Iterable[Segment]) -> Iterator[Segment]:
    """Yield segments with their straight quotes curled, except in code and links."""
    parts = tuple(segments)
    shown = tuple(_shown(parts))
    curled, position = curl_straight("".join(shown)), 0
    for part, own in zip(parts, shown, strict=True):
        end = position + len(own)
        yield curled[position:end] if part == own else part
        position = end


def _shown(segments: Iterable[Segment]) -> Iterator[str]:
    """Yield each segment's text as its neighbours' quotes see it: letters for formulas, code and links."""
    depth = 0
    for segment in segments:
        match segment:
            case str():
                yield "xx" if depth else segment
            case Formula():
                yield "xx"
            case Begin(tag) | End(tag):
                depth += (1 if isinstance(segment, Begin) else -1) if tag in ("a", "code") else 0
                yield ""
