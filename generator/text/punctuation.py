"""TeX's dashes and ties, where they cannot be meant otherwise."""

import re

from generator.text.segments import Line, Reading

DASH = re.compile(
    r"""  (?:^|(?<=\s)) -{2,3} (?=\s|$)
        | (?<=[\w.,;:?%)\]}$”\N{RIGHT SINGLE QUOTATION MARK}])
          -{2,3} (?=[\w(\[{$\\`"'“\N{LEFT SINGLE QUOTATION MARK}])
    """,
    re.VERBOSE,
)
TIE = re.compile(
    r"""~(?: (?<=[A-Za-z]\.~) (?=\w)                                    # Fig.~3, et al.~show
           | (?<=[A-Za-z]{2}~) (?=[(\[]|\\cite|\\ref)                   # models~(LLMs)
           | (?<=[)\]}]~) (?=[(\[]|\\cite)
           | (?:(?<=Table~)|(?<=Figure~)|(?<=Section~)|(?<=Theorem~)) (?=\d) )
    """,
    re.VERBOSE,
)


def read_dash(line: Line, start: int) -> Reading | None:
    """Read the hyphens at `start`: two are an en dash, three an em dash.

    They must stand between two words or between two spaces, so that `--flag`, `-->` and `i--` stay.
    """
    dash = DASH.match(line.text, start)
    if dash is None:
        return None
    return Reading(("\N{EN DASH}" if len(dash[0]) == 2 else "\N{EM DASH}",), dash.end())


def read_tie(line: Line, start: int) -> Reading | None:
    """Read the tilde at `start` as a no-break space where it ties what TeX's authors tie.

    That is a word and its bracket or citation, `models~(LLMs)`; an abbreviation and what follows, `Fig.~3`;
    a thing and its number, `Table~2`. Elsewhere it may say "about", "to" or "is distributed as".
    """
    return Reading(("\N{NO-BREAK SPACE}",), start + 1) if TIE.match(line.text, start) else None
