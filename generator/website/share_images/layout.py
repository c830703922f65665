"""The layout of a share image: as a cutting from a broadsheet, 1200 by 630 pixels.

A nameplate over a double rule; a label and the heading, as large as it can be; the facts at the foot. Nothing
reaches over the margins, however long a text is.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from generator.website.share_images.elements import Face, Ink, Rule, ShareImage, Style, Words
from generator.website.share_images.legible import legible
from generator.website.share_images.lines import Width, fitted, wrapped
from generator.words import capitals

WIDTH, HEIGHT = 1200, 630
MARGIN = 64
MEASURE = WIDTH - 2 * MARGIN

NAMEPLATE = Style(Face.BOLD, 36)
LABEL = Style(Face.SANS, 24, Ink.GREY, tracking=2)
PICK = Style(Face.SANS, 24, Ink.RED, tracking=2)
HEADINGS = tuple(
    Style(Face.BOLD, size, tracking=-(size // 50)) for size in (112, 100, 92, 84, 76, 68, 60, 52, 44, 36)
)
"""From the largest: the first in which a heading finds room. Large type is set closer."""
WITH_TITLES = HEADINGS[6:]
"""Those for a heading that has titles below it."""
MOTTO = Style(Face.SERIF, 36, Ink.GREY)
TITLE = Style(Face.SERIF, 30)
FACTS = Style(Face.SANS, 26, Ink.GREY)

TOP, FOOT = 200, 520
"""The heading and what belongs to it are between these."""
GAP = 32
LONGEST = 400
"""Characters; more of a text is never shown."""

Advance = Callable[[str, Style], int | None]
"""Tells how far a character moves what follows it, in pixels; None where the fonts lack it."""
Placed = Words | Rule


class Block(NamedTuple):
    """Lines of one style, one under the other."""

    lines: tuple[str, ...]
    style: Style

    @property
    def height(self) -> int:
        """Pixels from top to foot."""
        return len(self.lines) * leading(self.style)

    def placed(self, top: int) -> Iterator[Words]:
        """Yield the lines, the first of them under `top`."""
        first = top + self.style.size * 3 // 4
        for number, line in enumerate(self.lines):
            yield Words(MARGIN, first + number * leading(self.style), line, self.style)


def leading(style: Style) -> int:
    """Return the pixels from line to line: the smaller the type, the airier."""
    return round(style.size * (1.1 if style.size > MOTTO.size else 1.4) / 4) * 4


def arrange(view: ShareImage, advance: Advance) -> Iterator[Placed]:
    """Yield the words and rules of an image; `advance` gives the widths of letters."""
    setter = _Setter(advance)
    yield Words(MARGIN, 96, setter.line(view.nameplate, NAMEPLATE), NAMEPLATE)
    yield Rule(112, 6, Ink.BLACK)
    yield Rule(122, 2, Ink.BLACK)
    yield from _label(view, setter)
    yield from _body(view, setter)
    yield from _foot(view, setter)


class _Setter(NamedTuple):
    """Makes lines of texts."""

    advance: Advance

    def width(self, style: Style) -> Width:
        return lambda text: sum(filter(None, (self.advance(character, style) for character in text)))

    def legible(self, text: str, style: Style) -> str:
        return legible(text[:LONGEST], lambda character: self.advance(character, style) is not None)

    def line(self, text: str, style: Style, measure: int = MEASURE) -> str:
        return fitted(self.legible(text, style), measure, self.width(style))

    def block(self, text: str, style: Style) -> Block:
        return Block(tuple(wrapped(text, MEASURE, self.width(style))), style)


def _label(view: ShareImage, setter: _Setter) -> Iterator[Words]:
    x = MARGIN
    if view.pick:
        yield Words(x, 164, "PICK", PICK)
        x += setter.width(PICK)("PICK") + GAP
    yield Words(x, 164, setter.line(capitals(view.label), LABEL, WIDTH - MARGIN - x), LABEL)


def _body(view: ShareImage, setter: _Setter) -> Iterator[Words]:
    heading = _heading(view.headings, WITH_TITLES if view.titles else HEADINGS, setter)
    yield from heading.placed(TOP)
    top = TOP + heading.height + GAP // 2
    motto = _cut(setter.block(setter.legible(view.motto, MOTTO), MOTTO), FOOT - top, setter)
    yield from motto.placed(top)
    below = top + motto.height
    yield from _titles(view.titles, FOOT - below, setter).placed(below)


def _heading(candidates: tuple[str, ...], styles: tuple[Style, ...], setter: _Setter) -> Block:
    """Return the first heading that can be shown, in the first style in which it finds room."""
    shown = (setter.legible(candidate, styles[0]) for candidate in candidates)
    text = next(filter(None, shown), "")
    for style in styles:
        block = setter.block(text, style)
        if block.height <= FOOT - TOP:
            return block
    return _cut(block, FOOT - TOP, setter)


def _cut(block: Block, room: int, setter: _Setter) -> Block:
    """Return as many lines as there is room for; an ellipsis replaces the others."""
    kept = block.lines[: max(0, room // leading(block.style))]
    if kept:
        rest = " ".join(block.lines[len(kept) - 1 :])
        kept = (*kept[:-1], fitted(rest, MEASURE, setter.width(block.style)))
    return block._replace(lines=kept)


def _titles(titles: tuple[str, ...], room: int, setter: _Setter) -> Block:
    """Return titles, a line each; the last line counts those that find no room."""
    most = room // leading(TITLE)
    shown = tuple(filter(None, (setter.line(title, TITLE) for title in titles)))
    if len(shown) == len(titles) <= most:
        return Block(shown, TITLE)
    kept = shown[: max(0, most - 1)]
    return Block((*kept, f"and {len(titles) - len(kept)} more") if kept else (), TITLE)


def _foot(view: ShareImage, setter: _Setter) -> Iterator[Placed]:
    facts = setter.line(view.facts, FACTS)
    taken = setter.width(FACTS)(facts)
    who = setter.line(view.who, FACTS, MEASURE - taken - GAP)
    if who or facts:
        yield Rule(528, 2, Ink.GREY)
        yield Words(MARGIN, 568, who, FACTS)
        yield Words(WIDTH - MARGIN - taken, 568, facts, FACTS)
