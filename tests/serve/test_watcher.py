"""Watching: every change is followed by an update that began after it; our own reading causes none."""

import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from random import Random

import pytest

from generator.serve import schedule
from generator.serve.file_changes import changes_of
from generator.serve.schedule import DEBOUNCE
from generator.serve.watcher import OVERFLOW, Watcher
from tests.support.live_server import ALPHA, edit, until


def tree(root: Path) -> dict[str, str]:
    """Return all content as it is, without what goes away while it is read."""
    found = {}
    for folder, _, names in os.walk(root / "content"):
        for name in names:
            with suppress(OSError):
                path = Path(folder) / name
                found[path.relative_to(root).as_posix()] = path.read_text()
    return found


class Updates:
    """Reads the files that changed, as a session does, and counts updates and rescans."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.updates = 0
        self.rescans = 0
        self.changed: set[Path] = set()
        self.seen: dict[str, str] = {}
        self.failing = False
        self.told: list[str] = []

    def rescan(self) -> Iterator[None]:
        for _ in range(3):
            yield
        self.seen = tree(self.root)
        self.rescans += 1

    def __call__(self, changed: frozenset[Path]) -> None:
        if changes_of(self.root, changed):
            for path in changed:
                name = path.relative_to(self.root).as_posix()
                self.seen.pop(name, None)
                with suppress(OSError):
                    self.seen[name] = path.read_text()
        else:
            self.seen = tree(self.root)
        self.updates += 1
        self.changed |= changed
        if self.failing:
            raise ZeroDivisionError

    def rests(self) -> int:
        """Wait until no update is due or under way; return how many there were."""
        updates = -1
        while updates != self.updates:
            updates = self.updates
            time.sleep(3 * DEBOUNCE)
        return updates


Start = Callable[..., Updates]


@pytest.fixture
def start(root: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Start]:
    """Start watchers that rescan only at the start, unless a test sets QUIET: events must suffice."""
    monkeypatch.setattr(schedule, "QUIET", 60)
    watchers: list[Watcher] = []

    def run(*, poll: bool = False, rescan: Callable[[], Iterator[None]] | None = None) -> Updates:
        updates = Updates(root)
        watchers.append(Watcher(root, updates, rescan or updates.rescan, updates.told.append, poll=poll))
        watchers[-1].start()
        if rescan is None:
            until("it rescanned once", lambda: updates.rescans)
        return updates

    yield run
    for found in watchers:
        found.stop()
    assert {thread.name for thread in threading.enumerate()} & {"watcher"} == set()


def test_it_rescans_once_at_the_start_and_rests(start: Start) -> None:
    updates = start()
    assert (updates.rests(), updates.rescans) == (0, 1)


def test_reading_is_no_change(start: Start, root: Path) -> None:
    updates = start()
    for path in (root / "content").rglob("*.yaml"):
        path.read_text()
    assert updates.rests() == 0


@pytest.mark.parametrize("name", [".alpha.yaml.swp", "alpha.yaml~", ".#alpha.yaml"])
def test_temporary_files_of_editors_are_no_change(start: Start, root: Path, name: str) -> None:
    updates = start()
    (root / "content/papers/2025" / name).write_text("an editor's own")
    (root / "other.yaml").write_text("not content")
    (root / "site").mkdir()
    assert updates.rests() == 0


def test_a_saved_file_is_read(start: Start, root: Path) -> None:
    updates = start()
    updates.rests()
    updates.changed.clear()
    edit(root / ALPHA, "short", "long")
    until("it is seen", lambda: "long" in updates.seen.get(ALPHA, ""))
    assert updates.changed == {root / ALPHA}


@pytest.mark.parametrize("path", [ALPHA, "content/papers/2025"])
def test_what_may_no_longer_be_read_is_read_again(start: Start, root: Path, path: str) -> None:
    updates = start()
    mode = (root / path).stat().st_mode
    (root / path).chmod(0)
    until("it is read", lambda: updates.updates)
    (root / path).chmod(mode)


@pytest.mark.parametrize("poll", [False, True])
def test_a_digest_that_is_moved_away_is_told_once_and_served_again_when_it_is_back(
    start: Start, root: Path, *, poll: bool
) -> None:
    updates = start(poll=poll)
    away = root.with_name("away")
    root.rename(away)
    until("it is told", lambda: updates.told)
    edit(away / ALPHA, "short", "long")
    assert updates.told == [f"{root} is gone. What was read last is served until it is back."]
    away.rename(root)
    until("it is read again", lambda: "long" in updates.seen.get(ALPHA, ""))
    assert updates.told[1:] == [f"{root} is back."]
    edit(root / ALPHA, "long", "short")
    until("an edit is seen", lambda: "short" in updates.seen.get(ALPHA, ""))


@pytest.mark.parametrize("poll", [False, True])
def test_a_digest_that_another_takes_the_place_of_is_read(start: Start, root: Path, *, poll: bool) -> None:
    updates = start(poll=poll)
    other = root.with_name("other")
    shutil.copytree(root, other)
    edit(other / ALPHA, "short", "long")
    root.rename(root.with_name("away"))
    other.rename(root)
    until("it is read", lambda: "long" in updates.seen.get(ALPHA, ""))
    assert updates.told[-1].startswith(f"{root} is ")
    edit(root / ALPHA, "long", "short")
    until("an edit is seen", lambda: "short" in updates.seen.get(ALPHA, ""))


def test_an_edit_during_an_update_is_not_lost(start: Start, root: Path) -> None:
    updates = start()
    for number in range(200):
        (root / ALPHA).write_text(f"title: {number}\n")
    until("the last is seen", lambda: updates.seen.get(ALPHA) == "title: 199\n")


def test_an_update_that_fails_does_not_end_the_watch(
    start: Start, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    updates = start()
    updates.failing = True
    edit(root / ALPHA, "short", "long")
    until("it updated", lambda: updates.updates == 1)
    updates.failing = False
    edit(root / ALPHA, "long", "longer")
    until("it is seen", lambda: "longer" in updates.seen.get(ALPHA, ""))
    assert "ZeroDivisionError" in capsys.readouterr().err


@pytest.mark.parametrize("poll", [False, True])
@pytest.mark.slow
def test_folders_that_come_and_go(
    start: Start, root: Path, poll: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.serve.watcher.POLL_INTERVAL", 0.1)
    updates = start(poll=poll)
    name = "content/papers/2026/a/b/c.yaml"
    file = root / name
    for text in ("one", "two"):
        file.parent.mkdir(parents=True)
        file.write_text(text)
        until("it is seen", lambda: name in updates.seen)
        (root / "content").rename(root / "aside")
        until("it is gone", lambda: not updates.seen)
        (root / "aside").rename(root / "content")
        until("it is back", lambda: name in updates.seen)
        file.write_text(f"{text}, edited")
        until("the edit is seen", lambda: "edited" in updates.seen.get(name, ""))
        shutil.rmtree(root / "content/papers/2026")
        until("it is gone", lambda: name not in updates.seen)
    updates.changed.clear()
    (root / "templates").mkdir()
    until("the folder is seen", lambda: root in updates.changed)
    updates.rests()
    updates.changed.clear()
    (root / "templates/a.html").write_text("")
    below = root / "templates"
    until("a new template is seen", lambda: any(path.is_relative_to(below) for path in updates.changed))


@pytest.mark.slow
def test_after_a_quiet_period_there_is_one_rescan(
    start: Start, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    updates = start()
    monkeypatch.setattr(schedule, "QUIET", 0.8)
    for number in range(5):
        (root / ALPHA).write_text(f"title: {number}\n")
        time.sleep(0.05)
    assert updates.rescans == 1
    until("all is rescanned", lambda: updates.rescans == 2)
    time.sleep(1)
    assert updates.rescans == 2


def test_an_edit_is_read_between_the_steps_of_a_rescan(start: Start, root: Path) -> None:
    ended = False

    def endless() -> Iterator[None]:
        while not ended:
            time.sleep(0.001)
            yield

    updates = start(rescan=endless)
    (root / ALPHA).write_text("one")
    until("it is seen", lambda: updates.seen.get(ALPHA) == "one")
    (root / ALPHA).write_text("two")
    until("that is seen too", lambda: updates.seen.get(ALPHA) == "two")
    ended = True


def test_a_rescan_that_fails_does_not_end_the_watch(
    start: Start, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def failing() -> Iterator[None]:
        yield
        raise ZeroDivisionError

    updates = start(rescan=failing)
    (root / ALPHA).write_text("one")
    until("it is seen", lambda: updates.seen.get(ALPHA) == "one")
    assert "ZeroDivisionError" in capsys.readouterr().err


@pytest.mark.slow
def test_after_many_events_folders_are_watched_again(
    start: Start, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    updates = start()
    updates.rests()
    watched: list[Watcher] = []
    watch_folders = Watcher._watch_folders

    def note(one: Watcher) -> None:
        watched.append(one)
        watch_folders(one)

    monkeypatch.setattr(Watcher, "_watch_folders", note)
    monkeypatch.setattr(schedule, "QUIET", 0.5)
    for number in range(OVERFLOW // 2):
        (root / f"content/papers/2025/n{number}.yaml").write_text("title: x\n")
    until("all is rescanned", lambda: updates.rescans == 2)
    assert len(watched) == 1
    (root / ALPHA).write_text("one")
    until("it is seen", lambda: updates.seen.get(ALPHA) == "one")


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(3))
def test_after_any_changes_of_files_and_folders_the_last_update_saw_them(
    start: Start, root: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    updates = start()
    monkeypatch.setattr(schedule, "QUIET", 1)
    random = Random(seed)
    end = time.monotonic() + 20
    while time.monotonic() < end:
        for _ in range(random.randint(1, 12)):
            with suppress(OSError):
                change_something(root / "content/papers", random)
        until("all is seen", lambda: updates.seen == tree(root))


def change_something(papers: Path, random: Random) -> None:
    """Make, write, move or remove a file or folder, as fast as that goes or with a pause."""
    folders = [papers, *(path for path in papers.rglob("*") if path.is_dir())]
    files = [path for path in papers.rglob("*") if path.is_file()]
    folder, number = random.choice(folders), random.randrange(5)
    match random.choice(["make", "write", "write", "remove", "move", "clear", "rename", "replace"]):
        case "make":
            (folder / f"d{number}/e").mkdir(parents=True)
        case "write":
            (folder / f"f{number}.yaml").write_text(str(random.random()))
        case "remove" if files:
            random.choice(files).unlink()
        case "move" if files:
            random.choice(files).rename(folder / f"m{number}.yaml")
        case "clear" if folder != papers:
            shutil.rmtree(folder)
        case "rename" if folder != papers:
            folder.rename(random.choice(folders) / f"r{number}")
        case "replace" if number == 0:
            papers.parent.rename(papers.parent.parent / "aside")
            time.sleep(random.random() / 50)
            (papers.parent.parent / "aside").rename(papers.parent)
    time.sleep(random.choice([0, 0, random.random() / 100]))
