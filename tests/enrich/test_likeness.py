"""Which answers are the paper that was looked for: those of its title, with its abstract or authors."""

import pytest

from generator.enrich.likeness import likeness
from generator.model import Stated

TEXT = "We ask what pears know of apples, and find that forty orchards in five countries agree on little."
OTHER = (
    "Nothing is said here of fruit at all; it is about the weather in the north, and why it never changes."
)
DOI = Stated(title="What Pears Know of Apples: A Study of Forty Orchards", abstract=TEXT, doi="10.1234/a")
TITLE = "What Pears Know of Apples: A Study of Forty Orchards"


def paper(
    title: str, abstract: str | None = None, count: int | None = None, arxiv: str | None = None
) -> Stated:
    return Stated(title=title, abstract=abstract, author_count=count, arxiv=arxiv)


@pytest.mark.parametrize(
    ("wanted", "found", "is_same"),
    [
        (paper(TITLE, TEXT), paper(TITLE, TEXT), True),
        (paper(TITLE, TEXT), paper("what pears know of apples -- a study of forty orchards", TEXT), True),
        (paper(TITLE, TEXT), paper(TITLE.replace("Study", "study'"), f"{TEXT} The code is online."), True),
        (paper(TITLE, count=3), Stated(title=TITLE, authors=("A", "B", "C")), True),
        (paper(TITLE, TEXT, 3), paper(TITLE, OTHER, 3), True),
        (paper(f"{TITLE} with $\\tau$-Trees", TEXT), paper(f"{TITLE} with τ-Trees", TEXT), True),
        # neither the abstract nor the number of authors agrees, or neither is known
        (paper(TITLE), paper(TITLE), False),
        (paper(TITLE, TEXT, 3), paper(TITLE, OTHER, 4), False),
        (paper(TITLE, TEXT), paper(TITLE, None, 3), False),
        # titles that are 0.952 alike; less alike than 0.95; of another number
        (paper(TITLE, TEXT), paper("What Pears Knew of Maples: A Study of Forty Orchards", TEXT), True),
        (paper(TITLE, TEXT), paper("What Plums Know of Apples: A Study of Four Orchards", TEXT), False),
        (paper(f"{TITLE} 2", TEXT), paper(f"{TITLE} 3", TEXT), False),
        (paper("", TEXT), paper("", TEXT), False),
        # a second part, of the same authors
        (paper(f"{TITLE}, Part I", TEXT, 3), paper(f"{TITLE}, Part II", OTHER, 3), False),
        # another identifier
        (paper(TITLE, TEXT, arxiv="2410.00001"), paper(TITLE, TEXT, arxiv="2410.00002"), False),
        (Stated(title=TITLE, abstract=TEXT, doi="10.1234/a"), paper(TITLE, TEXT, arxiv="2410.00002"), True),
        (DOI, Stated(title=TITLE, abstract=TEXT, doi="10.1234/A"), True),
        (DOI, Stated(title=TITLE, abstract=TEXT, doi="10.1234/B"), False),
        # abstracts agree from sixty letters on, of which 85 % are alike
        (paper(TITLE, "a" * 60), paper(TITLE, "a" * 61), True),
        (paper(TITLE, "a" * 59), paper(TITLE, "a" * 60), False),
        (paper(TITLE, "a" * 100), paper(TITLE, "a" * 85 + "b" * 15), True),
        (paper(TITLE, "a" * 100), paper(TITLE, "a" * 84 + "b" * 16), False),
    ],
)
def test_a_paper_is_taken_for_another_only_on_good_grounds(
    wanted: Stated, found: Stated, is_same: bool
) -> None:
    assert (0.95 <= likeness(wanted, found) <= 1) is is_same
    assert likeness(wanted, found) == likeness(found, wanted)
