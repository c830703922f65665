"""Papers to cite: every shipped one, hostile ones, and any at all; and what a citation of each should say."""

from functools import cache
from pathlib import Path

from hypothesis import strategies as st

from generator.library.packed import PackedPaper
from generator.model import Paper
from generator.settings import Site
from generator.website.citations.citation import Citation, citation_of
from tests.support.feed_documents import read
from tests.support.strategies import arxiv_ids, days, dois, texts, tuples

SITE = Site(title="The Digest", url="https://digest.example/base/", tag_authority="digest.example,2025")
ATTACKS = (
    "</script><script>alert(1)</script> <!-- ]]>",
    "One } too many { and @comment{x} \\input{/etc/passwd}",
    "A line\nER  - \nTY  - JOUR\r\nTI  - Another\u2028end\u2029",
    "NUL \x00 BEL \x07 \u202ethgir ot tfel\u202c \ufeff",
    "100% of $5 & #1_a ~b^c `d' ''e'' \"f\" |g| --- <h> ^^5cinput",
    "$\\input{x}$ $^^5cinput$ $@misc{x}$ $a%b$ $\\{$ $\\def\\x{}$ $x_{1}^2$",
    "\\",
    "}",
    "@article{a, title = {b}}",
    "and",
    "A and B",
    r"\$\0$",
    "Anne O''Brien",
    "others",
    "a, b, c, d",
)


def cited(paper: Paper, slug: str = "a-slug") -> Citation:
    return citation_of(PackedPaper.of(paper, slug), SITE.url)


def hostile() -> list[Citation]:
    papers = [
        Paper(
            title=attack, authors=(attack, "Ann Other"), venue=attack, doi="10.1234/{a}\\b%7B", withdrawn=True
        )
        for attack in ATTACKS
    ]
    papers += [
        Paper(title=attack, organization=attack, arxiv="2410.12265", categories=(attack,))
        for attack in ATTACKS
    ]
    return [cited(paper, f"hostile-{number}") for number, paper in enumerate(papers)]


@cache
def shipped() -> tuple[Citation, ...]:
    library = read(Path(__file__).parents[2])
    return tuple(citation_of(library.records[card.slug], library.site.url) for card in library.cards)


tex = st.lists(st.sampled_from([*ATTACKS, " ", "$x^2$", "\\emph{", "}", "{", "\\"]), max_size=5).map("".join)
any_text = (texts | tex).filter(bool)
names = any_text | st.sampled_from(
    ["Ann Other", "Laurens van der Maaten", "O'Brien, Pat", "张三", "Gemini Team"]
)
papers = st.fixed_dictionaries(
    {},
    optional={
        "title": any_text,
        "authors": tuples(names),
        "organization": any_text,
        "arxiv": arxiv_ids,
        "doi": dois,
        "venue": any_text | st.just("Journal of Tests"),
        "categories": tuples(any_text),
        "published": days,
        "year": st.integers(1000, 2999),
        "withdrawn": st.booleans(),
    },
).map(lambda fields: Paper(**fields))
