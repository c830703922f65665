"""Make the questions that services are asked about a paper. Pure.

arXiv's API (info.arxiv.org/help/api/user-manual.html), Semantic Scholar's Graph API
(``/paper/search/match``), OpenAlex (``/works?search=``) and Crossref (``/works?query.bibliographic=``).
"""

import re
from collections.abc import Sequence
from urllib.parse import quote, urlencode

import msgspec

from generator.fetch.requests import ARXIV_PAUSE, Request
from generator.settings import Lookup
from generator.text import plain

USUAL = ("arxiv", "semantic-scholar", "openalex", "crossref")
"""The services, in the order in which they are asked."""
SERVERS = {
    "arxiv": "https://export.arxiv.org",
    "semantic-scholar": "https://api.semanticscholar.org",
    "openalex": "https://api.openalex.org",
    "crossref": "https://api.crossref.org",
}
PAUSES = {"arxiv": ARXIV_PAUSE, "semantic-scholar": 1.1, "openalex": 0.1, "crossref": 0.1}
"""Seconds between two calls: without a key Semantic Scholar answers one a second."""
FORMATS = {"arxiv": "arxiv-atom"}
FIELDS = "title,abstract,authors,externalIds,venue,publicationDate,openAccessPdf"
MOST = 5
"""The most answers to a title that are read."""
MANY = 50
"""The most identifiers in one question to arXiv."""
WORD = re.compile(r"\w+")


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """What a service is asked, and the format of its answer."""

    service: str
    request: Request
    format_name: str


def lookups(settings: Sequence[Lookup]) -> tuple[Lookup, ...]:
    """Return the services to ask: those of the settings, else all."""
    return tuple(settings) or tuple(Lookup(service=name) for name in USUAL)


def by_title(lookup: Lookup, title: str) -> Question:
    """Return the question for papers of a title."""
    words = " ".join(WORD.findall(plain(title)))
    paths: dict[str, tuple[str, dict[str, object]]] = {
        "arxiv": ("/api/query?", {"search_query": f'ti:"{words}"', "max_results": MOST}),
        "semantic-scholar": ("/graph/v1/paper/search/match?", {"query": words, "fields": FIELDS}),
        "openalex": ("/works?", {"search": words, "per-page": MOST}),
        "crossref": ("/works?", {"query.bibliographic": words, "rows": MOST}),
    }
    path, values = paths[lookup.service]
    return _question(lookup, path + urlencode(values))


def by_arxiv_ids(lookup: Lookup, ids: Sequence[str]) -> Question:
    """Return the question for the papers of some arXiv identifiers, no more than `MANY`."""
    return _question(lookup, "/api/query?" + urlencode({"id_list": ",".join(ids), "max_results": len(ids)}))


def by_doi(lookup: Lookup, doi: str) -> Question:
    """Return the question for the work of a DOI."""
    return _question(lookup, f"/works/{quote(doi, safe='')}")


def _question(lookup: Lookup, path: str) -> Question:
    service = lookup.service
    server = (lookup.server or SERVERS[service]).rstrip("/")
    request = Request(url=server + path, file=service, service=service, pause=PAUSES[service])
    return Question(service=service, request=request, format_name=FORMATS.get(service, service))
