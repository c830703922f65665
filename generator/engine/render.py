"""Rendering: a page in, its bytes out."""

import threading
import traceback
from collections.abc import Callable
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import jinja2
import msgspec

from generator.engine.jinja import environment
from generator.engine.page import Page
from generator.engine.templates import STATIC, Templates
from generator.files import digest
from generator.problem import Location, Problem, error


@cache
def encoder(name: str) -> Callable[[Any], bytes]:
    """Return an encoder by its module and name, imported for the first page that names it.

    To import some takes a tenth of a second.
    """
    module, _, function = name.partition(":")
    found: Callable[[Any], bytes] = getattr(import_module(f"generator.{module}"), function)
    return found


class Renderer:
    """Renders pages with one set of templates."""

    def __init__(self, templates: Templates) -> None:
        self._templates = templates
        self._environment = environment(self._load)

    def _load(self, name: str) -> tuple[str, str, Callable[[], bool]] | None:
        if name not in self._templates.files:
            return None
        data, path = self._templates.files[name], self._templates.paths[name]
        try:
            text = data.decode("utf-8")
            # a static file is no template: what a page includes of it stands there as it is
            return f"{{% raw %}}{text}{{% endraw %}}" if name.startswith(STATIC) else text, path, lambda: True
        except UnicodeDecodeError as flaw:
            message, line = "This is not UTF-8 text.", data.count(b"\n", 0, flaw.start) + 1
            raise jinja2.TemplateSyntaxError(message, line, name, path) from flaw

    def render(self, page: Page) -> bytes | Problem:
        """Return the bytes of a page, or what is wrong with its template."""
        if page.encoder:
            return encoder(page.encoder)(page.view)
        try:
            return self._environment.get_template(page.template).render(view=page.view).encode()
        except Exception as flaw:
            problem = self._template_problem(flaw)
            if problem is None:
                raise
            return problem

    def flaw(self, name: str) -> Problem | None:
        """Return what is wrong with a template's syntax, None where it is fine."""
        try:
            self._environment.get_template(name)
        except jinja2.TemplateError as flaw:
            return self._template_problem(flaw)
        return None

    def _template_problem(self, flaw: Exception) -> Problem | None:
        """Return the place in a template that raised; None where it was our own code."""
        hint = "Mend the template; a digest's own stands in templates/."
        if isinstance(flaw, jinja2.TemplateNotFound):
            return error(Location(path=f"templates/{flaw.name}"), "There is no such template.", hint)
        if isinstance(flaw, jinja2.TemplateSyntaxError):
            return error(self._place(flaw.filename or flaw.name or "", flaw.lineno), f"{flaw.message}", hint)
        frames = traceback.extract_tb(flaw.__traceback__)
        known = set(self._templates.paths.values())
        in_template = [frame for frame in frames if frame.filename in known]
        if not in_template or _is_ours(frames[-1].filename):
            return None
        return error(self._place(in_template[-1].filename, in_template[-1].lineno or 0), f"{flaw}", hint)

    def _place(self, path: str, line: int) -> Location:
        name = next((name for name, found in self._templates.paths.items() if found == path), "")
        lines = self._templates.files.get(name, b"").decode("utf-8", "replace").split("\n")
        return Location(path=path, line=line, text=lines[line - 1] if 0 < line <= len(lines) else "")


def _is_ours(filename: str) -> bool:
    return Path(filename).is_relative_to(Path(__file__).parents[1])


class _Buffer(threading.local):
    """One for each thread, which saves to make one for each view."""

    def __init__(self) -> None:
        self.data = bytearray()


_encode_into = msgspec.msgpack.Encoder().encode_into
_buffer = _Buffer()


def view_digest(view: msgspec.Struct) -> bytes:
    """Return what stands for a view: equal where nothing that a page may show differs."""
    data = _buffer.data
    _encode_into(view, data)
    return digest(data)
