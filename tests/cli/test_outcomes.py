"""What each command prints in the end, word for word, and the status it ends with."""

import datetime as dt
import json
import re
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from generator.cli.options import a_day, today
from generator.cli.program import main
from tests.support.digest import Digest

pytestmark = pytest.mark.slow

PAPER = """
== content/papers/2025/{0}.yaml
title: {1}
author_count: 2
published: 2025-01-02
issue: 2025-10-30
themes: [data]
"""
ALPHA, BETA = PAPER.format("a", "Alpha"), PAPER.format("b", "Beta")
BROKEN = "\n== content/papers/broken.yaml\npick: perhaps\n"
NOTHING = "Nothing was written.\n"


@pytest.fixture
def digest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Digest:
    digest = Digest(tmp_path).write(ALPHA)
    monkeypatch.chdir(digest.root)
    return digest


def run(*arguments: str, text: str | None = None) -> tuple[int, str, str]:
    """Run a command; return its status and what it printed, with `0 s` for each time that it took."""
    done = CliRunner().invoke(main, arguments, input=text, catch_exceptions=False)
    return done.exit_code, re.sub(r"\d+\.\d+ s", "0 s", done.stdout), done.stderr


def said(*arguments: str, text: str | None = None) -> str:
    """Run a command that ends well; return what it printed."""
    status, out, errors = run(*arguments, text=text)
    assert (status, errors) == (0, "")
    return out


def test_build(digest: Digest) -> None:
    build = ("build", "--stage", "core", "--jobs", "1")
    first = re.fullmatch(r"1 paper, (\d+) pages, (\d+) written, 0 s\n", said(*build))
    assert first
    assert said(*build) == f"1 paper, {first[2]} pages, 0 written, 0 s\n"
    assert said(*build, "--out", "elsewhere", "--quiet") == ""
    assert (digest.root / "elsewhere/papers/a/index.html").is_file()
    digest.write(BETA)
    said(*build)
    (digest.root / "content/papers/2025/b.yaml").unlink()
    assert re.fullmatch(rf"1 paper, {first[1]} pages, \d+ written, \d+ removed, 0 s\n", said(*build))
    (digest.root / "content/papers/2025").rename(digest.root / "aside")
    (digest.root / "content/papers").rmdir()
    (digest.root / "content/papers").write_text("")
    assert run(*build)[:2] == (1, "")


def test_check(digest: Digest) -> None:
    assert said("check") == "0 errors, 0 notices. 1 paper, 0 unsorted, 0 picked.\n"
    assert said("check", "--quiet") == ""
    (digest.root / "content/images").mkdir()
    image = digest.root / "content/images/dot.gif"
    for size, shown in ((999_499, "999 KB"), (1_000_000, "1.0 MB")):
        image.write_bytes(b"GIF89a".ljust(size, b"."))
        assert said("check", "content", "--fix").startswith("Nothing to fix that is certain.\n0 errors, 0")
        assert said("check").endswith(f" 0 picked, 1 image of {shown}.\n")


def test_check_names_three_places_of_what_is_alike_or_all(digest: Digest) -> None:
    digest.write(
        "".join(PAPER.format(f"p{number}", "P").replace("author_count: 2\n", "") for number in range(5))
    )
    status, out, errors = run("check")
    assert (status, out) == (0, "0 errors, 5 notices. 6 papers, 0 unsorted, 0 picked.\n")
    assert "       content/papers/2025/p2.yaml\n       and 2 more\n" in errors
    assert "content/papers/2025/p4.yaml" in run("check", "--verbose")[2]


def test_check_as_json_and_for_a_workflow(digest: Digest) -> None:
    digest.write("\n== content/papers/broken.yaml\ntitle: T\npick: Ü\n")
    (digest.root / "content/images").mkdir()
    (digest.root / "content/images/dot.gif").write_bytes(b"GIF89a")
    status, out, errors = run("check", "--format", "json")
    assert (status, errors) == (1, "")
    found = json.loads(out)
    [problem] = found["problems"]
    assert found == {
        "papers": 1,
        "unsorted": 0,
        "picked": 0,
        "drafts": 0,
        "images": 1,
        "image_bytes": 6,
        "errors": 1,
        "notices": 0,
        "problems": [problem],
    }
    assert problem.keys() == {"severity", "location", "message", "hint"}
    assert (problem["severity"], problem["message"]) == ("error", "'Ü' is not true or false.")
    place = {"path": "content/papers/broken.yaml", "line": 2, "column": 7, "last_line": 0, "text": "pick: Ü"}
    assert problem["location"] == place
    assert out.startswith('{\n  "papers": 1,\n')
    assert out.endswith("  ]\n}\n")
    assert "'Ü' is" in out
    assert json.loads(run("check", "--format", "json", "--fix")[1]) == found
    assert run("check", "--format", "github", "content/site.yaml") == (0, "", "")


@pytest.mark.parametrize(
    ("arguments", "out"),
    [
        (("rename", "a", "alpha"), "moved   content/papers/2025/a.yaml -> alpha.yaml\n"),
        (("rename", "data", "dates"), "changed content/themes.yaml\nchanged content/papers/2025/a.yaml\n"),
        (("rename", "a", "alpha", "--quiet"), ""),
        (("new", "Gamma", "--issue", "2025-10-30"), "new     content/papers/2025/gamma.yaml\n"),
        (("new", "Gamma", "--quiet"), ""),
        (("suggest",), "Every paper has a theme. Name a paper to see what is suggested for it.\n"),
        (("templates", "robots.txt", "--copy"), "templates/robots.txt\n"),
        (("schema", "--quiet"), ""),
        (("refresh-terms", "--quiet"), ""),
        (("preview", "--quiet"), ""),
        (("mark-published", "--quiet"), ""),
        (("undo", "2025-10-30-x.txt", "--quiet"), ""),
        (("ingest", "--quiet"), ""),
        (("mail", "2025-10-30", "--quiet"), ""),
    ],
)
def test_what_is_done_is_told_unless_only_problems_are_wanted(
    digest: Digest, arguments: tuple[str, ...], out: str
) -> None:
    digest.write("\n== content/listings/2025-10-30-x.txt\n2410.00001\n2410.00002\n")
    assert said(*arguments) == out


@pytest.mark.parametrize(
    ("arguments", "out"),
    [
        (("build", "--stage", "core"), NOTHING),
        (("refresh-terms",), NOTHING),
        (("suggest",), "Nothing was suggested.\n"),
        (("mail", "2025-10-30"), NOTHING),
        (("let-go", "papers/a/", "--why", "A double."), NOTHING),
        (("mark-published",), "Nothing was marked.\n"),
        (("preview",), ""),
        (("enrich",), "Nothing was looked up.\n"),
        (("publish",), "check    1 error, no notices, 0 unsorted\nNot published.\n"),
    ],
)
def test_an_error_ends_a_command_with_1_and_a_word_of_what_was_not_done(
    digest: Digest, arguments: tuple[str, ...], out: str
) -> None:
    digest.write(BROKEN)
    status, shown, errors = run(*arguments)
    assert (status, shown) == (1, out)
    assert errors.startswith("error  content/papers/broken.yaml:1:7\n")
    assert run("rename", "x", "y")[:2] == run("from-issue", "content/site.yaml")[:2] == (1, NOTHING)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("publish", "--smtp", "localhost:25"), "--smtp names a server to send through, so it needs --to."),
        (("let-go", "papers/a/", "--why", " "), "Invalid value for --why: Give a reason."),
        (("ingest", "a.txt", "--anyway", " "), "Invalid value for --anyway: Say why."),
        (("ingest", "--format", "ris"), "--issue, --format, --accept and --anyway need a FILE."),
        (("ingest", "a.txt", "--format", "doc"), "'doc' is not a format. The formats are: hf-daily, hf-sim"),
        (
            ("ingest", "content/site.yaml", "--accept", "title"),
            "--accept takes records below content/papers/, and content/site.yaml is not one.",
        ),
        (("ingest", "content/papers/a.txt", "--accept", "title"), "content/papers/a.txt is not one."),
        (("fetch", "x"), "There is no source x. The sources are: none."),
        (("undo", "x"), "There is no listing x. The newest are: none."),
        (("mail", "2025-10-31"), "There is no issue of 2025-10-31. The newest issues are: 2025-10-30."),
        (("mail", "2025-10-31", "--picks"), "There is no issue of 2025-10-31. The newest"),
        (("mail", "2025-10-30", "--rate", "1000000000"), "'1000000000' is not a number of messages per min"),
    ],
)
def test_usage_that_cannot_be_meant_ends_with_2(
    digest: Digest, arguments: tuple[str, ...], told: str
) -> None:
    digest.write("\n== a.txt\n2410.00001\n== content/papers/a.txt\nx\n")
    status, out, errors = run(*arguments)
    assert (status, out) == (2, "")
    assert told in errors


def test_the_five_newest_issues_or_listings_are_named_where_there_is_no_such_one(digest: Digest) -> None:
    days = [f"2025-10-{day}" for day in range(25, 31)]
    digest.write("".join(PAPER.format(f"p{day}", "P").replace("2025-10-30", day) for day in days))
    digest.write("".join(f"\n== content/listings/{day}-x.txt\n2410.00001\n" for day in days))
    assert f"The newest issues are: {', '.join(days[:0:-1])}." in run("mail", "2025-10-31")[2]
    assert f"The newest are: {', '.join(f'{day}-x.txt' for day in days[1:])}." in run("undo", "x")[2]


def test_without_an_issue_none_is_named_and_without_a_theme_none_is_suggested(digest: Digest) -> None:
    digest.edit("content/papers/2025/a.yaml", "issue: 2025-10-30\nthemes: [data]\n", "")
    digest.write("\n== content/themes.yaml\n\n")
    assert "The newest issues are: none yet." in run("mail", "2025-10-31")[2]
    assert said("suggest") == "No themes yet. Write them in content/themes.yaml.\n"


def test_mail_without_a_server_or_without_an_address_that_it_can_go_to(digest: Digest) -> None:
    (digest.root / "who.txt").write_text("ada@example.org\n")
    status, out, errors = run("mail", "2025-10-30", "--to", "who.txt")
    assert (status, out) == (1, "Nothing was sent.\n")
    assert "The digest has no mail server." in errors
    (digest.root / "who.txt").write_text("ada\n")
    assert run("mail", "2025-10-30", "--to", "who.txt", "--dry-run")[:2] == (1, "nothing sent, 0 s\n")


def test_preview_and_marking_what_is_published(digest: Digest) -> None:
    out = said("preview")
    assert out.startswith("Nothing is marked as published yet, so everything is new.\n")
    assert "feeds/papers                            1 new\n" in out
    marked = re.fullmatch(r"(\d+) addresses, (\d+) feed entries on record.\n", said("mark-published"))
    assert marked
    assert said("preview") == "Subscribers will see nothing new.\n"
    digest.edit("content/papers/2025/a.yaml", "issue: 2025-10-30", "issue: 2025-10-30\npick: true")
    digest.edit("content/themes.yaml", "- slug: models", "- slug: more\n  title: More\n- slug: models")
    digest.write(BETA.replace("data", "more") + "\n== content/papers/undated.yaml\ntitle: Undated\n")
    lines = said("preview").splitlines()
    assert "feeds/papers                            1 new" in lines
    assert "feeds/themes/more/papers                1 in a new feed" in lines
    assert lines[-2:] == ["1 new paper without an issue date, in no feed:", "  papers/undated/"]
    (digest.root / "content/papers/2025/a.yaml").unlink()
    status, out, _ = run("preview")
    assert status == 1
    assert (
        "feeds/papers                            1 new, 1 vanished\n  vanished tag:digest.example,2025:a\n"
        in out
    )
    assert said("let-go", "papers/a/", "--why", "A double.", "--quiet") == ""


def test_a_reader_s_issue(digest: Digest) -> None:
    page = "### Address of the page\n\nhttps://digest.example/base/papers/a/\n"
    mistake = "\n### What is wrong\n\nVenue\n\n### What it should say\n\n{}\n"
    assert said("from-issue", "-", text=page + mistake.format("ACL")) == (
        "changed content/papers/2025/a.yaml\n        venue: 'nothing' -> 'ACL'\n"
        "Look at it with `git diff` before you commit it.\n"
    )
    other = mistake.replace("Venue", "DOI").format("10.1145/1")
    assert "venue: ACL\n" in (digest.root / "content/papers/2025/a.yaml").read_text()
    assert said("from-issue", "-", "--quiet", text=page + other) == ""
    status, out, errors = run("from-issue", "-", "--quiet", text=page + mistake.format("x" * 20_001))
    assert (status, out) == (1, NOTHING)
    assert errors.startswith("error  standard input:9\n")
    (digest.root / "issue.md").write_text("Hello")
    assert run("from-issue", "issue.md")[2].startswith("error  issue.md\n")


def test_accept_takes_the_listings_value_of_a_field_back(digest: Digest) -> None:
    digest.write(
        "\n== content/listings/2025-10-30-x.txt\n10.48550/arXiv.2410.12265\n10.48550/arXiv.2410.12266\n"
    )
    said("ingest", "--quiet")
    path = "content/papers/2025/arxiv-2410-12265.yaml"
    digest.edit(path, "2410.12265", "2410.12299")
    said("ingest", "--quiet", path, "--accept", "arxiv")
    assert 'arxiv: "2410.12265"' in (digest.root / path).read_text()


def test_a_weekday_is_its_last_day_up_to_today() -> None:
    days = [today() - dt.timedelta(back) for back in range(7)]
    named = {day.strftime("%A"): day for day in days}
    named |= {"today": days[0], "YESTERDAY": days[1], "2025-10-30": dt.date(2025, 10, 30)}
    context = click.Context(main)
    assert {name: a_day(context, main.params[0], name) for name in named} == named
