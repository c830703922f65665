"""Identifiers and links: arXiv, DOI, URL."""

import re
from typing import NamedTuple
from urllib.parse import unquote

import msgspec

from generator.model import ArxivId, Doi, WebUrl

ARXIV = re.compile(
    r"""(?i: oai:arXiv\.org: | arxiv:\s* | (?:https?://)?(?:[a-z0-9]+\.){0,2}arxiv\.org/(?:abs|pdf|html|ps|format|e-print|src)/
        | (?:https?://)?(?:www\.)?(?:(?:huggingface|hf)\.co/papers|alphaxiv\.org/abs|ar5iv\.org/(?:abs|html))/
        | (?:(?:https?://)?(?:dx\.)?doi\.org/|doi:\s*)?10\.48550/arXiv\. )?
    (?: (?P<new>[0-9]{4}\.[0-9]{4,5})
      | (?P<archive>[A-Za-z-]{2,20})(?:\.[A-Za-z-]{2,20})?/(?P<number>[0-9]{7}) )
    (?:v(?P<version>[1-9][0-9]{0,3}))?
    (?:\.pdf|/)?(?:[?\#]\S*)?(?:\s*\[[\w.-]+\])?""",
    re.VERBOSE,
)
VERSION = re.compile("v([1-9][0-9]{0,3})")
DOI = re.compile(r"(?i:(?:https?://)?(?:dx\.|www\.)?doi\.org/|doi:\s*)?(?P<name>10\.[0-9]{4,9}/\S+)")
OF_ARXIV = re.compile(r"10\.48550/arxiv\.", re.IGNORECASE)
"""DOIs that arXiv gives each paper; they name an arXiv identifier (info.arxiv.org/help/doi.html)."""


class Arxiv(NamedTuple):
    """An arXiv identifier and its version, where one is stated."""

    arxiv: str
    version: int | None = None


def arxiv_id(value: object) -> Arxiv | None:
    """Read an arXiv identifier, of either scheme, also within the URLs and names that others give it.

    The class of an old one is left out, as arXiv does: ``math.GT/0309136`` is ``math/0309136``
    (info.arxiv.org/help/arxiv_identifier.html).

    >>> arxiv_id("http://arxiv.org/abs/hep-th/9901001v2")
    Arxiv(arxiv='hep-th/9901001', version=2)
    """
    match = ARXIV.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None:
        return None
    name = match["new"] or f"{match['archive'].lower()}/{match['number']}"
    version = int(match["version"]) if match["version"] else None
    return Arxiv(name, version) if _fits(name, ArxivId) else None


def version_number(value: object) -> int | None:
    """Read the number of a version that is written as ``v2``."""
    match = VERSION.fullmatch(value) if isinstance(value, str) else None
    return int(match[1]) if match else None


def doi(value: object) -> str | None:
    """Read a DOI name, also within its URL; of several, the first. Those that arXiv gives are none here.

    >>> doi("https://doi.org/10.1145/3292500")
    '10.1145/3292500'
    """
    match = DOI.match(value.strip()) if isinstance(value, str) else None
    if match is None or OF_ARXIV.match(match["name"]):
        return None
    name = unquote(match["name"]) if match.start("name") and "%" in match["name"] else match["name"]
    name = name.rstrip(".,;")
    return name if name.isprintable() and _fits(name, Doi) else None


def url(value: object) -> str | None:
    """Return an http or https URL; None for any other text."""
    stripped = value.strip() if isinstance(value, str) else ""
    return stripped if len(stripped) <= 2000 and stripped.isprintable() and _fits(stripped, WebUrl) else None


def _fits(value: str, kind: object) -> bool:
    try:
        msgspec.convert(value, kind)
    except msgspec.ValidationError:
        return False
    return True
