"""Share images: their addresses, what each one says, and when it is drawn again."""

import datetime as dt
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from typing import Any

import msgspec
import pytest
from PIL import Image

from generator.commands.build import build
from generator.engine.page import IMAGES, Page
from generator.engine.render import Renderer
from generator.engine.templates import Templates
from generator.model import Paper
from generator.serve.responses import respond
from generator.serve.session import Log, Session
from generator.settings import Outputs
from generator.website.pages import papers
from generator.website.share_images import planner
from generator.website.share_images.drawing import plain_png, png
from generator.website.share_images.elements import ShareImage
from tests.support.digest import Write
from tests.support.libraries import DATA, MONDAY, SITE, TUESDAY, library, paper, planned, tree


def images_of(found: dict[str, Paper], asked: str = "all") -> dict[str, Page]:
    site = msgspec.structs.replace(SITE, outputs=Outputs(share_images=asked))
    return planned(library(found, site=site), planner.plan)


def said(found: Paper) -> ShareImage:
    return view_of(images_of({"it": found})["papers/it/share.png"])


def view_of(page: Page) -> ShareImage:
    assert isinstance(page.view, ShareImage)
    return page.view


def test_every_paper_every_issue_and_the_digest_have_one() -> None:
    pages = images_of(
        {"a": paper("A"), "b": paper("B", None), "c": paper("C", TUESDAY), "d": paper(hide=True)}
    )
    assert set(pages) == {
        *("papers/a/share.png", "papers/b/share.png", "papers/c/share.png"),
        *("issues/2025-10-27/share.png", "issues/2025-10-28/share.png", "issues/undated/share.png"),
        "share.png",
    }
    assert {(page.stage, page.lasting) for page in pages.values()} == {(IMAGES, False)}


def test_papers_of_the_newest_issues_and_picks_have_one_others_have_that_of_their_issue() -> None:
    days = [MONDAY + dt.timedelta(days=number) for number in range(32)]
    found = {f"on-{day}": paper("A", day) for day in days}
    found |= {"picked": paper("B", days[0], pick=True), "undated": paper("C", None)}
    papers_with_one = {path for path in images_of(found, "recent") if path.startswith("papers/")}
    assert papers_with_one == {
        "papers/picked/share.png",
        *(f"papers/on-{day}/share.png" for day in days[2:]),
    }
    pages = planned(library(found), papers.plan)
    shared = {
        slug: tree(pages[f"papers/{slug}/index.html"]).xpath("string(//meta[@property='og:image']/@content)")
        for slug in (f"on-{days[1]}", f"on-{days[2]}", "picked", "undated")
    }
    assert shared == {
        f"on-{days[1]}": f"{SITE.url}issues/{days[1]}/share.png",
        f"on-{days[2]}": f"{SITE.url}papers/on-{days[2]}/share.png",
        "picked": f"{SITE.url}papers/picked/share.png",
        "undated": f"{SITE.url}issues/undated/share.png",
    }


def test_where_there_are_to_be_none_no_page_names_one() -> None:
    site = msgspec.structs.replace(SITE, outputs=Outputs(share_images="off"))
    pages = planned(library({"a": paper("A")}, site=site), planner.plan, papers.plan)
    assert list(pages) == ["papers/a/index.html"]
    assert tree(pages["papers/a/index.html"]).xpath("//meta[contains(., 'image')]") == []


def test_it_is_an_image() -> None:
    page = images_of({"a": paper("A")})["papers/a/share.png"]
    data = Renderer(Templates(files={}, paths={})).render(page)
    assert isinstance(data, bytes)
    assert Image.open(BytesIO(data)).size == (1200, 630)


def test_a_paper_says_what_it_is() -> None:
    found = paper(
        "A $x^2$ title",
        themes=("data", "models"),
        pick=True,
        organization="A lab",
        arxiv="2510.26692",
        published=dt.date(2025, 10, 30),
    )
    assert said(found) == ShareImage(
        nameplate=SITE.title,
        label=DATA.title,
        pick=True,
        headings=("A $x^2$ title", "arXiv 2510.26692", "it"),
        who="A lab",
        facts="30 October 2025 · arXiv 2510.26692",
    )


def test_a_formula_is_drawn_in_characters() -> None:
    tex, characters = (said(paper(title)) for title in ("A $x^2$ title", "A x² title"))
    assert plain_png(tex) == png(characters)


def test_what_is_unknown_of_a_paper_is_left_out() -> None:
    assert said(paper("A title")) == ShareImage(nameplate=SITE.title, headings=("A title", "", "it"))


@pytest.mark.parametrize(
    ("fields", "who"),
    [
        ({"title": None, "organization": "A lab"}, "No title given · A lab"),
        ({"withdrawn": True}, "Withdrawn"),
        ({"author_count": 7}, "7 authors"),
    ],
)
def test_its_state_comes_before_who_wrote_it(fields: dict[str, Any], who: str) -> None:
    assert said(paper(**fields)).who == who


def test_an_issue_names_its_picks() -> None:
    found = {"a": paper("A"), "b": paper("B $x^2$", position=2, pick=True)}
    page = images_of(found)[f"issues/{MONDAY}/share.png"]
    assert view_of(page) == ShareImage(
        nameplate=SITE.title,
        label="Issue",
        headings=("27 October 2025",),
        titles=("B $x^2$",),
        who="2 papers, 1 picked",
    )


def test_the_image_of_the_digest_has_its_name_and_its_host() -> None:
    page = images_of({})["share.png"]
    assert view_of(page) == ShareImage(
        nameplate="digest.example",
        headings=("The Digest", "digest.example"),
        motto="Papers worth an hour.",
    )


def test_only_what_an_image_shows_can_change_it() -> None:
    before = images_of({"a": paper("A"), "b": paper("B", position=2)})
    after = images_of(
        {
            "a": paper("A", MONDAY, TUESDAY, abstract="Other words.", comment="9 pages", note="Read it."),
            "b": paper("A better B", position=3),
            "c": paper("C", position=1),
        }
    )
    assert {path for path, page in after.items() if before.get(path) != page} == {
        "papers/b/share.png",
        "papers/c/share.png",
        f"issues/{MONDAY}/share.png",
        f"issues/{TUESDAY}/share.png",
    }


ONE = "\n== content/papers/a.yaml\ntitle: Alpha\nlisted:\n- {listing: x, issue: 2025-10-30, position: 1}\n"


def test_the_stage_draws_only_images(digest: Write, tmp_path: Path) -> None:
    build(digest(ONE), tmp_path / "site", stage=IMAGES)
    found = {path.relative_to(tmp_path / "site").as_posix() for path in (tmp_path / "site").rglob("*.*")}
    assert found == {"papers/a/share.png", "issues/2025-10-30/share.png", "share.png"}


def test_the_live_server_draws_one_on_request(digest: Write) -> None:
    log = Log(info=lambda _: None, problems=lambda _: None)
    session = Session(digest(ONE), log, publish=lambda: None)
    found = respond(session, "/papers/a/share.png")
    assert (found.status, found.type) == (200, "image/png")
    assert Image.open(BytesIO(found.body)).size == (1200, 630)


def test_what_draws_is_not_imported_where_nothing_is_drawn(digest: Write, tmp_path: Path) -> None:
    root = digest(ONE)
    script = (
        "import sys\n"
        "from pathlib import Path\n"
        "from generator.serve import server\n"
        "from generator.commands.build import build\n"
        "build(Path(sys.argv[1]), Path(sys.argv[2]), stage='core')\n"
        "print(sorted({name.split('.')[0] for name in sys.modules} & {'PIL', 'jinja2'}))\n"
    )
    command = [sys.executable, "-c", script, str(root), str(tmp_path / "site")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout == "['jinja2']\n"
