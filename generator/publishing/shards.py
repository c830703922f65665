"""Rendering in shards, which any `concurrent.futures.Executor` may run: processes here, or a cluster's.

A shard names its pages by their paths. The process that renders it plans the site anew, from the decoded
records that the build keeps on disk; a forked process has the plan at hand already.
"""

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor
from itertools import islice
from typing import Self

import msgspec

from generator.content.library import Library, library_of
from generator.content.reading import Reading
from generator.model import MarkdownPage, Site, Theme
from generator.problem import Problem
from generator.publishing.decoded import read_decoded
from generator.publishing.ledger import Store, digest, inputs_digest
from generator.publishing.output import Output
from generator.publishing.page import Page, Planner, by_path, plan
from generator.publishing.render import Renderer
from generator.publishing.templates import Templates, assets

SHARD = 250
"""Pages: many enough that handing them out costs little, few enough to keep all workers busy to the end."""

Workers = Callable[[], Executor]
"""Makes what runs the shards."""

Result = bytes | Problem
"""The digest of a page's bytes, which wait under its number, or what is wrong with its template."""


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """All that a process needs to plan the site: little, since it reads the records from the store."""

    store: Store
    inputs: bytes
    """Digest of all that is read."""
    site: Site
    themes: tuple[Theme, ...]
    markdown: tuple[MarkdownPage, ...]
    templates: Templates
    planners: tuple[Planner, ...]

    @classmethod
    def of(
        cls,
        reading: Reading,
        library: Library,
        templates: Templates,
        planners: tuple[Planner, ...],
        store: Store,
    ) -> Self:
        """Return the plan of a library that was read."""
        return cls(
            store=store,
            inputs=inputs_digest(reading.digests, templates.files, planners),
            site=library.site,
            themes=library.themes,
            markdown=library.pages,
            templates=templates,
            planners=planners,
        )


class Press(msgspec.Struct, frozen=True):
    """The planned pages by path, and what renders them."""

    pages: Mapping[str, Page]
    renderer: Renderer


_at_hand: dict[bytes, Press] = {}
"""The one press that this process used last, by the digest of what was read for it."""


def keep(planned: Plan, press: Press) -> None:
    """Have a press at hand, here and in the processes that are forked from here on."""
    _at_hand.clear()
    _at_hand[planned.inputs] = press


def _press_of(planned: Plan) -> Press:
    if planned.inputs not in _at_hand:
        files = read_decoded(planned.store).values()
        papers = ((file.card, file.record, file.formerly) for file in files if file.card and file.record)
        library = library_of(planned.site, planned.themes, papers, planned.markdown)
        pages, _ = by_path(plan(library, (*planned.planners, assets(planned.templates))))
        keep(planned, Press(pages, Renderer(planned.templates)))
    return _at_hand[planned.inputs]


def render_shard(planned: Plan, output: Output, numbered: list[tuple[int, str]]) -> list[Result]:
    """Render pages, given by number and path; let them wait in the output's staging folder."""
    press = _press_of(planned)
    results: list[Result] = []
    for number, path in numbered:
        data = press.renderer.render(press.pages[path])
        if isinstance(data, Problem):
            results.append(data)
        else:
            output.stage(number, data)
            results.append(digest(data))
    return results


def render_all(planned: Plan, output: Output, paths: list[str], workers: Workers | None) -> Iterator[Result]:
    """Yield the results of pages, numbered in the order of their paths; without workers, from here."""
    numbered = iter(enumerate(paths))
    shards = iter(lambda: list(islice(numbered, SHARD)), [])
    if workers is None:
        for shard in shards:
            yield from render_shard(planned, output, shard)
        return
    with workers() as executor:
        futures = [executor.submit(render_shard, planned, output, shard) for shard in shards]
        for future in futures:
            yield from future.result()
