"""Rendering in shards, which any `concurrent.futures.Executor` may run: processes here, or a cluster's.

A shard names its pages by their paths. A process that shares no memory with the build plans the site itself,
from the records that the build keeps on disk; a forked process has the planned pages already.
"""

import datetime as dt
import gc
import pickle
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from functools import cache, lru_cache
from itertools import chain
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
from generator.engine.templates import AS_SHIPPED, STATIC, Templates, assets
from generator.files import digest
from generator.library.library import Library, LibraryItem, with_papers
from generator.problem import Problem
from generator.processes import Workers, in_background

SHARD = 250
"""The most pages in a shard: enough that handing them out costs little. Fewer pages need no workers."""
BATCH = 64
"""Pages that are rendered, sorted by template, before they are written: a processor that repeats the same
work takes nine tenths of the time."""
SHARES = 16
"""The least number of shards, also for fewer pages: a page of a feed takes as long as a hundred others."""
LEAST = 25
"""The fewest pages in a shard, as the last ones have."""
SHARDS_PER_POOL = 200
"""Shards after which new workers take over, since a forked process ends up copying all memory it reads."""

Task = tuple[str, bytes]
"""A page to render: its path, and the digest of its view (empty if it is not known)."""


class RenderContext(msgspec.Struct, frozen=True, kw_only=True):
    """The planned pages, and what is needed to render them."""

    planned: Callable[[str], Page]
    """Returns the page at a path."""
    renderer: Renderer
    fingerprint: Callable[[str], bytes]
    """Returns the fingerprint of a template, by its name."""
    records: RecordCache
    rows: Mapping[str, LedgerRow]
    """The ledger's rows of the last build, from whose files pieces may be taken."""

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
        """Render and stage pages; yield the ledger row of each, or what is wrong with its template.

        Without an output, nothing is staged, and only what is wrong is yielded.
        """
        digests = ViewDigests()
        for start in range(0, len(shard), BATCH):
            known = dict(shard[start : start + BATCH])
            pages = [self.planned(path) for path in known]
            by_template = sorted(pages, key=lambda page: page.template)
            rendered = {page.path: self._made(page, output) for page in by_template}
            views = {page.path: known[page.path] or digests.of(page.view) for page in pages if output}
            for page in pages:
                data, pieces = rendered[page.path]
                if isinstance(data, Problem):
                    yield data
                elif output:
                    yield LedgerRow(
                        code=code_fingerprint(),
                        template=self.fingerprint(page.template),
                        view=views[page.path],
                        content=digest(data),
                        state=output.stage(page.path, data),
                        pieces=pieces,
                    )
        self.records.release()

    def _made(self, page: Page, output: Output | None) -> tuple[bytes | Problem, Pieces]:
        """Return a page's bytes, or what is wrong; for a long list also its pieces."""
        encode = encoder(page.encoder) if page.encoder and output else None
        if not (output and isinstance(encode, ListEncoder)):
            return self.renderer.render(page), ()
        row = self.rows.get(page.path)
        is_ours = row and row.pieces and row.code == code_fingerprint()
        last = output.bytes_of(page.path, row) if row and is_ours else b""
        return encode.joined(page.view, last, row.pieces if row and last else ())


class WorkerInputs(msgspec.Struct, frozen=True, eq=False):
    """What a worker needs to plan and render the pages.

    A forked process has all of it. What is sent to another process is small: the papers are in the state
    folder, and the pages are planned again there.
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
        return _unpickled, (_pickled(self),)

    @property
    def _key(self) -> tuple[StateFolder, bytes]:
        return self.state, self.digest


@lru_cache(maxsize=1)
def _pickled(inputs: WorkerInputs) -> bytes:
    """Return what is sent of a build's inputs, once for all shards: of many listings it is large."""
    library = with_papers(inputs.library, ())
    return pickle.dumps((inputs.state, inputs.digest, library, inputs.templates, inputs.planners, None))


@lru_cache(maxsize=1)
def _unpickled(data: bytes) -> WorkerInputs:
    return WorkerInputs(*pickle.loads(data))  # noqa: S301 (this build pickled it)


@lru_cache(maxsize=1)
def _context_of(inputs: WorkerInputs) -> RenderContext:
    """Return the render context of a build: a forked process has it already, another one makes it once."""
    if inputs.context:
        return inputs.context
    records = RecordCache(inputs.state)
    files = records.files.values()
    papers = (
        LibraryItem(file.card, file.record, file.formerly) for file in files if file.card and file.record
    )
    library = with_papers(inputs.library, papers)
    library = RelatedCache(inputs.state, records.files).attach(library)
    pages, _ = by_path(plan(library, (*inputs.planners, assets(inputs.templates))))
    return RenderContext.of(pages.__getitem__, inputs.templates, records, CompiledTemplates(inputs.state))


def _render_shard(
    inputs: WorkerInputs, output: Output | None, shard: Sequence[Task]
) -> list[LedgerRow | Problem]:
    return list(_context_of(inputs).render(output, shard))


@contextmanager
def compiling(
    state: StateFolder, templates: Templates, workers: Workers | None
) -> Iterator[CompiledTemplates]:
    """Yield the compiled templates of earlier builds.

    In a first build with workers, another process compiles all templates until the first one is needed.
    """
    compiled = CompiledTemplates(state)
    if compiled.codes or workers is None:
        yield compiled
    else:
        with in_background(workers, _compiled, templates, compiled) as compiled.coming:
            yield compiled


def _compiled(templates: Templates, compiled: CompiledTemplates) -> dict[str, bytes]:
    """Compile all templates except the copies that begin with `shipped/`, and return their code."""
    renderer = Renderer(templates, compiled)
    for name in templates.files:
        if not name.startswith((STATIC, AS_SHIPPED)):
            renderer.flaw(name)
    return compiled.codes


def in_render_order(pages: Iterable[OutdatedPage]) -> list[OutdatedPage]:
    """Sort pages by day, since pages of one day show the same texts, which are typeset once.

    Pages without a day come first, and of these the encoded ones, such as feeds: one worker imports what
    encodes them.
    """
    return sorted(pages, key=lambda found: (found.page.day or dt.date.min, not found.page.encoder))


@contextmanager
def rendering(
    inputs: WorkerInputs, output: Output | None, pages: Sequence[OutdatedPage], workers: Workers | None
) -> Iterator[Iterator[LedgerRow | Problem]]:
    """Yield an iterator of the ledger rows of pages, or of what is wrong with their templates.

    If there are many pages, workers begin to render them at once; they have ended when the block ends.
    Without an output nothing is written, and there are no rows.
    """
    _context_of.cache_clear()
    _pickled.cache_clear()
    context = _context_of(inputs)
    tasks = [(outdated.page.path, outdated.view) for outdated in pages]
    if workers is None or len(tasks) <= SHARD:
        with closing(_render_here(context, output, tasks)) as results:
            yield results
        return
    context.renderer.prepare(outdated.page for outdated in pages)
    with closing(_render_by(workers, inputs, output, list(shards_of(tasks)))) as shards:
        next(shards)
        yield chain.from_iterable(shards)


def shards_of(tasks: list[Task]) -> Iterator[list[Task]]:
    """Cut pages into shards. The last ones are small, so that no worker waits long for another."""
    start, most = 0, min(SHARD, -(-len(tasks) // SHARES))
    while start < len(tasks):
        size = min(most, max(LEAST, (len(tasks) - start) // 4))
        yield tasks[start : start + size]
        start += size


@contextmanager
def _collecting_garbage() -> Iterator[None]:
    """Let the garbage collector look only at what is made in this block and by workers that start in it.

    Memory from before the block, which the collector does not touch, stays shared with forked workers.
    """
    gc.freeze()
    gc.enable()
    try:
        yield
    finally:
        gc.disable()


def _render_here(
    context: RenderContext, output: Output | None, tasks: Sequence[Task]
) -> Generator[LedgerRow | Problem, None, None]:
    with _collecting_garbage():
        for start in range(0, len(tasks), SHARD):
            yield from context.render(output, tasks[start : start + SHARD])


def _render_by(
    workers: Workers, inputs: WorkerInputs, output: Output | None, shards: Sequence[Sequence[Task]]
) -> Generator[list[LedgerRow | Problem], None, None]:
    """Yield the results of each shard. The first, empty result says that the workers have begun."""
    for start in range(0, len(shards), SHARDS_PER_POOL):
        with workers() as executor:
            pooled = shards[start : start + SHARDS_PER_POOL]
            with _collecting_garbage():
                futures = [executor.submit(_render_shard, inputs, output, shard) for shard in pooled]
            try:
                if start == 0:
                    yield []
                for future in futures:
                    yield future.result()
            finally:
                for future in futures:  # where one failed, the others need not begin
                    future.cancel()
