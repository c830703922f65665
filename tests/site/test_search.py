"""The search, in a real Chromium under a strict policy: what is found and shown, what the address says."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect

from tests.support.digest import write_files
from tests.support.serving import Served, serving

DIGEST = (Path(__file__).parent / "searched.txt").read_text("utf-8")
FEW = 20
"""Papers of one more kind, above the number that is shown at a time."""

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def digest(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    write_files(root := tmp_path_factory.mktemp("searched"), DIGEST)
    for number in range(FEW + 1):
        listed = f"[{{listing: z, issue: 2025-10-27, position: {number + 1}}}]"
        text = f"title: Quokka {number}\nabstract: Of quokkas.\nauthor_count: 1\nlisted: {listed}\n"
        (root / f"content/papers/quokka-{number}.yaml").write_text(text)
    with serving(root, tmp_path_factory.mktemp("served")) as served:
        yield served


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context()
    yield context
    context.close()


@contextmanager
def watched(page: Page, digest: Served) -> Iterator[Page]:
    """Watch a page; in the end nothing was refused, and nothing asked of another host."""
    said: list[str] = []
    asked: list[str] = []
    listeners: dict[Any, Any] = {
        "console": lambda message: said.append(message.text),
        "pageerror": lambda flaw: said.append(str(flaw)),
        "request": lambda request: asked.append(request.url),
    }
    for event, listener in listeners.items():
        page.on(event, listener)
    yield page
    for event, listener in listeners.items():
        page.remove_listener(event, listener)
    assert said == []
    assert [url for url in asked if not url.startswith(digest.url)] == []


@pytest.fixture
def page(context: BrowserContext, digest: Served) -> Iterator[Page]:
    """Yield a page of a reader who is here for the first time."""
    with watched(context.new_page(), digest) as page:
        yield page


@pytest.fixture(scope="module")
def window(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    yield context.new_page()
    context.close()


@pytest.fixture
def shared_page(window: Page, digest: Served) -> Iterator[Page]:
    """Yield a page that may have been at other addresses before: a new window takes longer than a search."""
    with watched(window, digest) as page:
        yield page


def search(page: Page, digest: Served, asked: str) -> list[str]:
    """Open the search with a query, and return the titles it finds."""
    page.goto(f"{digest.url}search/{asked}")
    expect(counted(page)).to_have_text(re.compile("^(?!Searching)."))
    return titles(page).all_inner_texts()


def counted(page: Page) -> Locator:
    return page.get_by_role("region", name="Papers found").get_by_role("status")


def titles(page: Page) -> Locator:
    return page.locator("article .title a")


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("H2O", ["Molecules of H₂O"]),
        ("pi0", ["π₀: A Flow Model"]),
        ("π0", ["π₀: A Flow Model"]),
        ("tau-bench", ["τ-bench"]),
        ("l1", ["Sparse ℓ₁ Penalties"]),
        ("4.1", ["Evaluating GPT-4.1"]),
        ("R^2", ["On R² of an eﬃcient Straße"]),
        ("efficient strasse", ["On R² of an eﬃcient Straße"]),
        ("Lukasz", ["τ-bench"]),
        ("Łukasz", ["τ-bench"]),
        ("https://doi.org/10.48550/arXiv.2410.12265", ["Layer Normalization", "On citing papers"]),
        ("layer normalization", ["Layer Normalization", "On citing papers"]),
        ("normalizing", ["Layer Normalization", "On citing papers"]),
        ('"single training case"', ["Layer Normalization"]),
        ("2410.12265", ["Layer Normalization", "On citing papers"]),
        ("arXiv:2410.12265v2", ["Layer Normalization", "On citing papers"]),
        ("https://arxiv.org/pdf/2410.12265v1.pdf", ["Layer Normalization", "On citing papers"]),
        ("2410.99999", []),
        ("Stanford", ["Layer Normalization"]),
        ("stanfordnlp", ["Layer Normalization"]),
        ("Ada Example", ["Layer Normalization"]),
        ("muller", ["Layer Normalization"]),
        ("palimpsest", ["Layer Normalization"]),
        ("July 2016", ["Layer Normalization"]),
        ("强化学习", ["强化学习综述"]),
        ("强化", ["强化学习综述"]),
        ("BERT", ["强化学习综述"]),
        ("自然言語", ["学習について"]),
        ("コンピュータ", ["学習について"]),
        ("xyzzyx", []),
    ],
)
def test_papers_are_found_by_what_is_said_of_them(
    shared_page: Page, digest: Served, words: str, found: list[str]
) -> None:
    base = f"{digest.url}search/"
    if shared_page.url != base:
        shared_page.goto(base)
    shared_page.get_by_label("Words").fill(words)
    number = {0: "No papers", 1: "1 paper"}.get(len(found), f"{len(found)} papers")
    expect(counted(shared_page)).to_have_text(number)
    assert titles(shared_page).all_inner_texts() == found
    shared_page.get_by_label("Words").fill("")
    expect(counted(shared_page)).to_be_empty()
    expect(shared_page).to_have_url(base)


def test_a_result_is_a_line_of_a_list_with_the_words_in_their_sentence(page: Page, digest: Served) -> None:
    search(page, digest, "?q=summed+inputs")
    result = page.locator("article")
    assert result.locator("a").first.get_attribute("href") == "../papers/layers/"
    facts = result.locator(".facts")
    expect(facts).to_have_text("Pick · Stanford NLP · 21 July 2016 · arXiv 2410.12265 Save")
    expect(facts.get_by_role("link")).to_have_attribute("href", "https://arxiv.org/abs/2410.12265")
    assert result.locator("mark").all_inner_texts() == ["summed inputs"]
    assert "from all of the summed inputs to the neurons" in result.locator(".quoted").inner_text()


def test_words_of_a_title_are_marked_without_their_signs(page: Page, digest: Served) -> None:
    search(page, digest, "?q=pi0+flows")
    assert titles(page).locator("mark").all_inner_texts() == ["π₀", "Flow"]


def test_most_words_find_papers_where_none_has_all(page: Page, digest: Served) -> None:
    found = search(page, digest, "?q=layers+papers+palimpsest+normalization+zeros")
    assert found[:2] == ["Layer Normalization", "On citing papers"]
    expect(counted(page)).to_contain_text("No paper has all words; ")
    expect(page.locator("article .facts").first).to_contain_text("Without “papers”, “zeros”")


def test_a_word_that_no_paper_has_is_left_out_and_named(page: Page, digest: Served) -> None:
    assert search(page, digest, "?q=palimpsest+xyzzyx") == ["Layer Normalization"]
    expect(page.locator(".results .sum").last).to_have_text("Left out, as no paper has it: “xyzzyx”.")


def test_where_filters_narrow_the_search_only_the_papers_there_are_spoken_of(
    page: Page, digest: Served
) -> None:
    search(page, digest, "?q=palimpsest+layers&theme=data")
    expect(counted(page)).to_have_text("No paper here has all words; 1 paper with most")
    expect(page.locator(".results .sum").last).to_have_text(
        "Left out, as no paper here has it: “palimpsest”."
    )


def test_a_word_that_only_begins_like_those_found_is_named(page: Page, digest: Served) -> None:
    search(page, digest, "?q=asxyzzyx")
    expect(page.locator(".results .sum")).to_have_text(
        "No paper has “asxyzzyx”; these have words that begin like it."
    )


def test_the_nearest_spelling_is_suggested(page: Page, digest: Served) -> None:
    search(page, digest, "?q=normalisatoin")
    page.get_by_role("button", name="normalization", exact=True).click()
    expect(page).to_have_url(f"{digest.url}search/?q=normalization")
    expect(counted(page)).to_have_text("2 papers")


def test_results_are_saved_muted_and_walked_through_by_keys(page: Page, digest: Served) -> None:
    search(page, digest, "?q=normalization")
    page.keyboard.press("j")
    expect(titles(page).first).to_be_focused()
    page.keyboard.press("s")
    expect(page.get_by_role("button", name="Saved: Layer Normalization")).to_be_visible()
    page.keyboard.press("j")
    expect(page.locator("article.seen")).to_have_count(1)
    saved = page.evaluate("JSON.parse(localStorage.getItem('broadsheet:/saved')).data[0]")
    assert (saved["slug"], saved["date"], saved["byline"]) == ("layers", "2016-07-21", "Stanford NLP")
    page.keyboard.press("k")
    page.keyboard.press("o")
    expect(page.get_by_role("heading", level=1)).to_have_text("Layer Normalization")
    page.go_back()
    expect(titles(page).first).to_be_focused()
    page.evaluate("""() => {
      const raw = JSON.parse(localStorage.getItem("broadsheet:/settings"));
      raw.data.themes = { data: "Data" };
      localStorage.setItem("broadsheet:/settings", JSON.stringify(raw));
    }""")
    page.reload()
    expect(page.locator(".muted")).to_contain_text("1 hidden by your mutes")
    expect(counted(page)).to_have_text("2 papers, muted ones counted")


def test_back_finds_as_many_papers_and_the_same_place(page: Page, digest: Served) -> None:
    search(page, digest, "?q=quokka")
    page.get_by_role("button", name="Show more").click()
    expect(titles(page)).to_have_count(FEW + 1)
    top = page.evaluate("scrollTo(0, 500), scrollY")
    page.evaluate("document.querySelectorAll('article a')[10].click()")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Quokka")
    page.go_back()
    expect(titles(page)).to_have_count(FEW + 1)
    page.wait_for_function("top => scrollY === top", arg=top)


def test_chinese_is_shown_as_it_was_written(page: Page, digest: Served) -> None:
    search(page, digest, "?q=强化学习")
    quoted = page.locator(".quoted")
    assert quoted.inner_text().startswith("强化学习是机器学习中的一个领域")
    assert quoted.locator("mark").first.inner_text() == "强化学习"


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("?pick=1", ["Layer Normalization", "学習について"]),
        ("?theme=models", ["Layer Normalization", "强化学习综述"]),
        ("?year=2023", ["强化学习综述", "学習について"]),
        ("?theme=data&year=2023&pick=1", ["学習について"]),
        ("?theme=models&pick=1&code=1", ["Layer Normalization"]),
        ("?q=normalization&code=1&theme=data", ["On citing papers"]),
        ("?q=normalization&year=2023", []),
        ("?q=2410.12265&theme=data", ["On citing papers"]),
        ("?year=no-such-year&pick=1", ["Layer Normalization", "学習について"]),
    ],
)
def test_filters_work_together_and_without_words_in_the_order_of_lists(
    shared_page: Page, digest: Served, asked: str, found: list[str]
) -> None:
    assert search(shared_page, digest, asked) == found


def test_the_address_says_what_is_asked_and_the_history_leads_back(page: Page, digest: Served) -> None:
    base = f"{digest.url}search/"
    page.goto(base)
    status = counted(page)
    page.get_by_label("Words").press_sequentially("normalization", delay=5)
    expect(status).to_have_text("2 papers")
    expect(page).to_have_url(f"{base}?q=normalization")
    page.get_by_role("combobox", name="Theme").select_option("Data")
    page.get_by_label("With code").check()
    expect(page).to_have_url(f"{base}?q=normalization&theme=data&code=1")
    expect(status).to_have_text("1 paper")
    page.go_back()
    expect(page).to_have_url(f"{base}?q=normalization&theme=data")
    expect(page.get_by_label("With code")).not_to_be_checked()
    page.go_back()
    expect(status).to_have_text("2 papers")
    page.go_back()
    expect(page).to_have_url(base)
    expect(page.get_by_label("Words")).to_have_value("")
    expect(status).to_be_empty()
    page.go_forward()
    expect(page.get_by_label("Words")).to_have_value("normalization")
    expect(status).to_have_text("2 papers")


def test_from_a_paper_the_history_leads_back_to_what_was_found(page: Page, digest: Served) -> None:
    search(page, digest, "?q=normalization&code=1")
    titles(page).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Layer Normalization")
    page.go_back()
    expect(page.get_by_label("Words")).to_have_value("normalization")
    expect(counted(page)).to_have_text("2 papers")


def test_a_paper_is_reached_by_keys_only(page: Page, digest: Served) -> None:
    search(page, digest, "?pick=1")
    page.keyboard.press("/")
    expect(page.get_by_label("Words")).to_be_focused()
    page.keyboard.type("normalization", delay=5)
    expect(counted(page)).to_have_text("1 paper")
    page.keyboard.press("ArrowDown")
    expect(titles(page).first).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.get_by_label("Words")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Layer Normalization")


def test_more_papers_are_shown_when_they_are_asked_for(page: Page, digest: Served) -> None:
    search(page, digest, "?q=quokka")
    expect(titles(page)).to_have_count(FEW)
    expect(counted(page)).to_have_text(f"{FEW + 1} papers")
    page.get_by_role("button", name="Show more").click()
    expect(titles(page)).to_have_count(FEW + 1)
    expect(titles(page).last).to_be_focused()
    expect(page.get_by_role("button", name="Show more")).to_be_hidden()


def test_hostile_words_stay_words(page: Page, digest: Served) -> None:
    title = "<img src=x onerror=alert(1)> <script>alert(2)</script> zebra"
    assert search(page, digest, "?q=zebra") == [title]
    result = page.locator("article")
    assert "Mallory" in result.locator(".facts").inner_text()
    assert result.locator(".quoted").inner_text() == (
        "Zebra <mark>crossing</mark> &lt;b&gt; <svg onload=alert(3)> ¶ </p> zebra."
    )
    names = page.evaluate("[...document.querySelectorAll('.results *')].map((e) => e.localName)")
    assert {*names} <= {"article", "h2", "a", "p", "mark", "span", "time", "button"}
    assert page.evaluate("[...document.querySelectorAll('.results *')].every((e) => !e.onmouseover)")


@pytest.mark.parametrize(
    "asked", ["?q=%3Cimg+src%3Dx%3E&theme=%22%3E%3Cscript%3E", "?q=%22", "?q=%E0%A4%A", "?q=++"]
)
def test_a_hostile_address_does_no_harm(shared_page: Page, digest: Served, asked: str) -> None:
    shared_page.goto(f"{digest.url}search/{asked}")
    shared_page.get_by_label("Words").fill("Stanford")
    expect(counted(shared_page)).to_have_text("1 paper")


def test_without_scripts_the_page_says_so_and_leads_on(browser: Browser, digest: Served) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{digest.url}search/")
    expect(page.locator("noscript p")).to_contain_text("This page needs JavaScript")
    expect(page.locator("noscript p")).to_be_visible()
    expect(page.get_by_label("Words")).to_be_hidden()
    main = page.get_by_role("main")
    assert [link.inner_text() for link in main.get_by_role("link").all()] == [
        "issue",
        "theme",
        "picks",
        "archive",
    ]
    context.close()


def test_without_an_index_the_page_says_so(context: BrowserContext, digest: Served) -> None:
    page = context.new_page()
    page.route("**/pagefind/**", lambda route: route.fulfill(status=404))
    page.goto(f"{digest.url}search/?q=normalization")
    expect(counted(page)).to_have_text("Search failed")


@pytest.mark.parametrize("part", ["pagefind.js", "pagefind-entry.json*", "fragment/*"])
def test_a_search_that_failed_is_tried_again(context: BrowserContext, digest: Served, part: str) -> None:
    page = context.new_page()
    page.route(f"**/pagefind/{part}", lambda route: route.abort())
    page.goto(f"{digest.url}search/?q=normalization")
    expect(counted(page)).to_have_text("Search failed")
    page.unroute_all()
    page.get_by_role("button", name="Search").click()
    expect(counted(page)).to_have_text("2 papers")


def test_without_the_words_to_spell_by_the_papers_are_shown(context: BrowserContext, digest: Served) -> None:
    page = context.new_page()
    page.route("**/words.json", lambda route: route.abort())
    with page.expect_event("requestfailed"):
        page.goto(f"{digest.url}search/?q=normalization")
    expect(counted(page)).to_have_text("2 papers")


def test_a_long_search_says_that_it_searches(context: BrowserContext, digest: Served) -> None:
    page = context.new_page()
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/fragment/*", hold)
    page.goto(f"{digest.url}search/?q=normalization")
    expect(counted(page)).to_have_text("Searching…")
    for route in held:
        route.continue_()
    expect(counted(page)).to_have_text("2 papers")


def test_the_navigation_names_the_search(page: Page, digest: Served) -> None:
    page.goto(f"{digest.url}papers/layers/")
    page.get_by_role("navigation", name="Sections").get_by_role("link", name="Search").click()
    expect(page).to_have_url(f"{digest.url}search/")
    expect(page.get_by_role("link", name="Search")).to_have_attribute("aria-current", "true")
    expect(page.get_by_label("Words")).to_be_focused()
