"""Files of citations, and what pages tell reference managers, search engines and previews of links."""

import datetime as dt
import json
from typing import Any
from urllib.parse import parse_qs
from urllib.request import urlopen

import mf2py
import msgspec
import pytest

from generator.engine.page import EXPORTS
from generator.library.library import Library
from generator.model import Paper
from generator.settings import Outputs
from generator.website.citations import planner
from generator.website.pages import front, issues, papers, themes
from tests.support.cited_papers import ATTACKS
from tests.support.libraries import MONDAY, SITE, TUESDAY, library, paper, planned, rendered, texts, tree

KNOWN = paper(
    "A $x^2$ title",
    MONDAY,
    TUESDAY,
    headline="Read this",
    abstract="Words.",
    authors=("Ann Other", "Laurens van der Maaten"),
    arxiv="2410.12265",
    doi="10.1234/a",
    published=dt.date(2024, 2, 29),
    themes=("data",),
)
PAPERS = {
    "it": KNOWN,
    "from-lab": paper(
        "From a lab", MONDAY, position=2, organization="A & B Lab", published=dt.date(2025, 1, 2)
    ),
    "unnamed": paper(None, MONDAY, position=3, author_count=3),
    "late": paper("Late", TUESDAY, formerly=("early",)),
}
URL = "https://digest.example/base/"
WITH_FILES = msgspec.structs.replace(SITE, outputs=Outputs(paper_citations=True))
"""A site on which each paper's citation is a file, too."""


def keys(found: Library, path: str) -> list[str]:
    return [item["id"] for item in json.loads(rendered(planned(found, planner.plan)[path]))]


def metas(text: Any) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for meta in text.xpath("//meta[@property or @name]"):
        found.setdefault(meta.get("property") or meta.get("name"), []).append(meta.get("content"))
    return found


def linked_data(text: Any) -> Any:
    [script] = text.xpath("//script[@type='application/ld+json']")
    return json.loads(script.text)


class TestFiles:
    """What is written, and what it depends on."""

    def test_every_issue_and_theme_has_them(self) -> None:
        assert {path.partition("/")[0] for path in planned(library(PAPERS), planner.plan)} == {
            *("issues", "themes")
        }

    def test_if_asked_every_paper_has_them_a_former_address_too(self) -> None:
        pages = planned(library(PAPERS, site=WITH_FILES), planner.plan)
        folders = {path.rpartition(".")[0] for path in pages}
        assert folders == {
            *(f"papers/{slug}/cite" for slug in (*PAPERS, "early")),
            *("issues/2025-10-27/papers", "issues/2025-10-28/papers"),
            *("themes/data/papers", "themes/models/papers", "themes/unsorted/papers"),
        }
        assert set(pages) == {f"{folder}.{ending}" for folder in folders for ending in ("bib", "ris", "json")}
        assert {page.stage for page in pages.values()} == {EXPORTS}

    def test_they_cite_what_the_page_lists_in_its_order(self) -> None:
        found = library(PAPERS, site=WITH_FILES)
        assert keys(found, "issues/2025-10-27/papers.json") == ["it", "from-lab", "unnamed"]
        assert keys(found, "issues/2025-10-28/papers.json") == ["late", "it"]
        assert keys(found, "themes/data/papers.json") == ["it"]
        assert keys(found, "papers/early/cite.json") == ["late"]

    def test_an_empty_theme_has_empty_ones(self) -> None:
        pages = planned(library(PAPERS), planner.plan)
        assert [rendered(pages[f"themes/models/papers.{ending}"]) for ending in ("bib", "ris", "json")] == [
            *("", "", "[]\n")
        ]

    @pytest.mark.parametrize(
        "edit", [{"note": "Read it."}, {"abstract": "Other words."}, {"headline": None}, {"pick": True}]
    )
    def test_what_a_citation_does_not_say_changes_no_citation(self, edit: dict[str, Any]) -> None:
        assert self.changed(edit) == set()

    def test_a_title_changes_its_own_files_and_those_of_its_lists(self) -> None:
        issue_folders = ("issues/2025-10-27/papers", "issues/2025-10-28/papers")
        assert self.changed({"title": "Another"}) == {
            f"{folder}.{ending}"
            for folder in ("papers/it/cite", *issue_folders, "themes/data/papers")
            for ending in ("bib", "ris", "json")
        }

    def changed(self, edit: dict[str, Any]) -> set[str]:
        after = PAPERS | {"it": msgspec.structs.replace(KNOWN, **edit)}
        old, new = (planned(library(found, site=WITH_FILES), planner.plan) for found in (PAPERS, after))
        return {path for path in old if rendered(old[path]) != rendered(new[path])}


class TestThePaper:
    """Its page, for programs."""

    page = planned(library(PAPERS), papers.plan)["papers/it/index.html"]

    def test_it_shows_how_to_cite_it_without_a_script(self) -> None:
        found = tree(self.page)
        entry = rendered(planned(library(PAPERS, site=WITH_FILES), planner.plan)["papers/it/cite.bib"])
        assert found.xpath("string(//pre[@id='bibtex'])") == entry
        assert found.xpath("//button[@hidden and @type='button']/@data-copy") == ["bibtex"]

    def test_its_links_hold_what_the_files_would(self) -> None:
        site_with_files = planned(library(PAPERS, site=WITH_FILES))
        cited = tree(site_with_files["papers/it/index.html"]).xpath("//section[h2='Cite']//a")
        files = [link.get("href") for link in cited]
        assert files == ["./cite.bib", "./cite.ris", "./cite.json"]
        found = tree(self.page).xpath("//section[h2='Cite']//a")
        assert [link.get("download") for link in found] == ["it.bib", "it.ris", "it.json"]
        for link, file in zip(found, files, strict=True):
            with urlopen(link.get("href")) as answer:
                assert answer.read().decode() == rendered(site_with_files[f"papers/it/{file[2:]}"])

    def test_scholar_reads_the_tags_it_asks_for(self) -> None:
        assert {
            name: value for name, value in metas(tree(self.page)).items() if name.startswith("citation_")
        } == {
            "citation_title": ["A x² title"],
            "citation_author": ["Other, Ann", "van der Maaten, Laurens"],
            "citation_publication_date": ["2024/02/29"],
            "citation_arxiv_id": ["2410.12265"],
            "citation_doi": ["10.1234/a"],
            "citation_abstract_html_url": [f"{URL}papers/it/"],
            "citation_pdf_url": ["https://arxiv.org/pdf/2410.12265"],
        }

    def test_linked_data_say_the_same(self) -> None:
        assert linked_data(tree(self.page)) == {
            "@context": "https://schema.org",
            "@type": "ScholarlyArticle",
            "name": "A x² title",
            "url": f"{URL}papers/it/",
            "author": [
                {"@type": "Person", "name": "Ann Other"},
                {"@type": "Person", "name": "Laurens van der Maaten"},
            ],
            "datePublished": "2024-02-29",
            "identifier": [
                {"@type": "PropertyValue", "propertyID": "arXiv", "value": "2410.12265"},
                {"@type": "PropertyValue", "propertyID": "DOI", "value": "10.1234/a"},
            ],
            "sameAs": "https://arxiv.org/abs/2410.12265",
        }

    def test_of_an_unnamed_paper_neither_title_nor_author_is_said(self) -> None:
        page = tree(planned(library(PAPERS), papers.plan)["papers/unnamed/index.html"])
        assert {"citation_title", "citation_author"} & metas(page).keys() == set()
        assert {"name", "author"} & linked_data(page).keys() == set()

    def test_a_shared_link_shows_its_picture(self) -> None:
        found = metas(tree(self.page))
        shared = {name: value for name, value in found.items() if name.startswith(("og:", "twitter:"))}
        assert {name: value for name, [value] in shared.items()} == {
            "og:url": f"{URL}papers/it/",
            "og:type": "article",
            "og:site_name": "The Digest",
            "og:title": "Read this",
            "og:description": "Words.",
            "og:image": f"{URL}papers/it/share.png",
            "og:image:width": "1200",
            "og:image:height": "630",
            "og:image:alt": "Read this · The Digest",
            "twitter:card": "summary_large_image",
        }

    def test_a_microformats_parser_finds_the_entry(self) -> None:
        [entry] = mf2py.parse(doc=rendered(self.page), url=f"{URL}papers/it/")["items"]
        assert entry["type"] == ["h-entry"]
        assert {name: value for name, value in entry["properties"].items() if name != "author"} == {
            "name": ["Read this"],
            "url": [f"{URL}papers/it/"],
            "summary": ["Words."],
            "published": ["2024-02-29"],
        }
        assert [author["value"] for author in entry["properties"]["author"]] == [
            "Ann Other",
            "Laurens van der Maaten",
        ]


class TestLists:
    """Pages that list papers, for programs."""

    pages = planned(library(PAPERS), front.plan, issues.plan, themes.plan)
    issue = pages["issues/2025-10-27/index.html"]

    def test_reference_managers_find_each_paper_of_a_list(self) -> None:
        spans = [parse_qs(title) for title in tree(self.issue).xpath("//span[@class='Z3988']/@title")]
        head = {
            "ctx_ver": ["Z39.88-2004"],
            "rft_val_fmt": ["info:ofi/fmt:kev:mtx:dc"],
            "rft.type": ["preprint"],
        }
        assert spans == [
            head
            | {
                "rft.title": ["A x² title"],
                "rft.date": ["2024-02-29"],
                "rft_id": ["https://arxiv.org/abs/2410.12265"],
            },
            head | {"rft.title": ["From a lab"], "rft.aucorp": ["A & B Lab"], "rft.date": ["2025-01-02"]},
        ]

    def test_linked_data_name_the_papers_in_order(self) -> None:
        found = linked_data(tree(self.issue))
        listed = found["mainEntity"]
        assert (found["@type"], found["url"]) == ("CollectionPage", f"{URL}issues/2025-10-27/")
        assert [item["url"] for item in listed["itemListElement"]] == [
            *(f"{URL}papers/it/", f"{URL}papers/from-lab/", f"{URL}papers/unnamed/")
        ]
        assert listed["numberOfItems"] == 3
        assert linked_data(tree(self.pages["themes/data/index.html"]))["mainEntity"]["numberOfItems"] == 1
        assert linked_data(tree(self.pages["index.html"]))["@type"] == "WebSite"

    def test_a_microformats_parser_finds_a_feed_of_entries(self) -> None:
        [feed] = mf2py.parse(doc=rendered(self.issue), url=f"{URL}issues/2025-10-27/")["items"]
        assert feed["type"] == ["h-feed"]
        entries = [item["properties"] for item in feed["children"]]
        assert [entry["url"] for entry in entries] == [
            [f"{URL}papers/{slug}/"] for slug in ("it", "from-lab", "unnamed")
        ]
        assert entries[1]["name"] == ["From a lab"]
        assert entries[1]["published"] == ["2025-01-02"]
        assert [author["value"] for author in entries[1]["author"]] == ["A & B Lab"]

    def test_an_issue_has_a_picture_and_other_pages_that_of_the_digest(self) -> None:
        images = {path: metas(tree(page))["og:image"] for path, page in self.pages.items()}
        assert images["issues/2025-10-27/index.html"] == [f"{URL}issues/2025-10-27/share.png"]
        assert images["themes/data/index.html"] == images["index.html"] == [f"{URL}share.png"]

    def test_all_papers_are_cited_by_one_link_a_format(self) -> None:
        for path in ("issues/2025-10-27/index.html", "themes/data/index.html"):
            links = tree(self.pages[path]).xpath(
                "//p[contains(., 'Cite all')]//a[contains(@href, 'papers.')]"
            )
            assert [link.text for link in links] == ["BibTeX", "RIS", "CSL-JSON"]
        assert texts(self.pages["themes/models/index.html"], "//p[contains(., 'Cite all')]") == []


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_word_of_a_listing_leaves_its_place_in_a_page(attack: str) -> None:
    evil = Paper(
        **{name: getattr(KNOWN, name) for name in ("listed", "themes", "published")},
        title=attack,
        abstract=attack,
        authors=(attack,),
        organization=attack,
        venue=f"Journal of {attack}",
        doi="10.1234/</script>\x00",
    )
    pages = planned(library({"it": evil}), papers.plan, issues.plan)
    for path in ("papers/it/index.html", "issues/2025-10-27/index.html"):
        text = rendered(pages[path])
        found = tree(pages[path])
        assert found.xpath("//script[not(@src) and not(@type='application/ld+json')]") == []
        assert "\x00" not in text
        assert linked_data(found)
        assert len(found.xpath("//title")) == 1
        assert not {"og:title", "og:url"} - metas(found).keys()
    [title] = tree(pages["issues/2025-10-27/index.html"]).xpath("//span[@class='Z3988']/@title")
    assert set(parse_qs(title)) <= {
        *("ctx_ver", "rft_val_fmt", "rft.type", "rft.title", "rft.aucorp", "rft.date", "rft_id")
    }
