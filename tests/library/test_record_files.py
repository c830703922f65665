"""Records as files: who reads them, and how often."""

import shutil
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from generator.library.record_files import SHARD, read_records
from tests.support.digest import Write


def test_what_workers_have_read_is_not_read_again(digest: Write) -> None:
    root = digest("")
    papers = root / "content/papers"
    papers.mkdir(parents=True)
    for number in range(2 * SHARD):
        (papers / f"{number}.yaml").write_text(f"title: Paper {number}\n", "utf-8")
    expected = read_records(root, {})
    kept: list[int] = []

    def keep(packed: bytes, records: int) -> memoryview:
        kept.append(records)
        if sum(kept) == 2 * SHARD:
            shutil.rmtree(papers)
        return memoryview(packed)

    assert read_records(root, {}, workers=partial(ThreadPoolExecutor, 1), keep=keep) == expected
    assert kept == [SHARD, SHARD]
