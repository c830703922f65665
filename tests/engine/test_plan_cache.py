"""The plan from build to build: what is known of pages is what planning them again would give."""

from pathlib import Path

from generator.commands.build import build
from generator.engine.ledger import StateFolder
from generator.engine.page import Group, KnownPage, ViewDigests, by_path, plan
from generator.engine.plan_cache import PlanCache
from generator.library.library import Library
from generator.library.snapshot import read_library
from generator.website.citations import planner as citations
from generator.website.pages import issues, themes
from generator.website.planners import PLANNERS
from tests.support.digest import Write

RECORD = "\n== content/papers/{0}.yaml\ntitle: {0}\nlisted: [{{listing: x, issue: 2025-10-{1}}}]\n"
FEW = (issues.plan, themes.plan, citations.plan)


def library(root: Path) -> Library:
    found = read_library(root).library
    assert found
    return found


def test_only_groups_with_an_edited_paper_are_planned_again(digest: Write) -> None:
    root = digest(RECORD.format("alpha", 29) + RECORD.format("beta", 30))
    state = StateFolder.of(root, root / "site")
    build(root, root / "site", planners=FEW)
    edited = RECORD.format("beta", 30).replace("title: beta", "title: Else")
    for text, again in (("", set()), (edited, {"issues/2025-10-30/index.html"})):
        digest(text)
        cache, by_now = PlanCache(state, library(root)), by_path(plan(library(root), FEW))[0]
        pages = list(cache.pages(FEW))
        known = {page.path for page in pages if isinstance(page, KnownPage)}
        assert "issues/2025-10-29/index.html" in known
        assert not again & known
        assert {page.path: cache.whole(page) for page in pages} == by_now
        digests = {page.path: ViewDigests().of(by_now[page.path].view) for page in pages}
        assert all(page.digest == digests[page.path] for page in pages if isinstance(page, KnownPage))


def test_functions_of_groups_are_those_of_modules_and_so_depend_on_nothing_else(digest: Write) -> None:
    root = digest(RECORD.format("alpha", 29) + RECORD.format("beta", 30))
    found = [group for planner in PLANNERS for group in planner(library(root)) if isinstance(group, Group)]
    assert found
    assert all("<" not in group.function.__qualname__ for group in found)
