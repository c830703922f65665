"""Related papers: those about the same subject, each with the terms that both share. Only their text counts.

A paper is compared only with those that its heaviest terms lead to, so the work for one does not grow with
the library. An index is made from the one before it, so what has not changed costs next to nothing.
"""

from bisect import bisect_left, insort
from collections.abc import Callable, Iterator, Mapping, Set
from itertools import islice
from threading import Lock

import msgspec

from generator.library.library import Library, Record, Relation
from generator.library.overlay import differing, patched
from generator.library.terms import NORM, Profile, Terms, profile_of

SHOWN = 5
"""Related papers that a paper has at most."""
NAMED = 2
"""Terms that are named as what two papers share."""
LEADING = 8
"""Terms of a paper that lead to others: its heaviest."""
USERS = 24
"""Papers that a term leads to: those in which it weighs most."""
COMPARED = 8
"""Papers that are compared with one in all their terms."""

WHOLE = NORM**2
"""The likeness of two papers that are about one and the same thing."""
ALIKE = 0.22 * WHOLE
"""The least likeness of related papers."""
HOPEFUL = ALIKE / 3
"""The same before all their terms are compared."""
SAME_THEME, COMMON_THEME, NO_THEME = 1.35, 1.15, 0.75
"""Factors of likeness between papers that share their main theme, another theme, no theme."""
WORD, WORDS = 0.7, 0.9
"""Factors where it rests on one word, or several, but no phrase: a word may have two meanings."""
BROADLY = 0.35
"""Factor of likeness that rests on a term which many papers use."""
TELLING = 0.02 * WHOLE
"""The likeness that a term must account for to count at all."""
CENTRAL = 0.05 * WHOLE
"""The same for a term that both papers are about."""


class IndexedPaper(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What the index knows of a paper."""

    themes: tuple[str, ...]
    profile: Profile


Users = Mapping[int, list[str]]
"""The papers that use each term, the one in which it weighs most first."""


class RelatedIndex:
    """The related papers of a library. Those of one paper are found when they are first asked for."""

    def __init__(
        self,
        terms: Terms,
        records: Mapping[str, Record],
        entries: Mapping[str, IndexedPaper],
        found: Mapping[str, tuple[Relation, ...]],
        users: Users | None = None,
    ) -> None:
        self.terms = terms
        self.records = records
        """What the entries were made from."""
        self.entries = entries
        self._inherited = found
        self._sought: dict[str, tuple[Relation, ...]] = {}
        self._known_users = users
        self._leads: dict[int, list[tuple[str, int]]] = {}

    @property
    def found(self) -> Mapping[str, tuple[Relation, ...]]:
        """The related papers by slug, as far as they were asked for."""
        return patched(self._inherited, self._sought)

    def of(self, slug: str) -> tuple[Relation, ...]:
        """Return the papers that are related to one, the most alike first; often few or none at all."""
        if slug not in self.entries:
            return ()
        relations = self._sought.get(slug)
        if relations is None:
            relations = self._inherited.get(slug)
        if relations is None:
            relations = self._sought[slug] = tuple(self._related(slug))
        return relations

    def after(self, library: Library) -> "RelatedIndex":
        """Return the index of a library, equal to one made from nothing.

        Only new and changed papers are read. Relations are found again only where a term leads to another
        paper than before, or to a changed one.
        """
        terms, before, now = library.terms, self.records, library.records
        if self.terms is not terms and self.terms != terms:
            return RelatedIndex(terms, {}, {}, {}).after(library)
        changes: dict[str, IndexedPaper | None] = {}
        for slug in differing(before, now):
            if before.get(slug) != now.get(slug):
                entry = _entry(now[slug], terms) if slug in now else None
                if entry != self.entries.get(slug):
                    changes[slug] = entry
        if not changes:
            return RelatedIndex(terms, now, self.entries, self.found, self._known_users)
        entries, found = patched(self.entries, changes), self.found
        if not found:
            return RelatedIndex(terms, now, entries, found)
        users = _users_after(self._users, changes.keys(), self.entries, entries)
        stale = changes.keys() | _affected(self._users, users, changes.keys())
        return RelatedIndex(terms, now, entries, patched(found, dict.fromkeys(stale & found.keys())), users)

    def prepare(self) -> None:
        """Make what every search needs. Otherwise the first search does."""
        self._known_users = self._users

    @property
    def _users(self) -> Users:
        if self._known_users is None:
            self._known_users = _users_after({}, self.entries.keys(), {}, self.entries)
        return self._known_users

    def _led_to(self, term: int) -> list[tuple[str, int]]:
        """Return the papers that a term leads to, and what it weighs there."""
        leads = self._leads.get(term)
        if leads is None:
            slugs = self._users[term][:USERS]
            leads = self._leads[term] = [(slug, _weight(self.entries[slug], term)) for slug in slugs]
        return leads

    def _related(self, slug: str) -> Iterator[Relation]:
        mine = self.entries[slug]
        broad = self.terms.broad
        weights = {
            term: weight * BROADLY if term in broad else weight
            for term, weight in zip(mine.profile.terms, mine.profile.weights, strict=True)
        }
        likeness: dict[str, float] = {}
        for term, weight in islice(weights.items(), LEADING):
            for other, their_weight in self._led_to(term):
                likeness[other] = likeness.get(other, 0) + weight * their_weight
        likeness.pop(slug, None)
        hopeful = sorted((-alike, other) for other, alike in likeness.items() if alike > HOPEFUL)
        alike = []
        for _, other in hopeful[:COMPARED]:
            theirs = self.entries[other]
            shares = _shares(weights, theirs.profile)
            score = sum(shares.values()) * _theme_factor(mine.themes, theirs.themes)
            if score >= ALIKE and (score := score * self._trust(shares)) >= ALIKE:
                alike.append((-score, other))
        for _, other in sorted(alike)[:SHOWN]:
            yield self._relation(other, _shares(weights, self.entries[other].profile))

    def _trust(self, shares: Mapping[int, float]) -> float:
        """Return the factor of likeness by the terms that it rests on."""
        telling = [term for term, share in shares.items() if share >= TELLING]
        if not telling:
            return 0
        if self.terms.parts.keys().isdisjoint(telling):
            return WORDS if len(telling) > 1 else WORD
        return 1

    def _relation(self, other: str, shares: Mapping[int, float]) -> Relation:
        """Return a relation with the terms that explain it best. A phrase replaces its words."""
        telling = [term for term, share in shares.items() if share >= TELLING]
        parts = {part for term in telling for part in self.terms.parts.get(term, ())}
        telling = sorted({*telling} - parts, key=lambda term: (-shares[term], term))
        most = shares[telling[0]]
        named = tuple(term for term in telling[:NAMED] if 3 * shares[term] >= most)
        return Relation(other, named, most >= CENTRAL)


def _entry(record: Record, terms: Terms) -> IndexedPaper:
    paper = record.paper()
    title = paper.title or paper.headline or ""
    return IndexedPaper(paper.themes, profile_of(title, paper.abstract or "", terms))


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
            for term, weight in zip(profile.terms, profile.weights, strict=True):
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


def _shares(weights: Mapping[int, float], theirs: Profile) -> dict[int, float]:
    """Return how much of the likeness of two papers each term accounts for that they share."""
    return {
        term: weights[term] * weight
        for term, weight in zip(theirs.terms, theirs.weights, strict=True)
        if term in weights
    }


def _theme_factor(mine: tuple[str, ...], theirs: tuple[str, ...]) -> float:
    if set(mine).isdisjoint(theirs):
        return NO_THEME
    return SAME_THEME if mine[0] == theirs[0] else COMMON_THEME


NOTHING = RelatedIndex(Terms(), {}, {}, {})
"""The index of no papers, and of a library without a table of terms."""


class LazyIndex:
    """The related papers of a library, whose index is made from an earlier one when it is first asked for.

    Any thread may ask; one of them makes it, and the others wait.
    """

    def __init__(self, library: Library, earlier: Callable[[], RelatedIndex]) -> None:
        self._library = library
        self._earlier = earlier
        self.made: RelatedIndex | None = None
        """The index; None until somebody asks for it."""
        self._making = Lock()

    @property
    def index(self) -> RelatedIndex:
        """The index, which is made now if it was not made before."""
        if not self._library.terms.rows:
            return NOTHING
        with self._making:
            if self.made is None:
                self.made = self._earlier().after(self._library)
                self._earlier = lambda: NOTHING  # so the earlier index can be freed
            return self.made

    def of(self, slug: str) -> tuple[Relation, ...]:
        """Return the papers that are related to one, the most alike first."""
        return self.index.of(slug)

    def after(self, library: Library) -> "LazyIndex":
        """Return the related papers of the library that follows."""
        is_at_hand = self.made or self._making.locked()
        return LazyIndex(library, (lambda: self.index) if is_at_hand else self._earlier)

    def prepare(self) -> None:
        """Make the index with all that the first search in it needs."""
        index = self.index
        with self._making:
            index.prepare()
