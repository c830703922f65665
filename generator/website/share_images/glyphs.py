"""The fonts that come with Broadsheet, and their letters. The machine's own fonts are not used.

Charis is Charter, the site's first choice, grown; where it lacks a letter, as of Greek, DejaVu Serif has it.
"""

from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageDraw, ImageFont

from generator.website.share_images.elements import Face, Style

FOLDER = Path(__file__).with_name("fonts")
CHAINS = {
    Face.BOLD: (("CharisSIL-Bold.woff2", 1.0), ("DejaVuSerifCondensed-Bold.ttf", 0.92)),
    Face.SERIF: (("CharisSIL-Regular.woff2", 1.0), ("DejaVuSerifCondensed-Bold.ttf", 0.92)),
    Face.SANS: (("SourceSansPro-Semibold.otf", 1.0),),
}
"""Which fonts are asked for a letter, one after the other, and how large each is set to look alike."""
NOBODYS = "\U0010ffff"
"""What no font may have (a noncharacter): it shows the box of a character that a font lacks."""


class Glyph(NamedTuple):
    """The ink of a letter, and its offset from the letter's place on the baseline."""

    mask: Image.Image
    """Its ink, from 0 to 255."""
    left: int
    top: int
    advance: int


@lru_cache(maxsize=2048)
def glyph(character: str, face: Face, size: int) -> Glyph | None:
    """Return a character's glyph, from the first font of the face that has it, or None."""
    for name, scale in CHAINS[face]:
        font = _font(name, round(size * scale))
        found, box = _drawn(font, character), _box(name, round(size * scale))
        if (found.mask.size, found.mask.tobytes()) != (box.mask.size, box.mask.tobytes()):
            return found
    return None


def advance(character: str, style: Style) -> int | None:
    """Return how far a character moves what follows it, in pixels; None where the fonts lack it."""
    found = glyph(character, style.face, style.size)
    return found and found.advance + style.tracking


@cache
def _font(name: str, size: int) -> ImageFont.FreeTypeFont:
    # the other layout engine may be there or not, and sets text otherwise
    return ImageFont.truetype(FOLDER / name, size, layout_engine=ImageFont.Layout.BASIC)


@cache
def _box(name: str, size: int) -> Glyph:
    return _drawn(_font(name, size), NOBODYS)


def _drawn(font: ImageFont.FreeTypeFont, character: str) -> Glyph:
    left, top, right, bottom = map(round, font.getbbox(character, anchor="ls"))
    mask = Image.new("L", (right - left, bottom - top))
    ImageDraw.Draw(mask).text((-left, -top), character, font=font, fill="white", anchor="ls")
    return Glyph(mask, left, top, round(font.getlength(character)))
