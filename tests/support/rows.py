"""Listings that tests write themselves: rows of YAML, or values as JSON, in place of a page's text."""

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import strategies as st

from generator.ingest import parsing
from generator.ingest.report import IngestReport
from generator.listings import Entry, Parse, Span
from generator.model import Count, Paper, Stated
from generator.problem import Location, error
from generator.records.codec import decode


class Row(Stated, frozen=True, kw_only=True):
    votes: Count | None = None
    discussion: Count | None = None


def parse_rows(data: bytes, path: str, issue: dt.date | None, format_name: str | None = None) -> Parse:
    """Return the entries of a listing that is YAML; one that begins with `!` needs its format named."""
    if data.startswith(b"!") and not format_name:
        return Parse(problems=(error(Location(path=path), "Which format is this?"),))
    rows, problems = decode(data.removeprefix(b"!\n"), path, tuple[Row, ...])
    entries = [
        Entry(
            position=number,
            span=Span(number, number),
            stated=Stated(**{name: getattr(row, name) for name in Stated.__struct_fields__}),
            votes=row.votes,
            discussion=row.discussion,
        )
        for number, row in enumerate(rows or (), start=1)
    ]
    return Parse(entries=tuple(entries), problems=problems)


def parse_json(data: bytes, path: str, issue: dt.date | None, format_name: str | None = None) -> Parse:
    """Return the entries of a listing that `write_listings` wrote."""
    papers = enumerate(msgspec.json.decode(data, type=list[Stated]), start=1)
    entries = (Entry(position=place, span=Span(place, place), stated=paper) for place, paper in papers)
    return Parse(entries=tuple(entries))


@contextmanager
def listings_at() -> Iterator[None]:
    """Have listings read as `write_listings` writes them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parsing, "parse", parse_json)
        yield


def write_listings(root: Path, listings: Mapping[str, list[Stated]]) -> None:
    """Write listings into a digest, as JSON of what they state."""
    folder = root / "content/listings"
    folder.mkdir(parents=True, exist_ok=True)
    for name, papers in listings.items():
        (folder / name).write_bytes(msgspec.json.encode(papers))


NAMES = st.sampled_from(["2025-10-30-a", "2025-10-31-b", "c"])
OTHER_FIELDS: dict[str, st.SearchStrategy[Any]] = {
    "abstract": st.sampled_from(["Some words.", "Other words.\nA second paragraph."]),
    "venue": st.sampled_from(["ACL", "NeurIPS"]),
    "withdrawn": st.just(True),
    "authors": st.sampled_from([("Ann",), ("Ann", "Bob")]),
    "links": st.sampled_from([{"code": "https://a.b"}, {"code": "https://a.c"}, {"pdf": "https://a.b"}]),
}
confusing = st.fixed_dictionaries(
    {},
    optional={
        **OTHER_FIELDS,
        "title": st.sampled_from(["A", "a!", "B", "A++", "???", "CON"]),
        "arxiv": st.sampled_from(["2410.12265", "2410.12266"]),
        "doi": st.sampled_from(["10.1234/X", "10.1234/x", "10.1234/y"]),
        "published": st.sampled_from([dt.date(2020, 1, 1), dt.date(2021, 1, 1)]),
    },
).map(lambda values: Stated(**values))
"""Papers that say the same of each other, and then something else."""


def listings_of(papers: st.SearchStrategy[Stated] = confusing) -> st.SearchStrategy[dict[str, list[Stated]]]:
    """Return listings by name, of papers."""
    return st.dictionaries(NAMES, st.lists(papers, min_size=1, max_size=4), min_size=1)


def content(root: Path) -> dict[str, bytes]:
    """Return all files of content."""
    files = (file for file in (root / "content").rglob("*") if file.is_file())
    return {file.relative_to(root).as_posix(): file.read_bytes() for file in files}


def records(root: Path) -> dict[str, str]:
    """Return the records by path."""
    papers = root / "content/papers"
    return {
        file.relative_to(papers).as_posix(): file.read_text("utf-8")
        for file in sorted(papers.rglob("*.yaml"))
    }


def record(root: Path, path: str) -> Paper:
    """Return a record, decoded."""
    paper, problems = decode((root / "content/papers" / path).read_bytes(), path, Paper)
    assert paper, problems
    return paper


def edit(root: Path, path: str, old: str, new: str) -> None:
    """Replace a piece of a record, as an editor would."""
    file = root / "content/papers" / path
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


def said(report: IngestReport) -> list[str]:
    """Return the problems of a plan, a line each."""
    return [f"{problem.severity}: {problem.location}: {problem.message}" for problem in report.problems]
