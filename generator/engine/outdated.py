"""Which pages to render, and why: a pure comparison of the plan with the ledger."""

from collections.abc import Callable, Iterable, Iterator, Mapping

import msgspec

from generator.engine.ledger import FileState, Row
from generator.engine.page import Page
from generator.engine.render import view_digest


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """A page to render, and why."""

    page: Page
    reason: str


def decide(
    pages: Iterable[Page],
    rows: Mapping[str, Row],
    code: bytes,
    fingerprint: Callable[[str], bytes],
    state: Callable[[str], FileState | None],
) -> Iterator[Change]:
    """Yield the pages whose file is not what a clean build would write.

    `rows` is the ledger; `code` and `fingerprint` identify the program and, by name, a template; `state`
    tells what stands at a path.
    """
    last: tuple[msgspec.Struct | None, bytes] = None, b""

    def seen(view: msgspec.Struct) -> bytes:
        nonlocal last
        if view is not last[0]:  # one may stand for several pages, as for the formats of a feed
            last = view, view_digest(view)
        return last[1]

    for page in pages:
        row = rows.get(page.path)
        if row is None:
            reason = "it is new"
        elif row.code != code:
            reason = "Broadsheet itself or a library changed"
        elif row.template != fingerprint(page.template):
            reason = f"a template changed: {page.template}"
        elif row.view != seen(page.view):
            reason = "what it shows changed"
        elif (found := state(page.path)) != row.state:
            reason = "the file was altered" if found else "the file is gone"
        else:
            continue
        yield Change(page=page, reason=reason)
