"""Fetch, for days on end, from local servers that answer as arXiv and Hugging Face do."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import stamina
import yaml
from click.testing import CliRunner, Result

from generator.cli.program import main
from generator.library.snapshot import read_library
from generator.website.pages import status as status_pages
from tests.support.digest import Write
from tests.support.libraries import planned, texts
from tests.support.rows import records
from tests.support.sources import Servers, body, daily_papers, half, rss, running, status

SOURCES = """\
sources:
- name: arxiv
  where: arxiv:cs.CL
  server: {url}
- name: hf
  where: hf-daily
  server: {url}
"""
ARXIV, HF = "/rss/cs.CL", "/api/daily_papers"


@pytest.fixture
def servers() -> Iterator[Servers]:
    with running() as servers, stamina.set_testing(True, attempts=2, cap=True):
        yield servers


@pytest.fixture
def root(digest: Write, servers: Servers, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a digest that has these servers for sources."""
    root = digest("")
    with (root / "content/site.yaml").open("a") as site:
        site.write(SOURCES.format(url=servers.url))
    monkeypatch.chdir(root)
    return root


def fetch(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["fetch", *arguments], catch_exceptions=False)


def said(done: Result) -> list[str]:
    """Return what is said of each source."""
    words = ("filed", "known", "empty", "refused", "failed", "replaces")
    return [line for line in done.stdout.splitlines() if line.startswith(words)]


def content_of(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in (root / "content").rglob("*")
        if path.is_file()
    }


def test_a_source_without_papers_or_without_an_answer_is_told_from_the_others(
    root: Path, servers: Servers
) -> None:
    servers.at(ARXIV, body(rss([])))
    servers.at(HF, status(503))
    done = fetch("--issue", "2026-04-29")
    assert (done.exit_code, said(done)) == (1, ["empty   arxiv: no announcement today", "failed  hf"])
    assert "content/site.yaml:10:10\n" in done.stderr
    assert "'hf' was not fetched: the server answered 503 Service Unavailable." in done.stderr


def test_a_source_of_another_format_than_its_answer_is_told_where_to_correct_it(
    root: Path, servers: Servers
) -> None:
    with (root / "content/site.yaml").open("a") as site:
        site.write(f"- {{name: lab, where: {servers.url}{ARXIV}, format: bibtex}}\n")
    servers.at(ARXIV, body(rss([1])))
    done = fetch("lab")
    assert "This is arxiv-rss, not bibtex." in done.stderr
    assert "Remove `format:` from its source" in done.stderr
    assert (said(done), "--anyway" in done.stdout) == (["refused lab: see below"], False)


def test_an_answer_that_did_not_change_is_not_sent_again(root: Path, servers: Servers) -> None:
    servers.at(ARXIV, body(rss([1]), ETag='"1"'))
    fetch("arxiv", "--issue", "2026-04-27")
    before = content_of(root)
    done = fetch("arxiv", "--issue", "2026-04-28")
    assert said(done) == ["known   arxiv: nothing new since the last fetch"]
    assert re.fullmatch(r"nothing new, [\d.]+ s", done.stdout.splitlines()[-1])
    assert servers.asked[-1].headers["If-None-Match"] == '"1"'
    assert content_of(root) == before


def test_an_address_that_was_changed_is_asked_for_all_that_it_has(root: Path, servers: Servers) -> None:
    servers.at(ARXIV, body(rss([1]), ETag='"1"'))
    servers.at("/rss/cs.LG", body(rss([2]), ETag='"1"'))
    assert fetch("arxiv", "--issue", "2026-04-27", "--quiet").stdout == ""
    site = root / "content/site.yaml"
    site.write_text(site.read_text().replace("cs.CL", "cs.LG"))
    done = fetch("arxiv", "--issue", "2026-04-28")
    assert said(done) == ["filed   content/listings/2026-04-28-arxiv.xml: 1 new"]
    assert re.fullmatch(r"2 entries, 2 papers, 1 new, 0 changed, [\d.]+ s", done.stdout.splitlines()[-1])


def test_what_stops_it_is_told_and_the_next_one_asks_again(root: Path, servers: Servers) -> None:
    servers.at(ARXIV, body(rss([1]), ETag='"1"'))
    for folder, lines in ((".broadsheet/fetched", []), ("content/papers/2026", ["refused arxiv"])):
        (root / folder).parent.mkdir(parents=True, exist_ok=True)
        (root / folder).write_text("in the way")
        done = fetch("arxiv", "--issue", "2026-04-27")
        assert (done.exit_code, said(done), "Cannot write this file" in done.stderr) == (1, lines, True)
        (root / folder).unlink()
    assert done.stdout.splitlines()[-1].startswith("stopped: ")
    assert len(fetch("arxiv", "--issue", "2026-04-27").stdout) > 0
    assert len(records(root)) == 1


def test_it_is_asked_for_again_where_its_listing_is_gone(root: Path, servers: Servers) -> None:
    servers.at(ARXIV, body(rss([1]), ETag='"1"'))
    fetch("arxiv", "--issue", "2026-04-27")
    CliRunner().invoke(main, ["undo", "2026-04-27-arxiv.xml"], catch_exceptions=False)
    assert said(fetch("arxiv", "--issue", "2026-04-27")) == [
        "filed   content/listings/2026-04-27-arxiv.xml: 1 new"
    ]


def test_a_later_answer_of_the_same_day_takes_the_place_of_the_first(root: Path, servers: Servers) -> None:
    servers.at(HF, body(daily_papers([1])), body(daily_papers([2, 3, 4])))
    fetch("hf", "--issue", "2026-04-27")
    assert said(fetch("hf", "--issue", "2026-04-27")) == [
        "replaces content/listings/2026-04-27-hf.json: 3 new"
    ]
    assert len(records(root)) == 4


def test_two_sources_with_the_same_papers_stay_two_listings(root: Path, servers: Servers) -> None:
    with (root / "content/site.yaml").open("a") as site:
        site.write(f"- {{name: mirror, where: {servers.url}{ARXIV}}}\n")
    servers.at(ARXIV, body(rss([1, 2, 3])), body(rss([1, 2])), body(rss([1, 2, 3])))
    assert said(fetch("arxiv", "mirror", "--issue", "2026-04-27")) == [
        "filed   content/listings/2026-04-27-arxiv.xml: 3 new",
        "filed   content/listings/2026-04-27-mirror.txt: 2 new",
    ]
    assert said(fetch("mirror", "--issue", "2026-04-28")) == [
        "filed   content/listings/2026-04-28-mirror.txt: 3 known"
    ]
    assert len(records(root)) == 3


@pytest.mark.parametrize(
    "answer",
    [
        half(daily_papers([4, 5])),
        status(302, Location="http://169.254.169.254/latest"),
        body("<html><body>Please log in.</body></html>"),
        body('{"error": "Bad date"}'),
        body(daily_papers([4]).replace("2604.00004", "../../etc/passwd")),
    ],
)
def test_a_failure_leaves_everything_as_it_was(root: Path, servers: Servers, answer: object) -> None:
    assert callable(answer)
    servers.at(HF, body(daily_papers([1, 2])), answer)
    fetch("hf", "--issue", "2026-04-27")
    before = content_of(root)
    done = fetch("hf", "--issue", "2026-04-28")
    assert (done.exit_code, content_of(root)) == (1, before)
    assert "Traceback" not in done.output
    assert said(done)[0].startswith(("failed  hf", "refused hf"))


def test_what_is_refused_can_be_ingested_with_a_reason(root: Path, servers: Servers) -> None:
    servers.at(ARXIV, body(rss([1, 2], "Wed, 29 Apr 2026")))
    done = fetch("arxiv", "--issue", "2026-04-27")
    assert done.exit_code == 1
    assert said(done) == ["refused arxiv: 2 papers were published after this issue's day, 27 April 2026"]
    hint = '`broadsheet ingest .broadsheet/fetched/arxiv.xml --issue 2026-04-27 --anyway "why"` files it.'
    assert hint in done.stdout
    command = ["ingest", ".broadsheet/fetched/arxiv.xml", "--issue", "2026-04-27", "--anyway", "why"]
    assert CliRunner().invoke(main, command).exit_code == 0
    assert len(records(root)) == 2


def test_the_status_page_says_what_was_refused_until_it_is_filed(root: Path, servers: Servers) -> None:
    def status_page() -> list[str]:
        library = read_library(root).library
        assert library
        [page] = planned(library, status_pages.plan).values()
        return texts(page, "//h2 | //dt | //dd")

    servers.at(ARXIV, body(rss([1, 2], "Wed, 29 Apr 2026")))
    fetch("arxiv", "--issue", "2026-04-27")
    assert records(root) == {}
    reason = "2 papers were published after this issue's day, 27 April 2026"
    assert status_page() == ["arxiv", "2026-04-27-arxiv.xml", reason]
    command = ["ingest", ".broadsheet/fetched/arxiv.xml", "--issue", "2026-04-27", "--anyway", "A <test>."]
    CliRunner().invoke(main, command, catch_exceptions=False)
    assert status_page() == ["arxiv", "2026-04-27-arxiv.xml", "Filed all the same: A <test>."]


def test_a_digest_without_sources_is_told_how_to_name_some(
    digest: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(digest(""))
    done = fetch()
    assert done.exit_code == 0
    example = done.stdout.partition("such as:\n\n")[2]
    assert [source["name"] for source in yaml.safe_load(example)["sources"]] == ["arxiv", "hf"]


def test_mistakes_are_told_with_their_place(root: Path, servers: Servers) -> None:
    assert "There is no source pears. The sources are: arxiv, hf." in fetch("pears").stderr
    with (root / "content/site.yaml").open("a") as site:
        site.write("- {name: hf, where: hf-daily}\n")
    done = fetch()
    assert (done.exit_code, done.stdout, servers.asked) == (1, "", [])
    assert "content/site.yaml:12:10\n       There is a source of this name already." in done.stderr
    site_file = root / "content/site.yaml"
    site_file.write_text(site_file.read_text().replace("{name: hf, where: hf-daily}", "{name: x, where: hf}"))
    assert "'hf' is not a source: arxiv:cs.CL+cs.LG, arxiv-list:cs.CL, hf-daily, zotero:2493 or a URL." in (
        fetch().stderr
    )
