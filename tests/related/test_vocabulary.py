"""Terms: how words meet, what a paper is about, and which words of a library become terms."""

from typing import ClassVar

import pytest

from generator.library.paths import TERMS
from generator.library.terms import (
    FULL,
    HEAVIEST,
    Profile,
    Term,
    Terms,
    decode_terms,
    encode_terms,
    key_of,
    profile_of,
)
from generator.problem import Location
from generator.related.vocabulary import terms_of

TABLE = Terms(
    100,
    (
        Term("influence", 12, 1500),
        Term("influence functions", 3, 4000),
        Term("LLMs", 20, 300),
        Term("losses", 9, 2000),
    ),
)


def names(profile: Profile, terms: Terms = TABLE) -> list[str]:
    return [terms.rows[number].name for number in profile.terms]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("loss", "Losses"),
        ("movie", "movies"),
        ("box", "boxes"),
        ("query", "queries"),
        ("bias", "biases"),
        ("LLM", "LLMs"),
        ("Pre-Training", "pretraining"),
        ("influence function", "Influence functions"),
    ],
)
def test_spellings_of_one_word_meet(one: str, other: str) -> None:
    assert key_of(one) == key_of(other)


@pytest.mark.parametrize("word", ["corpus", "class", "bias", "analysis"])
def test_an_s_that_makes_no_plural_stays(word: str) -> None:
    assert key_of(word) == word


class TestProfile:
    def test_is_made_of_the_tables_terms_the_heaviest_first(self) -> None:
        profile = profile_of("Influence functions", "What a loss tells of an LLM. Unknown words.", TABLE)
        assert names(profile) == ["influence functions", "influence", "losses", "LLMs"]
        assert list(profile.weights) == sorted(profile.weights, reverse=True)
        assert max(profile.weights) == FULL

    def test_a_phrase_ends_at_a_mark(self) -> None:
        assert names(profile_of("", "Its influence: functions of it.", TABLE)) == ["influence"]
        assert names(profile_of("", "Its $influence$ functions", TABLE)) == ["influence"]

    def test_a_term_weighs_more_the_oftener_it_is_used_and_most_in_the_title(self) -> None:
        once, twice, titled = (
            dict(zip(names(found), found.weights, strict=True))["LLMs"]
            for found in (
                profile_of("", "Losses, influence functions, LLMs.", TABLE),
                profile_of("", "Losses, influence functions, LLMs, LLMs.", TABLE),
                profile_of("LLMs", "Losses, influence functions, LLMs.", TABLE),
            )
        )
        assert once < twice < titled

    def test_keeps_the_heaviest_terms_alone(self) -> None:
        many = Terms(100, tuple(Term(f"word{chr(97 + n)}", 2, 1000 + n) for n in range(26)))
        profile = profile_of("", " ".join(term.name for term in many.rows), many)
        assert names(profile, many) == [f"word{chr(122 - n)}" for n in range(HEAVIEST)]

    def test_of_no_known_word_is_empty(self) -> None:
        assert profile_of("Nothing", "here", TABLE) == Profile((), b"")
        assert profile_of("LLM", "loss", Terms()) == Profile((), b"")


class TestTable:
    def test_is_read_as_it_was_written(self) -> None:
        assert decode_terms(encode_terms(TABLE)) == (TABLE, ())

    def test_is_readable_a_line_a_term(self) -> None:
        assert encode_terms(TABLE).decode().splitlines()[-5:] == [
            "*\t100\t0",
            "influence\t12\t1500",
            "influence functions\t3\t4000",
            "LLMs\t20\t300",
            "losses\t9\t2000",
        ]

    def test_a_line_that_is_none_is_an_error_at_its_place(self) -> None:
        terms, problems = decode_terms(b"# words\nloss\t2\t900\nloss 2\n")
        assert terms is None
        assert [problem.location for problem in problems] == [Location(path=TERMS, line=3, text="loss 2")]


TOPICS = {
    "diffusion": "Diffusion models make images. A diffusion model denoises; diffusion models are slow.",
    "ranking": "Ranking models order documents. A ranking model is trained; LLMs are ranking models.",
    "legal": "Legal judgment is hard. We judge legal cases by legal texts; LLMs know legal cases.",
    "tools": "Tools are used by agents. An agent that has a tool calls tools as an agent does.",
}
PAPERS = [
    (f"On {topic}", f"However, we propose it moreover. {abstract} Moreover, it is {word}.")
    for topic, abstract in TOPICS.items()
    for word in ("good", "better")
]


class TestWeighing:
    rows: ClassVar = {term.name: term for term in terms_of(PAPERS).rows}

    def test_words_that_papers_come_back_to_are_terms_and_those_in_passing_are_none(self) -> None:
        assert {"diffusion", "ranking", "legal", "agent", "tools"} <= self.rows.keys()
        assert self.rows.keys().isdisjoint({"moreover", "Moreover", "propose", "we", "it", "However", "good"})

    def test_phrases_of_such_words_are_terms(self) -> None:
        assert {"diffusion models", "ranking models"} <= self.rows.keys()
        assert not [name for name in self.rows if name.endswith((" are", " is"))]

    def test_a_name_is_what_most_authors_write_and_small_letters_go_first(self) -> None:
        assert "diffusion" in self.rows
        assert {"Diffusion", "DIFFUSION"}.isdisjoint(self.rows)

    def test_the_rarer_a_term_is_the_more_it_weighs(self) -> None:
        more = terms_of([*PAPERS, PAPERS[0], *[("", "Nothing.")] * 4])
        weights = {term.name: term.weight for term in more.rows}
        assert weights["legal"] > weights["diffusion"]

    def test_says_how_many_papers_use_it(self) -> None:
        assert self.rows["diffusion"].papers == 2
        assert terms_of(PAPERS).papers == len(PAPERS)

    def test_the_order_of_papers_is_nothing_to_it(self) -> None:
        assert terms_of(PAPERS) == terms_of(PAPERS[::-1])

    def test_of_no_papers_is_empty(self) -> None:
        assert terms_of([]) == Terms()
