"""A cluster as what renders: Dask's executor, for processes that share nothing but a disk."""

from collections.abc import Iterator
from typing import Any

import pytest

from generator.commands.build import build
from generator.problem import has_error
from tests.support.builds import tree
from tests.support.digest import Write

distributed = pytest.importorskip("distributed", reason="Dask is not at hand: pip install '.[cluster]'")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("default"),  # what Dask warns of is its own
]


@pytest.fixture(scope="module")
def client() -> Iterator[Any]:
    with (
        distributed.LocalCluster(n_workers=2, threads_per_worker=2, dashboard_address=None) as cluster,
        distributed.Client(cluster) as client,
    ):
        yield client


def write_papers(digest: Write, version: str) -> None:
    text = "\n== content/terms.txt\n*\t1000\t0\nlegal\t5\t3000\nranking\t5\t3000\n"
    for number in range(600):
        text += f"== content/papers/paper-{number}.yaml\ntitle: Paper {number}\n"
        text += f"abstract: Legal ranking of legal ranking {version}, $x^{{{number}}}$.\nthemes: [data]\n"
        text += f"listed: [{{listing: x, issue: 2025-10-30, position: {number}}}]\n"
    digest(text)


def test_a_cluster_gives_the_same_bytes_build_after_build(digest: Write, client: Any) -> None:
    root = digest("")
    for version in ("once", "twice", "once"):
        write_papers(digest, version)
        alone = build(root, root / "alone")
        shared = build(root, root / "shared", workers=lambda: client.get_executor(pure=False))
        assert not has_error(alone.problems)
        assert shared == alone
        assert tree(root / "shared") == tree(root / "alone")
