r"""Replace TeX's dashes and ties, where nothing else can be meant.

pages 2--2.5        ->  pages 2–2.5
model --- trained   ->  model — trained
all layers--both    ->  all layers—both
Hardy--Weinberg     ->  Hardy–Weinberg
the --flag, i--     stays: not between two words or two spaces
Fig.~3, et al.~show ->  Fig. 3, et al. show
models~(LLMs)       ->  models (LLMs)
10~km, of~$x$       ->  10 km, of x
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
WORD = 40
"""Characters of a word, at most."""
LOWER = re.compile(r"[^\W\d_A-Z]")
UPPER_LOWER = r"[^\W\d_a-z][^\W\d_A-Z]"
NAME, NAME_AT_END = re.compile(UPPER_LOWER), re.compile(rf"(?<![^\W\d_]){UPPER_LOWER}+$")
ACCENTED = re.compile(r"""\{?\\(?:[`'^~"=.]\s*|[uvHckrd](?:\s+|(?=\{)))\{?\\?([A-Za-z])\}*""")
"""A letter with an accent, as TeX writes it."""
LINKED, LINKED_AT_END = re.compile(r"[A-Za-z]+--(?!-)"), re.compile(r"(?<!-)--[A-Za-z]+$")

HYPHENS = re.compile("--+")

TIE = re.compile(
    r"""~(?: (?<=[A-Za-z]\.~) (?=\w)                                    # Fig.~3, et al.~show
           | (?<=[A-Za-z]{2}~) (?=[(\[]|\\cite|\\ref)                   # models~(LLMs)
           | (?<=[)\]}]~) (?=[(\[]|\\cite)
           | (?:(?<=Table~)|(?<=Figure~)|(?<=Section~)|(?<=Theorem~)) (?=\d)
           | (?<=\d~) (?=[A-Za-z])                                       # 10~km
           | (?<=[\d}A-Za-z]\$~) (?=[A-Za-z](?:[A-Za-z]|\b(?!\()))      # $5$~TeV, but $x$~N(0,1)
           | (?<=[A-Za-z]{2}~) (?=[a-z]{2}|\$[^\s\d]) )                  # et~al, of~$x$
    """,
    re.VERBOSE,
)


def parse_dash(line: SourceLine, start: int) -> Parsed | None:
    """Parse the hyphens at `start`, between two words or two spaces: three are an em dash.

    Two are an em dash between words; between spaces, numbers, names and the parts of one word, an en dash.
    """
    dash = DASH.match(line.text, start)
    if dash is None:
        return None
    before, after = (
        ACCENTED.sub(r"\1", text)
        for text in (line.text[max(0, start - WORD) : start], line.text[dash.end() : dash.end() + WORD])
    )
    is_em = len(dash[0]) == 3 or (_is_between_words(before, after) and not _is_in_compound(before, after))
    return Parsed(("\N{EM DASH}" if is_em else "\N{EN DASH}",), dash.end())


def set_dashes(text: str) -> str:
    """Return text that is not TeX with the hyphens replaced that `parse_dash` takes for a dash."""
    if "--" not in text:
        return text
    line = SourceLine(text, {})
    return HYPHENS.sub(lambda mark: _dash(line, mark), text)


def _dash(line: SourceLine, mark: re.Match[str]) -> str:
    parsed = parse_dash(line, mark.start())
    return str(parsed.segments[0]) if parsed else mark[0]


def _is_between_words(before: str, after: str) -> bool:
    return bool(after.strip() and (before[-1:].isalpha() or LOWER.match(after)))


def _is_in_compound(before: str, after: str) -> bool:
    """Tell whether two names meet, as in Hardy--Weinberg, or one of several words, as in Value--at--Risk."""
    names = NAME_AT_END.search(before) and NAME.match(after)
    return bool(names or LINKED_AT_END.search(before) or LINKED.match(after))


def parse_tie(line: SourceLine, start: int) -> Parsed | None:
    """Parse the tilde at `start`: a no-break space, where TeX's authors tie two words.

    They tie a word and its bracket or citation, `models~(LLMs)`; an abbreviation and the next word, `Fig.~3`;
    a noun and its number, `Table~2`; a number or a formula and the word at its side, `10~km`.
    """
    return Parsed(("\N{NO-BREAK SPACE}",), start + 1) if TIE.match(line.text, start) else None
