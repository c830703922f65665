"""Papers of any kind, for properties that hold of all."""

import datetime as dt
import re
from typing import Any

from hypothesis import strategies as st

from generator.model import ArxivId, Correction, Doi, Listed, Paper, Slug, Stated

ODD = "ab :#-'\"\\\n\r\t>|%@&*!?{}[],`~\x85\u2028\u2029\ufeff\x00\x07é\U0001f600\U0001d465"
"""What YAML gives a meaning to, what it takes for a line break, what libyaml escapes."""
GUESSED = [
    "No",
    "0",
    "~",
    "null",
    "2410.10",
    "2024-01-01",
    "- a",
    "a: b",
    "...",
    "---",
    "trailing ",
    " leading",
    "\n",
]
texts = st.text(min_size=1) | st.text(ODD, min_size=1) | st.sampled_from(GUESSED)


def fitting(kind: Any) -> st.SearchStrategy[str]:
    """Return texts that fit the pattern of a type of the model."""
    pattern = next(meta.pattern for meta in kind.__metadata__ if meta.pattern)
    return st.from_regex(re.compile(pattern), alphabet=st.characters(codec="ascii"))


slugs = fitting(Slug).filter(lambda slug: len(slug) <= 120)
arxiv_ids = fitting(ArxivId)
dois = fitting(Doi)
days = st.dates(min_value=dt.date(1, 1, 1))
counts = st.integers(0, 2**63 - 1)
urls = st.sampled_from(["https://github.com/a/b", "http://x.example/?q=1#top", "https://x.example/a,b:c"])


def tuples(items: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Return tuples of a few items."""
    return st.lists(items, max_size=3).map(tuple)


LISTING_OWNED: dict[str, st.SearchStrategy[Any]] = {
    "title": texts,
    "abstract": texts,
    "authors": tuples(texts),
    "author_count": counts,
    "organization": texts,
    "organization_handle": texts,
    "arxiv": arxiv_ids,
    "version": counts,
    "doi": dois,
    "venue": texts,
    "comment": texts,
    "categories": tuples(texts),
    "license": texts,
    "published": days,
    "updated": days,
    "year": st.integers(1000, 2999),
    "withdrawn": st.booleans(),
    "links": st.dictionaries(slugs, urls, max_size=3),
}
rows = st.builds(
    Listed,
    listing=texts,
    issue=st.none() | days,
    position=st.none() | counts,
    votes=st.none() | counts,
    discussion=st.none() | counts,
)
OTHERS: dict[str, st.SearchStrategy[Any]] = {
    "id": slugs,
    "listed": tuples(rows),
    "themes": tuples(slugs),
    "pick": st.booleans(),
    "note": texts,
    "hide": st.booleans(),
    "draft": st.booleans(),
    "tags": tuples(texts),
    "headline": texts,
    "changes": tuples(st.builds(Correction, date=days, text=texts)),
    "formerly": tuples(slugs),
}
stated = st.fixed_dictionaries({}, optional=LISTING_OWNED).map(lambda values: Stated(**values))
papers = st.fixed_dictionaries({}, optional=LISTING_OWNED | OTHERS).map(lambda values: Paper(**values))
