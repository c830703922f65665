"""Pagination: the pages that a long list fills."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.website.parts.pagination import Pagination, paginate

PAGE_SIZE = 250


def sizes(count: int) -> dict[str, int]:
    """Return how many items each page of a list has, by the page's address."""
    return {page.href: len(items) for page, items in paginate("picks/", tuple(range(count)))}


def test_an_empty_list_has_one_page() -> None:
    none: tuple[int, ...] = ()
    [(page, items)] = paginate("picks/", none)
    assert (page.path, page.number, page.is_newest, page.older, items) == (
        "picks/index.html",
        1,
        True,
        None,
        (),
    )


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (1, {"picks/": 1}),
        (PAGE_SIZE, {"picks/": PAGE_SIZE}),
        (PAGE_SIZE + 1, {"picks/": 1, "picks/1/": PAGE_SIZE}),
        (2 * PAGE_SIZE + 3, {"picks/": 3, "picks/2/": PAGE_SIZE, "picks/1/": PAGE_SIZE}),
    ],
)
def test_the_newest_page_has_the_list_s_own_address_and_the_others_are_full(
    count: int, expected: dict[str, int]
) -> None:
    assert sizes(count) == expected


@given(st.integers(0, 4 * PAGE_SIZE))
def test_pages_keep_every_item_in_order(count: int) -> None:
    found = paginate("picks/", tuple(range(count)))
    assert [item for _, items in found for item in items] == list(range(count))


@given(st.integers(0, 4 * PAGE_SIZE))
def test_an_addition_changes_the_newest_page_only(count: int) -> None:
    def others(items: tuple[int, ...]) -> dict[str, tuple[int, ...]]:
        return {page.href: found for page, found in paginate("x/", items) if not page.is_newest}

    assert others(tuple(range(count))).items() <= others((-1, *range(count))).items()


@given(st.integers(0, 5 * PAGE_SIZE))
def test_what_an_older_page_says_of_the_others_changes_once_at_most(count: int) -> None:
    def older(items: range) -> list[Pagination]:
        return [page for page, _ in paginate("x/", tuple(items))][2:]

    before, after = older(range(count)), older(range(count + 1))
    assert after[len(after) - len(before) :] == before


def test_the_newest_page_links_to_all_and_an_older_one_to_the_newest_and_those_around_it() -> None:
    pages = [page for page, _ in paginate("x/", tuple(range(3 * PAGE_SIZE + 1)))]
    assert [[f"{link.title} {link.href}" for link in page.links] for page in pages] == [
        ["Part 4 x/", "Part 3 x/3/", "Part 2 x/2/", "Part 1 x/1/"],
        ["Newest x/", "Part 3 x/3/", "Part 2 x/2/"],
        ["Newest x/", "Part 3 x/3/", "Part 2 x/2/", "Part 1 x/1/"],
        ["Newest x/", "Part 2 x/2/", "Part 1 x/1/"],
    ]
    assert [page.older and page.older.href for page in pages] == ["x/3/", "x/2/", "x/1/", None]


def test_other_files_name_their_pages_in_a_way_of_their_own() -> None:
    pages = paginate("papers.json", tuple(range(PAGE_SIZE + 1)), lambda href, number: f"{number}-{href}")
    assert [page.href for page, _ in pages] == ["papers.json", "1-papers.json"]
