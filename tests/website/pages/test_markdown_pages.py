"""The pages that editors write, and the page for an address that leads nowhere."""

from generator.model import MarkdownPage
from generator.website.pages import markdown
from tests.support.libraries import has, library, planned, rendered, texts, tree

ABOUT = MarkdownPage(slug="about", title="About", text="See the [picks](/picks/).\n\n## Who")
COLOPHON = MarkdownPage(slug="colophon", title="Colophon", text="Set in *Charter*.")


def test_each_page_has_its_title_and_its_text() -> None:
    page = planned(library(pages=(ABOUT,)), markdown.plan)["about/index.html"]
    assert texts(page, "//h1 | //h2") == ["About", "Who"]
    assert texts(page, f"//*[{has('prose')}]/p") == ["See the picks."]


def test_a_link_from_the_root_leads_there_under_any_base_path() -> None:
    page = planned(library(pages=(ABOUT,)), markdown.plan)["about/index.html"]
    assert tree(page).xpath(f"//*[{has('prose')}]//a/@href") == ["../picks/"]


def test_every_page_links_them_at_its_foot_and_marks_itself() -> None:
    page = planned(library(pages=(ABOUT, COLOPHON)), markdown.plan)["colophon/index.html"]
    assert tree(page).xpath("//footer//nav//a/@href") == ["../about/", "../colophon/"]
    assert texts(page, "//footer//a[@aria-current='page']") == ["Colophon"]


def test_the_page_for_unknown_addresses_works_wherever_it_is_shown() -> None:
    page = planned(library(), markdown.plan)["404.html"]
    links = [link for link in tree(page).xpath("//@href") if not link.startswith("#")]
    assert links
    assert all(link.startswith("https://digest.example/base/") for link in links)


def test_the_page_for_unknown_addresses_is_not_for_search_engines() -> None:
    page = planned(library(), markdown.plan)["404.html"]
    assert tree(page).xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert "canonical" not in rendered(page)
