"""A share image as PNG.

Sixteen colours, which take half a byte each: the paper, and three inks in shades, so that a letter's edge is
smooth. Only runs are compressed: letters repeat little, and to search for repeats takes twice as long.
"""

import zlib
from functools import cache, lru_cache
from io import BytesIO

import msgspec
from PIL import Image

from generator.text import plain
from generator.website.share_images.elements import Ink, Rule, ShareImage, Style, Words
from generator.website.share_images.glyphs import Glyph, advance, glyph
from generator.website.share_images.layout import HEIGHT, MARGIN, WIDTH, arrange

PAPER = (251, 248, 242)
INKS = {
    Ink.BLACK: ((27, 24, 20), range(1, 8)),
    Ink.GREY: ((85, 80, 74), range(8, 12)),
    Ink.RED: ((165, 22, 27), range(12, 16)),
}
"""The site's colours, each with the places that its shades have in the palette, from faint to full."""
BLEED = 16
"""Pixels that a letter may reach over the measure, as an accent does."""
ORIGIN = MARGIN - BLEED
"""Where the field begins that words are set on, from the left and from the top."""


def plain_png(view: ShareImage) -> bytes:
    """Return an image in which what listings state is plain text."""
    return png(
        msgspec.structs.replace(
            view,
            headings=tuple(map(plain, view.headings)),
            titles=tuple(map(plain, view.titles)),
            who=plain(view.who),
        )
    )


def png(view: ShareImage) -> bytes:
    """Return an image as PNG."""
    page = Image.new("L", (WIDTH, HEIGHT))
    field = Image.new("L", (WIDTH - 2 * ORIGIN, HEIGHT - 2 * ORIGIN))
    for placed in arrange(view, advance):
        match placed:
            case Rule(y, thickness, ink):
                page.paste(INKS[ink][1][-1], (MARGIN, y, WIDTH - MARGIN, y + thickness))
            case Words():
                _set(field, placed)
    page.paste(field, (ORIGIN, ORIGIN), field.point(_STENCIL, "1"))
    page.putpalette(_palette())
    data = BytesIO()
    page.save(data, "PNG", compress_type=zlib.Z_RLE)
    return data.getvalue()


def _set(field: Image.Image, words: Words) -> None:
    """Set words on the field, which cuts what reaches over its edges."""
    x, y = words.x - ORIGIN, words.baseline - ORIGIN
    for character in words.text:
        if found := _inked(character, words.style):
            letter, shades, stencil = found
            field.paste(shades, (x + letter.left, y + letter.top), stencil)
            x += letter.advance + words.style.tracking


@lru_cache(maxsize=2048)
def _inked(character: str, style: Style) -> tuple[Glyph, Image.Image, Image.Image] | None:
    """Return a letter, its ink in shades of the palette, and where there is any."""
    found = glyph(character, style.face, style.size)
    shades = found and found.mask.point(_SHADES[style.ink])
    return (found, shades, shades.point(_STENCIL, "1")) if found and shades else None


def _shades(places: range) -> list[int]:
    """Return the place in the palette for each amount of ink, 0 to 255."""
    shades = (0, *places)
    return [shades[round(ink / 255 * len(places))] for ink in range(256)]


@cache
def _palette() -> list[int]:
    """Return the channels of all colours, by place: each shade lies between paper and ink."""
    channels = [*PAPER]
    for colour, places in INKS.values():
        for shade in range(1, len(places) + 1):
            share = shade / len(places)
            channels += (
                round(paper + (ink - paper) * share) for paper, ink in zip(PAPER, colour, strict=True)
            )
    return channels


_SHADES = {ink: _shades(places) for ink, (_, places) in INKS.items()}
_STENCIL = [0] + 255 * [255]
