"""The command that starts a digest: it builds at once, wherever Broadsheet is installed."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from generator.cli.options import today
from generator.cli.program import main
from generator.commands.build import build
from generator.commands.check import check

CHECKOUT = Path(__file__).parents[2]
DUMP = """\
A first abstract, long enough to be one, about the choice of examples for training and what it changes.

arXiv:2410.00001
Created: 2024-10-01
"""


def init(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["init", *arguments], catch_exceptions=False)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_new_digest_builds_at_once_and_only_its_address_is_told(folder: Path) -> None:
    done = init("lab", "--yes")
    assert done.exit_code == 0
    assert done.stdout.splitlines()[-7:-1] == [
        "",
        "  cd lab",
        "  broadsheet ingest LISTING --issue today",
        "  broadsheet serve -o",
        "  broadsheet publish",
        "",
    ]
    assert [problem.message for problem in check(folder / "lab").problems] == [
        "The digest still has the address of an example, https://example.org/."
    ]
    report = build(folder / "lab", folder / "site")
    assert (report.problems, report.papers) == ((), 0)
    assert "The Digest" in (folder / "site/index.html").read_text()


def test_without_a_terminal_it_asks_nothing(folder: Path) -> None:
    done = init("lab")
    assert (done.exit_code, "Title of the digest" in done.stdout) == (0, False)


def test_the_address_of_an_example_is_never_marked_as_published(folder: Path) -> None:
    init("--yes")
    done = CliRunner().invoke(main, ["mark-published"])
    assert (done.exit_code, done.stdout) == (1, "Nothing was marked.\n")
    assert not (folder / "content/published.jsonl").exists()


def test_what_is_answered_is_in_the_settings(folder: Path) -> None:
    themes = ["--theme", "Methods", "--theme", "Data & tools", "--theme", "!?", "--theme", "Übung"]
    site = ["--title", "Notizen über", "--description", "Gute Texte.", "--url", "https://notes.example/"]
    assert "  cd" not in init("--yes", *site, "--language", "de", *themes).stdout
    text = (folder / "content/site.yaml").read_text("utf-8")
    assert "\ntitle: Notizen über\n" in text
    settings = yaml.safe_load(text)
    assert (settings["title"], settings["description"]) == ("Notizen über", "Gute Texte.")
    assert (settings["url"], settings["language"]) == ("https://notes.example/", "de")
    assert settings["tag_authority"].startswith("notes.example,")
    assert yaml.safe_load((folder / "content/themes.yaml").read_text()) == [
        {"slug": "methods", "title": "Methods"},
        {"slug": "data-tools", "title": "Data & tools"},
        {"slug": "theme-3", "title": "!?"},
        {"slug": "ubung", "title": "Übung"},
    ]
    assert "\n  title: Übung\n" in (folder / "content/themes.yaml").read_text("utf-8")
    assert (folder / "README.md").read_text().startswith("# Notizen über\n")


def test_a_first_listing_becomes_today_s_issue(folder: Path) -> None:
    (folder / "dump.txt").write_text(DUMP)
    done = init("--yes", "--listing", "dump.txt")
    assert done.exit_code == 0
    assert "\n  broadsheet serve -o\n  broadsheet check\n  broadsheet publish\n" in done.stdout
    assert "broadsheet ingest LISTING" not in done.stdout
    [made] = (folder / "content/papers").rglob("*.yaml")
    assert made.read_text().startswith("# yaml-language-server: $schema=../../schemas/record.json\n")


def test_a_first_listing_that_cannot_be_read_ends_it_with_1(folder: Path) -> None:
    (folder / "empty.txt").write_text("Nothing.\n")
    done = init("lab", "--yes", "--listing", "empty.txt")
    assert (done.exit_code, "The digest is there. Next:\n" in done.stdout) == (1, True)


def test_files_that_are_there_stay_and_a_digest_is_never_overwritten(folder: Path) -> None:
    (folder / "README.md").write_text("Mine.\n")
    assert "README.md  (was there before, and stays)" in init("--yes").stdout
    assert (folder / "README.md").read_text() == "Mine.\n"
    again = init("--yes", "--title", "Another")
    assert (again.exit_code, again.stdout) == (1, "Nothing was written.\n")
    assert "There is a digest already." in again.stderr
    assert "Another" not in (folder / "content/site.yaml").read_text()


def test_workflows_of_github_publish_and_fetch(folder: Path) -> None:
    init("--yes", "--ci", "github")
    texts = [(folder / f".github/workflows/{name}.yml").read_text() for name in ("publish", "fetch")]
    publish, fetch = (
        [step.get("run", "") for step in next(iter(yaml.safe_load(text)["jobs"].values()))["steps"]]
        for text in texts
    )
    assert [run for run in publish if run.startswith("broadsheet")] == [
        "broadsheet check",
        "broadsheet build",
    ]
    assert [run.split()[1] for run in fetch if run.startswith("broadsheet")] == ["fetch", "suggest"]
    assert not any("$$" in text for text in texts)


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--url", "example", "'example' is not an address, such as https://example.org/."),
        ("--language", "Deutsch!", "'Deutsch!' is not a language tag, such as en or pt-BR."),
    ],
)
def test_an_answer_that_cannot_be_is_told(folder: Path, option: str, value: str, said: str) -> None:
    done = init("--yes", option, value)
    assert (done.exit_code, said in done.stderr) == (2, True)
    assert not (folder / "content").exists()


@pytest.mark.parametrize("themes", [None, "", "# None yet.\n"])
def test_a_digest_needs_no_themes(folder: Path, themes: str | None) -> None:
    init("--yes")
    path = folder / "content/themes.yaml"
    path.unlink()
    if themes is not None:
        path.write_text(themes)
    assert build(folder, folder / "site").problems == ()


@pytest.mark.slow
def test_a_wheel_in_an_empty_environment_is_all_that_is_needed(folder: Path) -> None:
    pip = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "-w", "dist"]
    subprocess.run([*pip, str(CHECKOUT)], check=True, capture_output=True)
    [wheel] = (folder / "dist").glob("*.whl")
    subprocess.run([sys.executable, "-m", "venv", "empty"], check=True)
    subprocess.run(["empty/bin/pip", "install", "-q", str(wheel)], check=True, capture_output=True)
    for command in (["init", "lab", "--yes", "--ci", "github"], ["build", "--root", "lab"]):
        subprocess.run(["empty/bin/broadsheet", *command], check=True)
    assert (folder / "lab/site/index.html").exists()
    assert (folder / "lab/.github/workflows/publish.yml").exists()


def test_asked_in_a_terminal_it_takes_a_first_listing_by_its_name(folder: Path) -> None:
    (folder / "seen today.txt").write_text("2410.00001\n2410.00002\n")
    answers = ("Sea & sky", "", "", "", "Corals, Plankton", "gone.txt", "'seen today.txt'")
    mine, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "generator", "init", "my sea"], stdin=theirs, stdout=subprocess.PIPE, text=True
    ) as running:
        os.write(mine, "".join(f"{answer}\n" for answer in answers).encode())
        said = running.communicate(timeout=60)[0]
    os.close(mine)
    os.close(theirs)
    assert "There is no file gone.txt." in said
    assert "Title of the digest [The Digest]: " in said
    assert "- slug: corals\n  title: Corals\n" in (folder / "my sea/content/themes.yaml").read_text()
    assert [line for line in said.splitlines() if line.startswith(("new", "  cd"))] == [
        *(f"new     my sea/content/papers/{today().year}/arxiv-2410-0000{n}.yaml" for n in (1, 2)),
        "  cd 'my sea'",
    ]
