"""Reading content: where a list or the lines of a file double, the work does too, counted in calls."""

from functools import partial
from pathlib import Path

import pytest

from generator.library.images import read_images
from generator.library.snapshot import read_library
from generator.problem import MOST, Problem
from generator.terminal import print_problems
from tests.support.counted import calls, grows_linearly
from tests.support.digest import Write


@pytest.mark.parametrize(
    "row",
    [
        "changes: - {{date: 2025-10-30, text: Correction {0}}}",  # all of a name, each an error
        "themes: - unknown-{0}",
        "formerly: - old-{0}",
        "authors: - Ann Author{0}",
        "listed: - {{listing: list-{0}, issue: 2025-10-30, position: {0}}}",
        "unknown: - value {0}",
        "tags: - tag-{0}",
    ],
)
def test_twice_as_many_rows_are_at_most_two_and_a_half_times_the_work(digest: Write, row: str) -> None:
    name, item = row.split(" ", 1)
    worked = []
    for rows in (150, 300):
        lines = [name, *(item.format(number) for number in range(rows))]
        root = digest("== content/papers/a.yaml\ntitle: A\n" + "\n".join(lines))
        worked.append(calls(partial(read_library, root)))
    assert worked[1] < 2.5 * worked[0]


def tell(root: Path, found: list[Problem]) -> None:
    found.extend(read_library(root).problems)
    print_problems(found, root)


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("content/terms.txt", "row {0}"),
        ("content/vectors.txt", "row {0}"),
        ("content/published.jsonl", "row {0}"),
        ("content/site.yaml", "unknown{0}: yes"),
        ("content/themes.yaml", "- {{slug: data, title: Data {0}}}"),
        ("content/themes.yaml", "- {{slug: Data {0}, title: Data}}"),
        ("content/issues/2025-10-30.md", "unknown{0}: yes"),
        ("content/papers/a.yaml", "unknown{0}: yes"),
        ("content/papers/a.yaml", "title: yes {0}"),
        ("content/papers/a.yaml", 'unknown{0}: "$\\alpha$"'),
    ],
)
def test_of_thousands_of_wrong_lines_the_first_are_told_and_that_there_are_more(
    digest: Write, path: str, line: str
) -> None:
    worked = []
    for lines in (500, 1000):
        head = ["---", "---"] if path.endswith(".md") else ["", ""]
        text = "\n".join([head[0], *(line.format(number) for number in range(lines)), head[1]])
        root = digest(f"== {path}\n{text.strip()}")
        found: list[Problem] = []
        worked.append(calls(partial(tell, root, found)))
        assert sum(problem.location.path == path for problem in found) == MOST + 1
        assert found[0].message == f"This file has more than {MOST} errors. The first {MOST} are listed."
    assert worked[1] < 2.5 * worked[0]


def test_a_drawing_with_very_many_attributes_is_looked_through_in_linear_time() -> None:
    def work(size: int) -> None:
        attributes = " ".join(f'x{number}="url( #a)"' for number in range(size))
        style = f'style="fill: url({" " * size}#a)"'
        data = f'<svg xmlns="http://www.w3.org/2000/svg" {style} {attributes}/>'.encode()
        [image], _ = read_images({"content/images/a.svg": data})
        assert image.data == data

    assert grows_linearly(work, 50_000)


def test_blank_lines_and_markers_of_half_a_merge_are_looked_through_in_linear_time(digest: Write) -> None:
    root = digest("")

    def work(size: int) -> None:
        (root / "content/themes.yaml").write_text("\n" * size)
        (root / "content/published.jsonl").write_text("<<<<<<< a\n=======\n" * size)
        assert len(read_library(root).problems) == MOST + 1

    assert grows_linearly(work, 50_000)
