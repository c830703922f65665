"""Files that are not what they should be: told with their place, without traceback or hang."""

import ctypes
import errno
import os
import resource
import signal
import stat
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from textwrap import dedent, indent

import pytest

from generator.commands.build import build
from generator.commands.check import check
from generator.commands.ingest import ingest
from generator.engine.output import Output, crossing
from generator.files import indistinct, open_lock, read_file, write_file
from generator.ingest.captures import Capture
from generator.problem import Location, Problem, Severity, at_most, error, file_system_error, has_error
from generator.serve.session import Log, Session
from tests.support.builds import THREE, tree
from tests.support.digest import Write


@pytest.fixture
def root(digest: Write) -> Path:
    return digest(THREE)


def not_utf8(path: Path) -> None:
    path.with_stem(path.stem + os.fsdecode(b"\xff")).write_text("x")


def a_pipe(path: Path) -> None:
    os.mkfifo(path)


def a_folder(path: Path) -> None:
    path.mkdir()


def a_linked_folder(path: Path) -> None:
    (path.parent.parent / "elsewhere").mkdir()
    path.symlink_to(path.parent.parent / "elsewhere")


def a_link_outside(path: Path) -> None:
    path.symlink_to("/etc/hostname")


def of_case(path: Path) -> None:
    (path.parent / "a.yaml").rename(path.parent / "A.yaml")


def of_both_cases(path: Path) -> None:
    for each in (path, path.with_stem("X")):
        each.write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")


def with_a_shipped_name(path: Path) -> None:
    path.with_name("Style.css").write_text("a {}")


def in_a_folder_with_a_shipped_name(path: Path) -> None:
    path.with_name("style.css").mkdir()
    (path.with_name("style.css") / path.name).write_text("x")


def large(path: Path) -> None:
    path.write_text("title: " + "x" * 1_000_000)


def a_loop_of_links(path: Path) -> None:
    path.symlink_to(path.name)


def broken(path: Path) -> None:
    path.symlink_to("nowhere")


RECORD, TEMPLATE = "content/papers/x.yaml", "templates/static/x.txt"
ALIKE = "Some file systems cannot tell this name from "
NOT_UTF8, PIPE = "The file's name is not in UTF-8.", "This is a pipe or device, not a file."
LOOP = "The file cannot be read: Too many levels of symbolic links."
LINKED = "This folder is a symbolic link, so what is in it is not read."


@pytest.mark.parametrize(
    ("path", "happens", "where", "message"),
    [
        (RECORD, not_utf8, r"content/papers/x\xff.yaml", NOT_UTF8),
        (RECORD, a_pipe, RECORD, PIPE),
        (RECORD, a_folder, RECORD, "This is a folder, not a file."),
        (RECORD, a_linked_folder, RECORD, LINKED),
        ("content/papers/linked", a_linked_folder, "content/papers/linked", LINKED),
        ("content/images/linked", a_linked_folder, "content/images/linked", LINKED),
        (RECORD, broken, RECORD, "The file cannot be read: No such file or directory."),
        (RECORD, a_loop_of_links, RECORD, LOOP),
        (TEMPLATE, a_loop_of_links, TEMPLATE, LOOP),
        (RECORD, large, RECORD, "This file has 1,000,007 bytes. At most 1,000,000 are read."),
        (
            RECORD,
            of_case,
            "content/papers/A.yaml",
            "The file's name 'A' is not a slug: lower-case letters, digits and single hyphens.",
        ),
        (
            "content/published.jsonl",
            broken,
            "content/published.jsonl",
            "The file cannot be read: No such file or directory.",
        ),
        ("content/pages/x.md", not_utf8, r"content/pages/x\xff.md", NOT_UTF8),
        ("content/pages/x.md", a_pipe, "content/pages/x.md", PIPE),
        (TEMPLATE, not_utf8, r"templates/static/x\xff.txt", NOT_UTF8),
        (TEMPLATE, a_pipe, TEMPLATE, PIPE),
        (TEMPLATE, a_linked_folder, TEMPLATE, LINKED),
        (
            TEMPLATE,
            a_link_outside,
            TEMPLATE,
            "This is a symbolic link to a file outside the digest, or in a hidden folder of it.",
        ),
        (TEMPLATE, with_a_shipped_name, "templates/static/Style.css", ALIKE + "static/style.css."),
        (
            TEMPLATE,
            in_a_folder_with_a_shipped_name,
            "templates/static/style.css/x.txt",
            "A file and a folder have the name static/style.css.",
        ),
        ("content/images/x.svg", of_both_cases, "content/images/x.svg", ALIKE + "content/images/X.svg."),
    ],
)
def test_is_told_by_check_build_and_serve_alike(
    root: Path, path: str, happens: Callable[[Path], None], where: str, message: str
) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    build(root, root / "site", stage="exports")
    before = tree(root / "site")
    told: list[Problem] = []
    session = Session(root, Log(lambda _: None, told.extend), lambda: None)
    happens(root / path)
    for _ in session.rescan():
        pass
    for problems in (check(root).problems, build(root, root / "site").problems, told):
        errors = [found for found in problems if found.severity is Severity.ERROR]
        assert [(str(found.location), found.message) for found in errors] == [(where, message)]
    assert tree(root / "site") == before
    if path == RECORD and happens is not of_case:
        assert message in [found.message for found in ingest(root).problems]


def test_an_error_goes_once_a_file_can_be_read(root: Path) -> None:
    logged: list[str] = []
    pipe = root / TEMPLATE
    pipe.parent.mkdir(parents=True)
    os.mkfifo(pipe)
    session = Session(root, Log(logged.append, lambda _: None), lambda: None)
    assert [found.message for found in session.state.errors] == [PIPE]
    pipe.unlink()
    session.update([pipe])
    assert logged[-1] == "All errors are fixed."


def test_a_folder_that_cannot_be_read_leaves_the_live_site_as_it_is(root: Path) -> None:
    told: list[Problem] = []
    logged: list[str] = []
    session = Session(root, Log(logged.append, told.extend), lambda: None)
    papers, aside = root / "content/papers", root / "content/aside"
    before = session.state.content.files
    papers.rename(aside)
    papers.write_text("x")
    session.update([papers.parent])
    assert [(found.location.path, found.message) for found in told] == [
        (str(papers), "Cannot read this: Not a directory.")
    ]
    assert session.state.content.files == before
    papers.unlink()
    aside.rename(papers)
    session.update([papers.parent])
    assert logged[-1] == "All errors are fixed."


@pytest.mark.parametrize("folder", ["content/papers", "content/receipts", "templates"])
def test_a_folder_that_is_a_link_to_nowhere_is_not_taken_for_an_empty_one(root: Path, folder: str) -> None:
    build(root, root / "site", stage="core")
    before = tree(root / "site")
    if (root / folder).exists():
        (root / folder).rename(root / "aside")
    (root / folder).symlink_to("nowhere")
    problems = build(root, root / "site", stage="core").problems
    assert [(found.location.path, found.message) for found in problems] == [
        (str(root / folder), "The file system says: No such file or directory.")
    ]
    assert tree(root / "site") == before
    with pytest.raises(FileNotFoundError):
        check(root)


class TestCaseOfNames:
    """Holds on file systems that ignore case too: `pytest --basetemp FOLDER`, with a folder on one."""

    def test_what_differs_in_it_only_is_removed_before_it_is_written(self) -> None:
        before = {"static/Logo.png", "static/b.png", "static/Old/c.png"}
        assert crossing(before, {"static/logo.png", "static/old/d.png"}) == before - {"static/b.png"}

    def test_files_that_are_renamed_in_it_only_are_published_anew(self, root: Path) -> None:
        static, published = root / "templates/static", root / "site/static"
        for name in ("Logo.txt", "Old/c.txt"):
            write_file(static / name, b"x")
        build(root, root / "site", stage="core")
        (static / "Logo.txt").rename(static / "logo.txt")
        (static / "Old").rename(static / "old")
        assert not build(root, root / "site", stage="core").problems
        names = {path.name for path in published.iterdir()}
        assert names & {"logo.txt", "old", "Logo.txt", "Old"} == {"logo.txt", "old"}

    def test_content_is_never_mixed_with_the_site(self, root: Path) -> None:
        before = tree(root / "content")
        build(root, root / "CONTENT", stage="core")
        assert tree(root / "content") == before

    def test_a_record_that_is_renamed_in_it_only_and_back_has_no_error(self, root: Path) -> None:
        logged: list[str] = []
        session = Session(root, Log(logged.append, lambda _: None), lambda: None)
        before, after = root / "content/papers/a.yaml", root / "content/papers/A.yaml"
        for old, new in ((before, after), (after, before)):
            old.rename(new)
            session.update([before, after])
        assert logged[-1] == "All errors are fixed."
        assert session.state.content.files.keys() == {f"content/papers/{name}.yaml" for name in "abc"}

    @pytest.mark.parametrize("names", [("Day.txt", "day.txt"), ("day.txt", "Day.txt")])
    def test_a_listing_that_is_renamed_in_it_only_keeps_its_receipts(
        self, root: Path, names: tuple[str, str]
    ) -> None:
        listings = root / "content/listings"
        write_file(listings / names[0], b"10.48550/arXiv.2410.12265\n")
        ingest(root)
        (listings / names[0]).rename(listings / names[1])
        assert not has_error(ingest(root).problems)
        assert [path.name for path in (root / "content/receipts").iterdir()] == [f"{names[1]}.jsonl"]

    def test_a_capture_does_not_overwrite_a_listing_that_differs_in_it_only(self, root: Path) -> None:
        captures = root / "1/Day.txt", root / "2/day.txt"
        write_file(captures[0], b"10.48550/arXiv.2410.12265\n")
        write_file(captures[1], b"10.48550/arXiv.2410.12266\n")
        first, second = (ingest(root, [Capture(file=file)]) for file in captures)
        assert [found.message for found in first.captures[0].problems] == []
        assert [found.message for found in second.captures[0].problems] == [ALIKE + "Day.txt."]
        assert [path.name for path in (root / "content/listings").iterdir()] == ["Day.txt"]


def started(
    root: Path, *command: str, preexec_fn: Callable[[], object] | None = None
) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "generator", *command, "--root", str(root)],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=preexec_fn,
    )


@pytest.mark.parametrize(
    ("command", "most", "where"),
    [
        (("build",), 0, ".broadsheet/"),
        (("build",), 5000, "site/"),
        (("refresh-terms",), 0, "content/terms.txt"),
        (("mark-published",), 0, "content/published.jsonl"),
        (("mail", "2025-10-30"), 1000, "issue-2025-10-30.eml"),
        (("ingest",), 0, ".broadsheet/ingest.catalog"),
    ],
)
def test_a_full_disk_is_told_with_the_file_and_leaves_no_half_of_one(
    root: Path, command: tuple[str, ...], most: int, where: str
) -> None:
    before = tree(root)
    limit = partial(resource.setrlimit, resource.RLIMIT_FSIZE, (most, most))
    ended = started(root, *command, preexec_fn=limit)
    _, errors = ended.communicate(timeout=60)
    assert ended.returncode == 1
    assert errors.startswith(f"error  {where}"), errors
    assert errors.endswith("Free disk space, then try again.\n")
    added = {path for path in tree(root).keys() - before.keys() if not path.startswith(".broadsheet")}
    assert added == set()
    assert not [*root.rglob("*.new"), *root.rglob(".broadsheet-staging")]


@pytest.mark.parametrize(
    ("number", "line"),
    [
        (signal.SIGINT, "Interrupted.\n"),
        (signal.SIGTERM, "Terminated.\n"),
        (signal.SIGHUP, "Hung up.\n"),
    ],
)
def test_a_signal_ends_a_build_with_a_line_and_cleans_up(
    root: Path, number: signal.Signals, line: str
) -> None:
    for paper in range(120):
        (root / f"content/papers/more-{paper}.yaml").write_text(f"title: Paper {paper}\n")
    building = started(
        root, "build", "--jobs", "2", preexec_fn=partial(signal.signal, number, signal.SIG_DFL)
    )
    while not (root / "site/.broadsheet-staging").exists():
        assert building.poll() is None
    building.send_signal(number)
    assert building.communicate(timeout=60) == ("", line)
    assert building.returncode == 128 + number
    assert tree(root / "site") == {}
    assert not (root / "site/.broadsheet-staging").exists()


def test_a_build_that_nohup_started_outlives_its_terminal(root: Path) -> None:
    for paper in range(120):
        (root / f"content/papers/more-{paper}.yaml").write_text(f"title: Paper {paper}\n")
    ignored = partial(signal.signal, signal.SIGHUP, signal.SIG_IGN)
    building = started(root, "build", "--jobs", "2", preexec_fn=ignored)
    while not (root / "site/.broadsheet-staging").exists():
        assert building.poll() is None
    building.send_signal(signal.SIGHUP)
    assert building.communicate(timeout=60)[1] == ""
    assert (building.returncode, (root / "site/index.html").exists()) == (0, True)


def test_a_signal_before_the_command_begins_is_a_line_too() -> None:
    program = """
import signal, sys
from generator.__main__ import run
class Finder:
    def find_spec(self, name, *_):
        if name == "generator.cli.program":
            signal.raise_signal(signal.SIGINT)
sys.meta_path.insert(0, Finder())
run()
"""
    ended = subprocess.run([sys.executable, "-c", program], check=False, capture_output=True, text=True)
    assert (ended.returncode, ended.stderr) == (130, "Interrupted.\n")


def without_privileges() -> None:
    """Let permissions hold for root too: drop what lets it read and write everything (capabilities(7))."""
    if sys.platform == "linux":
        for capability in (1, 2):
            ctypes.CDLL(None).prctl(24, capability, 0, 0, 0)


@pytest.mark.slow
def test_a_folder_that_may_not_be_read_or_written_is_told_before_anything_changes(root: Path) -> None:
    record = root / "content/papers/a.yaml"
    write_file(root / "templates/static/x.txt", b"x")
    build(root, root / "site")
    before = tree(root / "site")
    refused = "You may not write in this folder.", "Nothing was written."
    for folder, mode, said in (
        ("content/papers", 0, ("The file system says: Permission denied.",)),
        ("content/pages", 0, ("The file system says: Permission denied.",)),
        ("templates/static", 0, ("The file system says: Permission denied.",)),
        ("site/papers/a", 0o555, refused),
        ("site/search/pagefind", 0o555, refused),
    ):
        (root / folder).mkdir(exist_ok=True)
        record.write_text(record.read_text() + "note: More.\n" * folder.startswith("site/papers"))
        (root / folder).chmod(mode)
        try:
            output, errors = (ended := started(root, "build", preexec_fn=without_privileges)).communicate()
        finally:
            (root / folder).chmod(0o755)
        assert errors.startswith(f"error  {folder}\n       {said[0]}"), errors
        assert (ended.returncode, output.splitlines()) == (1, list(said[1:]))
        assert tree(root / "site") == before


def test_too_little_memory_is_a_line(root: Path) -> None:
    limit = partial(resource.setrlimit, resource.RLIMIT_AS, (200_000_000, 200_000_000))
    (root / "content/listings").mkdir()
    with (root / "content/listings/x.txt").open("wb") as listing:
        listing.truncate(300_000_000)
    ended = started(root, "ingest", preexec_fn=limit)
    _, errors = ended.communicate(timeout=60)
    assert (ended.returncode, errors[:22]) == (1, "error  Out of memory. ")
    assert "Traceback" not in errors


OUT_OF_MEMORY = {
    "as a thread starts": """raise RuntimeError("can't start new thread")""",
    "as a library is loaded": """raise ImportError("x.so: failed to map segment from shared object")""",
    "before another error": """
        try:
            raise MemoryError
        finally:
            raise RuntimeError("cannot join thread before it is started")
    """,
    "in a thread that is waited for": """
        def work():
            raise MemoryError
        threading.Thread(target=work).start()
        threading.Event().wait()
    """,
    "in a worker, which says so": """
        with processes(2)() as workers:
            workers.submit(exec, "import sys; sys.stderr.write('Out of memory.')").result()
        raise MemoryError
    """,
}


def run_command(command: str) -> "subprocess.CompletedProcess[str]":
    """Run the program with these lines in place of its commands."""
    program = """
import os, signal, threading, time
import generator.cli.program
from generator.__main__ import run
from generator.processes import processes
def command(prog_name):
{}
generator.cli.program.main = command
run()
"""
    lines = indent(dedent(command), "    ")
    return subprocess.run(
        [sys.executable, "-c", program.format(lines)], check=False, capture_output=True, text=True, timeout=60
    )


@pytest.mark.parametrize("command", OUT_OF_MEMORY.values(), ids=OUT_OF_MEMORY)
def test_too_little_memory_is_a_line_wherever_it_is_met(command: str) -> None:
    ended = run_command(command)
    line = "error  Out of memory. Use fewer processes (build --jobs 1), or more memory.\n"
    assert (ended.returncode, ended.stdout, ended.stderr) == (1, "", line)


@pytest.mark.slow
def test_a_worker_that_is_killed_is_a_line_too() -> None:
    ended = run_command("""
        with processes(2)() as workers:
            workers.submit(exec, "import os, signal; os.kill(os.getpid(), signal.SIGKILL)").result()
    """)
    line = "error  A process of this command was killed, perhaps as memory ran out. Try again.\n"
    assert (ended.returncode, ended.stdout, ended.stderr) == (1, "", line)


@pytest.mark.slow
def test_a_signal_that_falls_into_a_callback_ends_the_command_all_the_same() -> None:
    ended = run_command("""
        class Freed:
            def __del__(self):
                signal.raise_signal(signal.SIGTERM)
        Freed()
        time.sleep(30)
    """)
    assert (ended.returncode, ended.stderr) == (143, "Terminated.\n")


@pytest.mark.slow
def test_other_errors_of_threads_and_callbacks_are_printed_and_end_nothing() -> None:
    ended = run_command("""
        class Freed:
            def __del__(self):
                raise ZeroDivisionError("freed")
        Freed()
        def work():
            raise ZeroDivisionError("worked")
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
        time.sleep(0.1)  # in which a signal would come
        print("done")
    """)
    assert (ended.returncode, ended.stdout) == (1, "done\n")
    assert [line for line in ended.stderr.splitlines() if line.startswith("Zero")] == [
        "ZeroDivisionError: freed",
        "ZeroDivisionError: worked",
    ]


def test_reading_a_file_leaves_none_open(tmp_path: Path) -> None:
    for data in (b"", b"x"):
        (tmp_path / "a").write_bytes(data)
        before = {*Path("/dev/fd").iterdir()}
        assert read_file(tmp_path / "a") == data
        assert {*Path("/dev/fd").iterdir()} == before


def test_names_that_differ_in_case_are_two_files_where_the_file_system_has_two(tmp_path: Path) -> None:
    names = ["a.YAML", "A.yaml"]
    for version in ("first", "second"):
        for name in names:
            write_file(tmp_path / name, f"{name} {version}".encode())
    found = {path.name: path.read_text() for path in tmp_path.iterdir()}
    assert found in ({name: f"{name} second" for name in names}, {"A.yaml": "A.yaml second"})


def test_what_a_killed_process_left_is_not_written_through(tmp_path: Path) -> None:
    (tmp_path / "precious").write_text("precious")
    (tmp_path / ".a.yaml.new").symlink_to("precious")
    write_file(tmp_path / "a.yaml", b"new")
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {
        "a.yaml": "new",
        "precious": "precious",
    }


def test_where_a_folder_is_in_the_way_nothing_is_left_beside_it(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").mkdir()
    with pytest.raises(OSError, match="directory"):
        write_file(tmp_path / "a.yaml", b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["a.yaml"]


def test_files_to_be_locked_and_pages_are_everybody_s_to_read_and_nobody_s_to_run(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        open_lock(tmp_path / "a/b/lock").close()
        Output(str(tmp_path)).stage("index.html", b"")
    finally:
        os.umask(before)
    found = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.rglob("*") if path.is_file()}
    assert found == {"lock": 0o666, "index.html": 0o666}


@pytest.mark.parametrize(
    ("paths", "told"),
    [
        (["a", "b/a", "c/a"], []),
        (["Old/a", "old/a", "old/b"], [("old/a", "Old"), ("old/b", "Old")]),
        (["a/X", "a/b", "a/x"], [("a/x", "a/X")]),
        (["\u00e4", "a\u0308", "A\u0308"], [("a\u0308", "\u00e4"), ("A\u0308", "\u00e4")]),
    ],
)
def test_paths_that_some_file_systems_take_for_one_are_told_once(
    paths: list[str], told: list[tuple[str, str]]
) -> None:
    assert [(found.location.path, found.message) for found in indistinct(paths)] == [
        (path, f"{ALIKE}{other}.") for path, other in told
    ]


@pytest.mark.parametrize(
    ("flaw", "path", "hint"),
    [
        (OSError(errno.ENOSPC, "No space left"), "/here", "Free disk space, then try again."),
        (OSError(errno.EACCES, "Denied", "/a"), "/a", "Give yourself permission, then try again."),
        (OSError(errno.EXDEV, "Cross-device", "/a", None, "/b"), "/b", "Correct that, then try again."),
        (OSError("unknown"), "/here", "Correct that, then try again."),
    ],
)
def test_an_error_of_the_file_system_says_what_to_do(flaw: OSError, path: str, hint: str) -> None:
    found = file_system_error(flaw, "/here")
    assert (found.location.path, found.hint) == (path, hint)
    assert found.message == f"The file system says: {flaw.strerror or 'unknown'}."


@pytest.mark.parametrize(("errors", "told"), [(0, 0), (200, 200), (201, 201), (500, 201)])
def test_of_a_file_200_errors_are_told_and_then_that_there_are_more(errors: int, told: int) -> None:
    found = at_most((error(Location(path="a"), f"{number}") for number in range(errors)), "a")
    assert [problem.message for problem in found[:200]] == [f"{number}" for number in range(min(errors, 200))]
    more = "This file has more than 200 errors. The first 200 are listed."
    assert [problem.message for problem in found[200:]] == [more] * (told - 200)


def test_a_file_keeps_its_mode_and_one_that_may_not_be_written_is_left(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text("before")
    file.chmod(0o640)
    write_file(file, b"after")
    assert (file.read_text(), stat.S_IMODE(file.stat().st_mode)) == ("after", 0o640)
    program = (
        "import os, sys; from pathlib import Path; from generator.files import write_file\n"
        "os.geteuid() or os.setuid(65534)  # nothing is forbidden to root\n"
        "write_file(Path(sys.argv[1]), b'lost')\n"
    )
    with TemporaryDirectory() as folder:
        Path(folder).chmod(0o777)
        file = Path(folder, "a.yaml")
        file.write_text("before")
        file.chmod(0o444)
        done = subprocess.run(
            [sys.executable, "-c", program, file], check=False, capture_output=True, text=True
        )
        assert done.stderr.splitlines()[-1] == f"PermissionError: [Errno 13] Permission denied: '{file}'"
        assert (file.read_text(), list(file.parent.iterdir())) == ("before", [file])
