"""Images of the editors: known by their content, and refused where they could act."""

import pytest

from generator.library.images import kind_of, read_images

PNG = b"\x89PNG\r\n\x1a\n" + bytes(8)
JPEG = b"\xff\xd8\xff\xe0" + bytes(8)
PATH = "content/images/chart"


def told(path: str, data: bytes) -> list[str]:
    """Return all that is said of a file: severity, place, message."""
    _, problems = read_images({path: data})
    return [f"{one.severity} {one.location}: {one.message}" for one in problems]


def svg(inside: str, attributes: str = "") -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}>\n{inside}\n</svg>\n'.encode()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (PNG, "PNG"),
        (JPEG, "JPEG"),
        (b"GIF89a" + bytes(8), "GIF"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "WebP"),
        (b"\x00\x00\x00\x20ftypavif" + bytes(8), "AVIF"),
        (b'\xef\xbb\xbf<?xml version="1.0"?>\n' + svg(""), "SVG"),
        (b"<!DOCTYPE html><svg></svg>", ""),
        (b"BM" + bytes(20), ""),
        (b"", ""),
    ],
)
def test_an_image_is_known_by_its_first_bytes(data: bytes, kind: str) -> None:
    assert kind_of(data) == kind


def test_a_name_that_says_another_kind_than_the_content_is_an_error() -> None:
    assert told(f"{PATH}.png", PNG) == told(f"{PATH}.JPG", JPEG) == []
    assert [image.data for image in read_images({f"{PATH}.png": PNG})[0]] == [PNG]
    assert told(f"{PATH}.png", JPEG) == [
        "error content/images/chart.png: This is an image in JPEG, and its name ends in .png."
    ]
    [found] = told(f"{PATH}.png", b"<html>")
    assert found.startswith("error content/images/chart.png: This is not an image")


def test_a_large_image_is_a_notice_and_one_that_no_host_takes_an_error() -> None:
    assert told(f"{PATH}.png", PNG + bytes(3_200_000)) == [
        "notice content/images/chart.png: This image has 3.2 MB."
    ]
    assert told(f"{PATH}.png", PNG + bytes(27_000_000)) == [
        "error content/images/chart.png: This image has 27.0 MB. Hosts take 25 MB at most."
    ]


@pytest.mark.parametrize(
    ("size", "severities"),
    [(1_000_000, []), (1_000_001, ["notice"]), (26_214_400, ["notice"]), (26_214_401, ["error"])],
)
def test_an_image_is_large_from_a_megabyte_on_and_too_large_beyond_25_mib(
    size: int, severities: list[str]
) -> None:
    assert [said.partition(" ")[0] for said in told(f"{PATH}.png", PNG.ljust(size, b"\0"))] == severities
    assert len(told(f"{PATH}.png", b"<html>".ljust(size))) == 1


DRAWN = """<defs><linearGradient id="g"/><style>.a { fill: url(#g) } path { stroke: red }</style></defs>
<use href="#g"/><path class="a" d="M0 0" style="fill: url('#g')" aria-label="a\\b"/>
<image href="data:image/png;base64,AA"/>
<metadata><r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/></metadata>"""


def test_a_drawing_as_programs_export_it_is_published() -> None:
    head = (
        b'<?xml version="1.0" encoding="utf-8" standalone="no"?>\n'
        b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">\n'
    )
    assert told(f"{PATH}.svg", head + svg(DRAWN)) == []


@pytest.mark.parametrize(
    ("inside", "what"),
    [
        ("<script>alert(1)</script>", "<script>"),
        ('<x:script xmlns:x="http://www.w3.org/1999/xhtml"/>', "<script>"),
        ('<x:p xmlns:x="http://www.w3.org/1999/xhtml"/>', "<p>"),
        ("<foreignObject/>", "<foreignobject>"),
        ('<path onclick="alert(1)"/>', "the handler onclick"),
        ('<a href=" java&#10;script:alert(1)"/>', "a link out of it (java script:alert(1))"),
        ('<use href="https://x.example/a.svg#b"/>', "a link out of it (https://x.example/a.svg#b)"),
        ('<image href="data:image/svg+xml,x"/>', "a link out of it (data:image/svg+xml,x)"),
        ('<animate attributeName="href" to="javascript:1"/>', "an animated link"),
        ("<style>@import 'https://x.example/a.css';</style>", "styles that load something"),
        ("<path style=\"fill: url('//x.example')\"/>", "a style that loads something"),
        ('<path fill="url(https://x.example)"/>', "a style that loads something"),
        ('<path style="fill: \\\\75rl(x)"/>', "a style that loads something"),
        ("<?xml-stylesheet href='a.xsl'?>", "a processing instruction or an entity"),
    ],
)
def test_a_drawing_that_could_act_when_it_is_opened_is_refused_with_its_line(inside: str, what: str) -> None:
    assert told(f"{PATH}.svg", svg(inside)) == [
        f"error content/images/chart.svg:2: This SVG has {what}, which could act when it is opened."
    ]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"<svg>", "1: This SVG cannot be read: Premature end of data in tag svg line 1, line 1, column 6."),
        (b"<!--\n-->" + b'<a xmlns="http://www.w3.org/2000/svg"><svg/></a>', "2: This is not SVG: its first"),
        (b'<!DOCTYPE svg [<!ATTLIST svg onload CDATA "a()">]>\n' + svg(""), "1: This SVG declares entities"),
        (b"\n<!DOCTYPE svg [<!ENTITY a 'b'>]>\n" + svg(""), "2: This SVG declares entities"),
        (b'<?xml version="1.0" encoding="iso-8859-1"?>\n' + svg(""), "1: This SVG is not in UTF-8."),
        (b'<?xml version="1.0" encoding="utf-7"?>' + svg(""), "1: This SVG"),
    ],
)
def test_a_drawing_that_is_none_or_hides_its_text_is_refused(data: bytes, message: str) -> None:
    [found] = told(f"{PATH}.svg", data)
    assert found.startswith(f"error content/images/chart.svg:{message}")
