"""The plan from build to build: what is known of pages is what planning them again would give."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from generator.engine.ledger import FileState, LedgerRow, StateFolder
from generator.engine.page import (
    CORE,
    EXPORTS,
    MAIL,
    Group,
    KnownPage,
    Page,
    PageHead,
    Planner,
    ViewDigests,
    by_path,
    plan,
)
from generator.engine.plan_cache import PlanCache
from generator.engine.templates import AssetView
from generator.library.library import Library
from generator.library.snapshot import read_library
from generator.website.pages import issues, papers, themes
from generator.website.planners import PLANNERS
from tests.support.builds import THREE
from tests.support.digest import Digest

FEW = (issues.plan, themes.plan, papers.plan)


def library(root: Path) -> Library:
    found = read_library(root).library
    assert found
    return found


def planned(root: Path, planners: tuple[Planner, ...]) -> dict[str, Page]:
    """Return the pages that planning gives without a cache."""
    return by_path(plan(library(root), planners))[0]


def digest_of(page: Page) -> bytes:
    return ViewDigests().of(page.view)


def pages(root: Path, planners: tuple[Planner, ...], stage: str | None = None) -> list[Page | KnownPage]:
    """Return the pages of a plan, and keep it as a build does once the pages of the stage are rendered."""
    content = read_library(root)
    assert content.library
    cache = PlanCache(StateFolder(path=root / "state"), content.library, content, stage)
    found = [*cache.pages(planners), *cache.others()]
    state = FileState(size=0, modified=0, inode=0, changed=0)
    rows = {
        path: LedgerRow(code=b"", template=b"", view=digest_of(page), content=b"", state=state)
        for path, page in planned(root, planners).items()
        if stage in {None, page.stage}
    }
    cache.save(rows, rows.keys())
    return found


def heads(found: Iterable[PageHead]) -> dict[str, list[object]]:
    return {page.path: [getattr(page, name) for name in PageHead.__struct_fields__] for page in found}


def test_of_a_text_that_changed_only_the_pages_that_show_it_are_planned(tmp_path: Path) -> None:
    digest = Digest(tmp_path).write(THREE)
    pages(digest.root, FEW)
    digest.edit("content/papers/b.yaml", "title: Beta", "title: Beta\nvenue: A journal")
    again = {page.path for page in pages(digest.root, FEW) if isinstance(page, Page)}
    of_one_issue = {"papers/a/index.html", "papers/b/index.html", "issues/2025-10-30/index.html"}
    assert again == of_one_issue
    assert not any(isinstance(page, Page) for page in pages(digest.root, FEW))


def test_of_a_card_that_changed_only_groups_with_it_are_planned(tmp_path: Path) -> None:
    digest = Digest(tmp_path).write(THREE)
    pages(digest.root, FEW)
    digest.edit("content/papers/c.yaml", "author_count: 3", "author_count: 4")
    again = {page.path for page in pages(digest.root, FEW) if isinstance(page, Page)}
    assert {"papers/c/index.html", "issues/2025-10-29/index.html", "themes/models/index.html"} <= again
    assert not {"papers/a/index.html", "issues/2025-10-30/index.html", "themes/data/index.html"} & again


EDITS = {
    "text": ("author_count: 2", "author_count: 2\nabstract: New."),
    "venue": ("author_count: 2", "author_count: 2\nvenue: A journal"),
    "card": ("Alpha", "Omega"),
    "pick": ("author_count: 2", "author_count: 2\npick: true\nnote: Read it."),
    "author": ("author_count: 2", "authors: [Ada, Bo]"),
    "slug": ("author_count: 2", "author_count: 2\nformerly: [z]"),
    "hidden": ("author_count: 2", "author_count: 2\nhide: true"),
    "correction": ("author_count: 2", "author_count: 2\nchanges: [{date: 2025-11-01, text: Mended.}]"),
    "theme": ("themes: [data]", "themes: [models]"),
}


@pytest.mark.parametrize("stage", [None, CORE])
@pytest.mark.parametrize("edit", EDITS)
def test_what_is_known_is_what_planning_gives(tmp_path: Path, edit: str, stage: str | None) -> None:
    digest = Digest(tmp_path).write(THREE + "tags: [kept]\nauthors: [Ada]\n")
    path = "content/papers/a.yaml"
    digest.edit(path, "themes: [data]", "themes: [data]\nnote: A note.\ntags: [kept]")
    pages(digest.root, PLANNERS)
    for old, new in (EDITS[edit], EDITS[edit][::-1]):
        digest.edit(path, old, new)
        found, now = pages(digest.root, PLANNERS, stage), planned(digest.root, PLANNERS)
        assert heads(found) == heads(now.values())
        known = [page for page in found if isinstance(page, KnownPage)]
        assert known
        for page in known:
            assert page.digest == digest_of(now[page.path]) or (not page.digest and page.stage != stage)
    final = pages(digest.root, PLANNERS)
    known = [page for page in final if isinstance(page, KnownPage)]
    assert all(page.digest == digest_of(now[page.path]) for page in known)


def test_a_known_page_is_planned_whole(tmp_path: Path) -> None:
    root = Digest(tmp_path).write(THREE).root
    pages(root, FEW)
    content = read_library(root)
    assert content.library
    cache = PlanCache(StateFolder(path=root / "state"), content.library, content)
    known = list(cache.pages(FEW))
    assert all(isinstance(page, KnownPage) for page in known)
    assert {page.path: cache.whole(page) for page in known} == planned(root, FEW)


def test_a_planner_that_is_not_of_the_program_is_always_asked(tmp_path: Path) -> None:
    root, words = Digest(tmp_path).write(THREE).root, [b"first"]

    def from_elsewhere(_: Library) -> Iterator[Page]:
        yield Page(path="words.txt", encoder="engine.templates:copied", view=AssetView(words[0]))

    for module, name in (("docs.pages", "plan"), ("generator.website.pages", "made.<locals>.plan")):
        from_elsewhere.__module__, from_elsewhere.__qualname__ = module, name
        for words[0] in (b"first", b"second"):
            assert pages(root, (from_elsewhere,)) == list(planned(root, (from_elsewhere,)).values())


def test_functions_of_groups_are_those_of_modules_and_so_depend_on_nothing_else(tmp_path: Path) -> None:
    full = library(Digest(tmp_path).write(THREE).root)
    found = [group for planner in PLANNERS for group in planner(full) if isinstance(group, Group)]
    assert found
    assert all("<" not in group.function.__qualname__ for group in found)


def test_the_stage_of_a_group_is_that_of_its_pages(tmp_path: Path) -> None:
    digest = Digest(tmp_path).write(THREE)
    digest.edit("content/site.yaml", "title:", "outputs: {paper_citations: true}\ntitle:")
    full = library(digest.root)
    groups = [group for planner in PLANNERS for group in planner(full) if isinstance(group, Group)]
    stages = {
        (group.stage, page.stage) for group in groups for page in group.pages(full, full.without_papers)
    }
    assert stages == {(stage, stage) for stage in (CORE, EXPORTS, MAIL)}


def test_groups_of_other_stages_are_planned_last(tmp_path: Path) -> None:
    root = Digest(tmp_path).write(THREE).root
    content = read_library(root)
    assert content.library
    cache = PlanCache(StateFolder(path=root / "state"), content.library, content, CORE)
    first, others = heads(cache.pages(PLANNERS)), heads(cache.others())
    assert "issues/2025-10-30/index.html" in first
    assert "issues/2025-10-30/papers.bib" in others
    assert first | others == heads(planned(root, PLANNERS).values())
    assert not first.keys() & others.keys()
