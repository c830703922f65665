"""A digest of one's own for five days, each command a process: init, fetch, enrich and build, as users do.

The sources are local servers that answer as arXiv, Hugging Face and Semantic Scholar do. On one day they
announce nothing, on one a server fails, on one both repeat themselves.
"""

import json
import re
from pathlib import Path

import pytest

from tests.support.program import Broadsheet
from tests.support.rows import content
from tests.support.sources import body, daily_papers, rss, running, status

ARXIV, HF, OWN, SCHOLAR = "/rss/cs.CL", "/api/daily_papers", "/list.bib", "/graph/v1/paper/search/match"
SETTINGS = f"""
sources:
- {{{{name: arxiv, where: "arxiv:cs.CL", server: "{{url}}"}}}}
- {{{{name: hf, where: hf-daily, server: "{{url}}"}}}}
- {{{{name: own, where: "{{url}}{OWN}"}}}}
lookups:
- {{{{service: semantic-scholar, server: "{{url}}"}}}}
"""
ABSTRACT = "We ask what pears know of apples, and find that forty orchards in five countries agree on little."
LIST = f"@article{{pears, title = {{On Pears in the Orchards: a Study}}, abstract = {{{ABSTRACT}}}}}\n"
PEARS = {
    "paperId": "7cbc2a7843411a1768ab762930707af0a3c33a19",
    "title": "On pears in the orchards: A study",
    "abstract": ABSTRACT,
    "authors": [{"authorId": "1", "name": "Ann Other"}, {"authorId": "2", "name": "Bob Brown"}],
    "externalIds": {"ArXiv": "2604.00007", "DOI": "10.1234/pears"},
}


@pytest.mark.slow
def test_five_days_lose_no_paper_and_bring_each_once(tmp_path: Path, broadsheet: Broadsheet) -> None:
    root = tmp_path / "digest"

    def run(*arguments: str) -> tuple[int, list[str]]:
        done = broadsheet(*arguments, cwd=root)
        assert "Traceback" not in done.stderr
        words = r"(?:filed|known|empty|refused|failed) .*|.* papers? found.*"
        return done.returncode, re.findall(f"(?m)^{words}$", done.stdout)

    assert broadsheet("init", str(root), "--yes", cwd=tmp_path).returncode == 0
    with running() as servers:
        with (root / "content/site.yaml").open("a") as site:
            site.write(SETTINGS.format(url=servers.url))

        servers.at(ARXIV, body(rss([1, 2, 3]), ETag='"monday"'))
        servers.at(HF, body(daily_papers([1, 9])))
        servers.at(OWN, body(LIST))
        assert run("fetch", "--issue", "2026-04-27") == (
            0,
            [
                "filed   content/listings/2026-04-27-arxiv.xml: 3 new",
                "filed   content/listings/2026-04-27-hf.json: 2 new",
                "filed   content/listings/2026-04-27-own.bib: 1 new",
            ],
        )
        servers.at(ARXIV, body(rss([], "Tue, 28 Apr 2026")))
        servers.at(HF, body("[]"))
        same = "known   own: nothing new since the last fetch"
        nothing = ["empty   arxiv: no announcement today", "empty   hf: no announcement today"]
        assert run("fetch", "--issue", "2026-04-28") == (0, [*nothing, same])

        servers.at(ARXIV, body(rss([3, 4], "Wed, 29 Apr 2026")))
        servers.at(HF, status(503, Retry_After="3600"))
        assert run("fetch", "--issue", "2026-04-29") == (
            1,
            ["filed   content/listings/2026-04-29-arxiv.xml: 1 known, 1 new", "failed  hf", same],
        )
        # both repeat what they said, in another order
        servers.at(ARXIV, body(rss([4, 3], "Wed, 29 Apr 2026")))
        servers.at(HF, body(daily_papers([9, 1])))
        repeated = [
            "known   arxiv: nothing new since content/listings/2026-04-29-arxiv.xml",
            "known   hf: nothing new since content/listings/2026-04-27-hf.json",
        ]
        assert run("fetch", "--issue", "2026-04-30") == (0, [*repeated, same])

        servers.at(ARXIV, body(rss([5, 6], "Fri, 01 May 2026")))
        # papers that only another source has had are news of this one
        servers.at(HF, body(daily_papers([3, 4])))
        filed = [
            "filed   content/listings/2026-05-01-arxiv.xml: 2 new",
            "filed   content/listings/2026-05-01-hf.json: 2 known",
        ]
        assert run("fetch", "--issue", "2026-05-01") == (0, [*filed, same])

        servers.at(SCHOLAR, body(json.dumps({"data": [PEARS]})))
        assert run("enrich") == (0, ["1 of 1 paper found: 1 by semantic-scholar"])

    before = content(root)
    assert run("ingest")[0] == 0
    assert content(root) == before
    assert broadsheet("build", cwd=root).returncode == 0
    lines = (root / "site/api/v1/papers.jsonl").read_text("utf-8").splitlines()
    papers = sorted((paper["arxiv"], paper["title"]) for paper in map(json.loads, lines))
    numbered = [(f"2604.{number:05}", f"Paper {number} on Orchards") for number in (1, 2, 3, 4, 5, 6, 9)]
    assert papers == sorted([*numbered, ("2604.00007", "On Pears in the Orchards: a Study")])
