"""Rendering in shards, which any `concurrent.futures.Executor` may run: processes here, or a cluster's.

A shard names its pages by their paths. A process that shares no memory with the build plans the site itself,
from the records that the build keeps on disk; a forked process has the planned pages already.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any, Self

import msgspec

from generator.engine.compiled_templates import CompiledTemplates
from generator.engine.inputs import code_fingerprint
from generator.engine.ledger import LedgerRow, Pieces, StateFolder
from generator.engine.list_files import ListEncoder
from generator.engine.outdated import OutdatedPage
from generator.engine.output import Output
from generator.engine.page import Page, Planner, ViewDigests, by_path, plan
from generator.engine.record_cache import RecordCache
from generator.engine.related_cache import RelatedCache
from generator.engine.render import Renderer, encoder
from generator.engine.templates import Templates, assets
from generator.files import digest
from generator.library.library import Library, LibraryItem, library_of
from generator.problem import Problem
from generator.processes import Workers

SHARD = 250
"""Pages, at most: many enough that handing them out costs little. No more than so many need no workers."""
SHARES = 16
"""Shards that fewer pages are cut into: a page of a feed takes as long as a hundred others."""
SHARDS_PER_POOL = 200
"""Shards after which new workers take over: a forked process comes to copy all memory that it reads."""

Task = tuple[str, bytes]
"""A page to render: its path, and the digest of its view if that is known, else no bytes."""


class RenderContext(msgspec.Struct, frozen=True, kw_only=True):
    """The planned pages, and all that renders them."""

    planned: Callable[[str], Page]
    """Returns the page at a path."""
    renderer: Renderer
    fingerprint: Callable[[str], bytes]
    """Returns the fingerprint of a template, by its name."""
    records: RecordCache
    rows: Mapping[str, LedgerRow]
    """Those of the last build's files, of which pieces may be taken."""

    @classmethod
    def of(
        cls,
        planned: Callable[[str], Page],
        templates: Templates,
        records: RecordCache,
        compiled: CompiledTemplates,
        rows: Mapping[str, LedgerRow] | None = None,
    ) -> Self:
        """Return the context of pages that were planned from these records."""
        fingerprint, renderer = cache(templates.fingerprint), Renderer(templates, compiled)
        return cls(
            planned=planned, renderer=renderer, fingerprint=fingerprint, records=records, rows=rows or {}
        )

    def render(self, output: Output | None, shard: Sequence[Task]) -> Iterator[LedgerRow | Problem]:
        """Render and stage pages; yield the row of each, or what is wrong with its template.

        Without an output, only what is wrong.
        """
        digests = ViewDigests()
        for path, view in shard:
            page = self.planned(path)
            data, pieces = self._made(page, output)
            if isinstance(data, Problem):
                yield data
            elif output:
                yield LedgerRow(
                    code=code_fingerprint(),
                    template=self.fingerprint(page.template),
                    view=view or digests.of(page.view),
                    content=digest(data),
                    state=output.stage(path, data),
                    pieces=pieces,
                )
        self.records.release()

    def _made(self, page: Page, output: Output | None) -> tuple[bytes | Problem, Pieces]:
        """Return a page's bytes or what is wrong; of a list, with its pieces, made from the last ones."""
        encode = encoder(page.encoder) if page.encoder and output else None
        if not (output and isinstance(encode, ListEncoder)):
            return self.renderer.render(page), ()
        row = self.rows.get(page.path)
        is_ours = row and row.pieces and row.code == code_fingerprint()
        last = output.bytes_of(page.path, row) if row and is_ours else b""
        return encode.joined(page.view, last, row.pieces if row and last else ())


class WorkerInputs(msgspec.Struct, frozen=True, eq=False):
    """What a worker needs to have the pages.

    It is small when sent to another process: without the papers, which are in the state folder, and without
    the pages, which are planned again there. A forked process has it whole.
    """

    state: StateFolder
    digest: bytes
    """Of all that the build depends on."""
    library: Library
    templates: Templates
    planners: tuple[Planner, ...]
    context: RenderContext | None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, WorkerInputs) and self._key == other._key

    def __hash__(self) -> int:
        return hash(self._key)

    def __reduce__(self) -> tuple[Any, ...]:
        library = _with_papers(self.library, ())
        return WorkerInputs, (self.state, self.digest, library, self.templates, self.planners, None)

    @property
    def _key(self) -> tuple[StateFolder, bytes]:
        return self.state, self.digest


def _with_papers(known: Library, papers: Iterable[LibraryItem]) -> Library:
    """Return the library of papers with all else that is known, but for what is related."""
    library = library_of(known.site, known.themes, papers, known.pages, known.terms, openings=known.openings)
    return msgspec.structs.replace(
        library,
        published=known.published,
        listings=known.listings,
        vectors=known.vectors,
        images=known.images,
    )


@lru_cache(maxsize=1)
def _context_of(inputs: WorkerInputs) -> RenderContext:
    """Return the render context of a build, the same one for each shard of it.

    It is kept, so that a process plans the site once. A forked process has that of the build at once.
    """
    if inputs.context:
        return inputs.context
    records = RecordCache(inputs.state)
    files = records.files.values()
    papers = (
        LibraryItem(file.card, file.record, file.formerly) for file in files if file.card and file.record
    )
    library = _with_papers(inputs.library, papers)
    library = RelatedCache(inputs.state, records.files).attach(library)
    pages, _ = by_path(plan(library, (*inputs.planners, assets(inputs.templates))))
    return RenderContext.of(pages.__getitem__, inputs.templates, records, CompiledTemplates(inputs.state))


def _render_shard(
    inputs: WorkerInputs, output: Output | None, shard: Sequence[Task]
) -> list[LedgerRow | Problem]:
    return list(_context_of(inputs).render(output, shard))


def in_rows(pages: Iterable[OutdatedPage]) -> list[OutdatedPage]:
    """Return pages in an order in which those that show the same texts, of one day, are rendered in a row."""
    return sorted(pages, key=lambda outdated: outdated.page.day or dt.date.min)


def render_all(
    inputs: WorkerInputs, output: Output | None, pages: Sequence[OutdatedPage], workers: Workers | None
) -> Iterator[LedgerRow | Problem]:
    """Yield the rows of pages, or what is wrong with their templates. Workers render many.

    Without an output nothing is written, and there are no rows.
    """
    _context_of.cache_clear()
    context = _context_of(inputs)
    tasks = [(outdated.page.path, outdated.view) for outdated in pages]
    size = SHARD if len(tasks) <= SHARD else min(SHARD, -(-len(tasks) // SHARES))
    shards = [tasks[start : start + size] for start in range(0, len(tasks), size)]
    if workers is None or len(tasks) <= SHARD:
        for shard in shards:
            yield from context.render(output, shard)
        return
    context.renderer.prepare(outdated.page for outdated in pages)
    for start in range(0, len(shards), SHARDS_PER_POOL):
        with workers() as executor:
            pooled = shards[start : start + SHARDS_PER_POOL]
            futures = [executor.submit(_render_shard, inputs, output, shard) for shard in pooled]
            try:
                for future in futures:
                    yield from future.result()
            finally:
                for future in futures:  # where one failed, the others need not begin
                    future.cancel()
