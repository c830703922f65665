"""Templates' environment: what is shown is escaped."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import DictLoader, Environment
from markupsafe import Markup, escape

from generator.engine.jinja import environment, escaped
from generator.engine.page import Page
from generator.engine.render import Renderer
from generator.engine.templates import AssetView, Templates
from generator.problem import Problem


class Own(str):
    """Text of a class that says itself how it looks as HTML."""

    def __html__(self) -> str:
        return f"<i>{escape(str(self))}</i>"


TEXTS = st.text(st.sampled_from("ab&<>'\"é \N{GRINNING FACE}"))
VALUES = st.one_of(TEXTS, TEXTS.map(Markup), TEXTS.map(Own), st.integers(), st.none(), st.lists(TEXTS))


@given(VALUES)
def test_what_is_shown_is_escaped_as_markupsafe_does(value: object) -> None:
    assert escaped(value) == str(escape(value))


TEMPLATES = {
    "a.html": """\
{% extends "b.html" %}
{% macro twice(word, end="<") %}{{ word }}{{ word }}{{ end }}{% endmacro %}
{% macro all() %}{{ varargs | join }}{{ kwargs["end"] }}{% endmacro %}
{% macro around(word) %}{{ word }}{{ caller() }}{% endmacro %}
{% set shown = [twice(value), twice(value, value), twice(end=value, word=1), all(value, end=value)] %}
{% block inner %}
{% set block %}<{{ value }}>{% endset %}
{{ super() }} {{ shown | join(" ") }} {% call around(value) %}{{ value }}{% endcall %} {{ block }}
{{ value ~ "<" }} {{ value | upper }} {{ [value] | join(", ") }}
{% for each in [value, value] %}{{ loop.index }}: {% include "c.html" %}{% endfor %}
{{ value }} {% include "d.html" without context %} {{ value }}
{% include "d.html" ignore missing without context %}
{% endblock %}
""",
    "b.html": "<p>{% block outer %}{% block inner %}{{ value }}{% endblock %}{% endblock %}{{ value }}</p>",
    "d.html": "{% for each in [1, 2] %}{{ each }}{% endfor %}",
    "c.html": "{{ each }} {% filter upper %}{{ value }}{% endfilter %} {{ self.__class__.__name__ }}",
}


@pytest.mark.parametrize("only_attributes", [False, True])
@given(value=VALUES)
def test_templates_show_what_jinja2_alone_would(value: object, *, only_attributes: bool) -> None:
    plain = Environment(
        loader=DictLoader(TEMPLATES),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    ours = environment(
        lambda name: (TEMPLATES[name], name, lambda: True), only_attributes=only_attributes
    ).get_template("a.html")
    assert ours.render(value=value) == plain.get_template("a.html").render(value=value)


def test_what_is_no_attribute_of_a_value_may_be_an_item_of_it() -> None:
    text = "{% set so = {'of': 'Ann', 'class': 'Bo'} %}{{ so.of }} {{ so.class }} {{ so.keys()|join }}"
    renderer = Renderer(Templates(files={"a.html": text.encode()}, paths={"a.html": "templates/a.html"}))
    page = Page(path="a/index.html", template="a.html", view=AssetView(b""))
    assert renderer.render(page) == renderer.render(page) == b"Ann Bo ofclass"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"{{{{ {'(' * 5000}1{')' * 5000} }}}}", "This template is nested too deep."),
        (f"{{{{ {'1 + ' * 20000}1 }}}}", "This template is nested too deep."),
        (f"{{{{ {'9' * 5000} }}}}", "Exceeds the limit (4300 digits) for integer string conversion"),
    ],
)
def test_what_python_cannot_compile_is_told(text: str, said: str) -> None:
    templates = Templates(files={"a.html": text.encode()}, paths={"a.html": "templates/a.html"})
    flaw = Renderer(templates).flaw("a.html")
    assert flaw
    assert (str(flaw.location), flaw.message[: len(said)]) == ("templates/a.html", said)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (r'<p>\ud800 is text</p>{% set x = "\ud800" %}', "templates/a.html:1"),
        ('<p>\n{{ "a" "\\udc00" }}', "templates/a.html:2"),
        ('{{ "%c"|format(55296) }}', "templates/a.html"),
    ],
)
def test_half_a_character_is_told_where_a_template_makes_it(text: str, place: str) -> None:
    templates = Templates(files={"a.html": text.encode()}, paths={"a.html": "templates/a.html"})
    flaw = Renderer(templates).render(Page(path="a", template="a.html", view=AssetView(b"")))
    assert isinstance(flaw, Problem)
    assert str(flaw.location) == place
    assert flaw.message == "This is half of a character, which no file can hold."


@pytest.mark.parametrize(
    ("name", "text", "shown"),
    [
        ("a.html", "{{ 'a & b' }}", b"a &amp; b"),
        ("a.eml", "{{ 'a & b' }}", b"a &amp; b"),
        ("a.txt", "{{ 'a & b' }}", b"a & b"),
        ("a.html", "{{ range(100000) | length }}", b"100000"),
    ],
)
def test_text_is_escaped_but_in_plain_text_and_a_loop_has_100_000_steps(
    name: str, text: str, shown: bytes
) -> None:
    templates = Templates(files={name: text.encode()}, paths={name: f"templates/{name}"})
    assert Renderer(templates).render(Page(path="a", template=name, view=AssetView(b""))) == shown
