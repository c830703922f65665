"""What the live server knows: content, templates and pages, each in its last good state."""

from collections.abc import Iterator, Mapping
from hashlib import blake2b
from pathlib import Path

import msgspec

from generator.engine.ledger import StateFolder
from generator.engine.record_cache import RecordCache
from generator.engine.related_cache import RelatedCache
from generator.engine.render import Renderer
from generator.engine.templates import STATIC, Templates, assets, read_templates
from generator.library.overlay import differing
from generator.library.record_files import Workers
from generator.library.snapshot import Reading, read_again, read_library
from generator.problem import Problem, Severity
from generator.serve.file_changes import Sight
from generator.serve.page_lookup import Pages

NO_TEMPLATES = Templates(files={}, paths={})


class Press(msgspec.Struct, frozen=True, kw_only=True):
    """One set of templates, ready to render."""

    templates: Templates = NO_TEMPLATES
    renderer: Renderer = Renderer(NO_TEMPLATES)
    flaws: Mapping[str, Problem] = {}
    """Templates that are not Jinja2, by name."""
    sound: Renderer | None = None
    """The last set before this one in which every template was Jinja2."""
    styles: str = ""
    """Digest of the stylesheets, which a browser can swap in place."""
    assets: str = ""
    """Digest of all other static files."""


class State(msgspec.Struct, frozen=True, kw_only=True):
    """All that is served, as it was when the files were last read."""

    reading: Reading = Reading()
    press: Press = Press()
    failure: Problem | None = None
    """Why the files could not be read again."""
    pages: Pages = Pages(None, assets(NO_TEMPLATES))
    content_errors: tuple[Problem, ...] = ()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All that is wrong or worth knowing, in order of place."""
        return _in_order([*self.reading.problems, *self._beside()])

    @property
    def errors(self) -> tuple[Problem, ...]:
        """What is wrong with content and templates, in order of place."""
        return _in_order([*self.content_errors, *self._beside()])

    @property
    def notices(self) -> int:
        """How many of the problems are no errors."""
        return len(self.problems) - len(self.errors)

    def _beside(self) -> list[Problem]:
        return [*self.press.flaws.values(), *([self.failure] if self.failure else [])]

    def since(self, before: "State") -> tuple[Problem, ...]:
        """Return the problems that the state before did not have, in order of place."""
        was, now = before.reading.flaws, self.reading.flaws
        new = [
            found
            for path in differing(was, now)
            for found in now.get(path, ())
            if found not in was.get(path, ())
        ]
        known = before._beside()
        return _in_order([*new, *(problem for problem in self._beside() if problem not in known)])


def _in_order(problems: list[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(problems, key=lambda problem: problem.order))


def begin(root: Path, workers: Workers | None) -> State:
    """Return the first state of the digest at `root`; `workers` decode what no build has decoded."""
    records = RecordCache(StateFolder.of(root, root / "site"))
    reading = read_library(root, Reading(files=records.files), workers)
    return _state(State(), _with_related(root, reading), _press(read_templates(root), Press()))


def _with_related(root: Path, reading: Reading) -> Reading:
    """Return a reading whose library finds related papers from those that the last build kept."""
    if reading.library is None:
        return reading
    cache = RelatedCache(StateFolder.of(root, root / "site"), reading.files)
    return msgspec.structs.replace(reading, library=cache.attach(reading.library))


def advance(root: Path, before: State, sight: Sight) -> State:
    """Return the state after reading again what may have changed of the digest at `root`.

    A record, a setting or a Markdown page that has become unreadable keeps its last good state. So does a
    template: the last renderer whose templates were all sound stays at hand.
    """
    reading = read_again(root, before.reading, sight.records, others=sight.others)
    if before.reading.library is None:
        reading = _with_related(root, reading)
    press = _press(read_templates(root), before.press) if sight.templates else before.press
    return _state(before, reading, press)


def failed(before: State, problem: Problem) -> State:
    """Return the state before, with the reason why it is not the present one."""
    return _state(before, before.reading, before.press, problem)


def _state(before: State, reading: Reading, press: Press, failure: Problem | None = None) -> State:
    same = reading.library is before.reading.library and press.templates is before.press.templates
    return State(
        reading=reading,
        press=press,
        failure=failure,
        pages=before.pages if same else Pages(reading.library, assets(press.templates), before.pages),
        content_errors=tuple(_content_errors(before, reading)),
    )


def _content_errors(before: State, reading: Reading) -> Iterator[Problem]:
    changed = differing(before.reading.flaws, reading.flaws)
    yield from (problem for problem in before.content_errors if problem.location.path not in changed)
    for path in changed:
        yield from (found for found in reading.flaws.get(path, ()) if found.severity is Severity.ERROR)


def _press(templates: Templates, before: Press) -> Press:
    altered = set(_altered(before.templates, templates))
    if not altered:
        return before
    styles, other = (_static_digest(templates, styles=styles) for styles in (True, False))
    changed = {name for name in altered if not name.startswith(STATIC)}
    if not changed:
        return msgspec.structs.replace(before, templates=templates, styles=styles, assets=other)
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
        styles=styles,
        assets=other,
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


def edited_files(before: State, after: State, sight: Sight) -> tuple[str, ...]:
    """Return the paths of the files that differ between the states, of those that may."""
    was, now = before.reading, after.reading
    found = {path for path in sight.records if _digest(was, path) != _digest(now, path)}
    if was.others != now.others:
        paths = was.others.keys() | now.others.keys()
        found |= {path for path in paths if was.others.get(path) != now.others.get(path)}
    old, new = before.press.templates, after.press.templates
    if old is not new:
        found |= {(new if name in new.paths else old).paths[name] for name in _altered(old, new)}
    return tuple(sorted(found))


def _digest(reading: Reading, path: str) -> bytes | None:
    file = reading.files.get(path)
    return file.digest if file else None
