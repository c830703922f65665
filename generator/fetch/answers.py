"""Tell from an answer's bytes, before parsing, whether it is cut off or announces no papers. Pure."""

import json
import re

TAIL = 2000
"""Characters at the end of a document in which its last tag is; comments may follow it."""
ROOT = re.compile(
    rb"\A(?>(?><\?.*?\?>|<!--.*?-->|<!DOCTYPE[^<>]*>)\s*)*+<([A-Za-z][\w:.-]*)", re.DOTALL | re.IGNORECASE
)
JSON = re.compile(rb"\[\s*[\[{\"\]]|\{\s*[\"}]")
FEEDS = {b"rss", b"feed", b"RDF"}
ITEM = re.compile(rb"<(?:[\w.-]+:)?(?:item|entry)[\s>/]")
NO_UPDATES = re.compile(rb"<p>\s*No updates today\.?\s*</p>", re.IGNORECASE)
"""What arXiv's page of new papers says where there are none (its template ``list/new.html``)."""
SHORT = 10_000
"""Bytes that an answer without papers has at most, where it is JSON."""


def is_cut_off(data: bytes) -> bool:
    """Tell whether a document lacks its end: the tag that closes XML or HTML, what makes JSON whole.

    PASS: ``<rss>...</rss>``, ``[{...}]``
    FAIL: ``<rss><channel><item>``, ``[{"paper": {``, and no byte at all
    """
    text = data.strip(b"\xef\xbb\xbf \t\r\n")
    if not text:
        return True
    if root := ROOT.match(text):
        name = re.escape(root[1])
        is_empty = re.search(rb"/>\Z", text) is not None and text.count(b"<" + root[1]) == 1
        return not is_empty and not re.search(rb"</" + name + rb"\s*>", text[-TAIL:], re.IGNORECASE)
    return JSON.match(text) is not None and _is_broken_json(text)


def _is_broken_json(text: bytes) -> bool:
    """Tell whether a text is neither a JSON value nor several, one a line."""
    try:
        json.loads(text, strict=False)
    except json.JSONDecodeError as flaw:
        return flaw.msg != "Extra data" or text[-1:] not in b"]}"
    except (ValueError, RecursionError):  # too deep, or not UTF-8: ingest says where
        pass
    return False


def announces_nothing(data: bytes) -> bool:
    """Tell whether a whole document says that there are no papers today, as arXiv does on a weekend.

    That is a feed without items, JSON without records (``[]``, ``{"items": []}``), or arXiv's page of new
    papers with "No updates today".
    """
    text = data.strip(b"\xef\xbb\xbf \t\r\n")
    if root := ROOT.match(text):
        if root[1].rpartition(b":")[2] in FEEDS:
            return not ITEM.search(text)
        return root[1].lower() == b"html" and NO_UPDATES.search(text) is not None
    if len(text) > SHORT or not JSON.match(text):
        return False
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return False
    lists = [value] if isinstance(value, list) else [one for one in value.values() if isinstance(one, list)]
    return bool(lists) and not any(lists)
