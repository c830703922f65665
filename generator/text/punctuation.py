r"""Replace TeX's dashes and ties, where nothing else can be meant.

pages 2--2.5        ->  pages 2–2.5
model --- trained   ->  model — trained
the --flag, i--     stays: not between two words or two spaces
Fig.~3, et al.~show ->  Fig. 3, et al. show
models~(LLMs)       ->  models (LLMs)
only ~50% of        stays: "about"
70~80%, X~N(0,1)    stays: "to" and "is distributed as"
"""  # noqa: RUF002

import re

from generator.text.segments import Parsed, SourceLine

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


def parse_dash(line: SourceLine, start: int) -> Parsed | None:
    """Parse the hyphens at `start`, between two words or two spaces: two are an en dash, three an em dash."""
    dash = DASH.match(line.text, start)
    if dash is None:
        return None
    return Parsed(("\N{EN DASH}" if len(dash[0]) == 2 else "\N{EM DASH}",), dash.end())


def parse_tie(line: SourceLine, start: int) -> Parsed | None:
    """Parse the tilde at `start`: a no-break space, where TeX's authors tie two words.

    They tie a word and its bracket or citation, `models~(LLMs)`; an abbreviation and the next word, `Fig.~3`;
    a noun and its number, `Table~2`.
    """
    return Parsed(("\N{NO-BREAK SPACE}",), start + 1) if TIE.match(line.text, start) else None
