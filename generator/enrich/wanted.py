"""Choose the papers to look up, the right one of several answers, and what of it is kept. Pure."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

import msgspec

from generator.enrich.likeness import likeness
from generator.ingest.identity import title_key
from generator.model import Paper, Stated
from generator.text import plain


class Wanted(NamedTuple):
    """A paper that is looked up."""

    id: str
    slug: str
    stated: Stated
    """What its record says."""


class Found(NamedTuple):
    """What was found of a paper."""

    paper: Wanted
    service: str
    """Where: "arxiv", "snapshot"."""
    likeness: float
    """1 where it was asked for by its identifier."""
    stated: Stated


def stated_of(paper: Paper) -> Stated:
    """Return that part of a record which listings may state."""
    return Stated(**{name: getattr(paper, name) for name in Stated.__struct_fields__})


def wanted_papers(papers: Mapping[str, Paper], known: Collection[str]) -> list[Wanted]:
    """Return the papers, by slug, that lack an identifier or authors; without those whose ids are known."""
    found = (Wanted(paper.id or slug, slug, stated_of(paper)) for slug, paper in papers.items())
    return [one for one in found if one.id not in known and lacks(one.stated)]


def lacks(stated: Stated) -> bool:
    """Tell whether a paper lacks an identifier, its title or its authors."""
    return not ((stated.arxiv or stated.doi) and stated.title and stated.authors)


def best(paper: Wanted, service: str, answers: Iterable[Stated]) -> Found | None:
    """Return the likeliest of a service's answers; None where no paper, or more than one, may be the one."""
    rated = [Found(paper, service, score, one) for one in answers if (score := likeness(paper.stated, one))]
    rated = [one for one in rated if one.stated.arxiv or one.stated.doi]
    top = [one for one in rated if one.likeness == max(each.likeness for each in rated)]
    is_clear = len({(one.stated.arxiv, one.stated.doi) for one in top}) == 1
    return top[0] if is_clear else None


def same_identifier(paper: Wanted, service: str, answers: Iterable[Stated]) -> Found | None:
    """Return what a service states of the identifier that a paper has."""
    for one in answers:
        mine, its = ((each.arxiv or each.doi or "").casefold() for each in (paper.stated, one))
        if mine == its or (one.doi or "").casefold() == mine:
            return Found(paper, service, 1.0, one)
    return None


def owners_of(papers: Mapping[str, Paper]) -> Mapping[tuple[str, str], set[str]]:
    """Return the slugs of the papers that have an identifier or title, by ("arxiv", ...), ("title", ...)."""
    found: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for slug, paper in papers.items():
        for key in _keys(stated_of(paper)):
            found[key].add(slug)
    return found


def other_owner(found: Found, owners: Mapping[tuple[str, str], set[str]]) -> str | None:
    """Return another paper that has this one's title or the identifier that was found; None without one."""
    keys = [*_keys(found.stated), *_keys(found.paper.stated)]
    others = {slug for key in keys for slug in owners.get(key, ())} - {found.paper.slug}
    return min(others, default=None)


def _keys(stated: Stated) -> Iterator[tuple[str, str]]:
    title = title_key(plain(stated.title or ""))
    names = {"arxiv": stated.arxiv, "doi": (stated.doi or "").casefold(), "title": title}
    yield from ((kind, name) for kind, name in names.items() if name)


def line_of(found: Found) -> bytes | None:
    """Return the line of the listing of what was found; None where the record lacks nothing of it.

    It has only what the record lacks, so that no other value of it changes, and what it is known by.
    """
    stated, own = found.stated, found.paper.stated
    names = [name for name in Stated.__struct_fields__ if name != "links" and not getattr(own, name)]
    facts = {name: value for name in names if (value := getattr(stated, name))}
    if own.published:  # a day says more than a year
        facts.pop("year", None)
    if links := {kind: url for kind, url in stated.links.items() if kind not in own.links}:
        facts["links"] = links
    if not facts:
        return None
    known_by = next(name for name in ("arxiv", "doi", "title") if getattr(own, name))
    head = {"paper": found.paper.id, "found": found.service, "likeness": round(found.likeness, 3)}
    return msgspec.json.encode({**head, known_by: getattr(own, known_by), **facts}) + b"\n"
