"""Incremental equals clean: random scripts of all that may happen to a digest, a build after each."""

import gc
import random
import shutil
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from generator.commands import build as commands_build
from generator.commands.build import BuildReport, build
from generator.engine import content_digests, list_files, outdated, record_cache, templates, workers
from generator.engine.inputs import code_fingerprint
from generator.engine.ledger import StateFolder
from generator.engine.output import Output
from generator.engine.page import SEARCH, STAGES, Planner
from generator.engine.plan_cache import PlanCache
from generator.files import digest
from generator.library import record_files, snapshot
from generator.problem import has_error
from generator.website.citations import planner as citations
from generator.website.pages import images, markdown, papers, picks, sitemap
from generator.website.search import index
from generator.website.search.blocks import blocks
from generator.website.search.index import FOLDER
from tests.support.builds import THREE, messages, tree
from tests.support.edits import (
    CONTENT,
    HARM,
    MEDDLING,
    Scene,
    change_a_library,
    files,
    write_digest,
)

pytestmark = pytest.mark.slow

QUICK: tuple[Planner, ...] = (
    *(papers.plan, picks.plan, markdown.plan),
    *(images.plan, citations.plan, sitemap.plan),
)
"""Kinds of pages of each sort: for each paper, of all, and of two stages."""
TEMPLATES = {f"{name}.html" for name in ("paper", "redirect", "picks", "markdown", "404", "base")}
TEMPLATES |= {"_frame.html", "_papers.html", "_chart.html", "robots.txt", "sitemap.xml", "sitemap_index.xml"}
TEMPLATES |= {"static/style.css", "static/custom.css"}
ALL: tuple[Planner, ...] = ()


class Killed(BaseException):
    """Ends a build as a kill does, but that it cleans up."""


Moment = tuple[object, str]
"""A function that a build calls on its way, by the module or class it is called in."""
MOMENTS: list[Moment] = [
    (commands_build, "content_digests"),
    (commands_build, "read_templates"),
    (record_cache, "RecordCache"),
    (snapshot, "read_library"),
    (PlanCache, "pages"),
    (PlanCache, "others"),
    (outdated, "outdated"),
    (workers, "rendering"),
    (Output, "sweep"),
    (Output, "place"),
    (Output, "remove"),
    (StateFolder, "write_ledger"),
    (PlanCache, "save"),
]


@contextmanager
def amid(moment: Moment, happens: Callable[[], None], *, after: bool) -> Iterator[None]:
    """Have something happen once, before or after the first call of what a build calls."""
    owner, name = moment
    real = getattr(owner, name)
    left = [happens]

    def called(*given: Any, **named: Any) -> Any:
        if left and not after:
            left.pop()()
        result = real(*given, **named)
        if left:
            left.pop()()
        return result

    setattr(owner, name, called)
    try:
        yield
    finally:
        setattr(owner, name, real)


class Script:
    """A digest to which one thing after another happens."""

    def __init__(self, folder: Path, seed: int, planners: tuple[Planner, ...]) -> None:
        self.rng = random.Random(seed)
        self.planners = planners
        self.told: set[str] = set()
        """What builds had to say something of, since one last gave all that a clean one gives."""
        self.fresh = folder / "fresh"
        self.known: dict[bytes, dict[str, bytes] | None] = {}
        root, other = folder / "digest", folder / "other"
        for place, text in ((root, THREE), (other, THREE.replace("Gamma", "Delta"))):
            write_digest(place, text)
        build(other, folder / "other-site", planners=planners)
        self.scene = Scene(
            rng=self.rng,
            root=root,
            shipped=templates.SHIPPED,
            out=folder / "site",
            other=StateFolder.of(other, folder / "other-site").path,
            libraries=folder / "libraries",
        )

    def clean(self, stage: str | None = None) -> dict[str, bytes] | None:
        """Return what a build from nothing gives, None where there are errors."""
        scene = self.scene
        read = [*files(scene.root / "content"), *files(scene.root / "templates"), *files(scene.shipped)]
        state = digest(repr((stage, [(str(path), path.read_bytes()) for path in read])).encode())
        if state not in self.known:
            if len(self.known) == 100:
                self.known.clear()
            shutil.rmtree(self.fresh, ignore_errors=True)
            shutil.rmtree(StateFolder.of(scene.root, self.fresh).path, ignore_errors=True)
            report = build(scene.root, self.fresh, planners=self.planners, stage=stage)
            self.known[state] = None if has_error(report.problems) else tree(self.fresh)
        return self.known[state]

    def build(self, *, clean: bool = False, stage: str | None = None) -> BuildReport:
        chance = self.rng.random()
        workers: Callable[[], Executor] | None = None
        if chance < 0.005:
            workers = partial(ProcessPoolExecutor, 2)
        elif chance < 0.3:
            workers = partial(ThreadPoolExecutor, 2)
        scene = self.scene
        report = build(
            scene.root, scene.out, planners=self.planners, workers=workers, clean=clean, stage=stage
        )
        self.told |= {problem.location.path for problem in report.problems}
        return report

    def step(self) -> None:
        """Have something happen, build, and compare."""
        kinds = [self.change, self.meddle, self.harm, self.amid, self.kill, self.one_stage, self.renew]
        [kind] = self.rng.choices(kinds, [40, 16, 16, 14, 6, 6, 2])
        kind()

    def change(self) -> None:
        self.rng.choice(CONTENT)(self.scene)
        self.settle(harmed=False)

    def meddle(self) -> None:
        self.rng.choice(MEDDLING)(self.scene)
        self.settle(harmed=False)

    def harm(self) -> None:
        self.rng.choice(HARM)(self.scene)
        self.settle(harmed=True)

    def renew(self) -> None:
        change_a_library(self.scene)
        self.settle(harmed=False)

    def amid(self) -> None:
        """Have an edit fall into the middle of a build: whatever that gives, the next mends it."""
        edit = self.rng.choice([*CONTENT, *MEDDLING])
        self.rng.choice(CONTENT)(self.scene)
        with amid(self.rng.choice(MOMENTS), lambda: edit(self.scene), after=self.rng.random() < 0.5):
            self.build()
        self.settle(harmed=False)

    def kill(self) -> None:
        def end() -> None:
            raise Killed

        self.rng.choice(CONTENT)(self.scene)
        moment, after = self.rng.choice(MOMENTS), self.rng.random() < 0.5
        with amid(moment, end, after=after), suppress(Killed):
            self.build()
        if after and moment == (StateFolder, "write_ledger"):  # it could not tell of what it left
            ledger, out = StateFolder.of(self.scene.root, self.scene.out).read_ledger(), self.scene.out
            self.told |= {
                f"{out}/{path}" for path in tree(out).keys() - ledger.rows.keys() - ledger.journal.keys()
            }
        if self.rng.random() < 0.5:
            self.one_stage()
        self.settle(harmed=False)

    def one_stage(self) -> None:
        """Build one stage: it equals a clean one, of the others only what is no longer planned goes."""
        self.rng.choice(CONTENT)(self.scene)
        stage = self.rng.choice(STAGES)
        before, expected, whole = tree(self.scene.out), self.clean(stage), self.clean()
        report = self.build(stage=stage)
        if expected is None:
            assert has_error(report.problems)
            assert tree(self.scene.out) == before
            return
        if whole is None:  # its next build may want the places of files that this one left
            there = before.keys() & tree(self.scene.out).keys()
            self.drop(
                {path for path in there if f"{self.scene.out}/{path}" in self.told}, before, harmed=False
            )
            return
        assert not has_error(report.problems), messages(report)
        index = f"{FOLDER}/" if stage != SEARCH else ()  # it is as it was
        kept = {path for path in before if path in whole or path.startswith(index)} - expected.keys()
        self.drop(tree(self.scene.out).keys() - whole.keys() - kept, before, harmed=False)
        assert tree(self.scene.out) == {**{path: before[path] for path in kept}, **expected}

    def settle(self, *, harmed: bool) -> None:
        """Build: it equals a clean one, or it stops with nothing changed where something is wrong."""
        out = self.scene.out
        before, expected = tree(out), self.clean()
        report = self.build()
        if expected is None:
            assert has_error(report.problems)
            assert tree(out) == before
            if not harmed:
                return
            self.restart()
            report = self.build()
            expected = self.clean()
        if has_error(report.problems):
            assert harmed or is_altered_swap(before), messages(report)
            assert tree(out) == before
            report = self.build(clean=True)
        while has_error(report.problems):
            assert messages(report) == ["A folder is in the way."]
            assert tree(out) == before
            shutil.rmtree(report.problems[0].location.path)
            before = tree(out)
            report = self.build(clean=True)
        assert not has_error(report.problems), messages(report)
        assert expected is not None
        self.drop(tree(out).keys() - expected.keys(), before, harmed=harmed)
        assert tree(out) == expected
        self.told.clear()
        if self.rng.random() < 0.2:
            again = self.build()
            assert (again.changes, again.removed) == ((), 0)
            assert tree(out) == expected

    def restart(self) -> None:
        """Have nothing wrong with the content, and the output as a build from nothing leaves it."""
        shutil.rmtree(self.scene.root)
        shutil.rmtree(self.scene.out, ignore_errors=True)
        write_digest(self.scene.root, THREE)

    def drop(self, extra: set[str], before: dict[str, bytes], *, harmed: bool) -> None:
        """Remove files that are not a build's, or not any more: those it told of, or lost the record of."""
        for path in extra:
            assert path in before
            assert harmed or f"{self.scene.out}/{path}" in self.told, path
            (self.scene.out / path).unlink()


def is_altered_swap(output: dict[str, bytes]) -> bool:
    """Tell whether a page was altered that stands where others have a folder by now, or the reverse."""
    return output.get("static/swap", b"file") != b"file" or any(
        data != b"folder" for path, data in output.items() if path.startswith("static/swap/")
    )


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return a folder for scripts: with templates of its own, libraries of its own, shards of two pages."""
    shutil.copytree(templates.SHIPPED, tmp_path / "shipped")
    monkeypatch.setattr(templates, "SHIPPED", tmp_path / "shipped")
    for module in (record_files, workers):
        monkeypatch.setattr(module, "SHARD", 2)
    monkeypatch.setattr(workers, "SHARDS_PER_POOL", 20)
    monkeypatch.setattr("generator.commands.build.MANY_FILES", 20)
    monkeypatch.setattr(content_digests, "SETTLED", 0)
    monkeypatch.setattr(list_files, "PIECE", 2)
    monkeypatch.setattr(sys, "path", [*sys.path, str(tmp_path / "libraries")])
    code_fingerprint.cache_clear()
    yield tmp_path
    code_fingerprint.cache_clear()


def run(folder: Path, seed: int, steps: int, planners: tuple[Planner, ...] = QUICK) -> None:
    """Run a script. One of few kinds of pages has few templates, so that its steps are quick."""
    for path in files(folder / "shipped") if planners else []:
        if path.relative_to(folder / "shipped").as_posix() not in TEMPLATES:
            path.unlink()
    script = Script(folder, seed, planners)
    for number in range(steps):
        if number % 100 == 0:
            gc.collect()  # a build leaves its garbage to the end of its process
        try:
            script.step()
        except BaseException as flaw:
            flaw.add_note(f"seed {seed}, step {number}")
            raise


@pytest.mark.parametrize("seed", range(2))
def test_after_anything_a_build_gives_what_a_clean_one_gives(folder: Path, seed: int) -> None:
    run(folder, seed, 100)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2, 6))
def test_after_many_things_a_build_gives_what_a_clean_one_gives(folder: Path, seed: int) -> None:
    run(folder, seed, 100)


@pytest.mark.slow
def test_after_anything_a_build_of_all_kinds_of_pages_gives_what_a_clean_one_gives(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index, "blocks", partial(blocks, size=2))  # as few papers have several blocks, too
    run(folder, 0, 15, ALL)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(1000, 1100))
def test_after_very_many_things_a_build_gives_what_a_clean_one_gives(folder: Path, seed: int) -> None:
    run(folder, seed, 3000)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(100, 110))
def test_after_many_things_a_build_of_all_kinds_of_pages_gives_what_a_clean_one_gives(
    folder: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index, "blocks", partial(blocks, size=2))
    run(folder, seed, 300, ALL)
