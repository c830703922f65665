"""Stop a build that would lose something published: one error for each paper, theme or issue."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import msgspec

from generator.engine.page import PageHead
from generator.library.library import Library
from generator.library.paths import PUBLISHED, SITE, THEMES
from generator.library.record_files import RecordFile
from generator.library.register import Register
from generator.library.snapshot import Snapshot
from generator.model import UNSORTED
from generator.problem import Location, Problem, error, notice
from generator.publication.news import address
from generator.website.feeds.contents import entry_names
from generator.website.feeds.context import FeedContext
from generator.words import count


class Loss(msgspec.Struct, frozen=True, kw_only=True):
    """What was published of a paper, a theme or an issue, and is not planned."""

    owner: str
    """The address of its page, relative to the site's root: "papers/x/". Files of a kind that is turned off
    have their pattern: "issues/*/mail/"."""
    addresses: tuple[str, ...] = ()
    entries: tuple[str, ...] = ()
    """The identities of feed entries."""


def check_published(content: Snapshot, pages: Iterable[PageHead]) -> list[Problem]:
    """Return an error for each loss, and a notice of each paper that is shown again after it was let go."""
    library = content.library
    if library is None or not library.published.marked:
        return []
    urls, ids = {address(page) for page in pages}, _entry_ids(library)
    lost = _losses(library, urls, ids)
    return [*(_problem(content, library, loss) for loss in lost), *_shown_again(library.published, urls, ids)]


def losses(library: Library, pages: Iterable[PageHead]) -> list[Loss]:
    """Return all that was published and is not planned, without what was let go."""
    urls = {address(page) for page in pages}
    return list(_losses(library, urls, _entry_ids(library)))


def _entry_ids(library: Library) -> set[str]:
    context = FeedContext.of(library)
    return {context.id(name) for name in entry_names(library)}


def _losses(library: Library, urls: set[str], ids: set[str]) -> Iterator[Loss]:
    """Yield what is not among the URLs and identities and was not let go, by its owner."""
    register = library.published
    off = [kind for kind in _KINDS if not getattr(library.site.outputs, kind.name)]
    found: dict[str, tuple[list[str], list[str]]] = {}
    for url, row in register.addresses.items():
        if url not in urls and not row.let_go and not _goes_with_its_papers(url, urls):
            kind = next((kind for kind in off if kind.had(url, urls)), None)
            found.setdefault(kind.pattern if kind else owner_of(url), ([], []))[0].append(url)
    for name, entry in register.entries.items():
        if name not in ids and not entry.let_go:
            found.setdefault(owner_of(entry.url), ([], []))[1].append(name)
    for name in {name for rows in register.feeds.values() for name in rows} - register.entries.keys() - ids:
        found.setdefault(owner_of(name), ([], []))[1].append(name)
    found.pop(f"themes/{UNSORTED.slug}/", None)  # it goes when the last paper has a theme
    for owner, (addresses, entries) in sorted(found.items()):
        yield Loss(owner=owner, addresses=tuple(sorted(addresses)), entries=tuple(sorted(entries)))


class _Kind(NamedTuple):
    """Files of which each paper or issue has one, unless `outputs:` turns them off."""

    name: str
    """Of its field in `outputs:`."""
    pattern: str
    """Of the files' addresses, which are between its two parts at the star."""
    page: str
    """Of the addresses of the pages that have such a file."""

    def had(self, url: str, urls: set[str]) -> bool:
        """Tell whether a file is of this kind, and its page is still there."""
        before, _, after = self.pattern.partition("*")
        if not (url.startswith(before) and url.endswith(after)):
            return False
        return self.page.replace("*", url[len(before) : len(url) - len(after)]) in urls


_KINDS = (
    _Kind("mail_pages", "issues/*/mail/", "issues/*/"),
    _Kind("paper_api", "api/v1/papers/*.json", "papers/*/"),
    _Kind("paper_citations", "papers/*/cite.bib", "papers/*/"),
    _Kind("paper_citations", "papers/*/cite.ris", "papers/*/"),
    _Kind("paper_citations", "papers/*/cite.json", "papers/*/"),
)


def _goes_with_its_papers(url: str, urls: set[str]) -> bool:
    """Tell whether a page is a part of a list that is still there: a month goes with its last paper."""
    found = _PART_OF_LIST.fullmatch(url)
    return found is not None and "".join(filter(None, found.groups())) in urls


_PART_OF_LIST = re.compile(
    r"(archive/|themes/[^/]+/|picks/)[^.]+/|(issues/)[0-9]+/|(api/v1/.+)\.[0-9]+(\.json)"
)
"""A year, month or further page of a list, and the address of the list."""
_OWNED = re.compile(r"(?:api/v1/|feeds/)?(papers|themes|issues)/([^/.]+)[/.]")
_ARCHIVE = re.compile(r"feeds/archive/([0-9]{4}-[0-9]{2}-[0-9]{2})\.")
_ENTRY = re.compile(r"tag:[^:]*:(issues/|weeks/)?([^/]+)")


def owner_of(published: str) -> str:
    """Return the page to which an address or an entry belongs: of "papers/x/cite.bib", "papers/x/"."""
    if found := _OWNED.match(published):
        return f"{found[1]}/{found[2]}/"
    if found := _ARCHIVE.match(published):
        return f"issues/{found[1]}/"
    if found := _ENTRY.match(published):  # of a time when the register did not keep an entry's page
        return f"{found[1] or 'papers/'}{found[2]}/"
    return published


def _problem(content: Snapshot, library: Library, loss: Loss) -> Problem:
    place, cause, hint = _cause(content, library, loss)
    counts = [
        *([count(len(loss.addresses), "address", "addresses")] if loss.addresses else []),
        *([count(len(loss.entries), "feed entry", "feed entries")] if loss.entries else []),
    ]
    named = f'"{loss.owner}"' if "*" in loss.owner else loss.owner
    command = f'or let it go: broadsheet let-go {named} --why "..."'
    message = f"{loss.owner} was published and would vanish, {' and '.join(counts)}: {cause}."
    return error(place, message, f"{hint}, {command}")


def _cause(content: Snapshot, library: Library, loss: Loss) -> tuple[Location, str, str]:
    """Return where the cause of a loss is, what it is, and how to undo it."""
    register = Location(path=PUBLISHED)
    if name := next((kind.name for kind in _KINDS if kind.pattern == loss.owner), ""):
        return Location(path=SITE), f"`{name}: false` makes no such files", f"Set `{name}: true`"
    kind, _, rest = loss.owner.partition("/")
    name = rest.rstrip("/")
    if kind == "papers":
        return _cause_of_paper(content, name, renamed=bool(loss.addresses))
    if kind == "themes" and name not in {theme.slug for theme in library.themes}:
        hint = f"Restore the theme, lead it to another with `formerly: [{name}]` there"
        return Location(path=THEMES), "there is no such theme any more", hint
    if loss.owner.startswith(("issues/", "weeks/")) and not loss.addresses:
        return register, "what it listed is gone, or no pick is left", "Restore that"
    return register, "no paper is left there", "Restore the papers that were there"


def _cause_of_paper(content: Snapshot, name: str, *, renamed: bool) -> tuple[Location, str, str]:
    redirect = f"lead its address to another paper with `formerly: [{name}]` in that paper's record"
    file = next((file for file in content.files.values() if name in _names(file)), None)
    if file is None:
        return Location(path=PUBLISHED), "its record is gone", f"Restore the record, {redirect}"
    place = Location(path=file.path)
    if file.card is None:
        name = "draft" if file.record and file.record.paper().draft else "hide"
        return place, f"its record says `{name}: true`", f"Remove `{name}:`, {redirect}"
    if file.slug != name and renamed:
        return place, "its record has another name now", f"Add `formerly: [{name}]` to the record"
    return place, "its record no longer has what was published", "Restore what was removed there"


def _names(file: RecordFile) -> tuple[str, ...]:
    return (file.slug, file.id, *file.formerly)


def _shown_again(register: Register, urls: set[str], ids: set[str]) -> Iterator[Problem]:
    """Yield a notice for each page that was let go and is back."""
    back = {
        owner_of(url): row.let_go for url, row in register.addresses.items() if row.let_go and url in urls
    }
    back |= {
        owner_of(row.url): row.let_go for row in register.entries.values() if row.let_go and row.id in ids
    }
    for owner, why in sorted(back.items()):
        message = f"{owner} was let go and is shown again. It had been let go because: {why}"
        yield notice(Location(path=PUBLISHED), message, "Subscribers who had it may see it a second time.")
