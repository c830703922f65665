"""The command, run as a process: what it prints, and the exit status that a script relies on."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli.program import main
from tests.support.digest import Write
from tests.support.program import Broadsheet

PAPER = """
== content/papers/a.yaml
title: Alpha
author_count: 2
published: 2025-01-02
listed:
- {listing: x, issue: 2025-10-30, position: 1}
"""
DUMP = """\
A first abstract, long enough to be one, about the choice of examples for training and what it changes.

arXiv:2410.00001
Created: 2024-10-01

A second abstract, about the judging of models by models, and about how far that can be trusted at all.

arXiv:2410.00002
Created: 2024-10-02
"""


class TestBuild:
    def test_writes_the_site_beside_content_and_prints_how_much(
        self, digest: Write, broadsheet: Broadsheet
    ) -> None:
        root = digest(PAPER)
        done = broadsheet("build", cwd=root)
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.startswith("1 paper, ")
        assert (root / "site/papers/a/index.html").is_file()

    def test_finds_the_digest_in_a_parent_of_the_working_directory(
        self, digest: Write, broadsheet: Broadsheet
    ) -> None:
        root = digest(PAPER)
        assert broadsheet("build", "--stage", "core", cwd=root / "content/papers").returncode == 0
        assert (root / "site/index.html").is_file()

    def test_exits_with_1_on_an_error_and_writes_nothing(self, digest: Write, broadsheet: Broadsheet) -> None:
        root = digest(f"{PAPER}\n== content/papers/b.yaml\npick: yes\n")
        done = broadsheet("build", "--root", root)
        assert done.returncode == 1
        assert "b.yaml:1:7" in done.stderr
        assert "Nothing was written." in done.stdout
        assert not (root / "site").exists()

    def test_reports_that_its_output_cannot_be_written(self, digest: Write) -> None:
        command = [sys.executable, "-m", "generator", "build", "--root", str(digest(PAPER))]
        with Path("/dev/full").open("w") as full:
            done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
        assert done.returncode == 1
        assert done.stderr == "error  Cannot write output: No space left on device.\n"

    def test_imports_nothing_that_renders_if_nothing_changed(self, digest: Write) -> None:
        root = digest(PAPER)
        code = (
            "import sys; from pathlib import Path; from generator.commands.build import build;"
            f"build(Path({str(root)!r}), Path({str(root / 'site')!r}));"
            "print('jinja2' in sys.modules, 'yaml' in sys.modules)"
        )
        command = [sys.executable, "-c", code]
        said = [subprocess.run(command, capture_output=True, text=True, check=True).stdout for _ in range(2)]
        assert said == ["True True\n", "False False\n"]

    def test_explains_why_each_page_was_rendered(self, digest: Write, broadsheet: Broadsheet) -> None:
        root = digest(PAPER)
        done = broadsheet("build", "--stage", "core", "--explain", "--root", root)
        assert "papers/a/index.html: it is new" in done.stdout

    def test_prints_nothing_with_quiet(self, digest: Write, broadsheet: Broadsheet) -> None:
        done = broadsheet("build", "--stage", "core", "--quiet", "--root", digest(PAPER))
        assert (done.stdout, done.stderr) == ("", "")


class TestCheck:
    def test_exits_with_0_if_there_are_only_notices(self, digest: Write, broadsheet: Broadsheet) -> None:
        done = broadsheet("check", "--root", digest("\n== content/papers/a.yaml\nabstract: Words.\n"))
        assert done.returncode == 0
        assert "No listing gives a title" in done.stderr
        assert done.stdout == "0 errors, 4 notices. 1 paper, 1 unsorted, 0 picked.\n"

    def test_lists_errors_of_content_and_of_templates(self, digest: Write, broadsheet: Broadsheet) -> None:
        root = digest(f"{PAPER}tite: x\n\n== templates/paper.html\n{{% if %}}\n")
        done = broadsheet("check", "--root", root)
        assert done.returncode == 1
        assert "a.yaml:6:1" in done.stderr
        assert "templates/paper.html:1" in done.stderr
        assert done.stdout == "2 errors, 0 notices. 0 papers, 0 unsorted, 0 picked.\n"

    def test_lists_errors_that_appear_only_in_rendering(self, digest: Write, broadsheet: Broadsheet) -> None:
        done = broadsheet(
            "check", "--root", digest(f"{PAPER}\n== templates/paper.html\n{{{{ view.nonsense }}}}\n")
        )
        assert "templates/paper.html:1" in done.stderr
        assert "nonsense" in done.stderr

    def test_lists_a_loop_of_links(self, digest: Write, broadsheet: Broadsheet) -> None:
        root = digest(PAPER)
        (root / "content/papers/loop.yaml").symlink_to("loop.yaml")
        found = broadsheet("check", "--quiet", cwd=root)
        assert found.stderr.startswith(
            "error  content/papers/loop.yaml\n       The file cannot be read: Too many"
        )

    def test_lists_only_the_problems_of_the_files_named(self, digest: Write, broadsheet: Broadsheet) -> None:
        root = digest("\n== content/papers/a.yaml\npick: yes\n== content/papers/b.yaml\npick: no\n")
        done = broadsheet("check", "papers/b.yaml", cwd=root / "content")
        assert (done.returncode, "b.yaml:1:7" in done.stderr, "a.yaml" in done.stderr) == (1, True, False)
        assert broadsheet("check", "content/site.yaml", cwd=root).returncode == 0

    def test_annotates_files_in_a_workflow_or_gives_json(self, digest: Write, broadsheet: Broadsheet) -> None:
        root = digest("\n== content/papers/a.yaml\npick: 100%, yes\n")
        done = broadsheet("check", "--format", "github", cwd=root)
        assert (done.returncode, done.stderr) == (1, "")
        assert done.stdout == (
            "::error file=content/papers/a.yaml,line=1,col=7::'100%25, yes' is not true or false.\n"
        )
        found = json.loads(broadsheet("check", "--format", "json", cwd=root).stdout)
        assert (found["errors"], found["problems"][0]["location"]["line"]) == (1, 1)

    def test_prints_no_notices_with_quiet(self, digest: Write, broadsheet: Broadsheet) -> None:
        done = broadsheet(
            "check", "--quiet", "--root", digest("\n== content/papers/a.yaml\nabstract: Words.\n")
        )
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


class TestIngest:
    @pytest.fixture
    def dump(self, tmp_path: Path) -> Path:
        path = tmp_path / "dump.txt"
        path.write_text(DUMP)
        return path

    def test_files_a_listing_and_makes_its_records(
        self, digest: Write, broadsheet: Broadsheet, dump: Path
    ) -> None:
        root = digest("")
        done = broadsheet("ingest", dump, "--issue", "2024-11-20", cwd=root)
        assert done.returncode == 0
        assert "filed   content/listings/2024-11-20-dump.txt" in done.stdout
        assert "2 entries, 2 papers, 2 new, 0 changed" in done.stdout
        assert "vector" not in done.stdout  # there is no table of them
        assert len(list((root / "content/papers/2024").iterdir())) == 2
        assert "2 new" not in broadsheet("ingest", cwd=root).stdout

    def test_prints_the_same_in_a_dry_run_and_writes_nothing(
        self, digest: Write, broadsheet: Broadsheet, dump: Path
    ) -> None:
        root = digest("")
        before = sorted(root.rglob("*"))
        done = broadsheet("ingest", dump, "--issue", "2024-11-20", "--dry-run", cwd=root)
        assert "new     content/papers/2024/arxiv-2410-00001.yaml" in done.stdout
        assert "nothing written" in done.stdout
        assert sorted(root.rglob("*")) == before


class TestRefreshTerms:
    PAPERS = "".join(
        PAPER.replace("papers/a.yaml\n", f"papers/{slug}.yaml\nabstract: {text}\n")
        for slug, text in (
            ("a", "Ranking, ranking."),
            ("b", "Ranking of ranking."),
            *(("cdefgh"[n], "No.") for n in range(6)),
        )
    )

    def test_writes_the_table_from_all_papers_and_prints_the_counts(
        self, digest: Write, broadsheet: Broadsheet
    ) -> None:
        root = digest(self.PAPERS)
        done = broadsheet("refresh-terms", "--root", root)
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.startswith("8 papers, 1 term, 1 new, 0 gone")
        assert (root / "content/terms.txt").read_text().splitlines()[4:] == [
            "*\t8\t0",
            "ranking\t2\t1271\t56\tranking",
        ]

    def test_replaces_a_broken_table_and_leaves_a_current_one(
        self, digest: Write, broadsheet: Broadsheet
    ) -> None:
        root = digest(f"{self.PAPERS}\n== content/terms.txt\nnonsense\n")
        assert broadsheet("refresh-terms", "--quiet", "--root", root).stdout == ""
        before = (root / "content/terms.txt").stat().st_mtime_ns
        assert "0 new, 0 gone" in broadsheet("refresh-terms", "--root", root).stdout
        assert (root / "content/terms.txt").stat().st_mtime_ns == before

    def test_writes_nothing_if_a_record_has_an_error(self, digest: Write, broadsheet: Broadsheet) -> None:
        root = digest(f"{self.PAPERS}\n== content/papers/z.yaml\npick: yes\n")
        done = broadsheet("refresh-terms", "--root", root)
        assert (done.returncode, done.stdout) == (1, "Nothing was written.\n")
        assert not (root / "content/terms.txt").exists()

    @pytest.mark.slow
    def test_no_other_command_writes_the_table(self, digest: Write, broadsheet: Broadsheet) -> None:
        root = digest(f"{self.PAPERS}\n== content/terms.txt\n*\t9\t0\nranking\t5\t3000\n")
        before = (root / "content/terms.txt").stat().st_mtime_ns
        for command in ("ingest", "check", "build"):
            assert broadsheet(command, "--root", root).returncode == 0
        assert (root / "content/terms.txt").stat().st_mtime_ns == before


def test_suggest_prints_themes_of_papers_without_one_and_writes_nothing(
    digest: Write, broadsheet: Broadsheet
) -> None:
    oaks, rain = (PAPER.replace("Alpha", f"Alpha\nabstract: {text}") for text in ("Cork oaks.", "Cold rain."))
    sorted_papers = (
        oaks.replace("a.yaml", "b.yaml") + "themes: [data]\n",
        rain.replace("a.yaml", "c.yaml") + "themes: [models]\n",
        rain.replace("a.yaml", "d.yaml") + "themes: [models]\n",
    )
    root = digest(oaks + "".join(sorted_papers))
    before = {path: path.read_bytes() for path in root.rglob("*.*")}
    done = broadsheet("suggest", "--root", root)
    assert (done.returncode, done.stderr) == (0, "")
    first, best, *_ = done.stdout.splitlines()
    assert first.startswith("a: ")
    assert re.fullmatch(r" +[1-9][0-9]?%  [a-z]+ .*", best), "neither 0 nor 100 %"
    assert {path: path.read_bytes() for path in root.rglob("*.*")} == before


def test_suggest_says_in_a_line_that_nothing_speaks_for_a_theme(
    digest: Write, broadsheet: Broadsheet
) -> None:
    root = digest(PAPER)
    done = broadsheet("suggest", "--root", root)
    assert done.stdout.splitlines()[1:] == ["  No theme is likelier than another."]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ["build", "--stage", "nonsense"],
            "'nonsense' is not one of 'core',",
        ),
        (["ingest", "--issue", "2024-11-20"], "need a FILE"),
        (["ingest", "--accept", "titel"], "is not a field that listings state"),
        (["ingest", "--issue", "someday", "x"], "not a day, such as"),
        (["ingest", "nothing.txt"], "does not exist"),
        (["undo", "nothing.txt"], "There is no listing nothing.txt"),
        (["suggest", "nothing"], "There is no paper nothing"),
        (["nonsense"], "No such command"),
    ],
)
def test_wrong_usage_exits_with_2_and_says_what_is_wrong(
    digest: Write, broadsheet: Broadsheet, arguments: list[str], said: str
) -> None:
    done = broadsheet(*arguments, cwd=digest(""))
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_folder_that_is_no_digest_is_wrong_usage(tmp_path: Path, broadsheet: Broadsheet) -> None:
    done = broadsheet("build", cwd=tmp_path)
    hint = "Point to a digest with --root.\n"
    assert done.returncode == 2
    assert done.stderr.endswith(f"No content/site.yaml in this folder or its parents. {hint}")
    done = broadsheet("build", "--root", "content", cwd=tmp_path)
    assert done.stderr.endswith(f"No content/site.yaml in content. {hint}")


def test_a_working_directory_that_is_gone_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    done = CliRunner().invoke(main, ["check"])
    assert done.exit_code == 2
    assert "The working directory is gone." in done.output


@pytest.mark.parametrize(
    "arguments",
    [
        ("new", "A title of \udcff"),
        ("ingest", "a.txt", "--anyway", "\udcff"),
        ("let-go", "papers/a/", "--why", "\udcff"),
        ("serve", "--host", "\udcff"),
        ("init", "new", "--yes", "--title", "\udcff"),
        ("init", "new", "--yes", "--theme", "\udcff"),
    ],
)
def test_an_argument_that_is_not_utf_8_is_refused(
    digest: Write, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    root = digest("== a.txt\nPaper")
    monkeypatch.chdir(root)
    done = CliRunner().invoke(main, arguments)
    assert done.exit_code == 2
    assert done.output.endswith(" is not UTF-8 text.\n")
    assert {path.name for path in root.iterdir()} == {"a.txt", "content"}


@pytest.mark.parametrize("command", ["", *main.commands])
def test_help_fits_into_80_columns_and_is_whole(command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    shown = CliRunner().invoke(main, [*filter(None, [command]), "--help"]).output
    summaries = [line for line in shown.splitlines() if line.startswith("  ")]
    assert max(map(len, shown.splitlines())) <= 80
    assert [line for line in summaries if line.endswith("...")] == []
    assert [word for word in ("RANGE", "CHECKED") if word in shown] == []


def test_the_help_has_each_command_once() -> None:
    shown = CliRunner().invoke(main, ["--help"]).output
    names = re.findall(r"(?m)^  ([a-z][a-z-]*)  +[A-Z]", shown)
    assert sorted(names) == sorted(main.commands)


@pytest.mark.parametrize(
    ("command", "status", "errors"),
    [
        ("check <&-", 0, ""),
        ("check 2>&-", 0, ""),
        ("check >&-", 1, "error  Cannot write output: Bad file descriptor.\n"),
        ("check --quiet >&-", 0, ""),
        ("check >&- 2>&- <&-", 1, ""),
        ("nonsense 2>&-", 2, ""),
    ],
)
def test_a_stream_that_is_closed_matters_only_if_something_is_to_be_said_there(
    digest: Write, command: str, status: int, errors: str
) -> None:
    shell = ["/bin/sh", "-c", f"exec {sys.executable} -m generator {command}"]
    done = subprocess.run(shell, cwd=digest(""), check=False, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (status, errors)


@pytest.mark.parametrize(
    ("encoding", "shown"), [("latin-1", b"\xdcber \\u2603"), ("latin-1:replace", b"\xdcber ?")]
)
def test_what_a_terminal_cannot_show_is_escaped_unless_another_way_is_set(
    digest: Write, monkeypatch: pytest.MonkeyPatch, encoding: str, shown: bytes
) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", encoding)
    root = digest("== content/papers/a.yaml\ntitle: Über \N{SNOWMAN}")
    command = [sys.executable, "-m", "generator", "suggest"]
    done = subprocess.run(command, cwd=root, check=False, capture_output=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.startswith(b"a: " + shown + b"\n")


def test_the_version_has_the_name(broadsheet: Broadsheet) -> None:
    assert re.fullmatch(r"broadsheet \d+\.\d+\.\d+\S*\n", broadsheet("--version").stdout)


def test_a_shell_completes_commands_and_choices(
    broadsheet: Broadsheet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("_BROADSHEET_COMPLETE", "bash_complete")
    for words, completed in {"pub": "plain,publish", "build --stage ma": "plain,mail"}.items():
        monkeypatch.setenv("COMP_WORDS", f"broadsheet {words}")
        monkeypatch.setenv("COMP_CWORD", str(len(words.split())))
        assert broadsheet().stdout.split() == [completed]
