"""Enrich, from local servers that answer as arXiv, Semantic Scholar, OpenAlex and Crossref do."""

import gzip
import json
import re
from collections.abc import Iterator
from html import escape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import stamina
from click.testing import CliRunner, Result

from generator.cli.program import main
from generator.commands.build import build
from generator.commands.ingest import ingest
from generator.enrich import services
from generator.model import Paper
from generator.records.codec import decode
from tests.support.digest import Write
from tests.support.sources import Asked, Servers, body, running, status

TEXTS = {
    "Pears": "We ask what pears know of apples, and find that forty orchards in five countries agree little.",
    "Plums": "Plums are looked at from all sides, by eleven people who had never looked at one before.",
    "Figs": "Of figs it is said that they are sweet. We say so too, with a proof of forty pages of algebra.",
}
ARXIV, SCHOLAR, OPENALEX, CROSSREF = "/api/query", "/graph/v1/paper/search/match", "/works", "/works"
DIGEST = "".join(
    f"""
== content/papers/2025/{name.lower()}.yaml
title: "On {name} in the Orchards: a Study"
abstract: {text}
author_count: 2
id: {name.lower()}
# mine
listed:
- {{listing: x, issue: 2025-10-30, position: 1}}
"""
    for name, text in TEXTS.items()
)
LOOKUPS = """\
lookups:
- {{service: arxiv, server: {url}}}
- {{service: semantic-scholar, server: {url}}}
"""


def title(name: str) -> str:
    return f"On {name} in the Orchards: a Study"


def atom(*names: str) -> str:
    """Return the answer of arXiv's API, with these papers."""
    entries = [
        f"<entry><id>http://arxiv.org/abs/2410.0000{len(name)}v2</id><title>{escape(title(name))}</title>"
        f"<published>2024-10-07T20:56:43Z</published><updated>2024-10-08T20:56:43Z</updated>"
        f"<summary>{TEXTS[name]}</summary><author><name>Ann Other</name></author>"
        "<author><name>Bob Brown</name></author>"
        '<category term="cs.LG"/></entry>'
        for name in names
    ]
    return (
        '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>arXiv Query</title>'
        f"{''.join(entries)}</feed>"
    )


def scholar(name: str) -> str:
    paper = {
        "paperId": "7cbc2a7843411a1768ab762930707af0a3c33a19",
        "title": title(name),
        "abstract": TEXTS[name],
        "authors": [{"authorId": "1", "name": "Ann Other"}, {"authorId": "2", "name": "Bob Brown"}],
        "externalIds": {"DOI": "10.1234/plums"},
        "venue": "ACL",
    }
    return json.dumps({"data": [paper]})


@pytest.fixture
def servers(monkeypatch: pytest.MonkeyPatch) -> Iterator[Servers]:
    # real services are asked slowly; these may be asked at once
    monkeypatch.setattr(services, "PAUSES", dict.fromkeys(services.PAUSES, 0.0))
    with running() as servers, stamina.set_testing(True, attempts=2, cap=True):
        yield servers


@pytest.fixture
def root(digest: Write, servers: Servers, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = digest(DIGEST)
    with (root / "content/site.yaml").open("a") as site:
        site.write(LOOKUPS.format(url=servers.url))
    monkeypatch.chdir(root)
    return root


def enrich(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["enrich", *arguments], catch_exceptions=False)


def query_of(asked: Asked) -> dict[str, list[str]]:
    return parse_qs(urlsplit(asked.path).query)


def record(root: Path, name: str) -> Paper:
    paper, problems = decode((root / f"content/papers/2025/{name}.yaml").read_bytes(), name, Paper)
    assert paper, problems
    return paper


def test_papers_are_found_by_title_and_the_rest_is_a_list(
    root: Path, servers: Servers, tmp_path: Path
) -> None:
    servers.at(ARXIV, body(atom("Figs", "Pears")), body(atom("Pears")), body(atom()))
    servers.at(SCHOLAR, body(scholar("Plums")))
    before = (root / "content/papers/2025/pears.yaml").read_text()
    done = enrich()
    assert done.exit_code == 0, done.output
    assert done.stdout.startswith("asking  arxiv: 3 questions, at least 0 s\nasking  semantic-scholar: 1 qu")
    assert "3 of 3 papers found: 2 by arxiv, 1 by semantic-scholar\n" in done.stdout
    assert re.fullmatch(r"3 entries, 3 papers, 0 new, 3 changed, [\d.]+ s", done.stdout.splitlines()[-1])
    pears = record(root, "pears")
    assert (pears.arxiv, pears.version, pears.authors) == ("2410.00005", 2, ("Ann Other", "Bob Brown"))
    assert (record(root, "plums").doi, record(root, "plums").venue) == ("10.1234/plums", "ACL")
    after = (root / "content/papers/2025/pears.yaml").read_text()
    assert [line for line in before.splitlines() if line not in after.splitlines()] == []
    assert query_of(servers.asked[0])["search_query"] == ['ti:"On Figs in the Orchards a Study"']
    assert build(root, tmp_path / "site").problems == ()
    assert "issues/undated" not in (tmp_path / "site/papers/pears/index.html").read_text()


def test_a_second_run_asks_nothing_and_changes_nothing(root: Path, servers: Servers) -> None:
    servers.at(ARXIV, body(atom("Pears")))
    servers.at(SCHOLAR, status(404), status(400))
    first = enrich()
    assert "open    figs: not found\nopen    plums: not found\n" in first.stdout
    asked, listing = len(servers.asked), (root / "content/listings/enriched.jsonl").read_bytes()
    again = enrich()
    *lines, found, took = again.stdout.splitlines()
    assert (lines, found) == (["open    figs: not found", "open    plums: not found"], "0 of 2 papers found")
    assert re.fullmatch(r"nothing changed, [\d.]+ s", took)
    assert len(servers.asked) == asked
    assert ingest(root).plan.edited == ()
    # what was not known yesterday may be known today
    servers.at(SCHOLAR, body(scholar("Plums")))
    (root / "content/listings/enriched.jsonl").write_bytes(listing.removesuffix(b"\n"))
    assert enrich("--again", "--quiet").stdout == ""
    after = (root / "content/listings/enriched.jsonl").read_bytes()
    assert after.startswith(listing)
    assert len([json.loads(line) for line in after.splitlines()]) == len(listing.splitlines()) + 1
    assert record(root, "plums").doi == "10.1234/plums"


def test_what_editors_wrote_stays_and_undo_takes_the_rest_back(root: Path, servers: Servers) -> None:
    servers.at(ARXIV, body(atom("Pears", "Figs", "Plums")))
    before = {path: path.read_bytes() for path in (root / "content/papers").rglob("*.yaml")}
    figs = root / "content/papers/2025/figs.yaml"
    figs.write_text(figs.read_text() + "venue: My Orchard\ncategories: []\n")
    edited = figs.read_bytes()
    assert enrich().exit_code == 0
    assert (record(root, "figs").venue, record(root, "figs").categories) == ("My Orchard", ())
    CliRunner().invoke(main, ["undo", "enriched.jsonl"], catch_exceptions=False)
    after = {path: path.read_bytes() for path in (root / "content/papers").rglob("*.yaml")}
    assert after == before | {figs: edited}
    # what was answered is known for the next time
    asked = len(servers.asked)
    assert enrich().exit_code == 0
    assert (record(root, "pears").arxiv, len(servers.asked)) == ("2410.00005", asked)


def test_a_service_that_fails_is_left_and_the_others_are_asked(root: Path, servers: Servers) -> None:
    servers.at(ARXIV, status(503))
    servers.at(SCHOLAR, body(scholar("Plums")))
    done = enrich()
    assert done.exit_code == 1
    assert "arxiv was not asked further: the server answered 503 Service Unavailable." in done.stderr
    assert "1 of 3 papers found: 1 by semantic-scholar\n" in done.stdout
    assert [asked.path.partition("?")[0] for asked in servers.asked] == [ARXIV] * 2 + [SCHOLAR] * 3
    assert record(root, "plums").doi == "10.1234/plums"
    # and goes on where it failed
    servers.at(ARXIV, body(atom("Pears")))
    assert enrich().exit_code == 0
    assert record(root, "pears").arxiv == "2410.00005"


def test_what_another_record_has_is_for_the_editors_to_join(root: Path, servers: Servers) -> None:
    other = root / "content/papers/2025/other.yaml"
    other.write_text('title: Another Title\narxiv: "2410.00005"\nauthors: [Ann Other]\n')
    servers.at(ARXIV, body(atom("Pears")))
    servers.at(SCHOLAR, status(404))
    before = (root / "content/papers/2025/pears.yaml").read_bytes()
    assert "open    pears: may be the paper of other; `broadsheet merge other pears`" in enrich().stdout
    assert (root / "content/papers/2025/pears.yaml").read_bytes() == before


def test_a_paper_with_a_doi_is_looked_up_by_it_and_only_at_crossref(root: Path, servers: Servers) -> None:
    (root / "content/papers/2025/figs.yaml").write_text(f'title: "{title("Figs")}"\ndoi: 10.1234/figs\n')
    site = root / "content/site.yaml"
    site.write_text(site.read_text().replace("semantic-scholar", "crossref"))
    found = {"DOI": "10.1234/figs", "title": [title("Figs")], "author": [{"given": "Ann", "family": "Other"}]}
    servers.at("/works/10.1234%2Ffigs", body(json.dumps({"status": "ok", "message": found})))
    assert enrich("figs").exit_code == 0
    assert record(root, "figs").authors == ("Ann Other",)
    assert [asked.path for asked in servers.asked] == ["/works/10.1234%2Ffigs"]


def test_what_is_found_and_cannot_be_written_is_told(root: Path, servers: Servers) -> None:
    (root / ".broadsheet/enriched.jsonl/in-the-way").mkdir(parents=True)
    servers.at(ARXIV, body(atom("Pears")))
    done = enrich("pears")
    assert (done.exit_code, done.stdout.splitlines()[-1]) == (1, "stopped: 0 of 1 files written")
    assert "Cannot write this file" in done.stderr


def test_a_paper_with_an_identifier_is_looked_up_by_it(root: Path, servers: Servers) -> None:
    (root / "content/papers/2025/pears.yaml").unlink()
    (root / "content/papers/2025/dump.yaml").write_text(f'arxiv: "2410.00005"\nabstract: {TEXTS["Pears"]}\n')
    servers.at(ARXIV, body(atom("Pears")))
    assert enrich("dump").exit_code == 0
    assert query_of(servers.asked[0])["id_list"] == ["2410.00005"]
    assert record(root, "dump").title == title("Pears")
    assert [asked.path.partition("?")[0] for asked in servers.asked] == [ARXIV]


def test_a_snapshot_answers_without_network(root: Path, servers: Servers) -> None:
    line = {
        "id": "2410.00009",
        "title": title("Figs"),
        "abstract": TEXTS["Figs"],
        "update_date": "2024-10-08",
    }
    (root / "snapshot.gz").write_bytes(gzip.compress((json.dumps(line) + "\n").encode()))
    done = enrich("--snapshot", "snapshot.gz")
    assert (done.exit_code, servers.asked) == (0, [])
    assert record(root, "figs").arxiv == "2410.00009"
    (root / "snapshot.gz").write_bytes(b"\x1f\x8b\x08")
    done = enrich("--snapshot", "snapshot.gz")
    assert "This cannot be read" in done.stderr
    assert "not found" not in done.stdout


@pytest.mark.parametrize(
    ("service", "path", "answer"),
    [
        (
            "openalex",
            OPENALEX,
            {
                "meta": {"count": 1, "page": 1, "per_page": 5},
                "results": [
                    {
                        "id": "https://openalex.org/W1",
                        "doi": "https://doi.org/10.1234/figs",
                        "title": title("Figs"),
                        "authorships": [{"author": {"display_name": "A"}}, {"author": {"display_name": "B"}}],
                    }
                ],
            },
        ),
        (
            "crossref",
            CROSSREF,
            {
                "message": {
                    "total-results": 1,
                    "items-per-page": 5,
                    "query": {"start-index": 0},
                    "items": [
                        {
                            "DOI": "10.1234/figs",
                            "title": [title("Figs")],
                            "author": [
                                {"given": "Ann", "family": "Other"},
                                {"given": "Bob", "family": "Brown"},
                            ],
                        }
                    ],
                }
            },
        ),
    ],
)
def test_openalex_and_crossref_are_asked_too(
    root: Path, servers: Servers, service: str, path: str, answer: object
) -> None:
    site = root / "content/site.yaml"
    site.write_text(site.read_text().partition("lookups:")[0])
    with site.open("a") as file:
        file.write(f"lookups: [{{service: {service}, server: '{servers.url}'}}]\n")
    servers.at(path, body(json.dumps(answer)))
    assert enrich("figs").exit_code == 0
    assert record(root, "figs").doi == "10.1234/figs"
