"""The editors' images, each a file of the site.

Those of `content/images/` are in `images/`; one next to a Markdown page is in the folder of each page that
names it, so that `![...](room.jpg)` shows it in a text editor and on the site.
"""

from collections.abc import Iterator

import msgspec

from generator.engine.page import Page
from generator.library.library import Library
from generator.library.paths import IMAGES, PAGES
from generator.model import Image
from generator.website.dead_links import path_on_site
from generator.website.parts.markdown import targets_of
from generator.website.urls import absolute


class ImageView(msgspec.Struct, frozen=True):
    """An image, as it is."""

    data: bytes


def copied(view: ImageView) -> bytes:
    """Return the file of an image."""
    return view.data


def plan(library: Library) -> Iterator[Page]:
    """Yield the images of the site. They may vanish: editors replace them."""
    beside: dict[str, Image] = {}
    for image in library.images:
        if image.path.startswith(IMAGES):
            yield _page(image.path.removeprefix("content/"), image)
        else:
            beside[image.path.removeprefix(PAGES)] = image
    url = absolute(library.site.url, "")
    for page in library.pages if beside else ():
        named = {path_on_site(target, f"{page.slug}/", url) for target in targets_of(page.text)}
        for name, image in beside.items():
            if f"{page.slug}/{name}" in named:
                yield _page(f"{page.slug}/{name}", image)


def _page(path: str, image: Image) -> Page:
    encoder = "website.pages.images:copied"
    return Page(path=path, encoder=encoder, view=ImageView(image.data), lasting=False)
