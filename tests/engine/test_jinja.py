"""Templates' environment: what is shown is escaped."""

from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment
from markupsafe import Markup, escape

from generator.engine.jinja import environment, escaped


class Own(str):
    """Text of a class that says itself how it looks as HTML."""

    def __html__(self) -> str:
        return f"<i>{escape(str(self))}</i>"


TEXTS = st.text(st.sampled_from("ab&<>'\"é \N{GRINNING FACE}"))
VALUES = st.one_of(TEXTS, TEXTS.map(Markup), TEXTS.map(Own), st.integers(), st.none(), st.lists(TEXTS))


@given(VALUES)
def test_what_is_shown_is_escaped_as_markupsafe_does(value: object) -> None:
    assert escaped(value) == str(escape(value))


TEMPLATE = """\
{% macro twice(word) %}{{ word }}{{ word }}{% endmacro %}
{% set block %}<{{ value }}>{% endset %}
{{ value }} {{ twice(value) }} {{ block }} {{ value ~ "<" }} {{ value | upper }} {{ [value] | join(", ") }}
"""


@given(VALUES)
def test_templates_show_what_jinja2_alone_would(value: object) -> None:
    plain = Environment(autoescape=True, trim_blocks=True, keep_trailing_newline=True)
    ours = environment(lambda _: (TEMPLATE, "a.html", lambda: True)).get_template("a.html")
    assert ours.render(value=value) == plain.from_string(TEMPLATE).render(value=value)
