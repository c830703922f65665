"""Entries as SimplePie (FreshRSS, WordPress) and rss-parser (n8n) show them: formulas, names, titles."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from generator.commands.build import build
from tests.support.digest import Write
from tests.support.feed_meaning import words
from tests.support.paths import ROOT
from tests.support.program import needed

SIMPLEPIE = Path("/usr/share/php/simplepie/autoloader.php")
PAPERS = r"""
== content/papers/a.yaml
title: 'The <b> tag, &amp; more of $10^{-3}$'
abstract: 'At $10^{-3}$, not $\frac{a+b}{c}$, we read it.'
authors: [Ann, Ben, Cid]
listed: [{listing: x, issue: 2025-10-30, position: 1}]
themes: [models]
withdrawn: true
== content/papers/b.yaml
title: Second
author_count: 7
listed: [{listing: x, issue: 2025-10-30, position: 2}]
== content/papers/c.yaml
title: Third
listed: [{listing: x, issue: 2025-10-30, position: 3}]
"""


def by_simplepie(path: Path) -> list[dict[str, Any]]:
    php = needed(shutil.which("php"), "PHP (Debian's php-cli and php-xml)")
    needed(SIMPLEPIE, "SimplePie (Debian's libphp-simplepie)")
    command = [str(php), "-d", "error_reporting=0", str(ROOT / "tests/site/simplepie.php")]
    done = subprocess.run(command, input=str(path), capture_output=True, text=True, check=True, timeout=60)
    [found] = json.loads(done.stdout)
    assert found["error"] is None
    items: list[dict[str, Any]] = found["items"]
    return items


def by_rss_parser(path: Path) -> list[dict[str, Any]]:
    command = ["node", str(ROOT / "tests/node/read-with-rss-parser.mjs")]
    done = subprocess.run(command, input=str(path), capture_output=True, text=True, check=True, timeout=60)
    [items] = json.loads(done.stdout)
    found: list[dict[str, Any]] = items
    return found


@pytest.fixture
def site(digest: Write) -> Path:
    root = digest(PAPERS)
    build(root, root / "site", stage="core")
    return root / "site"


def shown(entries: list[dict[str, Any]]) -> list[str]:
    """Return the titles as a person sees them, in the order of the feed."""
    return [entry["title"].replace("\N{WORD JOINER}", "") for entry in entries]


TITLES = ["Withdrawn: The <b> tag, &amp; more of 10⁻³", "Second", "Third"]


@pytest.mark.parametrize("path", ["feed.xml", "feeds/papers.atom.xml"])
def test_simplepie_shows_formulas_titles_and_the_editors_order(site: Path, path: str) -> None:
    entries = by_simplepie(site / path)
    assert shown(entries) == TITLES
    assert "At 10<sup>&minus;3</sup>, not " in entries[0]["body"]
    assert "not (a+b)/c, we read it." in words(entries[0]["body"])
    assert entries[0]["categories"] == ["Models & more"]


@pytest.mark.parametrize(
    ("path", "authors"),
    [
        ("feed.xml", [["Ann, Ben, Cid"], [], []]),
        ("feeds/papers.atom.xml", [["Ann", "Ben", "Cid"], ["7 authors"], ["Authors not stated"]]),
    ],
)
def test_simplepie_shows_who_wrote_a_paper_and_never_the_digest(
    site: Path, path: str, authors: list[list[str]]
) -> None:
    assert [entry["authors"] for entry in by_simplepie(site / path)] == authors


@pytest.mark.node
@pytest.mark.parametrize(
    ("path", "authors"),
    [
        ("feed.xml", [["Ann, Ben, Cid"], [], []]),
        (
            "feeds/papers.atom.xml",
            [["Ann"], ["7 authors"], ["Authors not stated"]],
        ),  # it reads only the first
    ],
)
def test_rss_parser_shows_them_too_with_times_that_keep_the_order(
    site: Path, node_modules: Path, path: str, authors: list[list[str]]
) -> None:
    entries = by_rss_parser(site / path)
    assert shown(entries) == TITLES
    assert [entry["authors"] for entry in entries] == authors
    assert "not (a+b)/c, we read it." in words(entries[0]["body"])
    assert [entry["published"] for entry in entries] == [
        "2025-10-30T12:00:00.000Z",
        "2025-10-30T11:59:59.000Z",
        "2025-10-30T11:59:58.000Z",
    ]
