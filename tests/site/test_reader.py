"""My reading, in a real Chromium: what a device keeps for its reader, and that no page needs it."""

import datetime as dt
import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from playwright.sync_api import Browser, Page, expect

from tests.support.paths import ROOT
from tests.support.program import needed
from tests.support.serving import Served

READER = ROOT / "templates/static/reader"
ISSUE = "issues/2025-10-30/"
LATEST = "issues/2025-10-31/"
SMOTE = "smote-synthetic-minority-over-sampling-technique"
THEME = "themes/data-selection/"
NOW = dt.datetime(2025, 11, 1, 12, tzinfo=dt.UTC)
ON_EVERY_PAGE = ("early.js", "deciding.js", "kept.js", "page.js", "reader.js")


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    permissions = ["clipboard-read", "clipboard-write"]
    context = browser.new_context(viewport={"width": 1280, "height": 900}, permissions=permissions)
    found = context.new_page()
    found.clock.set_fixed_time(NOW)
    flaws: list[str] = []
    found.on("pageerror", lambda flaw: flaws.append(str(flaw)))
    yield found
    context.close()
    assert flaws == []


def paper(page: Page, slug: str) -> Any:
    return page.locator("main article", has=page.locator(f'a[href$="papers/{slug}/"]')).first


def stored(page: Page, name: str) -> Any:
    text = page.evaluate("name => localStorage.getItem(`broadsheet:/${name}`)", name)
    return json.loads(text)["data"] if text else None


def store(page: Page, name: str, value: str) -> None:
    page.evaluate("([name, value]) => localStorage.setItem(`broadsheet:/${name}`, value)", [name, value])


def settings(**changed: Any) -> str:
    found = {"list": "facts", "keys": True, "themes": {}, "words": [], "known": "", "since": "", "at": 0}
    return json.dumps({"version": 1, "data": found | changed}, separators=(",", ":"))


MOVED = """new Promise(done => {
  const shifts = list => done(list.getEntries().map(({value}) => value));
  new PerformanceObserver(shifts).observe({type: "layout-shift", buffered: true});
  setTimeout(done, 300, []);
})"""
"""What moved while the page came up, as fractions of the screen."""


def marks(page: Page, slug: str) -> str:
    return str(paper(page, slug).locator(".facts").evaluate("it => getComputedStyle(it, '::before').content"))


@pytest.mark.node
def test_node_decides_as_specified(tmp_path: Path) -> None:
    node = needed(shutil.which("node"), "Node.js")
    for folder, kind in (("templates/static", "*.js"), ("tests/node", "*.mjs")):
        for path in (ROOT / folder).rglob(kind):
            if "node_modules" not in path.parts:
                copy = tmp_path / path.relative_to(ROOT)
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(path, copy)
    (tmp_path / "package.json").write_text('{"type": "module"}')  # older ones take a .js file for CommonJS
    tests = sorted((tmp_path / "tests/node").glob("*.test.mjs"))
    command: list[str | Path] = [node, "--test", "--test-reporter=spec", *tests]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert (len(tests) >= 3, done.returncode, done.stdout if done.returncode else "") == (True, 0, "")


def test_what_every_page_loads_is_small() -> None:
    assert sum((READER / name).stat().st_size for name in ON_EVERY_PAGE) <= 15 * 1024
    assert (READER / "early.js").stat().st_size < 1024


@pytest.mark.browser
@pytest.mark.parametrize("path", ["", ISSUE, THEME, f"papers/{SMOTE}/", "search/"])
def test_what_the_script_adds_moves_nothing(shipped: Served, page: Page, path: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(shipped.url + path)
    expect(page.locator("html")).to_have_attribute("data-list", "facts")
    assert page.evaluate(MOVED) == []


@pytest.mark.browser
def test_a_paper_that_was_opened_or_passed_is_marked_as_seen(shipped: Served, page: Page) -> None:
    page.goto(shipped.url + ISSUE)
    assert "Seen" not in marks(page, SMOTE)
    paper(page, SMOTE).get_by_role("link").first.click()
    expect(page.get_by_role("button", name="Save")).to_be_visible()
    page.go_back()
    expect(paper(page, SMOTE)).to_have_class("h-entry seen")
    assert marks(page, SMOTE).startswith('"Seen · "')
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator("article.seen")).to_have_count(2)


@pytest.mark.browser
def test_new_is_what_came_after_the_last_visit(shipped: Served, page: Page) -> None:
    page.goto(shipped.url + ISSUE)
    page.goto(shipped.url)
    expect(page.get_by_role("group", name="How much lists show")).to_have_count(0)
    expect(page.locator("html")).to_have_attribute("data-list", "facts")
    assert page.locator(".new, .since").count() == 0
    store(page, "settings", settings(known="2025-10-30", at=NOW.timestamp() * 1000 - 3_600_000))
    page.reload()
    link = page.get_by_role("link", name="212 new since 30 October")
    expect(link).to_be_visible()
    expect(page.locator("article.new")).to_have_count(page.locator("main article").count())
    link.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("30 October 2025")
    expect(page.locator("article.new")).to_have_count(212)
    page.goto(shipped.url + ISSUE)
    expect(page.locator("html")).to_have_attribute("data-list", "facts")
    assert page.locator("#again article.new, .body > .group:first-child article.new").count() == 0
    page.clock.set_fixed_time(NOW + dt.timedelta(days=1))
    page.goto(shipped.url)
    expect(page.locator("html")).to_have_attribute("data-list", "facts")
    assert page.locator(".new, .since").count() == 0


@pytest.mark.browser
def test_an_issue_that_the_front_page_does_not_name_is_still_told(shipped: Served, page: Page) -> None:
    page.goto(shipped.url)
    store(page, "settings", settings(known="2020-01-01"))
    page.reload()
    link = page.get_by_role("link", name="More than 342 new since you looked")
    expect(link).to_have_attribute("href", f"{shipped.url}since/")


@pytest.mark.browser
def test_a_muted_theme_and_word_are_hidden_counted_and_shown_by_a_click(shipped: Served, page: Page) -> None:
    page.goto(shipped.url + THEME)
    page.get_by_role("button", name="Mute this theme").click()
    expect(page.get_by_role("button", name="Unmute this theme")).to_be_visible()
    assert page.locator("main article:visible").count() == page.locator("main article").count()
    page.goto(f"{shipped.url}my/")
    page.get_by_label("Mute a word").fill("Sampling")
    page.keyboard.press("Enter")
    unmute = page.get_by_role("button", name="Unmute “Sampling”")
    expect(unmute).to_be_visible()
    page.goto(shipped.url + ISSUE)
    group = page.locator("#theme-data-selection")
    expect(group.locator(".muted")).to_have_text("9 hidden by your mutes: show")
    assert group.locator("article:visible").count() == 0
    titles = page.locator("article:visible .title").all_inner_texts()
    assert titles
    assert not [title for title in titles if "sampling" in title.lower().replace("-", " ").split()]
    group.get_by_role("button", name="show").click()
    assert group.locator("article:visible").count() == 9
    expect(group.get_by_role("button", name="hide")).to_be_focused()
    page.goto(f"{shipped.url}papers/{SMOTE}/")
    expect(page.locator(".abstract p").first).to_be_visible()
    page.goto(f"{shipped.url}my/")
    page.get_by_role("button", name="Unmute Data selection").click()
    unmute.click()
    expect(unmute).to_have_count(0)
    page.goto(shipped.url + ISSUE)
    expect(page.locator("html")).to_have_attribute("data-list", "facts")
    assert page.locator(".muted").count() == 0


@pytest.mark.browser
def test_the_page_appears_as_it_was_set_before_the_script_runs(shipped: Served, page: Page) -> None:
    page.goto(shipped.url + ISSUE)
    store(page, "settings", settings(list="titles", themes={"data-selection": "Data"}))
    page.route("**/reader.js", lambda route: route.abort())
    page.reload()
    assert page.locator("#theme-data-selection article:visible").count() == 0
    assert page.locator("#theme-retrieval article:visible").count() > 0
    assert page.locator(".facts:visible").count() == 0
    page.goto(shipped.url + THEME)
    assert page.locator("main article:visible").count() == page.locator("main article").count()


@pytest.mark.browser
def test_how_much_lists_show_is_remembered(shipped: Served, page: Page) -> None:
    page.goto(shipped.url + ISSUE)
    choice = page.get_by_role("group", name="How much lists show")
    abstracts = choice.get_by_role("button", name="Abstracts")
    abstracts.click()
    expect(abstracts).to_have_attribute("aria-pressed", "true")
    page.goto(shipped.url + LATEST)
    expect(abstracts).to_have_attribute("aria-pressed", "true")
    expect(page.locator("article > details:not([open])")).to_have_count(0)
    choice.get_by_role("button", name="Titles").click()
    expect(page.locator("details[open], .facts:visible, .note:visible, summary:visible")).to_have_count(0)
    page.goto(shipped.url + THEME)
    expect(choice.get_by_role("button")).to_have_text(["Titles", "Facts", "Abstracts"])
    assert page.locator(".facts:visible").count() == 0
    choice.get_by_role("button", name="Abstracts").click()
    expect(page.locator("article > details[open] > p").first).to_be_visible()
    choice.get_by_role("button", name="Facts").click()
    expect(page.locator("article > details[open]")).to_have_count(0)


@pytest.mark.browser
@pytest.mark.parametrize("path", [THEME, "since/2025-10-30/", "archive/2024/", "themes/retrieval/2025/"])
def test_in_every_list_an_abstract_opens_in_place_and_a_finger_saves(
    shipped: Served, page: Page, path: str
) -> None:
    page.goto(shipped.url + path)
    line = page.locator("main article").last
    title = line.locator(".title").inner_text()
    line.get_by_role("link", name="Abstract").click()
    expect(line.locator("details[open] > p").first).to_be_visible()
    assert page.url == shipped.url + path
    line.get_by_text("Abstract").click()
    expect(line.locator("details > p").first).to_be_hidden()
    line.get_by_role("button", name=f"Save: {title}").click()
    expect(line.get_by_role("button", name=f"Saved: {title}")).to_be_visible()
    assert [one["title"] for one in stored(page, "saved")] == [title]


@pytest.mark.browser
def test_an_abstract_that_cannot_be_fetched_is_read_on_the_papers_page(shipped: Served, page: Page) -> None:
    page.goto(shipped.url + THEME)
    page.route(
        "**/papers/**",
        lambda route: route.abort() if route.request.resource_type == "fetch" else route.continue_(),
    )
    page.get_by_role("link", name="Abstract").first.click()
    expect(page).to_have_url(re.compile("/papers/.*#abstract$"))


@pytest.mark.browser
def test_a_paper_is_saved_with_a_note_and_removed(shipped: Served, page: Page) -> None:
    page.goto(f"{shipped.url}papers/{SMOTE}/")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status")).to_have_text("Saved.")
    page.goto(f"{shipped.url}my/")
    note = page.get_by_role("textbox", name="Note on SMOTE")
    note.fill("<b>Read</b> again.\nSection 3.")
    page.reload()
    expect(note).to_have_value("<b>Read</b> again.\nSection 3.")
    expect(page.locator("#saved .facts")).to_have_text("4 authors · 9 June 2011")
    page.get_by_role("link", name="SMOTE").click()
    page.once("dialog", lambda dialog: dialog.dismiss())
    page.keyboard.press("s")
    expect(page.get_by_role("button", name="Saved: remove it")).to_be_visible()
    page.goto(f"{shipped.url}my/")
    page.get_by_role("button", name="Remove").click()
    assert stored(page, "saved") == []
    page.get_by_role("button", name="Put it back").click()
    expect(note).to_have_value("<b>Read</b> again.\nSection 3.")


@pytest.mark.browser
def test_the_list_goes_by_theme_has_ticks_and_is_searched(shipped: Served, page: Page) -> None:
    page.goto(shipped.url + ISSUE)
    for theme in ("retrieval", "data-selection"):
        page.locator(f"#theme-{theme}").get_by_role("button", name="Save: ").first.click()
    expect(page.get_by_role("button", name="Saved: ")).to_have_count(2)
    page.goto(f"{shipped.url}my/")
    expect(page.locator("#saved h3")).to_have_text(["Data selection & influence", "Retrieval & search"])
    page.get_by_role("checkbox", name="Read: ").first.check()
    page.reload()
    expect(page.get_by_role("checkbox", name="Read: ").first).to_be_checked()
    assert [one.get("read") for one in stored(page, "saved")] == [True, None]
    title = page.locator("#saved .title").last.inner_text()
    page.get_by_label("Find in your list").fill(title)
    expect(page.locator("#saved article:visible .title")).to_have_text([title])
    expect(page.locator("#saved h3:visible")).to_have_text(["Retrieval & search"])
    files = {form: downloaded(page, form) for form in ("BibTeX", "RIS")}
    assert "keywords = {data-selection, read}" in files["BibTeX"]
    assert "KW  - data-selection\r\nKW  - read" in files["RIS"]


def downloaded(page: Page, form: str) -> str:
    with page.expect_download() as download:
        page.get_by_role("button", name=form).click()
    return Path(download.value.path()).read_bytes().decode("utf-8")


@pytest.mark.browser
def test_paper_has_the_list_and_its_notes_but_no_marks_and_no_buttons(shipped: Served, page: Page) -> None:
    page.goto(f"{shipped.url}papers/{SMOTE}/")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status")).to_have_text("Saved.")
    page.goto(f"{shipped.url}my/")
    note = page.get_by_role("textbox", name="Note on SMOTE")
    note.fill("For Monday")
    page.emulate_media(media="print")
    expect(note).to_be_visible()
    assert page.locator("main button:visible, main kbd:visible, main .sum:visible").count() == 0
    page.goto(shipped.url + ISSUE)
    expect(page.locator("article.seen").first).to_be_attached()
    shown = "it => getComputedStyle(it, '::before').display"
    assert page.locator("article.seen > .facts").first.evaluate(shown) == "none"


@pytest.mark.browser
def test_another_tab_is_followed_while_a_note_is_written(shipped: Served, page: Page) -> None:
    page.goto(f"{shipped.url}papers/{SMOTE}/")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status")).to_have_text("Saved.")
    page.goto(f"{shipped.url}my/")
    note = page.get_by_role("textbox", name="Note on SMOTE")
    note.fill("Mine")
    other = page.context.new_page()
    other.goto(shipped.url + ISSUE)
    other.get_by_role("button", name=re.compile("^Save: ")).first.click()
    expect(other.get_by_role("status")).to_have_text("Saved.")
    other.goto(f"{shipped.url}my/")
    other.get_by_label("Mute a word").fill("quokka")
    other.get_by_role("button", name="Mute").click()
    expect(page.locator("#mutes")).to_contain_text("“quokka”")
    expect(page.locator("#saved article")).to_have_count(2)
    expect(note).to_be_focused()
    page.keyboard.type(" again")
    expect(note).to_have_value("Mine again")


@pytest.mark.browser
def test_the_list_goes_out_and_comes_back(shipped: Served, page: Page) -> None:
    page.goto(shipped.url + ISSUE)
    for key in "jsjs":
        page.keyboard.press(key)
    expect(page.get_by_role("button", name="Saved: ")).to_have_count(2)
    page.goto(f"{shipped.url}my/")
    page.get_by_role("textbox", name="Note on SMOTE").fill('50% {of} it,\n"quoted"')
    saved = stored(page, "saved")
    files = {form: downloaded(page, form) for form in ("JSON", "BibTeX", "RIS")}

    (entry, _) = parse_string(files["BibTeX"]).entries
    fields = {name: field.value for name, field in entry.fields_dict.items()}
    assert (entry.entry_type, entry.key, fields["year"], fields["byline"]) == (
        "misc",
        SMOTE,
        "2011",
        "4 authors",
    )
    assert fields["digest"] == f"{shipped.url}papers/{SMOTE}/"
    (reference, _) = rispy.loads(files["RIS"])
    assert (reference["id"], reference["title"]) == (SMOTE, saved[0]["title"])
    assert reference["notes"] == ["50% {of} it,", '"quoted"']

    for form, text in files.items():
        store(page, "saved", '{"version":1,"data":[]}')
        page.reload()
        file: Any = {"name": f"list.{form}", "mimeType": "text/plain", "buffer": text.encode()}
        page.get_by_label("Add the papers of a file").set_input_files(file)
        expect(page.locator("#told")).to_have_text(f"list.{form}: 2 added, 0 already here.")
        assert stored(page, "saved") == saved


HOSTILE = """\
@misc{x, title = {<img src=x onerror="window.broken = 1">}, url = {javascript:alert(1)}, annote = {</p>}}
@misc{y, title = {From arXiv}, eprint = {%s}, annote = {Mine}}"""


@pytest.mark.browser
def test_what_is_taken_in_is_text_and_finds_its_paper_here(shipped: Served, page: Page) -> None:
    files = [json.loads(path.read_bytes()) for path in shipped.site.glob("api/v1/papers*.json")]
    known = next(one for file in files for one in file["papers"] if one.get("arxiv"))
    page.goto(f"{shipped.url}my/")
    text: Any = {"name": "a.bib", "mimeType": "text/plain", "buffer": (HOSTILE % known["arxiv"]).encode()}
    page.get_by_label("Add the papers of a file").set_input_files(text)
    expect(page.locator("#told")).to_have_text("a.bib: 2 added, 0 already here, 1 not of this digest.")
    expect(page.locator("#saved .title").last).to_have_text('<img src=x onerror="window.broken = 1">')
    assert page.locator("#saved img").count() == 0
    assert page.locator("#saved article").last.locator("a").count() == 0
    expect(page.get_by_role("link", name="From arXiv")).to_have_attribute(
        "href", f"{shipped.url}papers/{known['slug']}/"
    )
    assert page.evaluate("window.broken") is None
    none: Any = {"name": "b.txt", "mimeType": "text/plain", "buffer": b"hello"}
    page.get_by_label("Add the papers of a file").set_input_files(none)
    expect(page.locator("#told")).to_contain_text("b.txt names no paper that can be read.")


@pytest.mark.browser
def test_keys_move_open_and_save(shipped: Served, page: Page) -> None:
    page.goto(shipped.url + ISSUE)
    titles = page.locator("main .title > a")
    for key, number in (("j", 0), ("j", 1), ("j", 2), ("k", 1)):
        page.keyboard.press(key)
        expect(titles.nth(number)).to_be_focused()
    assert titles.nth(1).evaluate("it => getComputedStyle(it).outlineStyle") == "solid"
    page.keyboard.press("Control+s")
    page.keyboard.press("Alt+k")
    expect(titles.nth(1)).to_be_focused()
    assert stored(page, "saved") is None
    page.keyboard.press("a")
    expect(page.locator("details[open] > p").first).to_be_visible()
    page.keyboard.press("a")
    expect(page.locator("details[open]")).to_have_count(0)
    page.keyboard.press("o")
    expect(page).to_have_url(f"{shipped.url}papers/{SMOTE}/")
    expect(page.get_by_role("button", name="Save", exact=True)).to_be_visible()
    page.go_back()
    expect(titles.nth(1)).to_be_focused()
    page.keyboard.press("o")
    expect(page.get_by_role("button", name="Save", exact=True)).to_be_visible()
    following = page.locator(".near [rel=next]").get_attribute("href") or ""
    page.keyboard.press("j")
    expect(page).to_have_url(shipped.url + following.removeprefix("../../"))
    expect(page.get_by_role("button", name="Save", exact=True)).to_be_visible()
    page.keyboard.press("k")
    expect(page).to_have_url(f"{shipped.url}papers/{SMOTE}/")
    expect(page.get_by_role("button", name="Save", exact=True)).to_be_visible()
    page.keyboard.press("/")
    expect(page).to_have_url(f"{shipped.url}search/")


@pytest.mark.browser
def test_a_paper_that_a_key_moves_to_leaves_a_line_of_the_next_in_sight(shipped: Served, page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 500})
    page.goto(shipped.url + ISSUE)
    page.get_by_role("button", name="Keys: ?").click()
    page.get_by_role("button", name="Close").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    titles = page.locator("main .title > a")
    for number in range(6):
        page.keyboard.press("j")
        expect(titles.nth(number)).to_be_focused()
        box = titles.nth(number + 1).bounding_box()
        assert box
        assert box["y"] + 20 <= 500


@pytest.mark.browser
def test_the_sheet_of_keys_opens_closes_and_switches_them_off(shipped: Served, page: Page) -> None:
    page.goto(shipped.url + ISSUE)
    page.keyboard.press("j")
    page.keyboard.press("?")
    sheet = page.get_by_role("dialog", name="Keys")
    expect(sheet).to_contain_text("next paper")
    page.keyboard.press("j")
    page.keyboard.press("Escape")
    expect(sheet).to_have_count(0)
    expect(page.locator("main .title > a").first).to_be_focused()
    page.keyboard.press("?")
    page.get_by_role("button", name="Switch the keys off").click()
    page.keyboard.press("j")
    page.keyboard.press("?")
    expect(page.locator("main .title > a").first).to_be_focused()
    expect(sheet).to_have_count(0)
    page.goto(f"{shipped.url}my/")
    page.get_by_label("Keys are on").check()
    page.goto(shipped.url + ISSUE)
    page.keyboard.press("j")
    expect(page.locator("main .title > a").first).to_be_focused()


@pytest.mark.browser
def test_keys_are_letters_where_something_is_written(shipped: Served, page: Page) -> None:
    page.goto(f"{shipped.url}papers/{SMOTE}/")
    page.keyboard.press("s")
    expect(page.get_by_role("button", name="Saved: remove it")).to_be_visible()
    page.goto(f"{shipped.url}my/")
    note = page.get_by_role("textbox", name="Note on SMOTE")
    note.press_sequentially("jokes/?")
    expect(note).to_have_value("jokes/?")
    assert len(stored(page, "saved")) == 1


@pytest.mark.browser
def test_what_cannot_be_read_is_set_aside_and_said(shipped: Served, page: Page) -> None:
    page.goto(shipped.url)
    store(page, "saved", "{odd")
    store(page, "settings", '{"version":1,"data":{"themes":7,"list":"<x>"}}')
    page.goto(shipped.url + ISSUE)
    page.keyboard.press("j")
    expect(page.locator("main .title > a").first).to_be_focused()
    page.goto(f"{shipped.url}my/")
    expect(page.locator("#unreadable")).to_be_visible()
    assert "saved: {odd\n" in downloaded(page, "download it")


@pytest.mark.browser
def test_a_full_device_says_so(shipped: Served, page: Page) -> None:
    page.add_init_script(
        "Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError') }"
    )
    page.goto(f"{shipped.url}papers/{SMOTE}/")
    page.on("dialog", lambda dialog: dialog.dismiss())
    with page.expect_event("dialog") as said:
        page.get_by_role("button", name="Save").click()
    assert said.value.message == "This device has no room to keep that."
    expect(page.get_by_role("button", name="Save")).to_be_visible()
    page.goto(f"{shipped.url}my/")
    page.get_by_label("Mute a word").fill("word")
    with page.expect_event("dialog") as said:
        page.get_by_role("button", name="Mute").click()
    assert said.value.message == "This device has no room to keep that."
    expect(page.get_by_label("Mute a word")).to_have_value("word")


@pytest.mark.browser
def test_a_device_that_keeps_nothing_has_whole_pages(shipped: Served, page: Page) -> None:
    page.add_init_script("""
      Object.defineProperty(window, "localStorage", {get() { throw new DOMException("", "SecurityError") }});
      Object.defineProperty(navigator, "clipboard", {value: undefined});
    """)
    page.goto(f"{shipped.url}papers/{SMOTE}/")
    page.locator(".cite summary").click()
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_role("button", name="Selected")).to_be_visible()
    assert page.evaluate("String(getSelection())").strip().startswith("@misc{")
    assert page.get_by_role("button", name="Save").count() == 0
    page.goto(f"{shipped.url}my/")
    expect(page.locator("#denied")).to_be_visible()
    assert page.locator(".body .group:visible").count() == 0


@pytest.mark.browser
def test_a_button_copies(shipped: Served, page: Page) -> None:
    page.goto(f"{shipped.url}papers/{SMOTE}/")
    page.locator(".cite summary").click()
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    expect(page.get_by_role("status")).to_have_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.locator("#bibtex").text_content()
    page.clock.run_for(2000)
    expect(page.get_by_role("button", name="Copy", exact=True)).to_be_visible()


@pytest.mark.browser
def test_without_scripts_the_page_says_so_and_leads_on(shipped: Served, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{shipped.url}my/")
    expect(page.locator("noscript p")).to_contain_text("This page needs JavaScript.")
    assert page.locator(".body .group:visible").count() == 0
    page.get_by_role("link", name="what is new since you looked").click()
    expect(page).to_have_url(f"{shipped.url}since/")
    page.goto(shipped.url + ISSUE)
    assert page.locator("button:visible, .lists, .muted").count() == 0
    context.close()
