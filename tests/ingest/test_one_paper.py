"""The same paper through any two formats is one record, if both state an identifier or title in common."""

from itertools import combinations, product
from pathlib import Path

import pytest

from generator.commands.ingest import ingest
from generator.files import write_file
from generator.listings import FORMATS, parse
from tests.support.digest import write_files
from tests.support.rows import records

TEXTS = (Path(__file__).parent / "one-paper.txt").read_text("utf-8")
ONLY_ARXIV = {"paper-ids", "arxiv-dump"}
"""Formats that state no title."""
NO_ARXIV = {
    *("hf-daily", "hf-similar", "csl-json", "crossref", "crossref-xml"),
    *("openalex", "acl-anthology", "papercopilot"),
}
"""Formats that state no identifier of arXiv."""


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Return the paper as each format states it."""
    folder = tmp_path_factory.mktemp("one-paper")
    write_files(folder, f"\n{TEXTS}")
    return {file.name: file.read_bytes() for file in sorted(folder.iterdir())}


def test_each_format_states_the_paper_without_a_problem(files: dict[str, bytes]) -> None:
    assert files.keys() == {form.NAME for form in FORMATS} - {"enriched"}
    for name, data in files.items():
        parsed = parse(data, name, None)
        assert (parsed.source, len(parsed.entries), parsed.problems) == (name, 1, ())


def test_the_paper_of_two_formats_is_one_record(tmp_path: Path, files: dict[str, bytes]) -> None:
    apart = set()
    for names in combinations(files, 2):
        root = tmp_path / " ".join(names)
        for day, name in zip(("2026-04-27", "2026-04-28"), names, strict=True):
            write_file(root / "content/listings" / f"{day}-{name}", files[name])
        assert ingest(root).papers in {1, 2}
        if len(records(root)) == 2:
            apart.add(frozenset(names))
    assert apart == {frozenset(names) for names in product(ONLY_ARXIV, NO_ARXIV)}
