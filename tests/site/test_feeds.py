"""The feeds of the shipped digest and of a hostile one, read by a parser from npm and by a real Chromium."""

import datetime as dt
import json
import re
import subprocess
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from lxml import etree
from playwright.sync_api import Browser, Page, expect

from generator.commands.build import build
from generator.library.library import Library
from tests.support.digest import write_files
from tests.support.feed_documents import HOSTILE, read
from tests.support.feed_meaning import Stated, sentences, stated_of_papers, words
from tests.support.paths import ROOT

FORMATS = {".xml": "rss", ".atom.xml": "atom", ".json": "json"}
Read = list[tuple[Path, Any]]


@pytest.fixture(scope="module", params=["shipped", "hostile"])
def digest(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Library, Path]:
    """Return a digest's library and its site."""
    if request.param == "shipped":
        return read(ROOT), request.getfixturevalue("site")
    folder = tmp_path_factory.mktemp("hostile")
    write_files(folder, HOSTILE)
    build(folder, folder / "site")
    return read(folder), folder / "site"


def read_by_feedsmith(paths: list[Path]) -> Read:
    command: list[str | Path] = ["node", ROOT / "tests/node/read-feeds.mjs"]
    names = "\n".join(map(str, paths))
    done = subprocess.run(command, input=names, capture_output=True, text=True, check=True, timeout=60)
    return list(zip(paths, json.loads(done.stdout), strict=True))


def items(found: Any) -> Iterator[tuple[str, Stated, str]]:
    """Yield the id of each entry, what feedsmith reads of it, and its body."""
    match found["format"]:
        case "rss":
            for item in found["feed"].get("items", []):
                yield item["guid"]["value"], of_rss(item), item["description"]
        case "atom":
            for item in found["feed"].get("entries", []):
                yield item["id"], of_atom(item), item["content"]["value"]
        case "json":
            for item in found["feed"].get("items", []):
                yield item["id"], of_json(item), item["content_html"]


def of_rss(item: Any) -> Stated:
    return Stated(
        url=item["link"],
        title=item["title"].replace("\N{WORD JOINER}", ""),
        authors=tuple(item.get("dc", {}).get("creators", [])),
        tags=tuple(tag["name"] for tag in item.get("categories", [])),
        published=parsedate_to_datetime(item["pubDate"]).date(),
        updated=day(item["atom"]["updated"]),
    )


def of_atom(item: Any) -> Stated:
    return Stated(
        url=next(link["href"] for link in item["links"] if "rel" not in link),
        title=item["title"]["value"],
        authors=tuple(author["name"] for author in item.get("authors", [])),
        tags=tuple(tag["label"] for tag in item.get("categories", [])),
        published=day(item["published"]),
        updated=day(item["updated"]),
    )


def of_json(item: Any) -> Stated:
    return Stated(
        url=item["url"],
        title=item["title"],
        authors=tuple(author["name"] for author in item.get("authors", [])),
        tags=tuple(item.get("tags", [])),
        published=day(item["date_published"]),
        updated=day(item["date_modified"]),
    )


def day(date: str) -> dt.date:
    return dt.datetime.fromisoformat(date).date()


@pytest.mark.node
def test_feedsmith_reads_what_each_record_says(digest: tuple[Library, Path], node_modules: Path) -> None:
    library, site = digest
    meant, texts = stated_of_papers(library), sentences(library)
    paths = [site / "feed.xml", *site.glob("feeds/**/*.xml"), *site.glob("feeds/**/*.json")]
    seen: dict[str, set[str]] = {}
    for path, found in read_by_feedsmith(paths):
        assert found["format"] == FORMATS["".join(path.suffixes)]
        for name, stated, body in items(found):
            seen.setdefault(found["format"], set()).add(name)
            if name in meant:
                assert stated == meant[name].in_format(found["format"]), path
                assert all(text in words(body) for text in texts[stated.url.split("/")[-2]])
    assert seen.keys() == {"rss", "atom", "json"}
    assert meant.keys() <= seen["rss"]
    assert meant.keys() <= seen["atom"]


@pytest.mark.node
def test_feedsmith_reads_the_lists_of_feeds(digest: tuple[Library, Path], node_modules: Path) -> None:
    library, site = digest
    base = library.site.url.rstrip("/") + "/"
    for _, found in read_by_feedsmith([*site.glob("feeds/*.opml")]):
        folders = found["body"]["outlines"]
        addresses = [feed["xmlUrl"] for folder in folders for feed in folder["outlines"]]
        assert addresses
        assert all((site / address.removeprefix(base)).is_file() for address in addresses)


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *arguments: Any) -> None:
        pass


@pytest.fixture(scope="module")
def url(site: Path) -> Iterator[str]:
    """Serve the shipped site as a static host does."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site)))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    yield context.new_page()
    context.close()


@pytest.mark.browser
def test_a_reader_ticks_feeds_and_takes_them_as_one_file(url: str, page: Page) -> None:
    page.goto(f"{url}feeds/")
    button = page.get_by_role("button")
    expect(button).to_be_disabled()
    page.get_by_role("region", name="Everything").get_by_label("A week at a time").check()
    page.get_by_role("region", name="Picks of a theme").get_by_label("Preferences & alignment").check()
    expect(page.locator("output")).to_have_text("2 feeds ticked")
    page.get_by_label("Format").select_option("Atom")
    with page.expect_download() as download:
        button.click()
    assert download.value.suggested_filename == "feeds.opml"
    root = etree.fromstring(Path(download.value.path()).read_bytes())
    assert root.findtext("head/title") == "The Held-Out Set"
    assert [
        (feed.get("title"), feed.get("xmlUrl"), feed.get("htmlUrl")) for feed in root.iter("outline")
    ] == [
        ("The Held-Out Set: a week at a time", f"{url}feeds/weeks.atom.xml", f"{url}issues/"),
        (
            "The Held-Out Set: Preferences & alignment, picks",
            f"{url}feeds/themes/preference-alignment/picks.atom.xml",
            f"{url}themes/preference-alignment/",
        ),
    ]


@pytest.mark.browser
@pytest.mark.parametrize("path", ["feed.xml", "feeds/picks.atom.xml"])
def test_a_feed_is_a_page_that_a_person_can_read(url: str, page: Page, path: str) -> None:
    page.goto(url + path)
    shown = page.evaluate("document.documentElement.innerText ?? document.documentElement.textContent")
    assert "This is a feed" in shown
    link = page.locator("a", has_text="About the feeds")
    assert link.get_attribute("href") == "https://broadsheet.example/feeds/"
    assert link.evaluate("element => element.getBoundingClientRect().height") > 0
    assert page.evaluate("getComputedStyle(document.documentElement).maxWidth") != "none"
    assert re.match("rgb", page.evaluate("getComputedStyle(document.querySelector('title')).color"))
