"""Genuine records of arXiv, written out as a dump: abstracts and authors' comments are told apart.

The dump states neither; the records do. At least 99 % of them are to be read as they are.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from lxml import etree

from generator.listings import parse
from generator.listings.comments import is_comment
from generator.listings.entry import join

SAMPLES = Path(__file__).resolve().parents[2].parent / "shared" / "samples"
JSON_LINES = SAMPLES / "d_arxiv_kaggle" / "kaggle_snapshot_0704_first100.jsonl"
OAI = SAMPLES / "d_arxiv_oai"

pytestmark = pytest.mark.skipif(
    not (JSON_LINES.is_file() and OAI.is_dir()), reason=f"there are no genuine records in {SAMPLES}"
)


class Record(NamedTuple):
    arxiv: str
    abstract: str
    comment: str

    def text(self) -> str:
        """Return the record as a dump has it; in arXiv's records an indented line begins a paragraph."""
        paragraphs = [re.sub(r"\n +", "\n\n", self.abstract.strip()), self.comment.strip()]
        return "\n\n".join([*filter(None, paragraphs), f"arXiv:{self.arxiv}\nCreated: 2007-04-02"])

    def expected(self) -> tuple[str, str | None]:
        paragraphs = re.split(r"\n +", self.abstract.strip())
        comment = join(line.strip() for line in self.comment.strip().split("\n"))
        return "\n".join(join(paragraph.split("\n")) for paragraph in paragraphs), comment or None


def records() -> Iterator[Record]:
    for line in JSON_LINES.read_text("utf-8").splitlines():
        row = json.loads(line)
        yield Record(row["id"], row["abstract"], row["comments"] or "")
    for path in sorted(OAI.glob("*.xml")):
        for record in etree.parse(path).iter("{*}arXiv"):
            fields = ("id", "abstract", "comments")
            yield Record(*(record.findtext(f"{{*}}{field}") or "" for field in fields))


def test_abstracts_and_comments_are_told_apart() -> None:
    all_records = {record.arxiv: record for record in records() if record.abstract}
    text = "\n\n".join(record.text() for record in all_records.values())
    found = {
        entry.stated.arxiv: (entry.stated.abstract, entry.stated.comment)
        for entry in parse(text.encode(), "dump.txt", None, "arxiv-dump").entries
    }
    wrong = [arxiv for arxiv, record in all_records.items() if found.get(arxiv) != record.expected()]
    assert len(all_records) > 200
    assert len(wrong) * 100 <= len(all_records), wrong


def test_paragraphs_of_abstracts_are_no_comments() -> None:
    second = [part for record in records() for part in re.split(r"\n +", record.abstract.strip())[1:]]
    taken = [text for text in second if is_comment(join(text.split("\n")))]
    assert len(second) > 20
    assert len(taken) * 20 <= len(second), taken
