"""Which value wins where listings differ, by the table of `docs/formats.md`, whatever the order of ingest."""

import datetime as dt
import tempfile
from itertools import permutations
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.commands.ingest import ingest
from generator.model import ENRICHED, Listed, Paper, Stated
from tests.support.digest import Write
from tests.support.examples import MORE
from tests.support.rows import OTHER_FIELDS, edit, listings_at, record, records, write_listings

Listings = dict[str, list[Stated]]
NAMES = ("2025-10-30-a", "2025-10-31-b", "c", ENRICHED)
RECORD = "2025/pears.yaml"


def of_pears(**fields: Any) -> list[Stated]:
    return [Stated(title="Pears", **fields)]


def ingested(root: Path, listings: Listings) -> Paper:
    with listings_at():
        write_listings(root, listings)
        ingest(root)
    return record(root, RECORD)


def test_an_editor_s_value_comes_first(digest: Write) -> None:
    root = digest("")
    ingested(root, {"2025-10-30-a": of_pears(venue="ACL")})
    edit(root, RECORD, "venue: ACL", "venue: My Orchard")
    assert ingested(root, {"2025-10-31-b": of_pears(venue="NeurIPS")}).venue == "My Orchard"


def test_of_listings_the_last_by_name_wins_and_what_was_looked_up_comes_last(digest: Write) -> None:
    paper = ingested(
        digest(""),
        {
            "2025-10-30-a": of_pears(venue="ACL", comment="9 pages"),
            "2025-10-31-b": of_pears(venue="NeurIPS"),
            ENRICHED: of_pears(venue="Somewhere", comment="8 pages", doi="10.1234/pears"),
        },
    )
    assert (paper.venue, paper.comment, paper.doi) == ("NeurIPS", "9 pages", "10.1234/pears")


def test_of_a_paper_that_one_listing_names_twice_the_first_place_wins(digest: Write) -> None:
    papers = [*of_pears(venue="ACL"), *of_pears(venue="NeurIPS", comment="9 pages")]
    paper = ingested(digest(""), {"2025-10-30-a": papers})
    assert (paper.venue, paper.comment) == ("ACL", "9 pages")


def test_each_kind_of_link_is_a_value_of_its_own(digest: Write) -> None:
    first, second = ({"code": "https://a.b", "pdf": "https://a.c"}, {"code": "https://a.d"})
    listings = {"2025-10-30-a": of_pears(links=first), "2025-10-31-b": of_pears(links=second)}
    assert ingested(digest(""), listings).links == {"code": "https://a.d", "pdf": "https://a.c"}


@st.composite
def papers(draw: st.DrawFn) -> Stated:
    """Return one of three papers, known by its identifier, with whatever else is stated."""
    number = draw(st.integers(0, 2))
    days = st.sampled_from([dt.date(2020, 1, 1), dt.date(2021, 1, 1)])
    others = {**OTHER_FIELDS, "title": st.sampled_from(["A", "B", "C"]), "published": days}
    return Stated(arxiv=f"2410.1226{number}", **draw(st.fixed_dictionaries({}, optional=others)))


def known_of(root: Path) -> dict[str, tuple[Stated, frozenset[Listed]]]:
    """Return what records say, by arXiv identifier: without their addresses, which the first listing gave."""
    found = {}
    for path in records(root):
        paper = record(root, path)
        stated = Stated(**{name: getattr(paper, name) for name in Stated.__struct_fields__})
        found[paper.arxiv or ""] = stated, frozenset(paper.listed)
    return found


@settings(max_examples=8 * MORE)
@given(
    st.dictionaries(
        st.sampled_from(NAMES), st.lists(papers(), min_size=1, max_size=3), min_size=2, max_size=3
    )
)
def test_the_order_of_ingest_does_not_matter(listings: Listings) -> None:
    outcomes = []
    with tempfile.TemporaryDirectory() as folder, listings_at():
        for number, names in enumerate(permutations(listings)):
            root = Path(folder, str(number))
            for name in names:
                write_listings(root, {name: listings[name]})
                ingest(root)
            outcomes.append(known_of(root))
    assert all(outcome == outcomes[0] for outcome in outcomes)
