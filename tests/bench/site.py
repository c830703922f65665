"""The peers' site, as planners: papers, twelve themes, sixty months, two indexes, a home page, a feed."""

from collections.abc import Iterator

import msgspec
from markupsafe import Markup

from generator.engine.page import Page, Planner
from generator.library.library import Library
from generator.library.packed import PackedPaper
from generator.model import Card, Paper
from generator.text import paragraphs
from generator.website.parts.paper_lists import PaperLink


class PaperView(msgspec.Struct, frozen=True):
    card: Card
    record: PackedPaper
    newer: PaperLink | None
    older: PaperLink | None

    @property
    def paper(self) -> Paper:
        return self.record.paper()

    @property
    def abstract(self) -> list[Markup]:
        return [paragraph.html for paragraph in paragraphs(self.record.paper().abstract or "")]


class ListView(msgspec.Struct, frozen=True):
    title: str
    cards: tuple[Card, ...]


class IndexView(msgspec.Struct, frozen=True):
    title: str
    counts: tuple[tuple[str, int], ...]


class Item(msgspec.Struct, frozen=True):
    card: Card
    record: PackedPaper


class RssView(msgspec.Struct, frozen=True):
    items: tuple[Item, ...]


def papers(library: Library) -> Iterator[Page]:
    links = [None, *(PaperLink(slug=card.slug, title=card.title) for card in library.cards), None]
    for card, newer, older in zip(library.cards, links, links[2:], strict=False):
        view = PaperView(card, library.records[card.slug], newer, older)
        yield Page(path=f"papers/{card.slug}/index.html", template="bench_paper.html", view=view)


def lists(library: Library) -> Iterator[Page]:
    months: dict[str, list[Card]] = {}
    themes: dict[str, list[Card]] = {}
    for card in library.cards:
        months.setdefault(str(card.published)[:7], []).append(card)
        themes.setdefault(card.themes[0], []).append(card)
    for folder, groups in (("months", months), ("themes", themes)):
        for name, cards in groups.items():
            view = ListView(name, tuple(cards))
            yield Page(path=f"{folder}/{name}/index.html", template="bench_list.html", view=view)
        counts = tuple((name, len(cards)) for name, cards in sorted(groups.items()))
        view_of_all = IndexView(folder.title(), counts)
        yield Page(path=f"{folder}/index.html", template="bench_index.html", view=view_of_all)


def home(library: Library) -> Iterator[Page]:
    view = ListView("Latest", library.cards[:30])
    yield Page(path="index.html", template="bench_list.html", view=view)
    items = tuple(Item(card, library.records[card.slug]) for card in library.cards[:50])
    yield Page(path="rss.xml", template="bench_rss.xml", view=RssView(items))


PLANNERS: tuple[Planner, ...] = (papers, lists, home)
