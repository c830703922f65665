"""Which pages are outdated, and why: a pure comparison of the plan with the ledger."""

from collections.abc import Callable, Iterable, Iterator, Mapping

import msgspec

from generator.engine.inputs import code_fingerprint
from generator.engine.ledger import FileState, LedgerRow
from generator.engine.page import KnownPage, Page, ViewDigests


class OutdatedPage(msgspec.Struct, frozen=True, kw_only=True):
    """A page to render, and why."""

    page: Page | KnownPage
    reason: str
    view: bytes = b""
    """Digest of its view; empty if nothing had to be compared with it."""


def outdated(
    pages: Iterable[Page | KnownPage],
    rows: Mapping[str, LedgerRow],
    fingerprint: Callable[[str], bytes],
    state: Callable[[str], FileState | None],
) -> Iterator[OutdatedPage]:
    """Yield the pages whose file is not what a clean build would write.

    `rows` are the ledger's; `fingerprint` identifies a template by its name; `state` returns the state of the
    file at a path.
    """
    code, digests = code_fingerprint(), ViewDigests()
    for page in pages:
        view = b""
        row = rows.get(page.path)
        if row is None:
            reason = "it is new"
        elif row.code != code:
            reason = "Broadsheet itself or a library changed"
        elif row.template != fingerprint(page.template):
            reason = f"a template changed: {page.template}"
        elif row.view != (view := page.digest if isinstance(page, KnownPage) else digests.of(page.view)):
            reason = "what it shows changed"
        elif (found := state(page.path)) != row.state:
            reason = "the file was altered" if found else "the file is gone"
        else:
            continue
        yield OutdatedPage(page=page, reason=reason, view=view)
