"""Rendering in shards, which any `concurrent.futures.Executor` may run: processes here, or a cluster's.

A shard names its pages by their paths. A process that shares no memory with the build plans the site itself,
from the records that the build keeps on disk; a forked process has the planned pages already.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, lru_cache, partial
from typing import Any, Self

import msgspec

from generator.engine.inputs import BuildInputs, code_fingerprint
from generator.engine.ledger import LedgerRow, StateFolder
from generator.engine.outdated import OutdatedPage
from generator.engine.output import Output
from generator.engine.page import Page, Planner, ViewDigests, by_path, plan
from generator.engine.record_cache import RecordCache
from generator.engine.related_cache import RelatedCache
from generator.engine.render import Renderer
from generator.engine.templates import Templates, assets
from generator.files import digest
from generator.library.library import Library, library_of
from generator.library.terms import Terms
from generator.model import MarkdownPage, Site, Theme
from generator.problem import Problem
from generator.processes import Workers

SHARD = 250
"""Pages: many enough that handing them out costs little, few enough to keep all workers busy to the end."""
SHARDS_PER_POOL = 200
"""Shards after which new workers take over: a forked process comes to copy all memory that it reads."""

Task = tuple[str, bytes]
"""A page to render: its path, and the digest of its view if that is known, else no bytes."""


class RenderContext(msgspec.Struct, frozen=True, kw_only=True):
    """The planned pages by path, and all that renders them."""

    pages: Mapping[str, Page]
    renderer: Renderer
    fingerprint: Callable[[str], bytes]
    """Returns the fingerprint of a template, by its name."""
    records: RecordCache

    @classmethod
    def of(cls, pages: Mapping[str, Page], templates: Templates, records: RecordCache) -> Self:
        """Return the context of pages that were planned from these records."""
        fingerprint = cache(templates.fingerprint)
        return cls(pages=pages, renderer=Renderer(templates), fingerprint=fingerprint, records=records)

    def render(self, output: Output, shard: Sequence[Task]) -> Iterator[LedgerRow | Problem]:
        """Render and stage pages; yield the row of each, or what is wrong with its template."""
        digests = ViewDigests()
        for path, view in shard:
            page = self.pages[path]
            data = self.renderer.render(page)
            if isinstance(data, Problem):
                yield data
                continue
            yield LedgerRow(
                code=code_fingerprint(),
                template=self.fingerprint(page.template),
                view=view or digests.of(page.view),
                content=digest(data),
                state=output.stage(path, data),
            )
        self.records.release()


class WorkerInputs(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """What a worker needs to have the pages. It is small when sent: pages are planned again, not sent."""

    state: StateFolder
    digest: bytes
    """Of all that the build depends on."""
    site: Site
    themes: tuple[Theme, ...]
    markdown: tuple[MarkdownPage, ...]
    has_terms: bool
    """Whether there is a table of terms. It is sent on disk, with the related papers."""
    templates: Templates
    planners: tuple[Planner, ...]
    context: RenderContext | None = None
    """The planned pages, for workers that share memory. It is not sent."""

    @classmethod
    def of(
        cls,
        state: StateFolder,
        inputs: BuildInputs,
        library: Library,
        planners: tuple[Planner, ...],
        context: RenderContext,
    ) -> Self:
        """Return what workers need to render pages of a library; the rest is in the state folder."""
        return cls(
            state=state,
            digest=inputs.digest,
            site=library.site,
            themes=library.themes,
            markdown=library.pages,
            has_terms=bool(library.terms.rows),
            templates=inputs.templates,
            planners=planners,
            context=context,
        )

    def __eq__(self, other: object) -> bool:
        return isinstance(other, WorkerInputs) and self._key == other._key

    def __hash__(self) -> int:
        return hash(self._key)

    def __reduce__(self) -> tuple[Any, ...]:
        return partial(WorkerInputs, **(msgspec.structs.asdict(self) | {"context": None})), ()

    @property
    def _key(self) -> tuple[StateFolder, bytes]:
        return self.state, self.digest


@lru_cache(maxsize=1)
def _context_of(inputs: WorkerInputs) -> RenderContext:
    """Return the render context of a build, the same one for each shard of it."""
    if inputs.context:
        return inputs.context
    records = RecordCache(inputs.state)
    related = RelatedCache(inputs.state, records.files)
    papers = (
        (file.card, file.record, file.formerly)
        for file in records.files.values()
        if file.card and file.record
    )
    terms = related.terms if inputs.has_terms else Terms()
    library = related.attach(library_of(inputs.site, inputs.themes, papers, inputs.markdown, terms))
    pages, _ = by_path(plan(library, (*inputs.planners, assets(inputs.templates))))
    return RenderContext.of(pages, inputs.templates, records)


class _Rendered(msgspec.Struct, frozen=True):
    """What rendering a shard gave: far less work to send than as pickles."""

    rows: list[LedgerRow | None]
    """One for each page; None where its template is flawed."""
    flaws: list[Problem]
    """What is wrong with the templates of these, in the same order."""


_decode = msgspec.msgpack.Decoder(_Rendered).decode


def _render_shard(inputs: WorkerInputs, output: Output, shard: Sequence[Task]) -> bytes:
    results = list(_context_of(inputs).render(output, shard))
    rows = [None if isinstance(result, Problem) else result for result in results]
    flaws = [result for result in results if isinstance(result, Problem)]
    return msgspec.msgpack.encode(_Rendered(rows, flaws))


def _results(packed: bytes) -> Iterator[LedgerRow | Problem]:
    rendered = _decode(packed)
    flaws = iter(rendered.flaws)
    for row in rendered.rows:
        yield row or next(flaws)


def render_all(
    context: RenderContext,
    inputs: WorkerInputs,
    output: Output,
    pages: Sequence[OutdatedPage],
    workers: Workers | None,
) -> Iterator[LedgerRow | Problem]:
    """Yield the rows of pages, or what is wrong with their templates. Workers render many."""
    tasks = [(outdated.page.path, outdated.view) for outdated in pages]
    shards = [tasks[start : start + SHARD] for start in range(0, len(tasks), SHARD)]
    if workers is None or len(shards) <= 2:
        for shard in shards:
            yield from context.render(output, shard)
        return
    for start in range(0, len(shards), SHARDS_PER_POOL):
        with workers(initializer=_context_of, initargs=(inputs,)) as executor:
            pooled = shards[start : start + SHARDS_PER_POOL]
            futures = [executor.submit(_render_shard, inputs, output, shard) for shard in pooled]
            for future in futures:
                yield from _results(future.result())
