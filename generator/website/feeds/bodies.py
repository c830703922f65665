"""Write the HTML that a feed reader shows of an entry, with absolute addresses only.

Readers drop styles, and most drop classes. So it is made of paragraphs, lists and headings, and what the
editors say has a heading of its own, apart from what the authors say.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from html import unescape
from urllib.parse import urljoin

from markupsafe import Markup, escape

from generator.model import UNSORTED, Card, Correction, Paper
from generator.text import feed_inline, plain
from generator.text.segments import clean
from generator.website.feeds.context import FeedContext
from generator.website.feeds.items import PeriodDigest
from generator.website.parts.markdown import note_html
from generator.website.parts.metadata import facts, newest_first, web_links
from generator.website.parts.paper_lists import PaperLine, unlinked
from generator.website.urls import Link, href, issue_link
from generator.words import count, day

LONG_ABSTRACT = 5_000
"""Characters that no abstract needs: arXiv takes 1,920."""
_WITHDRAWN = "<p><strong>Withdrawn.</strong> A listing says that this paper has been withdrawn.</p>\n"


def paper_body(card: Card, paper: Paper, context: FeedContext, *, short: bool = False) -> str:
    """Return what an entry shows of a paper: the editors' words, its abstract and facts, where to read it.

    A short body has the abstract, of `LONG_ABSTRACT` characters at most, and one link.
    """
    lines = [line for line in (paper.abstract or "").splitlines() if line.strip()]
    if short:
        lines = list(_cut(lines))
    abstract = [f'<p dir="auto">{feed_inline(line)}</p>\n' for line in lines]
    page = Link(href=context.root + href(card.slug), title=f"On {context.title}")
    if short:
        return "".join([*abstract, _paragraph([_anchor(page)])])
    note = _note(card, paper, context)
    links = [
        page,
        *(_absolute(issue_link(date), context, "Issue of ") for date in card.issues[:1]),
        *web_links(paper),
    ]
    return "".join(
        [
            _WITHDRAWN if paper.withdrawn else "",
            *(f"<p>{_correction(change)}</p>\n" for change in newest_first(paper.changes)),
            _paragraph([_text(", ".join(names_of(paper)) or plain(card.byline))]),
            f"<h4>Why it is here</h4>\n{note}<h4>Abstract</h4>\n" if note else "",
            *abstract,
            _paragraph(_facts(card, paper)),
            _paragraph(map(_anchor, links)),
        ]
    )


def _cut(lines: Iterable[str]) -> Iterator[str]:
    """Yield an abstract's lines as far as a feed that is too large has room for them."""
    room = LONG_ABSTRACT
    for line in lines:
        if len(line) > room:
            yield f"{line[:room].rpartition(' ')[0] or line[:room]} …"
            return
        yield line
        room -= len(line)


def names_of(paper: Paper) -> list[str]:
    """Return the names of its authors, if known."""
    return [name for name in map(plain, paper.authors) if name]


def correction_body(card: Card, change: Correction, context: FeedContext) -> str:
    """Return what an entry shows of a correction."""
    return f"<p>{_correction(change)}</p>\n<p>It corrects {_title(card, context)}.</p>\n"


def digest_body(digest: PeriodDigest, context: FeedContext, *, short: bool = False) -> str:
    """Return what an entry shows of some issues: picks with their notes, then all other papers by theme.

    A short body only leads to the issues.
    """
    issues = [_anchor(_absolute(issue_link(date), context)) for date in reversed(digest.days)]
    more = digest.total - len(digest.lines)
    parts = [f"<p>From the {'issue' if len(issues) == 1 else 'issues'} of {', '.join(issues)}.</p>\n"]
    if short:
        return parts[0]
    parts += [_markdown(digest.opening, issue_link(digest.days[0]).href, context)]
    picks = [line for line in digest.lines if line.card.pick]
    if picks:
        parts += ["<h3>Picks</h3>\n", *(_pick(line, context) for line in picks)]
    for theme, lines in _by_theme(digest.lines[len(picks) :], context):
        items = "".join(_item(line, context) for line in lines)
        parts.append(f"<h3>{escape(theme)}</h3>\n<ul>\n{items}</ul>\n")
    if more:
        parts.append(f"<p>And {count(more, 'more paper')}.</p>\n")
    return "".join(parts)


def _by_theme(lines: Iterable[PaperLine], context: FeedContext) -> Iterator[tuple[str, list[PaperLine]]]:
    """Yield the lines of each main theme, in the themes' order; those without one last."""
    themes = (*context.themes, ("", UNSORTED.title))
    found: dict[str, list[PaperLine]] = {slug: [] for slug, _ in themes}
    for line in lines:
        main = line.card.main
        found[main if main in found else ""].append(line)
    for slug, title in themes:
        if found[slug]:
            yield title, found[slug]


def _pick(line: PaperLine, context: FeedContext) -> str:
    paper = line.paper()
    return "".join(
        [
            f"<h4>{_title(line.card, context)}</h4>\n",
            _paragraph([_text(line.byline)]),
            *(f"<p>{_correction(change)}</p>\n" for change in newest_first(paper.changes)),
            _note(line.card, paper, context),
        ]
    )


def _item(line: PaperLine, context: FeedContext) -> str:
    changes = newest_first(line.paper().changes)
    parts = [_title(line.card, context), *filter(None, [_text(line.byline)])]
    corrections = (f"<br/>\n{_correction(change)}" for change in changes)
    return "".join(["<li>", ", ".join(parts), *corrections, "</li>\n"])


def _title(card: Card, context: FeedContext) -> str:
    """Return a title that leads to its paper; the attribute keeps one that runs right to left to itself."""
    html = _title_html(card.title)
    return f'<a dir="auto" href="{context.root}{href(card.slug)}">{html}</a>'


@lru_cache(maxsize=16384)  # fifty weeks of a large digest, in several formats, by issue and by week
def _title_html(title: str) -> Markup:
    return unlinked(feed_inline(title))


def _correction(change: Correction) -> str:
    return f"<strong>Correction, {day(change.date).text}.</strong> {feed_inline(change.text)}"


def _facts(card: Card, paper: Paper) -> Iterator[Markup]:
    if card.provisional:
        yield Markup("No title given")
    if paper.published:
        yield escape(f"Published {day(paper.published).text}")
    for name, fact in facts(paper, feed_inline):
        yield Markup("{}: {}").format(name, fact if isinstance(fact, Markup) else _text(fact))


def _paragraph(parts: Iterable[str]) -> str:
    line = " · ".join(filter(None, parts))
    return f"<p>{line}</p>\n" if line else ""


def _absolute(link: Link, context: FeedContext, before: str = "") -> Link:
    return Link(href=context.root + link.href, title=before + link.title)


def _anchor(link: Link) -> str:
    return f'<a href="{_text(link.href)}">{escape(link.title)}</a>'


def _text(text: str) -> Markup:
    return escape(clean(text))


_ADDRESS = re.compile('(href|src)="([^"]*)"')
_UNCLOSED = re.compile("<(br|hr|img [^>]*)>")
_ILLEGAL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 (2.2) forbids or discourages, except line ends and tabs."""


def _note(card: Card, paper: Paper, context: FeedContext) -> str:
    return _markdown(paper.note or "", href(card.slug), context, paper.by)


def _markdown(text: str, page: str, context: FeedContext, by: str | None = None) -> str:
    """Return the editors' words as HTML; an address in them counts from the page that they are on."""
    if not text:
        return ""
    html: str = note_html(_ILLEGAL.sub("", text), context.root, by=by and _ILLEGAL.sub("", by), mathml=False)

    def whole(found: re.Match[str]) -> str:
        return f'{found[1]}="{escape(urljoin(context.root + page, unescape(found[2])))}"'

    return _UNCLOSED.sub(r"<\1/>", _ADDRESS.sub(whole, html))
