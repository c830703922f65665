"""Every page of two digests: valid HTML, links that lead somewhere, nothing from elsewhere."""

import re
import subprocess
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from lxml import html

from tests.support.paths import ROOT
from tests.support.serving import Served

pytestmark = pytest.mark.slow


def pages(site: Path) -> list[Path]:
    return sorted(site.rglob("*.html"))


@cache
def trees(site: Path) -> dict[Path, html.HtmlElement]:
    """Return all pages of a site, parsed: once for all tests, as no test changes one."""
    return {path: html.document_fromstring(path.read_bytes().decode("utf-8")) for path in pages(site)}


@pytest.mark.node
def test_html_validate_finds_no_error_on_any_page(served: Served, node_modules: Path) -> None:
    mails = [path for path in pages(served.site) if path.parent.name == "mail"]
    others = [path for path in pages(served.site) if path not in mails]
    # mail programs drop style sheets, so an issue that is mailed carries its styles on its elements
    for found, rules in ((others, []), (mails, ["--rule", "no-inline-style:off"])):
        command = [
            node_modules / ".bin/html-validate",
            "--config",
            ROOT / "tests/node/.htmlvalidate.json",
            *rules,
        ]
        done = subprocess.run(
            [*map(str, command), "--formatter", "text", *map(str, found)],
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )
        assert (done.returncode, done.stdout[:3000]) == (0, "")


def leads_to(served: Served, page: Path, target: str) -> tuple[Path, str] | None:
    """Return the file and the fragment that a link means, None where it leads off the site."""
    target = target.replace(served.url, f"{'../' * (len(page.relative_to(served.site).parts) - 1)}./")
    if urlsplit(target).scheme or target.startswith("//"):
        return None
    route, _, fragment = target.partition("#")
    route = route.partition("?")[0]
    found = page.parent / unquote(route) if route else page
    return (found / "index.html" if found.is_dir() else found).resolve(), fragment


def test_every_internal_link_leads_to_a_file_and_every_fragment_to_an_element(served: Served) -> None:
    anchors = {path: {"top", *tree.xpath("//@id")} for path, tree in trees(served.site).items()}
    broken = [
        f"{path.relative_to(served.site)}: {target}"
        for path, tree in trees(served.site).items()
        for target in tree.xpath("//@href | //@src")
        if (meant := leads_to(served, path, target))
        and not (meant[0].is_file() and meant[1] in {"", *anchors.get(meant[0], ())})
    ]
    assert broken == []


def test_internal_links_are_relative_so_that_any_base_path_works(served: Served) -> None:
    absolute = [
        f"{path.relative_to(served.site)}: {target}"
        for path, tree in trees(served.site).items()
        if path.name not in {"404.html", "issue.html"} and path.parent.name != "mail"  # read elsewhere
        for element in tree.iter("a", "link", "script", "img")
        if element.get("rel") != "canonical"
        for target in [element.get("href") or element.get("src") or ""]
        if target.startswith(("/", served.url))
    ]
    assert absolute == []


def test_no_page_loads_anything_from_elsewhere(served: Served) -> None:
    loaded = {
        target
        for tree in trees(served.site).values()
        for element in tree.iter("link", "script", "img", "iframe", "source", "video", "audio", "object")
        if element.get("rel") != "canonical"
        for target in [element.get("href") or element.get("src") or element.get("data") or ""]
        if urlsplit(target).netloc not in {"", urlsplit(served.url).netloc}
    }
    assert loaded == set()
    styles = "".join(path.read_text("utf-8") for path in served.site.rglob("*.css"))
    assert re.findall(r"(?:url\(|@import)\s*[\"']?(?:https?:)?//[^)]*", styles) == []


def test_every_page_has_one_first_heading_and_its_own_title(served: Served) -> None:
    odd = [
        path.relative_to(served.site).as_posix()
        for path, tree in trees(served.site).items()
        if len(tree.findall(".//h1")) != 1 or not (tree.findtext(".//title") or "").strip()
    ]
    assert odd == []
