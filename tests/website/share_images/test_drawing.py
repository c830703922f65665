"""The image itself: what is inked and what is not, that no box of a lacking font shows, and equal bytes."""

import hashlib
import os
import re
import subprocess
import sys
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from generator.website.share_images.drawing import png
from generator.website.share_images.elements import Face, ShareImage, Style
from generator.website.share_images.glyphs import advance, glyph
from generator.website.share_images.layout import HEADINGS, MARGIN, WIDTH
from tests.support.examples import MORE
from tests.support.paths import ROOT

STYLE = (ROOT / "templates/static/style.css").read_text("utf-8").partition("}")[0]
PAPER, INK, GREY, RED = re.findall(r"--(?:paper|ink|grey|red): (#\w+);", STYLE)
EDGE, RED_EDGE = "#97938e", "#d08787"
LARGEST = HEADINGS[0]
LEFT, TOP, RIGHT, BOTTOM = 48, 48, 1152, 582
"""The margins, and 16 pixels that a letter may reach over them."""


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


def colours(found: Image.Image) -> set[str]:
    found_in = found.convert("RGB")
    return {"#" + bytes(colour).hex() for _, colour in found_in.getcolors() or []}  # type: ignore[arg-type]


@pytest.mark.parametrize(("pick", "bits", "most_bytes"), [(False, 2, 13_000), (True, 4, 17_000)])
def test_it_is_a_small_png_of_few_bits_for_a_pixel(pick: bool, bits: int, most_bytes: int) -> None:
    data = png(share_image("Words of a title " * 9, pick=pick))
    found = Image.open(BytesIO(data))
    assert (found.format, found.size, found.mode) == ("PNG", (1200, 630), "P")
    assert data[24] == bits
    assert len(data) < most_bytes


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        ((64, 150, 140, 170), {PAPER, RED_EDGE, RED}),
        ((64, 200, 1136, 520), {PAPER, EDGE, INK}),
        ((64, 540, 1136, 580), {PAPER, EDGE, GREY}),
        ((0, 0, 1200, 630), {PAPER, EDGE, RED_EDGE, INK, GREY, RED}),
    ],
    ids=["PICK", "heading", "facts", "all"],
)
def test_a_pick_is_red_facts_are_grey_all_else_is_black_as_on_the_site(
    part: tuple[int, int, int, int], expected: set[str]
) -> None:
    assert colours(image(share_image(pick=True)).crop(part)) == expected


def test_what_is_no_pick_has_no_red() -> None:
    assert colours(image(share_image())) == {PAPER, EDGE, INK, GREY}


def test_rules_reach_from_margin_to_margin() -> None:
    bare = image(ShareImage(nameplate="", headings=()))
    assert inked(bare) == (64, 112, 1136, 124)
    assert [y for y in range(630) if bare.getpixel((600, y))] == [*range(112, 118), 122, 123]


def test_capitals_stand_on_their_line_and_a_letter_may_reach_before_and_below_it() -> None:
    found = image(ShareImage(nameplate="THE HILL", headings=("j",), who="H", facts="HI"))
    assert inked(found.crop((0, 0, WIDTH, 110))) == (64, 72, 228, 96)
    assert inked(found.crop((0, 130, WIDTH, 520))) == (54, 71, 91, 180)
    assert inked(found.crop((0, 540, WIDTH, 630))) == (66, 11, 1134, 28)


def test_a_title_shows_and_another_shows_otherwise() -> None:
    none, one, other = (image(share_image(title)) for title in ("", "A title", "A tilte"))
    assert len({found.tobytes() for found in (none, one, other)}) == 3


def test_a_letter_has_black_where_its_ink_is_over_two_thirds_and_an_edge_where_over_one() -> None:
    letter = glyph("@", LARGEST.face, LARGEST.size)
    assert letter
    found = image(share_image("@a@"))
    before_the_last = sum(advance(character, LARGEST) or 0 for character in "@a")
    for x in (MARGIN, MARGIN + before_the_last):
        left, top, (width, height) = x + letter.left, 284 + letter.top, letter.mask.size
        drawn = found.crop((left, top, left + width, top + height))
        assert [*drawn.tobytes()] == [(0, 1, 3)[amount * 3 // 256] for amount in letter.mask.tobytes()]


@pytest.mark.parametrize(
    ("title", "reaches"),
    [
        ("A title", (MARGIN, WIDTH - MARGIN)),
        ("\N{COMBINING DOUBLE LOW LINE}A title", (LEFT, WIDTH - MARGIN)),
        ("WWWWWWWWWlll\N{COMBINING DOUBLE TILDE}", (MARGIN, RIGHT)),
    ],
)
def test_what_reaches_more_than_16_pixels_over_a_margin_is_cut(title: str, reaches: tuple[int, int]) -> None:
    left, _, right, _ = inked(image(share_image(title)))
    assert (left, right) == reaches


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
    assert (left >= LEFT, right <= RIGHT) == (True, True)
    assert (top >= TOP, bottom <= BOTTOM) == (True, True)


@pytest.mark.parametrize(
    "title", ["A" * 5000, "W " * 5000, "\N{COMBINING LONG STROKE OVERLAY}A" * 2500, "-" * 5000]
)
def test_a_hostile_title_is_an_image_like_any_other(title: str) -> None:
    left, _, right, _ = inked(image(share_image(title)))
    assert (left >= LEFT, right <= RIGHT) == (True, True)


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
