"""Related papers from build to build: what is kept gives what is found anew, and only pages ask for it."""

from pathlib import Path

from generator.commands.build import build
from generator.engine.ledger import StateFolder
from generator.engine.related_cache import RelatedCache
from generator.library.snapshot import read_library
from generator.website.pages import papers, picks
from tests.support.builds import tree
from tests.support.digest import Write

RECORD = """
== content/papers/{slug}.yaml
title: {slug}
abstract: {abstract}
author_count: 2
published: 2025-01-02
themes: [data]
listed:
- {{listing: x, issue: 2025-10-30, position: 1}}
"""
TERMS = "\n== content/terms.txt\n*\t1000\t0\nlegal\t5\t3000\nranking\t5\t3000\n"
DIGEST = TERMS + "".join(
    RECORD.format(slug=slug, abstract=abstract)
    for slug, abstract in (
        ("a", "Legal ranking of legal ranking."),
        ("b", "Legal ranking of legal ranking."),
        ("c", "Words."),
    )
)


def kept(root: Path) -> list[Path]:
    return list(root.glob(".broadsheet/*/related"))


def test_a_build_after_edits_gives_what_a_clean_one_gives(digest: Write) -> None:
    root = digest(DIGEST)
    for edit in (
        RECORD.format(slug="c", abstract="Ranking of the legal, legal ranking."),
        RECORD.format(slug="a", abstract="Words, words."),
        TERMS.replace("legal\t5\t3000", "words\t5\t3000"),
        RECORD.format(slug="d", abstract="Words, ranking, words, ranking."),
    ):
        digest(edit)
        build(root, root / "site", planners=(papers.plan,))
        build(root, root / "fresh", clean=True, planners=(papers.plan,))
        assert tree(root / "site") == tree(root / "fresh")
        (root / "content/papers/b.yaml").unlink(missing_ok=True)


def test_an_edit_renders_again_what_shows_it_alone(digest: Write) -> None:
    root = digest(DIGEST)
    build(root, root / "site", planners=(papers.plan,))
    digest(RECORD.format(slug="b", abstract="Of legal ranking of legal ranking."))
    report = build(root, root / "site", planners=(papers.plan,))
    assert [path for path, _ in report.changes] == ["papers/b/index.html"]


def test_nothing_is_kept_where_no_page_asks(digest: Write) -> None:
    root = digest(DIGEST)
    build(root, root / "site", planners=(picks.plan,))
    assert kept(root) == []
    build(root, root / "site", planners=(papers.plan,))
    assert len(kept(root)) == 1


def test_what_is_kept_is_found_without_reading_a_text_again(digest: Write) -> None:
    root = digest(DIGEST)
    reading = read_library(root)
    assert reading.library
    state = StateFolder.of(root, root / "site")
    cache = RelatedCache(state, reading.files)
    library = cache.attach(reading.library)
    found = library.related_to("a")
    assert found
    cache.save(library)
    again = RelatedCache(state, reading.files)
    for record in reading.library.records.values():
        record.packed.release()
    assert again.attach(reading.library).related_to("a") == found


def test_a_line_that_is_no_term_stops_a_build_at_its_place(digest: Write) -> None:
    root = digest(DIGEST + "\n== content/terms.txt\nlegal 5\n")
    [problem] = build(root, root / "site").problems
    assert str(problem.location.path) == "content/terms.txt"
    assert problem.location.line == 1
