"""Find the pages that are outdated, and why: compare the plan with the ledger. Pure."""

from collections.abc import Callable, Iterable, Iterator, Mapping

import msgspec

from generator.engine.inputs import code_fingerprint
from generator.engine.ledger import LedgerRow
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
    altered: Mapping[str, str],
) -> Iterator[OutdatedPage]:
    """Yield the pages whose file is not what a clean build would write.

    `rows` are the ledger's; `fingerprint` identifies a template by its name; `altered` says by path what
    became of files that are not as the last build left them.
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
        elif page.path in altered:
            reason = altered[page.path]
        else:
            continue
        yield OutdatedPage(page=page, reason=reason, view=view)
