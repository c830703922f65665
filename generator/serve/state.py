"""What the live server serves: content and templates, each in its last good state, and their pages."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from generator.engine.ledger import StateFolder
from generator.engine.record_cache import RecordCache
from generator.engine.related_cache import RelatedCache
from generator.engine.render import Renderer
from generator.engine.templates import STATIC, Templates, assets, read_templates
from generator.files import digest
from generator.library.overlay import differing
from generator.library.paths import is_image
from generator.library.record_files import read_records
from generator.library.snapshot import Snapshot, read_again, read_library
from generator.problem import Problem, Severity
from generator.processes import Workers
from generator.serve.file_changes import FileChanges
from generator.serve.page_lookup import PageLookup

NO_TEMPLATES = Templates(files={}, paths={})


class TemplateSet(msgspec.Struct, frozen=True, kw_only=True):
    """All templates and static files, ready to render."""

    files: Templates = NO_TEMPLATES
    renderer: Renderer = Renderer(NO_TEMPLATES)
    errors: Mapping[str, Problem] = {}
    """By name, the templates with a syntax error."""
    last_good: Renderer | None = None
    """The renderer of the last set before this one without syntax errors."""
    styles: str = ""
    """Digest of the stylesheets, which a browser can swap without a reload."""
    assets: str = ""
    """Digest of all other static files."""


class State(msgspec.Struct, frozen=True, kw_only=True):
    """All that is served, as it was when the files were last read."""

    content: Snapshot = Snapshot()
    templates: TemplateSet = TemplateSet()
    page_lookup: PageLookup = PageLookup(None, assets(NO_TEMPLATES))
    content_errors: tuple[Problem, ...] = ()
    images: str = ""
    """Digest of the editors' images, which any page may show."""
    failure: Problem | None = None
    """Why the files could not be read again."""

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All errors and notices, in order of place."""
        return _in_order([*self.content.problems, *self._not_of_content()])

    @property
    def errors(self) -> tuple[Problem, ...]:
        """All errors, in order of place."""
        return _in_order([*self.content_errors, *self._not_of_content()])

    def _not_of_content(self) -> list[Problem]:
        templates = self.templates
        return [
            *templates.errors.values(),
            *templates.files.problems,
            *([self.failure] if self.failure else []),
        ]

    def new_problems(self, before: "State") -> tuple[Problem, ...]:
        """Return the problems that the state before did not have, in order of place."""
        was, now = before.content.flaws, self.content.flaws
        known = {path: was.get(path, ()) for path in differing(was, now)}
        new = [found for path in known for found in now.get(path, ()) if found not in known[path]]
        others = before._not_of_content()
        return _in_order([*new, *(problem for problem in self._not_of_content() if problem not in others)])


def _in_order(problems: list[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(problems, key=lambda problem: problem.order))


def first_state(root: Path, workers: Workers | None) -> State:
    """Return the state of the digest at `root`; `workers` decode the records that no build has decoded."""
    decoded = RecordCache(StateFolder.of(root, root / "site")).files
    content = read_library(root, read_records(root, decoded, workers=workers))
    return _state_after(State(), _with_related(root, content), _template_set(root, TemplateSet()))


def next_state(root: Path, before: State, changes: FileChanges) -> State:
    """Return the state after reading again what may have changed of the digest at `root`.

    A record, a setting or a Markdown page that has become unreadable keeps its last good state. A template
    does so, too: the last renderer without syntax errors is kept.
    """
    content = read_again(root, before.content, changes.records, others=changes.others)
    if before.content.library is None:
        content = _with_related(root, content)
    templates = _template_set(root, before.templates) if changes.templates else before.templates
    return _state_after(before, content, templates)


def _with_related(root: Path, content: Snapshot) -> Snapshot:
    """Return a snapshot whose library finds related papers from those that the last build kept."""
    if content.library is None:
        return content
    cache = RelatedCache(StateFolder.of(root, root / "site"), content.files)
    return msgspec.structs.replace(content, library=cache.attach(content.library))


def _state_after(before: State, content: Snapshot, templates: TemplateSet) -> State:
    """Return the state of content and templates; what has not changed is that of the state before."""
    page_lookup, errors = before.page_lookup, before.content_errors
    if content.library is not before.content.library or templates.files is not before.templates.files:
        page_lookup = PageLookup(content.library, assets(templates.files), page_lookup)
    if content.flaws is not before.content.flaws:
        found = (problem for flaws in content.flaws.values() for problem in flaws)
        errors = tuple(problem for problem in found if problem.severity is Severity.ERROR)
    images = before.images
    if content.other_digests is not before.content.other_digests:
        images = _digest_of_images(content)
    return State(
        content=content,
        templates=templates,
        page_lookup=page_lookup,
        content_errors=errors,
        images=images,
    )


def _digest_of_images(content: Snapshot) -> str:
    images = (path.encode() + found for path, found in content.other_digests.items() if is_image(path))
    return digest(b"".join(images)).hex()


def _template_set(root: Path, before: TemplateSet) -> TemplateSet:
    files = read_templates(root)
    changed = set(_changed_names(before.files, files))
    if not changed:
        is_same = files.problems == before.files.problems
        return before if is_same else msgspec.structs.replace(before, files=files)
    styles, other = (_static_digest(files, styles=styles) for styles in (True, False))
    if all(name.startswith(STATIC) for name in changed):
        return msgspec.structs.replace(before, files=files, styles=styles, assets=other)
    renderer = Renderer(files)
    errors = {
        name: renderer.flaw(name) if name in changed else before.errors.get(name)
        for name in files.files
        if not name.startswith(STATIC)
    }
    return TemplateSet(
        files=files,
        renderer=renderer,
        errors={name: error for name, error in errors.items() if error},
        last_good=before.last_good if before.errors else before.renderer,
        styles=styles,
        assets=other,
    )


def _changed_names(before: Templates, after: Templates) -> Iterator[str]:
    """Yield the names of templates and static files that differ, or come from another file now."""
    for name in before.files.keys() | after.files.keys():
        if (before.files.get(name), before.paths.get(name)) != (after.files.get(name), after.paths.get(name)):
            yield name


def _static_digest(templates: Templates, *, styles: bool) -> str:
    files = (
        f"{name} {len(data)} ".encode() + data
        for name, data in templates.files.items()
        if name.startswith(STATIC) and name.endswith(".css") == styles
    )
    return digest(b"".join(files)).hex()


def changed_files(before: State, after: State, changes: FileChanges) -> tuple[str, ...]:
    """Return the paths of the files that differ between two states, among those that may have changed."""
    was, now = before.content, after.content
    found = {path for path in changes.records if was.digest_of(path) != now.digest_of(path)}
    paths = was.other_digests.keys() | now.other_digests.keys()
    found |= {path for path in paths if was.other_digests.get(path) != now.other_digests.get(path)}
    old, new = before.templates.files, after.templates.files
    if old is not new:
        found |= {(new if name in new.paths else old).paths[name] for name in _changed_names(old, new)}
    return tuple(sorted(found))
