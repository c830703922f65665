"""The page `status/`: what was read, by source, from receipts and records alone."""

from msgspec.structs import replace

from generator.library.ingested_listings import (
    IngestedListing,
    RefusedListing,
    ingested_listings,
    refused_listings,
)
from generator.model import Listed
from generator.website.pages import status
from tests.support.libraries import MONDAY, TUESDAY, library, paper, planned, texts, tree

TUESDAYS = Listed(listing="x", issue=TUESDAY, position=1)
RECEIPTS = {
    f"content/receipts/{MONDAY}-arxiv.xml.jsonl": b'{"id":"a","position":1}\n{"id":"gone","position":2}\n',
    f"content/receipts/{TUESDAY}-arxiv.xml.jsonl": b'{"id":"b","position":1,"anyway":"A <slow> day."}\nno\n',
    "content/receipts/c.txt.jsonl": b'{"id":"a","position":1}\n{"id":"b","position":2,"vanished":true}\n',
    f"content/receipts/refused/{MONDAY}-d.txt.txt": b"cut short\n1 paper; usually 13\n",
    f"content/receipts/refused/{TUESDAY}-c.txt.txt": b"all 2 are of c.txt",
    "content/site.yaml": b"title: A\n",
}


def test_receipts_tell_what_each_listing_stated() -> None:
    assert ingested_listings(RECEIPTS) == (
        IngestedListing(name=f"{MONDAY}-arxiv.xml", day=MONDAY, ids=("a", "gone")),
        IngestedListing(name=f"{TUESDAY}-arxiv.xml", day=TUESDAY, ids=("b",), anyway="A <slow> day."),
        IngestedListing(name="c.txt", day=None, ids=("a",)),
    )
    assert refused_listings(RECEIPTS) == (
        RefusedListing(name=f"{MONDAY}-d.txt", day=MONDAY, reasons=("cut short", "1 paper; usually 13")),
        RefusedListing(name=f"{TUESDAY}-c.txt", day=TUESDAY, reasons=("all 2 are of c.txt",)),
    )
    assert (*ingested_listings({}), *refused_listings({})) == ()


def test_a_source_has_its_last_listing_and_the_papers_stated_and_kept() -> None:
    read = replace(
        library({"a": paper("A"), "b": paper("B", listed=(TUESDAYS,))}),
        listings=ingested_listings(RECEIPTS),
        refused=refused_listings(RECEIPTS),
    )
    [page] = planned(read, status.plan).values()
    assert texts(page, "//h2 | //p[@class='read'] | //dt | //dd") == [
        "arxiv",
        "3 papers stated, 2 kept, in 2 listings; the last one on 28 October 2025",
        "Refused: 1 listing.",
        f"{TUESDAY}-arxiv.xml",
        "Filed all the same: A <slow> day.",
        "c",
        "1 paper stated, 1 kept, in 1 listing",
        "Refused: 1 listing.",
        f"{TUESDAY}-c.txt",
        "all 2 are of c.txt",
        "d",
        "No listing was filed.",
        "Refused: 1 listing.",
        f"{MONDAY}-d.txt",
        "cut short",
        "1 paper; usually 13",
    ]


def test_of_many_refused_listings_the_last_are_shown() -> None:
    names = [f"2025-{month:02}-{day:02}-x.txt" for month in (1, 2) for day in range(1, 29)]
    files = {f"content/receipts/refused/{name}.txt": b"cut short\n" for name in names}
    [page] = planned(replace(library({}), refused=refused_listings(files)), status.plan).values()
    assert texts(page, "//p[@class='read']")[1] == "Refused: 56 listings, of which these are the last 30."
    assert texts(page, "//dt") == names[:-31:-1]


def test_listings_that_the_digest_calls_by_one_name_are_one_source() -> None:
    names = {"*arxiv*": "Preprints", "c.txt": "Preprints"}
    site = replace(library({}).site, listings=names)
    read = replace(library({"a": paper("A")}), site=site, listings=ingested_listings(RECEIPTS))
    [page] = planned(read, status.plan).values()
    assert texts(page, "//h2")[0] == "Preprints"
    assert "4 papers stated" in texts(page, "//p[@class='read']")[0]


def test_a_digest_without_listings_says_so() -> None:
    [page] = planned(library({"a": paper("A")}), status.plan).values()
    assert texts(page, "//p[@class='empty']") == ["No listing was read yet."]
    assert not tree(page).xpath("//section")
