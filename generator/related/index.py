"""Related papers: those about the same subject, each with the terms that both share. Only their text counts.

A paper is compared only with those that its heaviest terms lead to, so the work for one does not grow with
the library. An index is made from the one before it, so what has not changed costs next to nothing.
"""

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from heapq import nsmallest
from itertools import islice

import msgspec

from generator.library.library import Library, Relation
from generator.library.overlay import differing, patched
from generator.library.packed import PackedPaper
from generator.library.terms import NORM, Terms, key_of, profile_of
from generator.library.vectors import Vectors, cosine_at_most, text_key
from generator.related.likeness import NEAR, NEAR_EVIDENCE, SUBJECT, IndexedPaper, Likeness, likeness
from generator.related.naming import Namings, name_of, names_in

SHOWN = 5
"""Related papers that a paper has at most."""
NAMED = 2
"""Terms that are named as the reason why two papers are related, at most."""
SECOND_TERM_SHARE = 0.5
"""The least evidence of the second of them, as a share of the evidence of the first."""
UNSAID_FACTOR = 2
"""A subject that reasons do not give otherwise is named for near papers if its evidence is so many times that
of the best term that they give."""
LEADING = 16
"""Terms of a paper that lead to candidates: its heaviest."""
USERS = 24
"""Papers that a term leads to: those in which it weighs most."""
CANDIDATE_THRESHOLD = 0.03 * NORM**2
"""The least weight of all terms together that lead to a candidate. A paper below it is not compared."""
COMPARED = 16
"""Candidates that are compared with a paper in all their terms."""
FARTHER_COMPARED = 16
"""Candidates after these, which are compared only if their vectors are near."""
PAPERS_EXPLAINED = 6
"""A term explains why two papers are related only if both are among so many in which it weighs most; else one
term would relate many papers. A term in both titles always explains it."""
LEAST_AFTER_FIRST, LEAST_SHARE_OF_FIRST = 0.4, 0.7
"""The least likeness of papers after the most alike one, and their least share of its likeness."""

Users = Mapping[int, list[str]]
"""The papers that use each term, the one in which it weighs most first."""


class RelatedIndex:
    """The related papers of a library. Those of one paper are found when they are first asked for."""

    def __init__(
        self,
        terms: Terms,
        records: Mapping[str, PackedPaper],
        entries: Mapping[str, IndexedPaper],
        found: Mapping[str, tuple[Relation, ...]],
        users: Users | None = None,
        namings: Namings | None = None,
        *,
        vectors: Vectors = Vectors(),  # noqa: B008 (it is frozen)
    ) -> None:
        self.terms = terms
        self.vectors = vectors
        self.records = records
        """What the entries were made from."""
        self.entries = entries
        self.found = dict(found)
        """The related papers by slug, as far as they were asked for."""
        self._known_users = users
        self._known_namings = namings
        self._leads: dict[int, list[tuple[str, int]]] = {}

    def of(self, slug: str) -> tuple[Relation, ...]:
        """Return the papers that are related to one, the most alike first; often few or none at all."""
        if slug not in self.entries:
            return ()
        if slug not in self.found:
            self.found[slug] = tuple(self._related(slug))
        return self.found[slug]

    def after(self, library: Library) -> "RelatedIndex":
        """Return the index of a library, equal to one made from nothing.

        Only new and changed papers are read. Relations are found again only where a term leads to another
        paper than before, or to a changed one.
        """
        terms, vectors, before, now = library.terms, library.vectors, self.records, library.records
        if self.terms is not terms and self.terms != terms:
            return RelatedIndex(terms, {}, {}, {}).after(library)
        changes: dict[str, IndexedPaper | None] = {}
        for slug in differing(before, now):
            if before.get(slug) != now.get(slug):
                entry = _entry(now[slug], terms, vectors) if slug in now else None
                if entry != self.entries.get(slug):
                    changes[slug] = entry
        if self.vectors is not vectors:
            changes = self._revectored(vectors, now.keys()) | changes
        if not changes:
            return RelatedIndex(
                terms, now, self.entries, self.found, self._known_users, self._known_namings, vectors=vectors
            )
        entries, found = patched(self.entries, changes), dict(self.found)
        if not found:
            return RelatedIndex(terms, now, entries, found, vectors=vectors)
        users = _users_after(self._users, changes.keys(), self.entries, entries)
        namings = self._namings_after(changes.keys(), entries)
        stale = changes.keys() | _affected(self._users, users, changes.keys())
        for slug in stale.union(namings.differing(self._namings)):
            found.pop(slug, None)
        return RelatedIndex(terms, now, entries, found, users, namings, vectors=vectors)

    def _revectored(self, vectors: Vectors, slugs: Set[str]) -> dict[str, IndexedPaper | None]:
        """Return the entries of papers that have another vector than before, or one more or less."""
        return {
            slug: msgspec.structs.replace(entry, vector=vectors.of(entry.text))
            for slug, entry in self.entries.items()
            if slug in slugs and vectors.fingerprint(entry.text) != entry.vector.fingerprint
        }

    def _namings_after(self, changed: Set[str], entries: Mapping[str, IndexedPaper]) -> Namings:
        """Return who names whom after some papers changed."""
        versions = (
            (slug, side[slug]) for slug in changed for side in (self.entries, entries) if slug in side
        )
        if any(self._namings.concerns(slug, paper) for slug, paper in versions):
            return Namings.of(entries)
        return self._namings

    def prepare(self) -> None:
        """Make what every search needs. Otherwise the first search does."""
        self._known_users = self._users
        self._known_namings = self._namings

    @property
    def _users(self) -> Users:
        if self._known_users is None:
            self._known_users = _users_after({}, self.entries.keys(), {}, self.entries)
        return self._known_users

    @property
    def _namings(self) -> Namings:
        if self._known_namings is None:
            self._known_namings = Namings.of(self.entries)
        return self._known_namings

    def _led_to(self, term: int) -> list[tuple[str, int]]:
        """Return the papers that a term leads to, and what it weighs there."""
        leads = self._leads.get(term)
        if leads is None:
            slugs = self._users[term][:USERS]
            leads = self._leads[term] = [(slug, _weight(self.entries[slug], term)) for slug in slugs]
        return leads

    def _related(self, slug: str) -> Iterator[Relation]:
        mine = self.entries[slug]
        here, there = self._namings.named_by(slug, mine), self._namings.naming(slug, mine)
        yield from (Relation(other, (), "here") for other in sorted(here))
        yield from (Relation(other, (), "there") for other in sorted(there - here))
        alike = []
        for other in self._candidates(slug, mine):
            found = likeness(mine, self.entries[other], self.terms)
            if found and other not in here | there and (shared := self._reason(slug, other, found)):
                alike.append((-found.score, other, shared))
        alike.sort()
        for score, other, shared in alike[:SHOWN]:
            if score == alike[0][0] or -score >= max(LEAST_AFTER_FIRST, -LEAST_SHARE_OF_FIRST * alike[0][0]):
                yield Relation(other, shared)

    def _candidates(self, slug: str, mine: IndexedPaper) -> list[str]:
        """Return the papers that most of a paper's heaviest terms lead to."""
        meetings: defaultdict[str, int] = defaultdict(int)
        for term, weight in islice(zip(mine.profile.terms, mine.profile.weights, strict=True), LEADING):
            for other, their_weight in self._led_to(term):
                meetings[other] += weight * their_weight
        meetings.pop(slug, None)
        found = ((-weight, other) for other, weight in meetings.items() if weight >= CANDIDATE_THRESHOLD)
        most = COMPARED + FARTHER_COMPARED if mine.vector.numbers else COMPARED
        candidates = [other for _, other in nsmallest(most, found)]
        farther = candidates[COMPARED:]
        near = (other for other in farther if cosine_at_most(mine.vector, self.entries[other].vector) >= NEAR)
        return [*candidates[:COMPARED], *near]

    def _reason(self, slug: str, other: str, found: Likeness) -> tuple[int, ...]:
        """Return the terms that explain best why two papers are alike; none if nothing explains it."""
        said = self._said(found.evidence)
        explained = [term for term in said if term in found.in_titles or self._explains(term, slug, other)]
        least = SUBJECT
        if found.is_near:
            least = NEAR_EVIDENCE
            subject = next((term for term in found.evidence if self.terms.rows[term].is_subject), None)
            best = max((found.evidence[term] for term in explained or said), default=0)
            if subject is not None and found.evidence[subject] >= max(NEAR_EVIDENCE, UNSAID_FACTOR * best):
                return (subject,)
        if explained:
            least = found.evidence[explained[0]] * SECOND_TERM_SHARE
            return tuple(term for term in explained[:NAMED] if found.evidence[term] >= least)
        strong = [term for term in said if found.evidence[term] >= least]
        return tuple(strong[:NAMED]) if found.is_near or len(strong) >= NAMED else ()

    def _said(self, evidence: Iterable[int]) -> list[int]:
        """Return the terms that can be said; of two that share a word, the first."""
        found: list[int] = []
        words: set[str] = set()
        for term in evidence:
            said = set(key_of(self.terms.rows[term].said).split())
            if said and words.isdisjoint(said):
                found.append(term)
                words |= said
        return found

    def _explains(self, term: int, *slugs: str) -> bool:
        return set(slugs).issubset(self._users.get(term, [])[:PAPERS_EXPLAINED])


def _entry(record: PackedPaper, terms: Terms, vectors: Vectors) -> IndexedPaper:
    paper = record.paper()
    title = paper.title or paper.headline or ""
    text = text_key(paper)
    return IndexedPaper(
        themes=paper.themes,
        profile=profile_of(title, paper.abstract or "", terms),
        name=name_of(title),
        naming=names_in(paper.note or ""),
        text=text,
        vector=vectors.of(text),
    )


def _weight(entry: IndexedPaper, term: int) -> int:
    return entry.profile.weights[entry.profile.terms.index(term)]


def _users_after(
    users: Users, changed: Set[str], before: Mapping[str, IndexedPaper], after: Mapping[str, IndexedPaper]
) -> Users:
    """Return the users of terms after some papers changed. Terms that these do not use keep their list."""
    left, come = _uses(changed, before), _uses(changed, after)
    found = dict(users)
    for term in left.keys() | come.keys():
        ordered = list(users.get(term, ()))
        for use in left.get(term, ()):
            del ordered[bisect_left(ordered, use, key=lambda slug: _use(before, slug, term))]
        if ordered:
            for use in come.get(term, ()):
                insort(ordered, use[1], key=lambda slug: _use(after, slug, term))
        else:
            ordered = [slug for _, slug in sorted(come.get(term, ()))]
        found[term] = ordered
    return found


def _uses(slugs: Set[str], entries: Mapping[str, IndexedPaper]) -> dict[int, list[tuple[int, str]]]:
    """Return the uses of terms by papers, as `_use` gives them."""
    found: dict[int, list[tuple[int, str]]] = {}
    for slug in slugs:
        if slug in entries:
            profile = entries[slug].profile
            for term, weight in islice(zip(profile.terms, profile.weights, strict=True), LEADING):
                found.setdefault(term, []).append((-weight, slug))
    return found


def _use(entries: Mapping[str, IndexedPaper], slug: str, term: int) -> tuple[int, str]:
    """Return the key by which the users of a term are ordered."""
    return -_weight(entries[slug], term), slug


def _affected(before: Users, after: Users, changed: Set[str]) -> set[str]:
    """Return the users of each term that leads to other papers than before, or to a changed one."""
    found: set[str] = set()
    for term, users in after.items():
        known = before.get(term, [])
        if users is not known:
            leads = users[:USERS]
            if leads != known[:USERS] or not changed.isdisjoint(leads):
                found.update(users)
    return found


NOTHING = RelatedIndex(Terms(), {}, {}, {})
"""The index of no papers, and of a library without a table of terms."""
