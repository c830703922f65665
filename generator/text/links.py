"""Addresses in running text."""

import re

from generator.text.segments import Begin, End, Line, Reading

ADDRESS = re.compile(
    r"""https?://
    [A-Za-z0-9](?:[A-Za-z0-9.-]{0,250}[A-Za-z0-9])?         # a host
    (?::[0-9]{1,5})?
    (?:[/?\#](?:[A-Za-z0-9._~:/?\#@!$&'()*+,;=-]            # RFC 3986, without brackets
             |%[0-9A-Fa-f]{2}
             |\\[_\#&~]){0,2000})?                          # TeX's way to write them
    """,
    re.VERBOSE,
)
SENTENCE = ".,;:!?'*"
"""What ends a sentence or a quotation more often than an address."""


def read_address(line: Line, start: int) -> Reading | None:
    """Read the http or https address that begins at `start`, glued to a word before it or not.

    Punctuation at its end, and a parenthesis it did not open, belong to the sentence. A bare domain is no
    address. The scheme is lower case; nothing else can reach an `href`.
    """
    found = ADDRESS.match(line.text, start)
    if found is None:
        return None
    written = _without_sentence(found[0])
    return linked(written, start + len(written))


def address(argument: str) -> str | None:
    r"""Return the address that the argument of `\url` or `\href` states, or None where it is none."""
    return argument.replace("\\", "") if ADDRESS.fullmatch(argument) else None


def linked(written: str, resume: int) -> Reading:
    """Return a link that shows the address it goes to, TeX's escapes resolved."""
    url = written.replace("\\", "")
    return Reading((Begin("a", url), url, End("a")), resume)


def _without_sentence(written: str) -> str:
    surplus = written.count(")") - written.count("(")
    while written[-1] in SENTENCE or (written[-1] == ")" and surplus > 0):
        surplus -= written[-1] == ")"
        written = written[:-1]
    return written
