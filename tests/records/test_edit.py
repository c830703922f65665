"""Editing a record's text: what is meant changes, and nothing else."""

import datetime as dt
import re
from itertools import takewhile
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.model import Listed, Paper
from generator.records.codec import decode, encode
from generator.records.edit import Edit, FieldPath, SpliceError, splice
from tests.support.examples import MORE
from tests.support.sprinkled import Sprinkled, sprinkled
from tests.support.strategies import LISTING_OWNED, counts, papers, rows, slugs, urls

pytestmark = pytest.mark.slow

LONG = "Many words, " * 12 + "and a last one."
CASES: dict[str, tuple[str, FieldPath, Any, str]] = {
    "a comment behind the value stays": (
        'title: "A"   # as they write it\nvenue: X\n',
        ("title",),
        "B: b",
        "title: 'B: b'   # as they write it\nvenue: X\n",
    ),
    "a comment stays behind the last line of a text in quotes": (
        "venue: X  # so they say\nid: a\n",
        ("venue",),
        "Two\nlines",
        "venue: 'Two\n\n  lines'  # so they say\nid: a\n",
    ),
    "a comment on the header of a block stays": (
        "abstract: >-  # shortened\n  One.\n  Two.\n\n# Next.\nid: a\n",
        ("abstract",),
        LONG,
        f"abstract: >-  # shortened\n  {LONG[:95]}\n  {LONG[96:]}\n\n# Next.\nid: a\n",
    ),
    "a comment behind a value moves to the header of the block that replaces it": (
        'abstract: "One."  # shortened\nid: a\n',
        ("abstract",),
        "Another.",
        "abstract: >-  # shortened\n  Another.\nid: a\n",
    ),
    "a comment inside a value moves above its key, one behind the key stays": (
        "title: A\nlinks:  # where\n  code: https://x.example  # theirs\n  # none\n  pdf: https://y.example\n",
        ("links",),
        {"html": "https://y.example"},
        "title: A\n# theirs\n# none\nlinks:  # where\n  html: https://y.example\n",
    ),
    "what stood in brackets stays in brackets": (
        "authors: [Ann,  # first\n  Bob]  # all\nid: a\n",
        ("authors",),
        ["Ann", "Bob, Jr."],
        "# first\nauthors: [Ann, 'Bob, Jr.']  # all\nid: a\n",
    ),
    "an empty value is filled": (
        "venue:   # nobody knows\nid: a\n",
        ("venue",),
        "ACL",
        "venue: ACL   # nobody knows\nid: a\n",
    ),
    "a key that is removed leaves its comments": (
        "# Why.\nvenue: ACL  # so they say\n\nid: a\n",
        ("venue",),
        None,
        "# Why.\n# so they say\n\nid: a\n",
    ),
    "a map goes with its last key": (
        "links:\n  # theirs\n  code: https://x.example\nid: a\n",
        ("links", "code"),
        None,
        "# theirs\nid: a\n",
    ),
    "the key behind a dash is removed": (
        "listed:\n- votes: 3  # then\n  listing: a\n  discussion: 0\n",
        ("listed", 0, "votes"),
        None,
        "listed:\n- # then\n  listing: a\n  discussion: 0\n",
    ),
    "a new key follows the nearest that precedes it in the model's order": (
        "id: a\nauthors: [Ann]  # all\n\n# Where.\ntitle: A\n",
        ("venue",),
        "ACL",
        "id: a\nauthors: [Ann]  # all\nvenue: ACL\n\n# Where.\ntitle: A\n",
    ),
    "a mistyped key is none that precedes": (
        "titel: A\nvenue: ACL\nversoin: 2\n",
        ("id",),
        "a",
        "titel: A\nvenue: ACL\nid: a\nversoin: 2\n",
    ),
    "a new key stands first where none precedes it": (
        "---\n# All.\n  note: Read it.\n  hide: true\n",
        ("title",),
        "A",
        "---\n# All.\n  title: A\n  note: Read it.\n  hide: true\n",
    ),
    "a new key stands behind a text and before the blank lines that follow": (
        "abstract: >-\n  One.\n\n\nid: a\n",
        ("venue",),
        "ACL",
        "abstract: >-\n  One.\nvenue: ACL\n\n\nid: a\n",
    ),
    "a new key stands behind blank lines that belong to a text": (
        "comment: |+\n  One.\n\n\nid: a\n",
        ("license",),
        "CC0",
        "comment: |+\n  One.\n\n\nlicense: CC0\nid: a\n",
    ),
    "a new key stands before a text that ends without a line break": (
        "id: a\nnote: |\n  Read it.",
        ("pick",),
        True,
        "id: a\npick: true\nnote: |\n  Read it.",
    ),
    "a new key makes the map that holds it": (
        "title: A\nid: a\n",
        ("links", "code"),
        "https://x.example",
        "title: A\nlinks:\n  code: https://x.example\nid: a\n",
    ),
    "a new key within brackets": (
        "listed:\n- {listing: a, votes: 3}  # then\n",
        ("listed", 0, "issue"),
        dt.date(2025, 10, 30),
        "listed:\n- {listing: a, issue: 2025-10-30, votes: 3}  # then\n",
    ),
    "a key within brackets is removed": (
        "listed: [{listing: a, votes: 3, discussion: 0}]\n",
        ("listed", 0, "votes"),
        None,
        "listed: [{listing: a, discussion: 0}]\n",
    ),
    "a key without a value or colon within brackets is filled": (
        "listed: [{listing: a, votes}]\n",
        ("listed", 0, "votes"),
        3,
        "listed: [{listing: a, votes: 3}]\n",
    ),
    "a new row, at the list's own indentation": (
        "listed:\n  -   listing: a\n      votes: 3  # then\n  # end\nnote: x\n",
        ("listed", 1),
        {"listing": "b", "votes": 0},
        "listed:\n  -   listing: a\n      votes: 3  # then\n  - listing: b\n    votes: 0\n  # end\nnote: x\n",
    ),
    "a new row within brackets": (
        "listed: [{listing: a},]\n",
        ("listed", 1),
        {"listing": "b", "votes": 0},
        "listed: [{listing: a}, {listing: b, votes: 0},]\n",
    ),
    "a new row makes the list that holds it": (
        "id: a\nlisted:  # nowhere yet\n",
        ("listed", 0),
        {"listing": "b"},
        "id: a\nlisted:  # nowhere yet\n- listing: b\n",
    ),
    "a file without a line break at its end": (
        "id: a",
        ("listed", 0),
        {"listing": "b"},
        "id: a\nlisted:\n- listing: b",
    ),
    "an empty file": ("", ("title",), "A", "title: A\n"),
    "an empty map": ("{}\n", ("title",), "A", "{title: A}\n"),
    "a file of comments alone": ("# Nothing yet.", ("title",), "A", "# Nothing yet.\ntitle: A\n"),
    "a file with a byte order mark and line breaks of Windows": (
        "\ufefftitle: A\r\nabstract: >-\r\n  One.\r\nid: a\r\n",
        ("abstract",),
        "Two.\nThree.",
        "\ufefftitle: A\r\nabstract: >-\r\n  Two.\r\n\r\n  Three.\r\nid: a\r\n",
    ),
    "a file with document markers": (
        "--- # ours\ntitle: A\n... # over\n",
        ("id",),
        "a",
        "--- # ours\ntitle: A\nid: a\n... # over\n",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_an_edit_keeps_what_it_does_not_mean_to_change(case: str) -> None:
    before, path, value, after = CASES[case]
    assert splice(before, [Edit(path, value)]) == after


def test_edits_are_made_one_after_another() -> None:
    edits = [Edit(("listed", 0), {"listing": "b"}), Edit(("listed", 0, "votes"), 3), Edit(("title",), "A")]
    assert splice("id: a\n", edits) == "title: A\nid: a\nlisted:\n- listing: b\n  votes: 3\n"


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("listed: [{listing: a, # then\n  votes: 3}]\n", ("listed", 0, "votes")),  # no place for the comment
        ("title: [unclosed\n", ("title",)),
        ("? title", ("title",)),
        ("--- A text\n", ("title",)),
    ],
)
def test_what_cannot_be_edited_safely_is_not(text: str, path: FieldPath) -> None:
    with pytest.raises(SpliceError):
        splice(text, [Edit(path, None)])


def expected(paper: Paper, edit: Edit) -> Paper:
    """Return the paper with the edit made: a value set, a row appended, a key removed."""
    values = msgspec.to_builtins(paper, builtin_types=(dt.date,))
    *way, last = edit.path
    holder = values
    for step, following in zip(way, edit.path[1:], strict=True):
        if isinstance(holder, dict):
            holder[step] = (
                list(holder.get(step, ())) if isinstance(following, int) else dict(holder.get(step, {}))
            )
        holder = holder[step]
    if edit.value is None:
        del holder[last]
    elif isinstance(holder, list):
        holder.append(edit.value)
    else:
        holder[last] = edit.value
    return msgspec.convert(values, Paper)


def region(paper: Paper, record: Sprinkled, edit: Edit) -> tuple[int, int] | None:
    """Return the part of the text that the edit may change; None where it only adds to it."""
    path = edit.path
    if path == ("links", *path[1:]) and len(paper.links) <= (edit.value is None):
        path = ("links",)  # the map is made with its first key, and goes with its last
    if path not in record.spans:
        return None
    first, last = record.spans[path]
    if edit.value is None:  # and what set it apart from its neighbours
        first = len(record.text[:first].rstrip(" ,\t\r\n"))
        last = len(record.text) - len(record.text[last:].lstrip(" ,\t\r\n"))
    return first, last


def check(paper: Paper, seed: int, edit: Edit) -> None:
    record = sprinkled(paper, seed)
    before = record.text
    assert decode(before.encode(), "", Paper)[0] == paper, before
    try:
        after = splice(before, [edit])
    except SpliceError:  # where a comment would be lost, or left without its place
        first, last = record.spans[edit.path[:-1]]
        assert edit.value is None
        assert re.search(r"[\[{].*#", before[first:last], re.DOTALL), before
        return
    assert decode(after.encode(), "", Paper)[0] == expected(paper, edit)
    for comment in record.comments:
        assert after.count(comment) == before.count(comment), (comment, after)
    changed = region(paper, record, edit)
    if changed:
        assert after.startswith(before[: changed[0]])
        assert after.endswith(before[changed[1] :])
    else:
        same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(before, after, strict=False)))
        assert after.endswith(before[same:])


def edits_of(paper: Paper) -> list[Edit]:
    """Return edits as ingest makes them of a record that is there."""
    row = {"listing": "2026-01-01-new.txt", "issue": dt.date(2026, 1, 1), "position": 7, "votes": 0}
    return [
        Edit(("title",), "Another Title: #1"),
        Edit(("abstract",), f"{LONG}\nA second paragraph."),
        Edit(("authors",), ["Ann", "Bob, Jr."]),
        Edit(("venue",), "ACL"),
        Edit(("published",), dt.date(2020, 1, 1)),
        Edit(("links", "code"), "https://y.example"),
        Edit(("links", "pdf"), "https://y.example"),
        Edit(("listed", len(paper.listed)), row),
        Edit(("listed", 0, "votes"), 3),
        Edit(("listed", 0, "position"), None),
        *(Edit((name,), None) for name in ("title", "abstract", "published") if getattr(paper, name)),
        *(Edit(("links", kind), None) for kind in paper.links),
    ]


def test_edits_of_every_shipped_record_keep_all_other_bytes(shipped_papers: list[Paper]) -> None:
    for number, paper in enumerate(shipped_papers):
        edits = edits_of(paper)
        for turn in range(3):
            check(paper, number * 3 + turn, edits[(number + turn * 5) % len(edits)])


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2))
def test_all_edits_of_every_shipped_record_keep_all_other_bytes(
    shipped_papers: list[Paper], seed: int
) -> None:
    for number, paper in enumerate(shipped_papers):
        for turn, edit in enumerate(edits_of(paper)):
            check(paper, seed * 100_000 + number * 100 + turn, edit)


@st.composite
def edits(draw: st.DrawFn, paper: Paper) -> Edit:
    """Return an edit of the paper that ingest might make."""
    kinds = ["field", "link", "row", *(["count"] if paper.listed else [])]
    kind = draw(st.sampled_from(kinds))
    if kind == "link":
        return Edit(("links", draw(slugs)), draw(urls))
    if kind == "row":
        return Edit(("listed", len(paper.listed)), msgspec.to_builtins(draw(rows), builtin_types=(dt.date,)))
    if kind == "count":
        row = draw(st.integers(0, len(paper.listed) - 1))
        return Edit(("listed", row, draw(st.sampled_from(["position", "votes", "discussion"]))), draw(counts))
    name = draw(st.sampled_from([name for name in LISTING_OWNED if name != "links"]))
    stands = getattr(paper, name) != getattr(Paper(), name)
    values = LISTING_OWNED[name].filter(bool)
    return Edit((name,), draw(st.none() | values if stands else values))


@settings(max_examples=50 * MORE)
@given(st.data(), papers.filter(lambda paper: paper.id is not None), st.integers(0, 2**32))
def test_edits_of_any_record_keep_all_other_bytes(data: st.DataObject, paper: Paper, seed: int) -> None:
    check(paper, seed, data.draw(edits(paper)))


def test_what_a_new_record_invites_an_editor_to_fill_in_keeps_all_other_bytes() -> None:
    paper = Paper(title="A", id="a", listed=(Listed(listing="x", votes=3),))
    text = encode(paper)
    assert (
        text
        == """\
title: A
id: a
themes: []
pick: false
note:
listed:
- listing: x
  votes: 3
"""
    )
    assert decode(text.encode(), "", Paper) == (paper, ())
    edits = [
        Edit(("themes",), ["data", "models"]),
        Edit(("pick",), True),
        Edit(("note",), "Read it."),
        Edit(("tags",), ["ours"]),
        Edit(("listed", 0, "votes"), 4),
    ]
    assert (
        splice(text, edits)
        == """\
title: A
id: a
themes: [data, models]
pick: true
note: >-
  Read it.
tags:
- ours
listed:
- listing: x
  votes: 4
"""
    )
