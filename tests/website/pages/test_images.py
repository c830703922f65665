"""Images in notes, pages and openings: published, shown, checked."""

import re
from base64 import b64encode
from pathlib import Path

import pytest

from generator.commands.check import check
from generator.website.pages.mail_notes import note_paragraphs
from generator.website.parts.markdown import note_html, page_html
from tests.support.builds import clean, tree
from tests.support.digest import Digest

PNG = b"\x89PNG\r\n\x1a\n" + bytes(8)
JPEG = b"\xff\xd8\xff\xe0" + bytes(8)
TEXTS = """
== content/papers/2025/a.yaml
title: A
issue: 2025-10-30
author_count: 2
published: 2025-10-01
pick: true
note: |-
  ![A chart of $x^2$](/images/chart.png)
  and ![the same](../../images/chart.png)
== content/pages/about.md
# About

![Our room](room.jpg) and ![a chart](../images/chart.png)
== content/issues/2025-10-30.md
![A chart](/images/chart.png)
"""


@pytest.fixture
def digest(tmp_path: Path) -> Digest:
    found = Digest(tmp_path).write(TEXTS)
    (found.root / "content/images").mkdir()
    (found.root / "content/images/chart.png").write_bytes(PNG)
    (found.root / "content/pages/room.jpg").write_bytes(JPEG)
    return found


def sources(html: bytes) -> list[str]:
    return re.findall(r'<img src="([^"]+)" alt="[^"]+"', html.decode())


def test_an_image_is_published_and_every_text_leads_to_it(digest: Digest) -> None:
    digest.build()
    site = tree(digest.out)
    assert (site["images/chart.png"], site["about/room.jpg"]) == (PNG, JPEG)
    assert sources(site["about/index.html"]) == ["room.jpg", "../images/chart.png"]
    assert sources(site["papers/a/index.html"]) == ["../../images/chart.png", "../../images/chart.png"]
    assert sources(site["index.html"]) == ["./images/chart.png", "./papers/a/../../images/chart.png"]
    whole = "https://digest.example/base/images/chart.png"
    assert sources(site["feeds/picks.json"].replace(b"\\", b"")) == [whole, whole]
    kept = sources(site["issues/2025-10-30/issue.html"])
    assert kept == [f"data:image/png;base64,{b64encode(PNG).decode()}"] * 3
    assert check(digest.root).problems == ()


def test_what_a_build_has_after_an_image_changed_is_what_a_clean_build_has(digest: Digest) -> None:
    digest.build()
    (digest.root / "content/images/chart.png").write_bytes(PNG + b"more")
    digest.build()
    digest.assert_rendered("images/chart.png", "issues/2025-10-30/issue.html")
    digest.edit("content/pages/about.md", "room.jpg", "hall.jpg")
    (digest.root / "content/pages/room.jpg").rename(digest.root / "content/pages/hall.jpg")
    digest.build()
    assert tree(digest.out) == clean(digest.root)
    assert "about/room.jpg" not in tree(digest.out)


def test_a_text_shows_only_images_of_the_site_and_links_to_others() -> None:
    assert page_html("![A map](http://x.example/a.png)", "../") == (
        '<p><a href="http://x.example/a.png">A map</a></p>\n'
    )
    html = note_html('![A "map"](https://x.example/a.png) [![b](//x.example/b.png)](/themes/)', "")
    link = '<a href="https://x.example/a.png">A &quot;map&quot;</a>'
    assert html == f'<p>{link} <a href="themes/">b</a></p>\n'
    assert note_html("![x](javascript:alert(1))", "") == "<p>![x](javascript:alert(1))</p>\n"


def test_in_plain_text_an_image_is_its_words_and_its_address() -> None:
    found = note_paragraphs("See ![a chart](/images/c.png).", "https://d.example/", "")
    assert found == ("See a chart <https://d.example/images/c.png>.",)


def test_check_names_images_without_words_dead_ones_and_those_that_are_not_shown(digest: Digest) -> None:
    digest.edit(
        "content/pages/about.md", "![Our room](room.jpg)", "![](room.jpg) ![x](chat.png) ![z](a b.png)"
    )
    digest.edit(
        "content/issues/2025-10-30.md", "![A chart](/images/chart.png)", "![y](http://x.example/y.png)"
    )
    (digest.root / "content/pages/other.png").write_bytes(PNG)
    (digest.root / "content/images/photo.heic").write_bytes(PNG)
    known = "png, jpg, jpeg, gif, webp, avif, svg"
    assert [f"{one.location}: {one.message}" for one in check(digest.root).problems] == [
        f"content/images/photo.heic: This is not published: browsers show images in {known}.",
        "content/issues/2025-10-30.md:1:6: This image is on another server: http://x.example/y.png",
        "content/pages/about.md:3:1: This image says nothing in words: room.jpg",
        "content/pages/about.md:3:20: This leads nowhere on the site: chat.png",
        "content/pages/about.md:3:35: This is shown as text, not as an image: a b.png",
        "content/pages/other.png: No page shows this image, so it is not published.",
    ]
    report = check(digest.root)
    assert (report.images, report.image_bytes) == (3, 44)


def test_an_image_that_is_none_stops_the_build(digest: Digest) -> None:
    (digest.root / "content/images/chart.png").write_bytes(b"<script>alert(1)</script>")
    report = digest.build()
    assert [str(one.location) for one in report.problems] == ["content/images/chart.png"]
    assert not digest.out.exists() or tree(digest.out) == {}
