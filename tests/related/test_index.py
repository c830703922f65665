"""Related papers: which, why, in what order; and an index made from the one before equals one made anew."""

import random
import weakref
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import msgspec
import pytest

from generator.library import overlay
from generator.library.library import Library, Relation
from generator.library.terms import Term, Terms
from generator.library.vectors import Vectors, row_of, text_key
from generator.model import Paper
from generator.related import index
from generator.related.index import NOTHING, RelatedIndex
from generator.related.lazy_index import LazyIndex
from tests.support.libraries import library, paper

TERMS = Terms(
    1000,
    (
        Term("diffusion", 200, 900, said="diffusion"),
        Term("influence", 20, 2000, said="influence"),
        Term("influence functions", 4, 4000, said="influence functions"),
        Term("layers", 9, 2000, said="layers"),
        Term("legal", 5, 3000, said="legal"),
        Term("ranking", 5, 3000, said="ranking"),
        Term("unlearning", 5, 3000, said="unlearning"),
    ),
)


def shown(papers: dict[str, Paper], terms: Terms = TERMS) -> Library:
    return msgspec.structs.replace(library(papers), terms=terms)


def about(abstract: str, theme: str = "data") -> Paper:
    return paper("A title", abstract=abstract, themes=(theme,))


def relations(papers: dict[str, Paper], of: str = "it", terms: Terms = TERMS) -> dict[str, list[str]]:
    index = NOTHING.after(shown(papers, terms))
    return {found.slug: [terms.rows[term].said for term in found.shared] for found in index.of(of)}


def unsaid(*names: str) -> Terms:
    """Return the table in which some terms are never given as a reason."""
    rows = (msgspec.structs.replace(row, said="" if row.name in names else row.said) for row in TERMS.rows)
    return Terms(1000, tuple(rows))


def everything(index: RelatedIndex, found: Library) -> dict[str, tuple[Relation, ...]]:
    return {card.slug: index.of(card.slug) for card in found.cards}


class TestRelations:
    def test_papers_that_come_back_to_the_same_are_related_by_it(self) -> None:
        papers = {
            "it": about("Legal ranking of legal ranking."),
            "same": about("Ranking for the legal, and legal ranking."),
            "other": about("Layers. Unlearning."),
        }
        assert relations(papers) == {"same": ["legal", "ranking"]}

    def test_of_all_that_papers_share_two_terms_are_named(self) -> None:
        text = "Legal ranking and unlearning. Ranking, legal, unlearning."
        assert relations({"it": about(text), "same": about(text)}) == {"same": ["legal", "ranking"]}

    def test_a_phrase_stands_for_its_words(self) -> None:
        text = "Influence functions; an influence function. Legal, legal."
        assert relations({"it": about(text), "same": about(text)}) == {
            "same": ["influence functions", "legal"]
        }

    def test_a_phrase_in_both_titles_suffices(self) -> None:
        papers = {
            "it": paper("Influence Functions", abstract="Layers.", themes=("data",)),
            "same": paper("On influence functions", abstract="Unlearning.", themes=("models",)),
        }
        assert relations(papers) == {"same": ["influence functions"]}

    def test_words_that_are_only_mentioned_relate_none(self) -> None:
        assert relations({"it": about("Legal ranking."), "same": about("Legal ranking.")}) == {}

    def test_one_word_however_often_it_is_used_relates_none(self) -> None:
        assert relations({"it": about("Legal, legal, legal."), "same": about("Legal, legal, legal.")}) == {}

    def test_without_a_phrase_or_a_title_only_papers_of_one_theme_are_related(self) -> None:
        text = "Layers of ranking. Layers of ranking. Unlearning, unlearning."
        weak = Terms(1000, tuple(msgspec.structs.replace(row, trust=85) for row in TERMS.rows))
        assert list(relations({"it": about(text), "same": about(text)}, terms=weak)) == ["same"]
        assert relations({"it": about(text), "same": about(text, "models")}, terms=weak) == {}

    @pytest.mark.parametrize(
        ("themes", "found"),
        [(("data",), ["same"]), (("models", "data"), ["same"]), (("models",), []), ((), ["same"])],
    )
    def test_papers_without_a_theme_in_common_must_be_more_alike(
        self, themes: tuple[str, ...], found: list[str]
    ) -> None:
        text = "Legal ranking of legal ranking. Unlearning, unlearning, unlearning. Influence, influence."
        other = about("Legal ranking of legal ranking. Layers, layers. Diffusion.")
        same = paper("A title", abstract=text, themes=themes)
        assert list(relations({"it": other, "same": same})) == found

    @pytest.mark.parametrize(
        ("changes", "found"),
        [({}, ["same"]), ({"is_subject": False}, []), ({"trust": 40}, [])],
        ids=["a subject", "a generic word", "a word of two meanings"],
    )
    def test_a_word_in_both_titles_counts_if_it_is_a_trusted_subject(
        self, changes: dict[str, Any], found: list[str]
    ) -> None:
        rows = (
            msgspec.structs.replace(row, **({"trust": 85} | (changes if row.name == "influence" else {})))
            for row in TERMS.rows
        )
        text = "Layers of ranking. Layers of ranking. Unlearning, unlearning."
        papers = {
            "it": paper("Influence", abstract=text, themes=("data",)),
            "same": paper("On influence", abstract=text, themes=("models", "data")),
        }
        assert list(relations(papers, terms=Terms(1000, tuple(rows)))) == found

    def test_what_is_never_said_is_no_reason(self) -> None:
        text = "Legal ranking of legal ranking."
        papers = {"it": about(text), "same": about(text)}
        assert relations(papers, terms=unsaid("legal")) == {"same": ["ranking"]}
        assert relations(papers, terms=unsaid("legal", "ranking")) == {}

    def test_a_reason_is_said_once(self) -> None:
        rows = (
            Term("feedback data", 5, 3000, said="feedback data"),
            Term("implicit feedback", 5, 3100, said="implicit feedback"),
        )
        text = "Implicit feedback. Feedback data. Implicit feedback, feedback data."
        found = relations({"it": about(text), "same": about(text)}, terms=Terms(1000, rows))
        assert found == {"same": ["feedback data"]}

    def test_a_term_explains_few_relations_unless_the_titles_have_it(self) -> None:
        terms = unsaid("influence functions", "layers")
        text = "Legal, legal, legal, influence functions, influence functions. Layers, layers."
        many = {f"p{n}": about(text) for n in range(6)}
        assert list(relations(many, of="p0", terms=terms).values()) == [["legal"]] * 5
        assert relations({**many, "z": about(text)}, of="z", terms=terms) == {}
        titled = {
            slug: msgspec.structs.replace(found, title="A legal matter") for slug, found in many.items()
        }
        assert len(relations({**titled, "z": titled["p0"]}, of="z", terms=terms)) == 5

    def test_the_most_alike_come_first_and_ties_go_by_slug(self) -> None:
        text = "Legal ranking of legal ranking, unlearning, unlearning."
        papers = {
            "it": about(text),
            "less": about("Legal ranking of legal ranking, unlearning, unlearning, layers, layers."),
            "c": about(text),
            "b": about(text),
        }
        assert list(relations(papers)) == ["b", "c", "less"]

    @pytest.mark.parametrize(("trust", "reason"), [(50, ["legal", "ranking"]), (49, None)])
    def test_two_terms_of_many_papers_are_a_reason_if_both_tell_something(
        self, trust: int, reason: list[str] | None
    ) -> None:
        rows = (
            msgspec.structs.replace(row, trust=trust if row.name == "ranking" else 100) for row in TERMS.rows
        )
        papers = {f"p{number}": about("Legal, legal. Ranking, ranking.") for number in range(7)}
        assert relations(papers, of="p6", terms=Terms(1000, tuple(rows))).get("p0") == reason

    @pytest.mark.parametrize(
        ("of", "among", "found"),
        [
            ("more", "plain, unlearning", ["unlearning", "plain"]),  # 0.49 and 0.67
            ("more titled", "plain, more titled 2", ["more titled 2"]),  # 0.46 and 0.78
            ("plain", "unplaced", ["unplaced"]),  # 0.39
            ("plain", "unplaced, unlearning", ["unlearning"]),  # 0.39 and 0.53
        ],
    )
    def test_after_the_most_alike_only_those_that_are_nearly_as_alike(
        self, of: str, among: str, found: list[str]
    ) -> None:
        plain = about("Legal ranking of legal ranking.")
        unlearning = about("Legal ranking of legal ranking. Unlearning, unlearning.")
        more = about("Legal ranking of legal ranking. Unlearning, unlearning, unlearning. Layers.")
        titled = msgspec.structs.replace(more, title="Layers")
        known = {"plain": plain, "unplaced": msgspec.structs.replace(plain, themes=())}
        known |= {"unlearning": unlearning, "more": more, "more titled": titled, "more titled 2": titled}
        assert list(relations({slug: known[slug] for slug in (of, *among.split(", "))}, of=of)) == found

    def test_no_more_than_a_few_are_shown(self) -> None:
        text = "Legal ranking of legal ranking, unlearning, unlearning."
        papers = {f"p{n}": about(text) for n in range(9)}
        assert len(relations({"it": about(text)} | papers)) == 5

    def test_a_word_that_many_papers_use_relates_none_by_itself(self) -> None:
        text = "Diffusion, diffusion."
        assert relations({"it": about(text), "same": about(text)}) == {}

    def test_a_word_without_trust_counts_for_less(self) -> None:
        rows = tuple(msgspec.structs.replace(row, trust=40) for row in TERMS.rows)
        text = "Legal ranking of legal ranking."
        assert relations({"it": about(text), "same": about(text)}, terms=Terms(1000, rows)) == {}

    def test_without_a_table_or_without_known_words_nothing_is_related(self) -> None:
        text = "Legal ranking of legal ranking."
        papers = {"it": about(text), "same": about(text), "mute": about("Nothing.")}
        assert LazyIndex(shown(papers, Terms()), lambda: NOTHING).of("it") == ()
        assert relations(papers, of="mute") == {}


EAST, NEAR_IT, FAR = (0.2, 0.01), (0.2, 0.1), (-0.2, 0.1)


class TestVectors:
    """With vectors, nearness tells too; the words say why."""

    WORDS = about("Ranking, ranking. Layers.")
    OTHER_WORDS = about("Ranking, ranking. Unlearning.")
    STRONG = about("Legal ranking of legal ranking.")

    def related(self, it: Paper, other: Paper, vectors: Vectors) -> list[str]:
        found = msgspec.structs.replace(shown({"it": it, "other": other}), vectors=vectors)
        return [
            TERMS.rows[term].said for relation in NOTHING.after(found).of("it") for term in relation.shared
        ]

    def test_near_papers_are_related_by_one_word(self) -> None:
        for vector, reason in ((NEAR_IT, ["ranking"]), (FAR, [])):
            vectors = table((self.WORDS, EAST), (self.OTHER_WORDS, vector))
            assert self.related(self.WORDS, self.OTHER_WORDS, vectors) == reason

    def test_papers_that_words_relate_are_not_where_they_are_far_from_each_other(self) -> None:
        other = about("Ranking of the legal, and legal ranking.")
        assert self.related(self.STRONG, other, Vectors()) == ["legal", "ranking"]
        assert self.related(self.STRONG, other, table((self.STRONG, EAST), (other, FAR))) == []

    def test_where_one_has_no_vector_words_alone_count(self) -> None:
        other = about("Ranking of the legal, and legal ranking.")
        assert self.related(self.STRONG, other, table((self.STRONG, EAST))) == ["legal", "ranking"]

    def test_a_word_that_cannot_be_said_is_no_reason_where_another_tells_as_much(self) -> None:
        found = msgspec.structs.replace(
            shown({"it": self.STRONG, "other": self.STRONG}, unsaid("legal")),
            vectors=table((self.STRONG, EAST)),
        )
        [relation] = NOTHING.after(found).of("it")
        assert [TERMS.rows[term].name for term in relation.shared] == ["ranking"]

    def test_a_near_paper_is_compared_though_others_have_more_words_in_common(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(index, "COMPARED", 1)
        papers = {
            "it": self.WORDS,
            "far": about("Ranking, ranking. Layers, layers."),
            "near": self.OTHER_WORDS,
        }
        vectors = table(*zip(papers.values(), (EAST, FAR, NEAR_IT), strict=True))
        found = msgspec.structs.replace(shown(papers), vectors=vectors)
        assert [relation.slug for relation in NOTHING.after(found).of("it")] == ["near"]

    @pytest.mark.parametrize(
        ("text", "trust", "never_said", "reason"),
        [
            # a subject that is never said is named if it tells twice as much as what can be said
            ("Legal, legal. Ranking, ranking.", 50, ["legal"], ["legal"]),
            ("Legal, legal. Ranking, ranking.", 51, ["legal"], ["ranking"]),
            ("Legal, legal.", 100, ["legal"], ["legal"]),
            # the second reason tells half as much as the first
            ("Legal, legal. Ranking, ranking.", 50, [], ["legal", "ranking"]),
            ("Legal, legal. Ranking, ranking.", 49, [], ["legal"]),
        ],
    )
    def test_the_reasons_why_near_papers_are_related(
        self, text: str, trust: int, never_said: list[str], reason: list[str]
    ) -> None:
        rows = unsaid(*never_said).rows
        rows = tuple(
            msgspec.structs.replace(row, trust=trust if row.name == "ranking" else 100) for row in rows
        )
        papers = {"it": about(text), "other": about(text)}
        found = msgspec.structs.replace(shown(papers, Terms(1000, rows)), vectors=table((papers["it"], EAST)))
        [relation] = NOTHING.after(found).of("it")
        assert [rows[term].name for term in relation.shared] == reason

    def test_generic_words_are_no_reason_however_near(self) -> None:
        rows = (Term("data", 9, 2000, is_subject=False), Term("model", 9, 2000, is_subject=False))
        papers = {"it": about("Data, data. Models, models."), "other": about("Models, models. Data, data.")}
        vectors = table((papers["it"], EAST), (papers["other"], EAST))
        found = msgspec.structs.replace(shown(papers, Terms(1000, rows)), vectors=vectors)
        assert NOTHING.after(found).of("it") == ()

    @pytest.mark.parametrize(("is_near", "reason"), [(True, ["ranking"]), (False, [])])
    def test_a_word_of_many_papers_is_reason_enough_only_for_near_ones(
        self, is_near: bool, reason: list[str]
    ) -> None:
        text = "Legal, legal. Ranking, ranking."
        papers = {f"p{number}": about(text) for number in range(7)}
        vectors = table((papers["p0"], EAST)) if is_near else Vectors()
        terms = unsaid("legal")
        found = msgspec.structs.replace(shown(papers, terms), vectors=vectors)
        relations = NOTHING.after(found).of("p6")
        assert [terms.rows[term].name for relation in relations[:1] for term in relation.shared] == reason

    def test_papers_that_share_no_word_are_not_related_however_near(self) -> None:
        vectors = table((self.WORDS, EAST), (about("Diffusion."), EAST))
        assert self.related(self.WORDS, about("Diffusion."), vectors) == []


class TestBounds:
    """Only the heaviest of a paper's terms lead to others, and only some of these are compared."""

    LIGHT = about("Legal. Ranking. Influence functions. Layers.")
    TWO = about("Legal, unlearning.")

    def found(self, papers: dict[str, Paper], *near: str, terms: Terms = TERMS, of: str = "it") -> list[str]:
        """Return the papers that are related to one, where it and some others have near vectors."""
        vectors = table(*((papers[slug], EAST) for slug in near))
        now = msgspec.structs.replace(shown(papers, terms), vectors=vectors)
        return [relation.slug for relation in NOTHING.after(now).of(of)]

    @pytest.mark.parametrize(("place", "found"), [(15, ["other"]), (16, [])])
    def test_the_sixteen_heaviest_terms_of_a_paper_lead_to_others(self, place: int, found: list[str]) -> None:
        names = [f"word{chr(97 + number)}x" for number in range(17)]
        terms = Terms(1000, tuple(Term(name, 9, 2000, said=name) for name in names))
        papers = {"it": about(", ".join(names)), "other": about(names[place])}
        assert self.found(papers, "it", "other", terms=terms) == found
        assert self.found(papers, "it", "other", terms=terms, of="other") == ["it"][: len(found)]

    @pytest.mark.parametrize(("others", "found"), [(23, ["z"]), (24, [])])
    def test_a_term_leads_to_the_twenty_four_papers_in_which_it_weighs_most(
        self, others: int, found: list[str]
    ) -> None:
        papers = {f"p{number}": about("Legal.") for number in range(others)}
        papers |= {"it": self.LIGHT, "z": about("Legal, unlearning, diffusion.")}
        assert self.found(papers, "it", "z") == found

    @pytest.mark.parametrize(("others", "found"), [(31, ["z"]), (32, [])])
    def test_near_papers_are_found_among_thirty_two(self, others: int, found: list[str]) -> None:
        papers = {f"p{number}": about("Legal." if number < 20 else "Ranking.") for number in range(others)}
        papers |= {"it": self.LIGHT, "z": self.TWO}
        assert self.found(papers, "it", "z") == found

    @pytest.mark.parametrize(("others", "found"), [(15, ["z"]), (16, [])])
    def test_papers_without_vectors_are_found_among_sixteen(self, others: int, found: list[str]) -> None:
        papers = {f"p{number}": about("Legal.") for number in range(others)}
        for slug, word in (("it", "Legal"), ("z", "Unlearning")):
            papers[slug] = paper("Influence functions", abstract=f"{word}. " * 50, themes=("data",))
        assert self.found(papers) == found


def table(*vectors: tuple[Paper, tuple[float, ...]]) -> Vectors:
    """Return the table of the vectors of papers."""
    rows = {text_key(paper): row_of(vector) for paper, vector in vectors}
    return Vectors(b"model", row_of((0, 0)), rows)


class TestNaming:
    MONKEYS = paper("Large Language Monkeys: Scaling Inference Compute", abstract="Layers.")

    @pytest.mark.parametrize(
        "note",
        [
            "Read it beside Large Language Monkeys, which shows the gains.",
            "The Large Language Monkeys show the gains.",
            "Read [the other](/papers/monkeys/) first.",
        ],
    )
    def test_a_paper_that_a_note_names_or_links_to_is_related_both_ways(self, note: str) -> None:
        index = NOTHING.after(shown({"it": paper("A title", note=note), "monkeys": self.MONKEYS}))
        assert [(found.slug, found.named) for found in index.of("it")] == [("monkeys", "here")]
        assert [(found.slug, found.named) for found in index.of("monkeys")] == [("it", "there")]

    @pytest.mark.parametrize(("words", "is_named"), [(16, True), (17, False)])
    def test_a_name_has_sixteen_words_at_most(self, words: int, is_named: bool) -> None:
        name = " ".join(["Monkeys"] * words)
        other = paper(f"{name}: Scaling", abstract="Layers.")
        index = NOTHING.after(shown({"it": paper("A title", note=f"Read {name}."), "other": other}))
        assert bool(index.of("it")) is is_named

    @pytest.mark.parametrize(
        "note", ["A large language monkeys.", "Language Monkeys.", "[x](https://a/papers/monkeys/)"]
    )
    def test_other_words_and_addresses_name_none(self, note: str) -> None:
        index = NOTHING.after(shown({"it": paper("A title", note=note), "monkeys": self.MONKEYS}))
        assert index.of("it") == index.of("monkeys") == ()


WORDS = ("influence functions", "legal", "ranking", "unlearning", "layers", "diffusion", "influence", "words")


def some_paper(rng: random.Random) -> Paper:
    text = ". ".join(rng.choices(WORDS, k=rng.randrange(2, 12)))
    note = f"Beside Title {rng.randrange(9)}, read it." if rng.random() < 0.2 else None
    title = f"Title {rng.randrange(9)}: {rng.choice(WORDS)}"
    return paper(title, abstract=text, themes=(rng.choice(("data", "models")),), note=note)


def edited(papers: dict[str, Paper], rng: random.Random) -> dict[str, Paper]:
    """Return papers of which some are new, some changed, some gone."""
    now = dict(papers)
    for _ in range(rng.randrange(1, 4)):
        now[f"p{rng.randrange(60)}"] = some_paper(rng)
    for slug in rng.sample(sorted(now), k=rng.randrange(3)):
        del now[slug]
    return now


def after(before: Library, papers: dict[str, Paper]) -> Library:
    """Return the library of papers as it is when one before it was edited: its records patched."""
    now = shown(papers)
    changes = {
        slug: now.records.get(slug)
        for slug in before.records.keys() | papers.keys()
        if before.records.get(slug) != now.records.get(slug)
    }
    return msgspec.structs.replace(
        now,
        records=overlay.patched(before.records, changes),
        terms=before.terms,
        vectors=before.vectors,
    )


class TestIndex:
    def test_the_order_of_papers_is_nothing_to_it(self) -> None:
        rng = random.Random(1)
        papers = {f"p{n}": some_paper(rng) for n in range(40)}
        one, other = shown(papers), shown(dict(sorted(papers.items(), key=lambda _: rng.random())))
        assert everything(NOTHING.after(one), one) == everything(NOTHING.after(other), other)

    @pytest.mark.parametrize("seed", range(5))
    def test_made_from_the_one_before_it_equals_one_made_anew(
        self, seed: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(index, "USERS", 4)  # so that few papers reach every bound
        monkeypatch.setattr(index, "COMPARED", 3)
        monkeypatch.setattr(index, "PAPERS_EXPLAINED", 3)
        monkeypatch.setattr(overlay, "MOST", 20)
        rng = random.Random(seed)
        papers = {f"p{n}": some_paper(rng) for n in range(40)}
        now = shown(papers)
        found = NOTHING
        for _ in range(25):
            found = found.after(now)
            made_anew = NOTHING.after(now)
            assert everything(found, now) == everything(made_anew, now)
            assert (found.entries, found.found) == (made_anew.entries, made_anew.found)
            papers = edited(papers, rng)
            now = after(now, papers) if rng.random() < 0.8 else shown(papers)
            if rng.random() < 0.3:  # some have a vector, then others
                some = rng.sample(sorted(papers), k=len(papers) // 2)
                chosen = ((papers[slug], (rng.choice((0.1, -0.1)), 0.1)) for slug in some)
                now = msgspec.structs.replace(now, vectors=table(*chosen))

    def test_threads_that_ask_at_the_same_time_have_the_same(self) -> None:
        related = LazyIndex(
            shown({f"p{n}": about("Legal ranking of legal ranking.") for n in range(200)}), lambda: NOTHING
        )
        with ThreadPoolExecutor(8) as pool:
            indexes = list(pool.map(lambda _: related.index, range(8)))
        assert {id(index) for index in indexes} == {id(indexes[0])}

    def test_prepared_or_not_it_finds_the_same(self) -> None:
        found = shown(
            {"it": about("Legal ranking of legal ranking."), "same": about("Legal ranking of legal ranking.")}
        )
        related = LazyIndex(found, lambda: NOTHING)
        assert related.made is None
        related.prepare()
        assert related.made
        assert everything(related.made, found) == everything(NOTHING.after(found), found)

    def test_a_library_edited_often_before_anybody_asks_is_compared_once(self) -> None:
        papers = {
            "it": about("Legal ranking of legal ranking."),
            "same": about("Legal ranking of legal ranking."),
        }
        first = LazyIndex(shown(papers), lambda: NOTHING)
        assert first.of("it")
        assert first.after(shown(papers)).index.found == {"it": first.of("it")}
        related = first
        for _ in range(5000):
            related = related.after(shown(papers))
        assert related.of("it") == first.of("it")

    @pytest.mark.parametrize("table", [TERMS, Terms()])
    def test_an_earlier_one_is_freed(self, table: Terms) -> None:
        before = shown({"it": about("Legal ranking of legal ranking.")}, table)
        first = LazyIndex(before, lambda: NOTHING)
        is_there = weakref.ref(first)
        later = first.after(msgspec.structs.replace(before, related=first))
        later.prepare()
        del first
        assert is_there() is None

    def test_seeks_again_only_where_a_term_leads_elsewhere(self) -> None:
        papers = {f"p{n}": about("Legal ranking of legal ranking.") for n in range(5)} | {
            "q": about("Unlearning layers.")
        }
        before = shown(papers)
        index = NOTHING.after(before)
        everything(index, before)
        after = index.after(shown(papers | {"new": about("Layers, unlearning.")}))
        assert after.found.keys() == {f"p{n}" for n in range(5)}

    def test_a_change_of_other_words_changes_nothing(self) -> None:
        papers = {
            "it": about("Legal ranking of legal ranking."),
            "same": about("Legal ranking of legal ranking."),
        }
        index = NOTHING.after(shown(papers))
        index.of("it")
        now = papers | {"same": msgspec.structs.replace(papers["same"], note="Read it.")}
        assert index.after(shown(now)).found == index.found

    def test_another_table_makes_it_from_nothing(self) -> None:
        papers = {
            "it": about("Legal ranking of legal ranking."),
            "same": about("Legal ranking of legal ranking."),
        }
        related = LazyIndex(shown(papers), lambda: NOTHING)
        assert related.of("it")
        other = related.after(shown(papers, Terms(1000, TERMS.rows[:1])))
        assert other.of("it") == ()
        assert other.after(shown(papers, Terms())).after(shown(papers)).of("it")
