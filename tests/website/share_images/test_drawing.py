"""The image itself: what is inked and what is not, that no box of a lacking font shows, and equal bytes."""

import hashlib
import os
import subprocess
import sys
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from generator.website.share_images.drawing import INKS, ORIGIN, PALETTE, png
from generator.website.share_images.elements import Face, Ink, ShareImage, Style
from generator.website.share_images.glyphs import advance
from generator.website.share_images.layout import HEIGHT, MARGIN, WIDTH
from tests.support.examples import MORE

RED = PALETTE[INKS[Ink.RED][1]]


def share_image(
    heading: str = "A title", *, nameplate: str = "The Digest", label: str = "Data", pick: bool = False
) -> ShareImage:
    return ShareImage(
        nameplate=nameplate,
        label=label,
        pick=pick,
        headings=(heading, "arXiv 2510.26692"),
        who="A lab",
        facts="30 October 2025",
    )


def image(found: ShareImage) -> Image.Image:
    return Image.open(BytesIO(png(found)))


def inked(found: Image.Image) -> tuple[int, int, int, int]:
    """Return the box that holds all ink."""
    box = found.getbbox()
    assert box
    return box


def colours(found: Image.Image) -> set[object]:
    return {colour for _, colour in found.convert("RGB").getcolors() or []}


@pytest.mark.parametrize(("pick", "most_colours", "most_bytes"), [(False, 4, 13_000), (True, 6, 17_000)])
def test_it_is_a_small_png_in_few_colours(pick: bool, most_colours: int, most_bytes: int) -> None:
    data = png(share_image("Words of a title " * 9, pick=pick))
    found = Image.open(BytesIO(data))
    assert (found.format, found.size, found.mode) == ("PNG", (1200, 630), "P")
    assert len(colours(found)) == most_colours
    assert len(data) < most_bytes


def test_ink_is_within_the_margins_and_paper_around_it() -> None:
    found = image(share_image())
    left, top, right, bottom = inked(found)
    assert (left, right) == (MARGIN, WIDTH - MARGIN)
    assert (top >= MARGIN, bottom <= HEIGHT - ORIGIN) == (True, True)
    assert found.convert("RGB").getpixel((0, 0)) == PALETTE[0]


def test_capitals_stand_on_their_line() -> None:
    above_the_rules = image(share_image(nameplate="THE HILL")).crop((0, 0, WIDTH, 110))
    _, top, _, bottom = inked(above_the_rules)
    assert (top, bottom) == (72, 96)


def test_a_title_shows_and_another_shows_otherwise() -> None:
    none, one, other = (image(share_image(title)) for title in ("", "A title", "A tilte"))
    assert len({found.tobytes() for found in (none, one, other)}) == 3


def test_only_a_pick_has_red() -> None:
    assert RED in colours(image(share_image(pick=True)))
    assert RED not in colours(image(share_image()))


LACKING = {
    "Chinese": "大模型综述",
    "Japanese": "モデル",
    "Korean": "모델",
    "Arabic": "مراجعة",
    "Hebrew": "סקירה",
    "Devanagari": "सर्वेक्षण",
    "Thai": "แบบจำลอง",
    "emoji": "🤗🚀",
    "private use": "\U000f0000",
    "unassigned": "\U0003ffff",
}


@pytest.mark.parametrize("text", LACKING.values(), ids=LACKING)
def test_no_box_replaces_what_the_fonts_lack(text: str) -> None:
    assert png(share_image(text)) == png(share_image(""))
    assert png(share_image(f"A survey of everything: {text}")) == png(share_image("A survey of everything:"))


@pytest.mark.parametrize("face", Face)
def test_the_fonts_have_what_titles_are_made_of(face: Face) -> None:
    style = Style(face, 40)
    text = "".join(map(chr, range(0x20, 0x7F))) + "—“”…·éüßøłşčãñæ" + "αβγδεθλμπστφωΔΣΩ" + "ДЖя" + "²₁≤→"
    assert [character for character in text if advance(character, style) is None] == []


@pytest.mark.parametrize("face", [Face.BOLD, Face.SERIF])
def test_the_serif_has_what_formulas_are_made_of(face: Face) -> None:
    text = "ⁿ⁻¹₀ₐᵢⱼₖₜℓ∞∈∀∃∇∑∂√≈≠±⇒↔ϵ"
    assert [character for character in text if advance(character, Style(face, 40)) is None] == []


TEXTS = st.text(max_size=300) | st.text(st.characters(categories=["Mn", "Me", "Lu", "Sm"]), max_size=80)


@given(TEXTS, TEXTS, st.booleans())
@settings(max_examples=60 * MORE)
def test_no_text_is_drawn_over_the_margins(title: str, name: str, pick: bool) -> None:
    left, top, right, bottom = inked(image(share_image(title, nameplate=name, label=name, pick=pick)))
    assert (left >= ORIGIN, right <= WIDTH - ORIGIN) == (True, True)
    assert (top >= ORIGIN, bottom <= HEIGHT - ORIGIN) == (True, True)


@pytest.mark.parametrize(
    "title", ["A" * 5000, "W " * 5000, "\N{COMBINING LONG STROKE OVERLAY}A" * 2500, "-" * 5000]
)
def test_a_hostile_title_is_an_image_like_any_other(title: str) -> None:
    left, _, right, _ = inked(image(share_image(title)))
    assert (left >= ORIGIN, right <= WIDTH - ORIGIN) == (True, True)


HOSTILE = ["A title", "$x$ ﬁnal τ² 大", "W" * 400]


def test_equal_images_give_equal_bytes_in_any_process() -> None:
    script = (
        "import hashlib, sys\n"
        "from tests.website.share_images.test_drawing import HOSTILE, share_image, png\n"
        "for title in reversed(HOSTILE):\n"
        "    print(hashlib.sha256(png(share_image(title, pick=True))).hexdigest())\n"
    )
    elsewhere = {"PYTHONHASHSEED": "7", "LC_ALL": "tr_TR.UTF-8", "TZ": "Pacific/Kiritimati"}
    done = subprocess.run(
        [sys.executable, "-c", script], env=os.environ | elsewhere, capture_output=True, text=True, check=True
    )
    here = [hashlib.sha256(png(share_image(title, pick=True))).hexdigest() for title in HOSTILE]
    assert done.stdout.split() == here[::-1]
