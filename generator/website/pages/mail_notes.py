"""An editors' note as plain text: what Markdown marks is said in words and signs that a terminal shows."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from generator.text.segments import clean
from generator.website.parts.markdown import note_tokens
from generator.website.urls import rooted

if TYPE_CHECKING:
    from markdown_it.token import Token


def note_paragraphs(note: str, root: str, page: str, by: str | None = None) -> tuple[str, ...]:
    """Return the paragraphs of a note, each a line; links lead from `root` or the paper's `page`.

    The last one is the name of who wrote it, where that is known.
    """
    paragraphs, lead = [], ""
    for token in note_tokens(note):
        if token.type == "list_item_open":
            lead = f"{token.info}{token.markup} "
        elif token.content:
            words = _words(token.children, root, page) if token.children else token.content
            paragraphs.append(lead + clean(words))
            lead = ""
    return tuple([*paragraphs, f"\u2014 {clean(by)}"] if by else paragraphs)


def _words(tokens: Iterable["Token"], root: str, page: str) -> str:
    words: list[str] = []
    links: list[tuple[int, str]] = []
    for token in tokens:
        if token.type == "link_open":
            links.append((len(words), rooted(str(token.attrs["href"]), root, page)))
        elif token.type == "link_close":
            start, href = links.pop()
            if "".join(words[start:]) != href:
                words.append(f" <{href}>")
        elif token.type == "image":
            words.append(f"{token.content} <{rooted(str(token.attrs['src']), root, page)}>".lstrip())
        else:
            words.append(" " if token.type in {"softbreak", "hardbreak"} else token.content)
    return "".join(words)
