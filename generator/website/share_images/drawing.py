"""A share image as PNG.

Four colours, which take two bits each: the paper, black, grey, and one between, so that a letter's edge is
smooth. Red, of a pick, needs two more. Only runs are compressed: letters repeat little, and to search for
repeats takes twice as long.
"""

import zlib
from functools import lru_cache
from io import BytesIO

import msgspec
from PIL import Image

from generator.text import plain
from generator.website.share_images.elements import Ink, Rule, ShareImage, Style, Words
from generator.website.share_images.glyphs import Glyph, advance, glyph
from generator.website.share_images.layout import HEIGHT, MARGIN, WIDTH, arrange

PALETTE = ((251, 248, 242), (151, 147, 142), (85, 80, 74), (27, 24, 20), (208, 135, 135), (165, 22, 27))
"""Paper, an edge of black and grey, grey, black; an edge of red, red."""
INKS = {Ink.BLACK: (1, 3), Ink.GREY: (1, 2), Ink.RED: (4, 5)}
"""The places of each ink in the palette: at the edge of a letter, and within."""
BLEED = 16
"""Pixels that a letter may reach over the measure, as an accent does."""
LEFT = MARGIN - BLEED
"""Where the field begins that words are set on."""


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
    field = Image.new("L", (WIDTH - 2 * LEFT, HEIGHT))
    for placed in arrange(view, advance):
        match placed:
            case Rule(y, thickness, ink):
                page.paste(INKS[ink][1], (MARGIN, y, WIDTH - MARGIN, y + thickness))
            case Words():
                _set(field, placed)
    page.paste(field, (LEFT, 0), field.point(bool, "1"))
    colours = PALETTE if view.pick else PALETTE[:4]
    page.putpalette([channel for colour in colours for channel in colour])
    data = BytesIO()
    page.save(data, "PNG", compress_type=zlib.Z_RLE)
    return data.getvalue()


def _set(field: Image.Image, words: Words) -> None:
    """Set words on the field, which cuts what reaches over its edges."""
    x = words.x - LEFT
    for character in words.text:
        if found := _inked(character, words.style):
            letter, shades, stencil = found
            field.paste(shades, (x + letter.left, words.baseline + letter.top), stencil)
            x += letter.advance + words.style.tracking


@lru_cache(maxsize=2048)
def _inked(character: str, style: Style) -> tuple[Glyph, Image.Image, Image.Image] | None:
    """Return a letter, its ink in shades of the palette, and where there is any."""
    found = glyph(character, style.face, style.size)
    if found is None:
        return None
    shades = found.mask.point(_SHADES[style.ink])
    return found, shades, shades.point(bool, "1")


_SHADES = {ink: 86 * [0] + 85 * [edge] + 85 * [full] for ink, (edge, full) in INKS.items()}
"""By ink, the place in the palette for each amount of it, 0 to 255."""
