"""What the live server knows: content, templates and planned pages, each in its last good state."""

from collections.abc import Iterator, Mapping
from hashlib import blake2b
from pathlib import Path

import msgspec

from generator.content.reading import Reading, read_library
from generator.problem import Problem
from generator.publishing.page import Page, by_path, plan
from generator.publishing.pages import PLANNERS
from generator.publishing.render import Renderer
from generator.publishing.templates import STATIC, Templates, assets, read_templates

NO_TEMPLATES = Templates(files={}, paths={})


class Press(msgspec.Struct, frozen=True, kw_only=True):
    """One set of templates, ready to render."""

    templates: Templates = NO_TEMPLATES
    renderer: Renderer = Renderer(NO_TEMPLATES)
    flaws: Mapping[str, Problem] = {}
    """Templates that are not Jinja2, by name."""
    sound: Renderer | None = None
    """The last set before this one in which every template was Jinja2."""


class State(msgspec.Struct, frozen=True, kw_only=True):
    """All that is served, as it was when the files were last read."""

    reading: Reading = Reading(library=None, problems=(), files={})
    press: Press = Press()
    planned: tuple[Page, ...] = ()
    """What the content gives."""
    pages: Mapping[str, Page] = {}
    """Those and the static files, by path."""
    problems: tuple[Problem, ...] = ()
    """Of content and templates, in order of place."""
    styles: str = ""
    """Digest of the stylesheets, which a browser can swap in place."""
    assets: str = ""
    """Digest of all other static files."""


def advance(root: Path, before: State, *, content: bool = True, templates: bool = True) -> State:
    """Return the state after reading again the content, the templates or both of the digest at `root`.

    A record, a setting or a Markdown page that has become unreadable keeps its last good state. So does a
    template: the last renderer whose templates were all sound stays at hand.
    """
    reading = read_library(root, before.reading) if content else before.reading
    press = _press(read_templates(root), before.press) if templates else before.press
    library, planned = reading.library, before.planned
    if library and library != before.reading.library:
        planned = tuple(plan(library, PLANNERS))
    statics = plan(library, (assets(press.templates),)) if library else ()
    pages, clashes = by_path([*planned, *statics])
    found = [*reading.problems, *press.flaws.values(), *clashes]
    return State(
        reading=reading,
        press=press,
        planned=planned,
        pages=pages,
        problems=tuple(sorted(found, key=lambda problem: problem.order)),
        styles=_static_digest(press.templates, styles=True),
        assets=_static_digest(press.templates, styles=False),
    )


def _press(templates: Templates, before: Press) -> Press:
    altered = set(_altered(before.templates, templates))
    if not altered:
        return before
    changed = {name for name in altered if not name.startswith(STATIC)}
    if not changed:
        return msgspec.structs.replace(before, templates=templates)
    renderer = Renderer(templates)
    flaws = {
        name: renderer.flaw(name) if name in changed else before.flaws.get(name)
        for name in templates.files
        if not name.startswith(STATIC)
    }
    return Press(
        templates=templates,
        renderer=renderer,
        flaws={name: flaw for name, flaw in flaws.items() if flaw},
        sound=before.sound if before.flaws else before.renderer,
    )


def _altered(before: Templates, after: Templates) -> Iterator[str]:
    """Yield the names of templates and static files that differ, or come from elsewhere now."""
    for name in before.files.keys() | after.files.keys():
        if (before.files.get(name), before.paths.get(name)) != (after.files.get(name), after.paths.get(name)):
            yield name


def _static_digest(templates: Templates, *, styles: bool) -> str:
    digest = blake2b(digest_size=8)
    for name, data in templates.files.items():
        if name.startswith(STATIC) and name.endswith(".css") == styles:
            digest.update(f"{name} {len(data)} ".encode() + data)
    return digest.hexdigest()


def edited_files(before: State, after: State) -> tuple[str, ...]:
    """Return the paths of the files that differ between the states."""
    was, now = before.reading.digests, after.reading.digests
    content = {path for path in was.keys() | now.keys() if was.get(path) != now.get(path)}
    old, new = before.press.templates, after.press.templates
    templates = {(new if name in new.paths else old).paths[name] for name in _altered(old, new)}
    return tuple(sorted(content | templates))


def differing_pages(before: State, after: State) -> int:
    """Return how many pages a browser would find changed, new or gone."""
    was, now = before.press.templates, after.press.templates
    names = {page.template for page in after.pages.values()}
    retouched = {name for name in names if was is not now and was.fingerprint(name) != now.fingerprint(name)}
    return sum(
        page is None or page.template in retouched or page != before.pages.get(path)
        for path in before.pages.keys() | after.pages.keys()
        for page in [after.pages.get(path)]
    )
