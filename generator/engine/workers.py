"""Rendering in shards, which any `concurrent.futures.Executor` may run: processes here, or a cluster's.

A shard names its pages by their paths. The process that renders it plans the site anew, from the decoded
records that the build keeps on disk; a forked process has the plan at hand already.
"""

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor
from functools import cache
from typing import Self

import msgspec

from generator.engine.ledger import FileState, Row, Store, code_fingerprint
from generator.engine.output import Output
from generator.engine.page import Page, Planner, by_path, plan
from generator.engine.record_cache import let_go, read_decoded
from generator.engine.related_cache import RelatedCache
from generator.engine.render import Renderer, view_digest
from generator.engine.templates import Templates, assets
from generator.files import digest
from generator.library.library import Library, library_of
from generator.library.terms import Terms
from generator.model import MarkdownPage, Site, Theme
from generator.problem import Problem

SHARD = 250
"""Pages: many enough that handing them out costs little, few enough to keep all workers busy to the end."""
SHIFT = 200
"""Shards after which new workers take over: what a forked process looks at, it comes to hold for itself."""

Workers = Callable[[], Executor]
"""Makes what runs the shards."""


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """All that a process needs to plan the site: little, since it reads the records from the store."""

    store: Store
    inputs: bytes
    """Digest of all that the build depends on."""
    site: Site
    themes: tuple[Theme, ...]
    markdown: tuple[MarkdownPage, ...]
    templates: Templates
    planners: tuple[Planner, ...]
    is_related: bool
    """Whether there is a table of terms, which is in the store as well."""

    @classmethod
    def of(
        cls,
        inputs: bytes,
        library: Library,
        templates: Templates,
        planners: tuple[Planner, ...],
        store: Store,
    ) -> Self:
        """Return the plan of a library that was read."""
        return cls(
            store=store,
            inputs=inputs,
            site=library.site,
            themes=library.themes,
            markdown=library.pages,
            templates=templates,
            planners=planners,
            is_related=bool(library.terms.rows),
        )


class Press(msgspec.Struct, frozen=True):
    """The planned pages by path, and what renders them."""

    pages: Mapping[str, Page]
    renderer: Renderer
    fingerprint: Callable[[str], bytes]
    """Of a template, by name."""

    @classmethod
    def of(cls, pages: Mapping[str, Page], templates: Templates) -> Self:
        """Return the press of pages and templates."""
        return cls(pages, Renderer(templates), cache(templates.fingerprint))

    def row(self, page: Page, data: bytes, state: FileState) -> Row:
        """Return the row of a page that was rendered."""
        return Row(
            code=code_fingerprint(),
            template=self.fingerprint(page.template),
            view=view_digest(page.view),
            content=digest(data),
            state=state,
        )


_at_hand: dict[bytes, Press] = {}
"""The one press that this process used last, by the digest of what was read for it."""


def keep(planned: Plan, press: Press) -> None:
    """Have a press at hand, here and in the processes that are forked from here on."""
    _at_hand.clear()
    _at_hand[planned.inputs] = press


def _press_of(planned: Plan) -> Press:
    if planned.inputs not in _at_hand:
        files = read_decoded(planned.store)
        papers = (
            (file.card, file.record, file.formerly) for file in files.values() if file.card and file.record
        )
        cache = RelatedCache(planned.store, files)
        terms = cache.terms if planned.is_related else Terms()
        library = library_of(planned.site, planned.themes, papers, planned.markdown, terms)
        pages, _ = by_path(plan(cache.attach(library), (*planned.planners, assets(planned.templates))))
        keep(planned, Press.of(pages, planned.templates))
    return _at_hand[planned.inputs]


def render_shard(planned: Plan, output: Output, paths: list[str]) -> bytes:
    """Render pages, given by their paths; let them wait in the output's staging folder.

    Return a packed `Shard`: far smaller work for the pipe than pickles.
    """
    press = _press_of(planned)
    rows: list[Row | None] = []
    flaws: list[Problem] = []
    for path in paths:
        page = press.pages[path]
        data = press.renderer.render(page)
        if isinstance(data, Problem):
            rows.append(None)
            flaws.append(data)
        else:
            rows.append(press.row(page, data, output.stage(path, data)))
    let_go()
    return msgspec.msgpack.encode(Shard(rows, flaws))


class Shard(msgspec.Struct, frozen=True):
    """What rendering a shard gave."""

    rows: list[Row | None]
    """Of pages in the ledger, once their bytes are in place; None where a template is flawed."""
    flaws: list[Problem]
    """What is wrong with these, in the same order."""


_shard = msgspec.msgpack.Decoder(Shard).decode


def _results(packed: bytes) -> Iterator[Row | Problem]:
    shard = _shard(packed)
    flaws = iter(shard.flaws)
    for row in shard.rows:
        yield row or next(flaws)


def render_all(
    planned: Plan, output: Output, paths: list[str], workers: Workers | None
) -> Iterator[Row | Problem]:
    """Yield the rows of pages, or what is wrong with their templates; without workers, rendered here."""
    shards = [paths[start : start + SHARD] for start in range(0, len(paths), SHARD)]
    if workers is None:
        for shard in shards:
            yield from _results(render_shard(planned, output, shard))
        return
    for start in range(0, len(shards), SHIFT):
        with workers() as executor:
            shift = shards[start : start + SHIFT]
            futures = [executor.submit(render_shard, planned, output, shard) for shard in shift]
            for future in futures:
                yield from _results(future.result())
