"""Render pages: a page in, its bytes out."""

from collections.abc import Callable, Iterable
from functools import cache
from importlib import import_module
from typing import Any

import jinja2

from generator.engine.compiled_templates import CompiledTemplates
from generator.engine.jinja import HALF, environment
from generator.engine.page import Page, PageHead
from generator.engine.template_errors import template_error
from generator.engine.templates import STATIC, Templates
from generator.problem import Problem


@cache
def encoder(name: str) -> Callable[[Any], bytes]:
    """Return an encoder by its module and name, imported when the first page names it.

    Importing some of them takes a tenth of a second.
    """
    module, _, function = name.partition(":")
    found: Callable[[Any], bytes] = getattr(import_module(f"generator.{module}"), function)
    return found


class Renderer:
    """Renders pages with one set of templates."""

    def __init__(self, templates: Templates, compiled: CompiledTemplates | None = None) -> None:
        """Render with these templates; `compiled` has the code of those that did not change."""
        self._templates = templates
        self._environment = environment(self._load, compiled, only_attributes=True)
        self._are_quick = True

    def _load(self, name: str) -> tuple[str, str, Callable[[], bool]] | None:
        if name not in self._templates.files:
            return None
        data, path = self._templates.files[name], self._templates.paths[name]
        try:
            text = data.decode("utf-8")
            # a static file is not a template: a page that includes it shows it as it is
            return f"{{% raw %}}{text}{{% endraw %}}" if name.startswith(STATIC) else text, path, lambda: True
        except UnicodeDecodeError as flaw:
            message, line = "This is not UTF-8 text.", data.count(b"\n", 0, flaw.start) + 1
            raise jinja2.TemplateSyntaxError(message, line, name, path) from flaw

    def render(self, page: Page) -> bytes | Problem:
        """Return the bytes of a page, or what is wrong with its template."""
        if page.encoder:
            return encoder(page.encoder)(page.view)
        try:
            return self._rendered(page)
        except Exception as flaw:
            problem = template_error(flaw, self._templates)
            if problem is None:
                raise
            return problem

    def _rendered(self, page: Page) -> bytes:
        try:
            text = self._environment.get_template(page.template).render(view=page.view)
        except AttributeError:  # `x.y` may be an item of x; or there is none, and Jinja2 says what there is
            if not self._are_quick:
                raise
            self._environment, self._are_quick = environment(self._load), False
            return self._rendered(page)
        try:
            return text.encode()
        except UnicodeEncodeError as flaw:  # as of `"%c"|format(55296)`: what made it is not known any more
            path = self._templates.paths[page.template]
            raise jinja2.TemplateSyntaxError(HALF, 0, page.template, path) from flaw

    def prepare(self, pages: Iterable[PageHead]) -> None:
        """Compile the templates of these pages, so that processes forked afterwards share the code."""
        for name in self._templates.used_by({page.template for page in pages if page.template}):
            self.flaw(name)

    def flaw(self, name: str) -> Problem | None:
        """Return what is wrong with a template's syntax, None if nothing is."""
        try:
            self._environment.get_template(name)
        except jinja2.TemplateError as flaw:
            return template_error(flaw, self._templates)
        return None
