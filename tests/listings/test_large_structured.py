"""Very many papers as the arXiv snapshot has them, a line each."""

import json

import pytest

from generator.listings import parse
from tests.support.counted import grows_linearly

pytestmark = pytest.mark.slow

ABSTRACT = "  The abstract says what the paper found, at some length,\nand where its code is.\n" * 14


def row(number: int) -> str:
    return json.dumps(
        {
            "id": f"{1000 + number // 10_000}.{number % 10_000:05d}",
            "title": f"A Title of $x^{number}$\n  in Two Lines",
            "authors": "C. Bal\\'azs and C.-P. Yuan",
            "authors_parsed": [["Bal\u00e1zs", "C.", ""], ["Yuan", "C. -P.", ""]],
            "comments": "37 pages, 15 figures",
            "categories": "hep-ph cs.LG",
            "abstract": ABSTRACT,
            "versions": [{"version": "v1", "created": "Mon, 2 Apr 2007 19:18:42 GMT"}],
        }
    )


def test_many_lines_of_the_snapshot_are_read_in_linear_time() -> None:
    def work(count: int) -> None:
        parsed = parse("\n".join(map(row, range(count))).encode(), "snapshot.jsonl", None)
        assert (len(parsed.entries), parsed.problems) == (count, ())
        assert parsed.entries[-1].stated.authors == ("C. Bal\u00e1zs", "C.-P. Yuan")

    assert grows_linearly(work, 20_000)
