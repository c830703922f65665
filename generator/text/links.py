r"""Find URLs in text.

see https://a.org/b_c.      ->  see <a href="https://a.org/b_c" rel="nofollow">https://a.org/b_c</a>.
(https://a.org/x_(y))       ->  (<a href="https://a.org/x_(y)" rel="nofollow">https://a.org/x_(y)</a>)
https://a.org/päth ok       ->  <a href="https://a.org/päth" rel="nofollow">https://a.org/päth</a> ok
https://a.org/b\_c          ->  <a href="https://a.org/b_c" rel="nofollow">https://a.org/b_c</a>
a.org, javascript:x         stays: neither http nor https
"""

import re

from generator.text.segments import Begin, End, Parsed, SourceLine

URL = re.compile(
    r"""https?://
    [A-Za-z0-9\u00c0-\u024f]                                # a host
    (?:[A-Za-z0-9\u00c0-\u024f.-]{0,250}[A-Za-z0-9\u00c0-\u024f])?
    (?::[0-9]{1,5})?
    (?:[/?\#](?:[A-Za-z0-9._~:/?\#@!$&'()*+,;=-]            # RFC 3986, without brackets
             |[\u00c0-\u167f\u1681-\u1fff]                 # RFC 3987, except ideographs: no space ends those
             |%[0-9A-Fa-f]{2}
             |\\[_\#&~]){0,2000})?                          # TeX's way to write them
    """,
    re.VERBOSE,
)
SENTENCE = ".,;:!?'*"
"""What ends a sentence or a quotation more often than a URL."""


def parse_url(line: SourceLine, start: int) -> Parsed | None:
    """Parse the http or https URL at `start`, whether or not a word ends right before it.

    Punctuation at its end, and a parenthesis it did not open, belong to the sentence. Nothing but a URL that
    this accepts can reach an `href`.
    """
    found = URL.match(line.text, start)
    if found is None:
        return None
    written = _without_sentence(found[0])
    return link_to(written, start + len(written))


def url_of(argument: str) -> str | None:
    r"""Return the URL that is the argument of `\url` or `\href`; None if it is not one."""
    return argument.replace("\\", "") if URL.fullmatch(argument) else None


def link_to(written: str, resume: int) -> Parsed:
    """Return a link that shows its own URL, TeX's escapes resolved."""
    url = written.replace("\\", "")
    return Parsed((Begin("a", url), url, End("a")), resume)


def _without_sentence(written: str) -> str:
    surplus = written.count(")") - written.count("(")
    while written[-1] in SENTENCE or (written[-1] == ")" and surplus > 0):
        surplus -= written[-1] == ")"
        written = written[:-1]
    return written
