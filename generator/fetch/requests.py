"""Make the request to a source for the issue of a day. Pure.

Addresses are those of info.arxiv.org/help/rss.html, of arXiv's pages of new papers, of Hugging Face's
``/api/daily_papers`` and of Zotero's web API 3 (zotero.org/support/dev/web_api/v3/basics).
"""

import datetime as dt
import re
from urllib.parse import urlsplit

import msgspec

from generator.settings import Source

ARXIV_PAUSE = 3.0
"""Seconds between two calls to arXiv (info.arxiv.org/help/api/tou.html)."""
SUFFIX = re.compile(r"\.(?:atom|bib|gz|html?|json|jsonl|rdf|ris|rss|txt|xml|zip)\Z")


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be asked, and what the answer is called."""

    url: str
    file: str
    """Name of the answer's file; its listing has the day before it."""
    format_name: str | None = None
    service: str
    """Whom the pause is kept for: several servers may be of one service."""
    pause: float = 0.0
    """Seconds between two calls to the service."""


def request_of(source: Source, day: dt.date) -> Request:
    """Return what is to be asked of a source for the issue of a day."""
    kind, _, rest = source.where.partition(":")
    if kind in {"http", "https"}:
        return _plain(source)
    default, path, suffix = _SERVICES[kind]
    server = (source.server or default).rstrip("/")
    return Request(
        url=f"{server}{path.format(rest, day=day)}",
        file=f"{source.name}{suffix}",
        format_name=source.format,
        service=kind.removesuffix("-list"),
        pause=ARXIV_PAUSE if kind.startswith("arxiv") else 0.0,
    )


_SERVICES = {
    "arxiv": ("https://rss.arxiv.org", "/rss/{}", ".xml"),
    "arxiv-list": ("https://arxiv.org", "/list/{}/new", ".html"),
    "hf-daily": ("https://huggingface.co", "/api/daily_papers?date={day}&limit=100", ".json"),
    "zotero": (
        "https://api.zotero.org",
        "/groups/{}/items/top?format=csljson&sort=dateAdded&direction=desc&limit=100",
        ".json",
    ),
}
"""By the kind of source: the server, the path there, and the suffix of the answer's file."""


def _plain(source: Source) -> Request:
    """Return the request for a URL; arXiv's servers are known by their names too."""
    parts = urlsplit(source.where)
    host = parts.hostname or ""
    is_arxiv = host == "arxiv.org" or host.endswith(".arxiv.org")
    suffix = SUFFIX.search(parts.path.lower())
    return Request(
        url=source.where,
        file=f"{source.name}{suffix[0] if suffix else '.txt'}",
        format_name=source.format,
        service="arxiv" if is_arxiv else host,
        pause=ARXIV_PAUSE if is_arxiv else 0.0,
    )
