"""The build: what it writes, what it leaves alone, and that an increment equals a clean build."""

import fcntl
import gc
import os
import re
import shutil
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import pytest

from generator.commands.build import build
from generator.commands.check import check
from generator.commands.preview import mark_published
from generator.engine.ledger import StateFolder
from generator.engine.output import STAGING
from generator.engine.record_cache import BASE
from generator.files import write_file
from generator.library.vectors import Vectors, encode_vectors, row_of, text_key
from generator.problem import has_error
from generator.processes import processes
from generator.publication.hosts import near_limits
from generator.website.pages import picks, sitemap
from generator.website.search.index import FOLDER
from tests.support.builds import THREE, clean, messages, tree
from tests.support.counted import calls
from tests.support.digest import Write
from tests.support.libraries import paper
from tests.support.program import Broadsheet


@pytest.fixture
def root(digest: Write) -> Path:
    return digest(THREE)


def test_a_paper_that_no_listing_names_is_on_the_page_of_the_issue_that_its_editor_gives(
    root: Path, broadsheet: Broadsheet
) -> None:
    (root / "content/papers/own.yaml").write_text("title: Our Own\nissue: 2025-10-30\n", "utf-8")
    done = broadsheet("build", "--root", root)
    assert done.returncode == 0, done.stderr
    page = (root / "site/issues/2025-10-30/index.html").read_text("utf-8")
    text = re.sub("<[^>]*>", "", page[page.index("<main") :])
    assert re.findall("Alpha|Beta|Gamma|Our Own", text) == ["Alpha", "Beta", "Our Own"]


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "site"


def test_a_build_writes_every_planned_page(root: Path, out: Path) -> None:
    report = build(root, out)
    assert (report.problems, report.papers) == ((), 3)
    pages = [path for path in tree(out) if not path.startswith(FOLDER)]
    assert len(pages) == report.planned == report.written == len(report.changes)
    assert {"index.html", "papers/a/index.html", "feed.xml", "404.html", "static/style.css"} <= tree(
        out
    ).keys()


def test_a_build_and_a_check_leave_the_collector_of_garbage_on(root: Path, out: Path) -> None:
    for run in (partial(build, root, out), partial(check, root)):
        run()
        assert (gc.isenabled(), gc.get_freeze_count()) == (True, 0)


def test_a_second_build_renders_nothing_and_keeps_every_file(root: Path, out: Path) -> None:
    build(root, out)
    times = {path: path.stat().st_mtime_ns for path in out.rglob("*")}
    report = build(root, out)
    assert (report.changes, report.written, report.removed) == ((), 0, 0)
    assert {path: path.stat().st_mtime_ns for path in out.rglob("*")} == times


def test_a_build_ends_early_after_one_that_changed_nothing(root: Path, out: Path) -> None:
    build(root, out)
    build(root, out)
    early = calls(lambda: build(root, out))
    record = root / "content/papers/a.yaml"
    record.write_bytes(b"# a remark\n" + record.read_bytes())
    assert build(root, out).changes == ()
    assert calls(lambda: build(root, out)) <= early * 1.1


class TestErrors:
    """An error leaves the output exactly as it was."""

    def test_in_a_record(self, root: Path, out: Path) -> None:
        build(root, out)
        before = tree(out)
        (root / "content/papers/b.yaml").write_text("title: Other\npick: maybe\n")
        (root / "content/papers/a.yaml").unlink()
        report = build(root, out)
        assert messages(report) == ["'maybe' is not true or false."]
        assert tree(out) == before

    @pytest.mark.parametrize(
        "wrong", ["{% if %}", "{{ count(1, one='', one='') }}", "{% for a in [] %}" * 25]
    )
    def test_in_a_templates_syntax(self, root: Path, out: Path, wrong: str) -> None:
        build(root, out)
        before = tree(out)
        (root / "templates").mkdir()
        wrong += "{% endfor %}" * wrong.count("for")
        (root / "templates/paper.html").write_text(f"<p>\n{wrong}</p>\n<p>{{{{ view.title }}}}</p>")
        (root / "content/papers/a.yaml").unlink()
        report = build(root, out)
        assert [str(problem.location) for problem in report.problems] == ["templates/paper.html:2"]
        assert tree(out) == before

    def test_in_what_a_template_names(self, root: Path, out: Path) -> None:
        (root / "templates").mkdir()
        (root / "templates/paper.html").write_text("<p>\n{{ view.nonsense }}</p>")
        report = build(root, out)
        assert [str(problem.location) for problem in report.problems] == ["templates/paper.html:2"]
        assert tree(out) == {}

    def test_two_pages_at_one_address(self, root: Path, out: Path) -> None:
        report = build(root, out, planners=(picks.plan, picks.plan))
        assert messages(report) == ["Two pages have this address."]
        assert (report.papers, report.planned, report.written, report.removed) == (0, 0, 0, 0)
        assert tree(out) == {}

    def test_of_the_file_system(self, root: Path, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("")
        report = build(root, tmp_path / "file" / "site")
        assert messages(report) == ["The file system says: Not a directory."]


class TestFilesOfOthers:
    """The build removes and overwrites nothing that it did not write."""

    def test_stay_beside_the_pages(self, root: Path, out: Path) -> None:
        build(root, out)
        (out / "CNAME").write_text("digest.example")
        (out / "papers/a/photo.png").write_bytes(b"png")
        (root / "content/papers/a.yaml").unlink()
        report = build(root, out)
        assert report.removed >= 1
        assert (out / "CNAME").exists()
        assert [path.name for path in (out / "papers/a").iterdir()] == ["photo.png"]

    def test_in_the_way_stop_the_build_until_it_is_told_to_overwrite_them(
        self, root: Path, out: Path
    ) -> None:
        mine = ["picks/index.html", "papers/a/index.html", "robots.txt"]
        for number, path in enumerate(mine):
            write_file(out / path, b"mine")
            more = f" (and {number} more)" if number else ""
            assert messages(build(root, out)) == [
                f"This was not written by a build, and is in the way{more}."
            ]
        assert tree(out) == dict.fromkeys(mine, b"mine")
        assert not has_error(build(root, out, clean=True).problems)
        assert tree(out) == clean(root)

    def test_are_what_an_altered_page_has_become_once_it_is_not_planned(self, root: Path, out: Path) -> None:
        build(root, out)
        (out / "papers/a/index.html").write_text("mine now")
        (root / "content/papers/a.yaml").unlink()
        report = build(root, out)
        assert "was altered" in messages(report)[0]
        assert (out / "papers/a/index.html").read_text() == "mine now"

    @pytest.mark.slow
    def test_where_a_folder_belongs_are_in_the_way_of_its_pages(self, root: Path, out: Path) -> None:
        build(root, out)
        shutil.rmtree(out / "papers")
        (out / "papers").write_text("mine")
        before = tree(out)
        assert "in the way" in messages(build(root, out))[0]
        assert tree(out) == before
        assert not has_error(build(root, out, clean=True).problems)
        assert tree(out) == clean(root)

    def test_in_a_folder_where_a_page_belongs_are_never_overwritten(self, root: Path, out: Path) -> None:
        build(root, out)
        (out / "robots.txt").unlink()
        (out / "robots.txt").mkdir()
        (out / "robots.txt/mine").write_text("mine")
        before = tree(out)
        for told in (False, True):
            assert "in the way" in messages(build(root, out, clean=told))[0]
            assert tree(out) == before

    @pytest.mark.parametrize("where", [".", "..", "content", "templates", "content/papers", ".git/x"])
    def test_are_never_mixed_with_the_digests_own(self, root: Path, where: str) -> None:
        before = tree(root)
        message = "The website cannot be written here: this folder has the digest's own files."
        assert messages(build(root, root / where)) == [message]
        assert tree(root) == before

    def test_are_left_where_the_folder_is_a_link_to_itself(self, root: Path, out: Path) -> None:
        out.symlink_to(out)
        assert messages(build(root, out)) == ["The file system says: Too many levels of symbolic links."]

    def test_keep_a_folder_named_staging(self, root: Path, out: Path) -> None:
        (out / ".staging").mkdir(parents=True)
        (out / ".staging/mine").write_text("mine")
        build(root, out)
        assert (out / ".staging/mine").read_text() == "mine"

    def test_that_are_pipes_where_a_folder_belongs_are_in_the_way(self, root: Path, out: Path) -> None:
        out.mkdir()
        os.mkfifo(out / "papers")
        assert "in the way" in messages(build(root, out))[0]
        assert [*out.iterdir()] == [out / "papers"]
        assert messages(build(root, out, clean=True)) == []
        assert tree(out) == clean(root)

    def test_behind_a_link_in_place_of_staged_pages_stay(self, root: Path, out: Path, tmp_path: Path) -> None:
        write_file(tmp_path / "elsewhere/mine", b"mine")
        out.mkdir()
        (out / STAGING).symlink_to(tmp_path / "elsewhere")
        assert messages(build(root, out)) == []
        assert tree(out) == clean(root)
        assert [*(tmp_path / "elsewhere").iterdir()] == [tmp_path / "elsewhere/mine"]

    def test_that_a_killed_build_staged_are_not_put_in_place(self, root: Path, out: Path) -> None:
        write_file(out / STAGING / "pages/papers/a/stray.html", b"stray")
        assert messages(build(root, out)) == []
        assert tree(out) == clean(root)

    @pytest.mark.parametrize("is_planned", [True, False])
    def test_behind_a_symbolic_link_are_never_written_or_removed(
        self, root: Path, out: Path, tmp_path: Path, is_planned: bool
    ) -> None:
        build(root, out)
        elsewhere = tmp_path / "elsewhere"
        (out / "papers").rename(elsewhere)
        (out / "papers").symlink_to(elsewhere)
        before = tree(elsewhere)
        record = root / "content/papers/a.yaml"
        record.write_text(record.read_text().replace("Alpha", "Omega")) if is_planned else record.unlink()
        message = "This folder is a symbolic link, so pages would be written elsewhere."
        assert messages(build(root, out)) == [message]
        assert tree(elsewhere) == before

    def test_are_what_a_link_in_place_of_a_page_leads_to(self, root: Path, out: Path, tmp_path: Path) -> None:
        build(root, out)
        page = out / "picks/index.html"
        page.rename(tmp_path / "mine.html")
        page.symlink_to(tmp_path / "mine.html")
        before = (tmp_path / "mine.html").read_bytes()
        assert build(root, out).written == 1
        assert not page.is_symlink()
        assert (tmp_path / "mine.html").read_bytes() == before == page.read_bytes()

    def test_where_a_folder_was_whose_pages_go_are_kept(self, root: Path, out: Path) -> None:
        build(root, out)
        shutil.rmtree(out / "papers/a")
        (out / "papers/a").write_text("mine")
        (root / "content/papers/a.yaml").unlink()
        assert messages(build(root, out)) == []
        assert (out / "papers/a").read_text() == "mine"

    def test_folders_that_a_removal_leaves_empty_go(self, root: Path, out: Path) -> None:
        build(root, out)
        (root / "content/papers/a.yaml").unlink()
        (root / "content/papers/b.yaml").unlink()
        for path in (out / "papers/b").iterdir():
            path.unlink()
        build(root, out)
        assert not (out / "papers/a").exists()
        assert not (out / "papers/b").exists()


class TestLedger:
    """What stands when the record of the last build is lost, broken or somebody else's."""

    def ledger(self, root: Path, out: Path) -> Path:
        return StateFolder.of(root, out).path / "ledger"

    @pytest.mark.parametrize("damage", [b"", b"\xc1", b"\x80", b"\x81\xa1a\x01"], ids=repr)
    def test_never_makes_a_wrong_site(self, root: Path, out: Path, damage: bytes) -> None:
        build(root, out)
        self.ledger(root, out).write_bytes(damage)
        (root / "content/papers/a.yaml").unlink()
        before = tree(out)
        report = build(root, out)
        assert has_error(report.problems)
        assert "--clean" in report.problems[-1].hint
        assert tree(out) == before

    def test_truncated_stops_the_build(self, root: Path, out: Path) -> None:
        build(root, out)
        ledger = self.ledger(root, out)
        ledger.write_bytes(ledger.read_bytes()[:-7])
        assert messages(build(root, out)) == ["The record of what the last build wrote here is damaged."]
        assert not has_error(build(root, out, clean=True).problems)
        assert build(root, out).changes == ()

    @pytest.mark.parametrize("name", ["ledger", "journal", "search/ledger", "search/journal"])
    @pytest.mark.slow
    def test_with_a_bit_that_is_another_stops_the_build(self, root: Path, out: Path, name: str) -> None:
        build(root, out)
        path = StateFolder.of(root, out).path / name
        data = bytearray(path.read_bytes() if path.exists() else b"\x80")
        data[len(data) // 2] ^= 1
        path.write_bytes(data)
        assert messages(build(root, out)) == ["The record of what the last build wrote here is damaged."]
        assert not has_error(build(root, out, clean=True).problems)
        assert build(root, out).changes == ()

    @pytest.mark.slow
    def test_of_records_with_a_bit_that_is_another_is_not_believed(self, root: Path, out: Path) -> None:
        build(root, out)
        path = StateFolder.of(root, out).path / BASE
        path.write_bytes(path.read_bytes().replace(b"Gamma", b"Gemma"))
        (root / "content/papers/a.yaml").unlink()
        build(root, out)
        assert tree(out) == clean(root)

    def test_lost_over_an_empty_output_is_none(self, root: Path, out: Path) -> None:
        build(root, out)
        first = tree(out)
        for path in sorted(out.rglob("*"), reverse=True):
            path.rmdir() if path.is_dir() else path.unlink()
        self.ledger(root, out).unlink()
        build(root, out)
        assert tree(out) == first

    @pytest.mark.parametrize("damage", ["lost", "old"])
    def test_of_the_search_index_stops_the_build_before_a_page_is_replaced(
        self, root: Path, out: Path, damage: str
    ) -> None:
        search = StateFolder.of(root, out).path / "search/ledger"
        record = root / "content/papers/a.yaml"
        build(root, out)
        old = search.read_bytes()
        record.write_text(record.read_text().replace("Alpha", "Omega"))
        build(root, out)
        search.unlink() if damage == "lost" else search.write_bytes(old)
        before = tree(out)
        record.write_text(record.read_text().replace("Omega", "Sigma"))
        is_stopped = has_error(build(root, out).problems)
        assert is_stopped or damage == "old"
        assert is_stopped == (tree(out) == before)

    def test_moves_with_the_digest(self, root: Path) -> None:
        build(root, root / "site")
        moved = root.rename(root.with_name("moved"))
        report = build(moved, moved / "site")
        assert (report.problems, report.changes) == ((), ())

    def test_each_output_has_its_own(self, root: Path, out: Path, tmp_path: Path) -> None:
        build(root, out)
        build(root, tmp_path / "other")
        assert build(root, out).changes == ()
        folders = sorted(path.name for path in (root / ".broadsheet").iterdir())
        assert [re.sub("[0-9a-f]{12}$", "", name) for name in folders] == ["other-", "site-"]
        assert tree(tmp_path / "other") == tree(out)


@pytest.mark.slow
def test_the_second_of_two_builds_at_once_stops(root: Path, out: Path) -> None:
    lock = StateFolder.of(root, out).path / "lock"
    lock.parent.mkdir(parents=True)
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        assert messages(build(root, out)) == ["Another build is writing to this folder."]
    assert not has_error(build(root, out).problems)


@pytest.mark.slow
def test_a_stage_alone_renders_its_pages_and_leaves_the_others(root: Path, out: Path) -> None:
    build(root, out, stage="core")
    core = tree(out)
    assert core.items() < clean(root).items()
    build(root, out)
    assert tree(out) == clean(root)
    build(root, out, stage="core")
    assert tree(out) == clean(root)


@pytest.mark.slow
def test_one_stage_after_a_kill_leaves_the_journal_of_the_others(
    root: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(StateFolder, "write_ledger", interrupted)
        build(root, out)
    assert not has_error(build(root, out, stage="core").problems)
    assert not has_error(build(root, out).problems)
    assert tree(out) == clean(root)


def interrupted(*_: object) -> None:
    raise KeyboardInterrupt


def test_a_page_altered_with_its_size_and_time_kept_is_seen(root: Path, out: Path) -> None:
    for _ in range(2):  # once put in place with its folder, once in place of the altered page
        build(root, out)
        page = out / "papers/a/index.html"
        before, times = page.read_bytes(), page.stat()
        page.write_bytes(before.swapcase())
        os.utime(page, ns=(times.st_atime_ns, times.st_mtime_ns))
        assert build(root, out).changes == (("papers/a/index.html", "the file was altered"),)
        assert page.read_bytes() == before


def test_a_page_altered_right_after_it_was_written_is_seen(root: Path, out: Path) -> None:
    page = out / "robots.txt"
    for _ in range(20):
        build(root, out, planners=(sitemap.plan,))
        page.write_bytes(page.read_bytes().swapcase())
        assert [path for path, _ in build(root, out, planners=(sitemap.plan,)).changes] == ["robots.txt"]


def test_another_process_sees_what_was_altered_in_a_large_site(
    root: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.commands.build.MANY_FILES", 10)
    build(root, out)
    (out / "robots.txt").write_text("mine")
    (out / "sitemap.xml").unlink()
    changes = build(root, out, workers=processes(2)).changes
    assert dict(changes) == {"robots.txt": "the file was altered", "sitemap.xml": "the file is gone"}
    assert build(root, out, workers=processes(2)).changes == ()


def test_an_error_that_is_found_while_workers_render_leaves_nothing_staged(
    root: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.engine.workers.SHARD", 2)
    (root / "templates").mkdir(exist_ok=True)
    (root / "templates/robots.txt").write_text("{% if %}")  # its traceback keeps the frames of the build
    (out / "papers/a").mkdir(parents=True)
    (out / "papers/a/index.html").write_text("mine")
    pool = ThreadPoolExecutor(2)
    assert has_error(build(root, out, workers=lambda: pool).problems)
    with pytest.raises(RuntimeError, match="after shutdown"):
        pool.submit(print)
    assert tree(out) == {"papers/a/index.html": b"mine"}


@pytest.mark.slow
def test_a_static_file_becomes_a_folder_and_a_file_again(root: Path, out: Path) -> None:
    static = root / "templates/static/extra"
    static.parent.mkdir(parents=True)
    for _ in range(2):
        static.write_text("file")
        assert build(root, out).problems == ()
        assert tree(out) == clean(root)
        static.unlink()
        static.mkdir()
        (static / "inside").write_text("folder")
        assert build(root, out).problems == ()
        assert tree(out) == clean(root)
        shutil.rmtree(static)


def test_the_time_zone_the_locale_and_the_order_of_files_do_not_show(
    root: Path, out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(root, out)
    walk = os.walk
    monkeypatch.setattr(
        os, "walk", lambda top, **named: ((d, dirs, files[::-1]) for d, dirs, files in walk(top, **named))
    )
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    monkeypatch.setenv("LC_ALL", "tr_TR.UTF-8")
    time.tzset()
    build(root, tmp_path / "again")
    monkeypatch.undo()
    time.tzset()
    assert tree(tmp_path / "again") == tree(out)


@pytest.mark.slow
def test_workers_give_the_same_bytes(root: Path, out: Path, tmp_path: Path) -> None:
    for number in range(200):
        (root / f"content/papers/more-{number}.yaml").write_text(
            f"title: Paper $x^{{{number}}}$\n"
            f"listed: [{{listing: x, issue: 2025-10-30, position: {number}}}]\n"
        )
    for note in ("", "note: Read it.\n"):  # a first build, and one after an edit
        path = root / "content/papers/more-7.yaml"
        path.write_text(path.read_text() + note)
        alone = build(root, out)
        shared = build(root, tmp_path / "shared", workers=partial(ProcessPoolExecutor, 2))
        assert tree(tmp_path / "shared") == tree(out)
        assert shared == alone


@pytest.mark.slow
def test_workers_that_share_no_memory_give_the_same_bytes(root: Path, out: Path, tmp_path: Path) -> None:
    for number in range(200):
        (root / f"content/papers/more-{number}.yaml").write_text(
            f"title: Paper {number}\nabstract: Legal ranking, legal ranking.\nthemes: [data]\n"
        )
    (root / "content/images").mkdir()
    (root / "content/images/dot.gif").write_bytes(b"GIF89a")
    spawning = get_context("spawn")
    terms = root / "content/terms.txt"
    terms.write_text("*\t1000\t0\nlegal\t5\t3000\nranking\t5\t3000\n")
    known = (paper(f"Paper {number}", abstract="Legal ranking, legal ranking.") for number in range(200))
    rows = {text_key(one): row_of((0.1, 0.1 - place % 3 / 10)) for place, one in enumerate(known)}
    (root / "content/vectors.txt").write_bytes(encode_vectors(Vectors(b"model", row_of((0, 0)), rows)))
    for _ in range(2):
        alone = build(root, out, clean=True)
        workers = partial(ProcessPoolExecutor, 2, spawning)
        shared = build(root, tmp_path / "shared", clean=True, workers=workers)
        assert tree(tmp_path / "shared") == tree(out)
        assert shared == alone
        terms.unlink(missing_ok=True)
        mark_published(root)
        late = "title: Late\nlisted: [{listing: x, issue: 2025-10-29, position: 9}]\n"
        (root / "content/papers/late.yaml").write_text(late)


def test_workers_decode_more_records_than_the_last_build_knew(root: Path, out: Path) -> None:
    for first in (0, 600):
        for number in range(first, first + 600):
            (root / f"content/papers/more-{number}.yaml").write_text(f"title: Paper {number}\n")
        report = build(root, out, planners=(picks.plan,), workers=partial(ThreadPoolExecutor, 2))
        assert (report.problems, report.papers) == ((), 3 + first + 600)


@pytest.mark.parametrize(
    ("files", "size", "said"),
    [
        (18_000, 900_000_000, []),
        (18_001, 0, ["The site has 18,001 files. Cloudflare Pages takes 20,000."]),
        (0, 900_000_001, ["The site has 900 MB. GitHub Pages takes 1,000 MB."]),
    ],
)
def test_a_site_near_the_limit_of_a_host_is_told_of_it(files: int, size: int, said: list[str]) -> None:
    assert [problem.message for problem in near_limits(files, size)] == said
