"""What is asked of each kind of source."""

import datetime as dt

import pytest

from generator.fetch.requests import request_of
from generator.fetch.retry_after import seconds_of
from generator.model import fits
from generator.settings import Source, Where

DAY = dt.date(2026, 4, 27)


@pytest.mark.parametrize(
    ("where", "url", "file", "pause"),
    [
        ("arxiv:cs.CL+cs.LG", "https://rss.arxiv.org/rss/cs.CL+cs.LG", "a.xml", 3),
        ("arxiv-list:hep-th", "https://arxiv.org/list/hep-th/new", "a.html", 3),
        ("hf-daily", "https://huggingface.co/api/daily_papers?date=2026-04-27&limit=100", "a.json", 0),
        (
            "zotero:2493",
            "https://api.zotero.org/groups/2493/items/top?format=csljson&sort=dateAdded&direction=desc&limit=100",
            "a.json",
            0,
        ),
        ("https://lab.example/x/papers.BIB?all", "https://lab.example/x/papers.BIB?all", "a.bib", 0),
        ("https://lab.example/feed", "https://lab.example/feed", "a.txt", 0),
        ("http://export.arxiv.org/api/query?search_query=all:pear", None, "a.txt", 3),
        ("https://notarxiv.org/x.xml", None, "a.xml", 0),
    ],
)
def test_a_source_is_asked_at_its_address(where: str, url: str | None, file: str, pause: float) -> None:
    request = request_of(Source(name="a", where=where), DAY)
    assert (request.url, request.file, request.pause) == (url or where, file, pause)


def test_a_mirror_is_asked_in_place_of_the_service() -> None:
    source = Source(name="a", where="hf-daily", server="https://mirror.example/")
    assert request_of(source, DAY).url.startswith("https://mirror.example/api/daily_papers?")


def test_all_of_arxiv_is_one_service() -> None:
    places = ("arxiv:cs.CL", "arxiv-list:cs.CL", "https://export.arxiv.org/rss/cs")
    assert {request_of(Source(name="a", where=where), DAY).service for where in places} == {"arxiv"}


@pytest.mark.parametrize(
    "where", ["arxiv:../x", "arxiv:", "ftp://a.example/", "hf-daily:x", "zotero:a", "pears"]
)
def test_nothing_else_is_a_source(where: str) -> None:
    assert not fits(where, Where)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        ("Fri, 31 Dec 1999 23:59:59 -0000", 0),
        ("Fri, 31 Dec 1999 23:59:59 GMT", 0),
        ("soon", None),
        ("-5", None),
        ("", None),
    ],
)
def test_a_server_may_say_when_to_come_back(value: str, seconds: float | None) -> None:
    assert seconds_of(value) == seconds
