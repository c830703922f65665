"""What changed files mean for a digest."""

from pathlib import Path

import pytest

from generator.engine.templates import SHIPPED
from generator.serve.file_changes import FileChanges, changes_of

A, B = "content/papers/2025/a.yaml", "content/papers/b.yaml"


def changes(*records: str, others: bool = False, templates: bool = False) -> FileChanges:
    return FileChanges(records=frozenset(records), others=others, templates=templates)


@pytest.mark.parametrize(
    ("paths", "found"),
    [
        ([], changes()),
        ([A, B], changes(A, B)),
        (["content/papers/a.txt"], changes(others=True)),
        (["content/site.yaml"], changes(others=True)),
        (["templates/paper.html"], changes(templates=True)),
        ([A, "content/pages/a.md", "templates/static/a.css"], changes(A, others=True, templates=True)),
        ([A, "content"], None),
        ([A, "other/a.yaml"], None),
    ],
)
def test_they_tell_what_is_read_again(tmp_path: Path, paths: list[str], found: FileChanges | None) -> None:
    (tmp_path / "content").mkdir()
    assert changes_of(tmp_path, [tmp_path / path for path in paths]) == found


def test_a_shipped_template_is_one_too_and_a_file_elsewhere_may_be_anything(tmp_path: Path) -> None:
    assert changes_of(tmp_path, [SHIPPED / "paper.html"]) == changes(templates=True)
    assert changes_of(tmp_path, [tmp_path.parent / "a.yaml"]) is None
