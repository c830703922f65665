"""Redirects: pages that lead from a former address to the present one."""

import msgspec

from generator.engine.page import Page
from generator.library.library import Library
from generator.website.parts.layout import Frame, frame, masthead
from generator.website.urls import absolute


class RedirectView(msgspec.Struct, frozen=True, kw_only=True):
    """A page that leads from a former address to the present one."""

    frame: Frame
    heading: str
    target: str


def redirect(library: Library, path: str, target: str, title: str, heading: str, *, shared: str = "") -> Page:
    """Return the page at a former path. Its canonical URL is the target's.

    `shared` is the folder of the share image of what has moved, if it has one.
    """
    head = frame(masthead(library), path, title, f"{heading}.", shared=shared)
    leading = msgspec.structs.replace(head, url=absolute(library.site.url, target))
    view = RedirectView(frame=leading, heading=heading, target=target)
    return Page(path=path, template="redirect.html", view=view)
