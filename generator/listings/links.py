"""Links that a paper's text states: where its code, data, model and project page are."""

import re

_LETTERS = r"\w\-.~:/?#@&+=%"
_URL = re.compile(
    r"(?:(?P<scheme>https?)://|(?<![\w.@/-])(?=(?:www\.)?(?:github|gitlab)\.com/))"
    rf"(?P<address>(?:[{_LETTERS}]++|\\[_%#&~]|\([{_LETTERS}]{{0,200}}\))++)",
    re.IGNORECASE,
)
r"""A URL, without the brackets and quotes of the sentence around it; it may hold brackets in pairs.

It may be glued to the word before; TeX writes ``\_`` for ``_``; authors leave out the scheme of a known host.
An IRI (RFC 3987) has letters of any script.

ADDRESS::

    (https://github.com/orchard/pears), https://пример.рф/груши, https://fruit.example/Pear_(fruit).

IN IT IS NOT::

    the brackets, the comma and the full stop
"""
_GLUED = re.compile(r"\.(?=(?!Net\Z)[A-Z][a-z]+\Z)")
"""Where an address ends although no space is there: at the stop before the next sentence's first word."""
_OWNER_AND_NAME = re.compile(r"(?:[!-.0-~]*/){2}[!-.0-~]*(?=[^!-~])")
"""A repository's address up to a letter that no name there has, as where Chinese follows without a space."""
_NAME = r"[\w-][\w.-]*"
_HOSTS = (
    ("code", rf"(www\.)?(github\.com|gitlab\.com|bitbucket\.org|codeberg\.org)/{_NAME}/{_NAME}"),
    ("code", rf"anonymous\.4open\.science/r/{_NAME}"),
    ("project", r"[\w-]+\.(github|gitlab)\.io(/|$)"),
    ("project", rf"sites\.google\.com/view/{_NAME}"),
    ("data", rf"huggingface\.co/datasets/{_NAME}/{_NAME}"),
    ("model", rf"huggingface\.co/(?!(blog|collections|datasets|docs|papers|spaces)/){_NAME}/{_NAME}"),
)
_KINDS = tuple((kind, re.compile(host, re.ASCII | re.IGNORECASE)) for kind, host in _HOSTS)
_CALLED_PROJECT = re.compile(r"project (?:web)?(?:page|site)[^.]*\Z", re.IGNORECASE)
_BEFORE = 40
_PUNCTUATION = ".:?&#@=+"


def find(text: str) -> dict[str, str]:
    """Return the kinds of link that a text states, each with the first URL of its kind.

    The host tells the kind, or the words "project page" shortly before it. Any other URL is no link.
    """
    links: dict[str, str] = {}
    for match in _URL.finditer(text):
        address = match["address"].replace("\\", "").rstrip(_PUNCTUATION)
        kind = next((kind for kind, host in _KINDS if host.match(address)), None)
        if kind:
            address = _GLUED.split(address)[0]
            if kind != "project" and (named := _OWNER_AND_NAME.match(address)):
                address = named[0]
        if not kind and _CALLED_PROJECT.search(text, max(0, match.start() - _BEFORE), match.start()):
            kind = "project"
        if kind and address:
            links.setdefault(kind, f"{(match['scheme'] or 'https').lower()}://{address}")
    return links
