"""Builds the documents as a website, docs/site/: `make docs`.

The build is the program's own, with one planner and one template: `docs/` is a digest without papers.
"""

import posixpath
import re
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

import msgspec
from markupsafe import Markup

from docs.reference import DOCS, ROOT, anchor
from generator.commands.build import build
from generator.engine.page import Page
from generator.library.library import Library
from generator.terminal import print_problems
from generator.website.pages.images import ImageView
from generator.website.parts.markdown_parsers import pages
from generator.website.urls import Link, is_elsewhere

DOCUMENTS = {
    "README.md": "",
    "docs/formats.md": "formats/",
    "docs/records.md": "records/",
    "docs/mail.md": "mail/",
    "docs/publishing.md": "publishing/",
    "docs/templates.md": "templates/",
    "CONTRIBUTING.md": "contributing/",
    "docs/decisions.md": "decisions/",
    "SECURITY.md": "security/",
    "CHANGELOG.md": "changelog/",
}
"""The address of each document, in the order of the navigation."""
IMAGES = {".github/readme/front-page.png": "front-page.png"}
"""The address of each image that documents show."""


class DocumentView(msgspec.Struct, frozen=True, kw_only=True):
    """A document, and the links to all of them."""

    file: str
    """Its path in the repository, from which its links lead."""
    text: str
    """Markdown."""
    documents: tuple[Link, ...]

    @property
    def title(self) -> str:
        """The document's first heading."""
        return _title(self.text)

    @property
    def here(self) -> str:
        """The document's address."""
        return DOCUMENTS[self.file]

    @property
    def root(self) -> str:
        """The way to the site's root."""
        return "../" * self.here.count("/") or "./"

    @property
    def html(self) -> Markup:
        """All below the first heading, with an anchor for each heading as on GitHub."""
        parser, env = pages(), {"root": self.root, "page": "", "mathml": True}
        tokens = parser.parse(self.text.partition("\n")[2])
        seen: Counter[str] = Counter()
        for token, inline in pairwise(tokens):
            if token.type == "heading_open":
                name = anchor(inline.content.replace("`", ""))
                token.attrs["id"] = f"{name}-{seen[name]}" if seen[name] else name
                seen[name] += 1
        for token in (child for block in tokens for child in block.children or ()):
            if leads := {"link_open": "href", "image": "src"}.get(token.type):
                token.attrs[leads] = self._address(str(token.attrs[leads]))
        return Markup(parser.renderer.render(tokens, parser.options, env))

    def _address(self, target: str) -> str:
        """Return where a link of the document leads on the site."""
        path, mark, heading = target.partition("#")
        if is_elsewhere(target) or not path:
            return target
        file = posixpath.normpath(posixpath.join(posixpath.dirname(self.file), path))
        return f"/{(DOCUMENTS | IMAGES)[file]}{mark}{heading}"


def _title(text: str) -> str:
    return re.sub("^# ", "", text.partition("\n")[0])


def plan(_library: Library) -> Iterator[Page]:
    """Yield a page for each document, and the images that they show."""
    texts = {file: (ROOT / file).read_text("utf-8") for file in DOCUMENTS}
    links = tuple(Link(href=DOCUMENTS[file], title=_title(text)) for file, text in texts.items())
    for file, text in texts.items():
        view = DocumentView(file=file, text=text, documents=links)
        yield Page(path=f"{DOCUMENTS[file]}index.html", template="document.html", view=view)
    for file, path in IMAGES.items():
        image = ImageView((ROOT / file).read_bytes())
        yield Page(path=path, encoder="website.pages.images:copied", view=image)


if __name__ == "__main__":
    report = build(DOCS, DOCS / "site", clean=True, planners=(plan,))
    print_problems(report.problems, DOCS)
    sys.exit(bool(report.problems))
