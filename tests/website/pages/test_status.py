"""The page `status/`: what was read, by source, from receipts and records alone."""

from msgspec.structs import replace

from generator.library.listings_read import ReadListing, read_listings
from generator.model import Listed
from generator.website.pages import status
from tests.support.libraries import MONDAY, TUESDAY, library, paper, planned, texts, tree

TUESDAYS = Listed(listing="x", issue=TUESDAY, position=1)
RECEIPTS = {
    f"content/receipts/{MONDAY}-arxiv.xml.jsonl": b'{"id":"a","position":1}\n{"id":"gone","position":2}\n',
    f"content/receipts/{TUESDAY}-arxiv.xml.jsonl": b'{"id":"b","position":1,"anyway":"A <slow> day."}\nno\n',
    "content/receipts/c.txt.jsonl": b'{"id":"a","position":1}\n{"id":"b","position":2,"vanished":true}\n',
    "content/site.yaml": b"title: A\n",
}


def test_receipts_tell_what_each_listing_stated() -> None:
    assert read_listings(RECEIPTS) == (
        ReadListing(name=f"{MONDAY}-arxiv.xml", day=MONDAY, ids=("a", "gone")),
        ReadListing(name=f"{TUESDAY}-arxiv.xml", day=TUESDAY, ids=("b",), anyway="A <slow> day."),
        ReadListing(name="c.txt", day=None, ids=("a",)),
    )
    assert read_listings({}) == ()


def test_a_source_has_its_last_listing_and_the_papers_stated_and_kept() -> None:
    read = replace(
        library({"a": paper("A"), "b": paper("B", listed=(TUESDAYS,))}), listings=read_listings(RECEIPTS)
    )
    [page] = planned(read, status.plan).values()
    assert texts(page, "//p[@class='read']/../*") == [
        "arxiv",
        "3 papers stated, 2 kept, in 2 listings; the last one on 28 October 2025",
        "c",
        "1 paper stated, 1 kept, in 1 listing",
    ]
    assert texts(page, "//dl/*") == [f"{TUESDAY}-arxiv.xml", "A <slow> day."]


def test_listings_that_the_digest_calls_by_one_name_are_one_source() -> None:
    names = {"*arxiv*": "Preprints", "c.txt": "Preprints"}
    site = replace(library({}).site, listings=names)
    read = replace(library({"a": paper("A")}), site=site, listings=read_listings(RECEIPTS))
    [page] = planned(read, status.plan).values()
    assert texts(page, "//h2")[0] == "Preprints"
    assert "4 papers stated" in texts(page, "//p[@class='read']")[0]


def test_a_digest_without_listings_says_so() -> None:
    [page] = planned(library({"a": paper("A")}), status.plan).values()
    assert texts(page, "//p[@class='empty']") == ["No listing was read yet."]
    assert not tree(page).xpath("//section")
