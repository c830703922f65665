"""Papers in a snapshot of arXiv's metadata, plain or packed, found by title or identifier."""

import gzip
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.enrich.snapshot import SnapshotError, look_up
from generator.model import Stated

TEXT = "We ask what pears know of apples, and find that forty orchards in five countries agree on little."


def line(number: int, title: str, abstract: str = TEXT) -> str:
    paper = {
        "id": f"2410.{number:05}",
        "authors": "A. Other and B. Brown",
        "title": title,
        "abstract": f"  {abstract}\n",
        "categories": "cs.LG",
        "versions": [{"version": "v1", "created": "Mon, 7 Oct 2024 19:18:42 GMT"}],
        "update_date": "2024-10-08",
        "authors_parsed": [["Other", "Ann", ""], ["Brown", "Bob", ""]],
    }
    return json.dumps(paper) + "\n"


SNAPSHOT = "".join(
    [
        line(1, "Plums"),
        line(2, 'What Pears\n  Know of \\"Apples\\"'),
        line(3, "Trees of $\\tau$ in the Orchards of Kent"),
        "{ broken\n",
        line(
            4,
            "What Pears Know of Apples",
            "Quite another paper, on what nobody has ever thought to ask pears.",
        ),
        line(5, "A Title that Nobody Knows"),
        line(6, 'What Pears\n  Know of \\"Apples\\"'),  # of equals, the first is taken
        line(7, "What Figs Know of Apples and Pears", "x" * (1 << 20)),  # too long to be read
    ]
)
WANTED = {
    "pears": Stated(title="What Pears Know of “Apples”", abstract=TEXT),
    "trees": Stated(title="Trees of τ in the Orchards of Kent", author_count=2),
    "dump": Stated(arxiv="2410.00005"),
    "figs": Stated(title="What Figs Know of Apples and Pears", abstract=TEXT),
}


def plain(path: Path) -> None:
    path.write_text(SNAPSHOT)


def gzipped(path: Path) -> None:
    path.write_bytes(gzip.compress(SNAPSHOT.encode()))


def zipped(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("arxiv-metadata-oai-snapshot.json", SNAPSHOT)


@pytest.mark.parametrize("write", [plain, gzipped, zipped])
def test_papers_are_found_by_title_or_identifier(tmp_path: Path, write: Callable[[Path], None]) -> None:
    write(tmp_path / "snapshot")
    found = look_up(tmp_path / "snapshot", WANTED)
    assert {name: stated.arxiv for name, (_, stated) in found.items()} == {
        "pears": "2410.00002",
        "trees": "2410.00003",
        "dump": "2410.00005",
    }
    assert found["pears"][1].authors == ("Ann Other", "Bob Brown")
    assert all(score >= 0.95 for score, _ in found.values())


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (gzip.compress(SNAPSHOT.encode(), mtime=0)[:-20], "ended before"),
        (b"PK\x03\x04 no archive", "not a zip"),
        (gzip.compress(b"", mtime=0)[:5], "ended before"),
        (b"", "it does not begin with a paper"),
        (b"<html>Log in</html>\n", "it does not begin with a paper"),
        (SNAPSHOT.encode()[:-40], "it ends within a paper"),
    ],
    ids=["cut", "no archive", "five bytes", "empty", "another page", "plain and cut"],
)
def test_a_snapshot_that_is_damaged_is_an_error(tmp_path: Path, data: bytes, said: str) -> None:
    (tmp_path / "snapshot").write_bytes(data)
    with pytest.raises(SnapshotError, match=said):
        look_up(tmp_path / "snapshot", WANTED)
