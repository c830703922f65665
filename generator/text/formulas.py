r"""Find formulas in text, and tell them from dollar amounts.

`\(...\)`, `\[...\]` and the environments of displayed formulas are always formulas. Which dollars pair is
decided from the whole line: of all ways to pair neighbouring dollars, the one that leaves the fewest over.
What is between the two of a pair

1. balances its braces, and holds no prose, which is two words in a row outside `\text{...}`;
2. does not end at an opening bracket;
3. is no amount of money and more words;
4. looks like mathematics: it has a macro, `^`, `_`, or a relation after a letter, or is one letter. It may
   also have no spaces at all, or be numbers, single letters, function names and signs; then no white space is
   inside the dollars, no digit behind them (Pandoc's rule, extension `tex_math_dollars`), and no slash,
   operator or comma at its end, unless that of a list of letters.

`$$...$$` is a formula under the same rules. A dollar that delimits nothing stays a dollar. TeX between two of
them that were meant to delimit it stays as typed, with all that is in it.

    in $O(n \log n)$ time       ->  in O(n log n) time
    where $x + y < z$ holds     ->  where x + y < z holds
    exactly $5$ of them         ->  exactly 5 of them
    so \(a\) and \[b\]          ->  so a and b
    a $\sim$10 and $ \alpha$    ->  a ∼10 and α
    $T=$300 K, $5, and $n$      ->  T = 300 K, $5, and n

    $5 and $10, $100K-$200K     stays: it ends at a space or an operator
    $x {$ y                     stays: rule 1
    $5 for all plans or 3$      stays: rule 1
    $5/$6 each                  stays: rule 4
    $5 or 6$                    stays: rule 4
    $5 and x_1 or 3$            stays: rule 3
"""  # noqa: RUF002

import re
from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import NamedTuple

from generator.text.segments import Formula, Parsed, SourceLine

LONGEST = 1000
"""Characters; no formula in an abstract is longer."""

BRACKETED = re.compile(
    rf"""
      \\\[ (?P<displayed> (?:[^\\]|\\[^\[\]]){{1,{LONGEST}}}+ ) \\\]
    | \\\( (?P<inline>    (?:[^\\]|\\[^()]){{1,{LONGEST}}}+ )   \\\)
    """,
    re.VERBOSE,
)
ENVIRONMENT = re.compile(
    r"""\\begin\{ (?: (?P<displayed> equation|displaymath|align|flalign|gather|multline|eqnarray )
                      | cases|[pbvBV]?matrix|array|aligned|split ) \*? \}
    """,
    re.VERBOSE,
)
ALIGNED = ("align", "flalign", "gather", "multline", "eqnarray")
"""Environments of several rows."""

DOLLAR = re.compile(r"\\.|(\$)")
TEXT_ARGUMENT = re.compile(
    r"\\(?:text\w*|mathrm|mathbf|mathit|mathsf|mathtt|mbox|hbox|emph|operatorname)\*?\s*\{[^{}]*\}"
    r"|\{\\(?:rm|bf|it|sf|tt|sc)(?![A-Za-z])[^{}]*\}"
)
PROSE = re.compile(r"(?<![\\A-Za-z])[A-Za-z]{2,}\s+[A-Za-z]{2,}")
MATHEMATICAL = re.compile(r"\\|\^|(?<![A-Z0-9][A-Z0-9])_|^[^\d=<>][^=<>]*[=<>]|^[-+=<>]$")
VERBATIM = re.compile(r"\\(?!emph|text|cite|url|href|footnote|ref)[A-Za-z]{2}|[\^_]\{")
"""What no text between two dollars holds that are not meant as delimiters."""
AMOUNT = re.compile(
    r"\s*\d[\d.,]*\s*[A-Za-z%]*\s(?:[^\\]*\s)?"
    r"(?:and|or|to|per|for|the|of|a|an|in|at|with|while|but|is|are|than|from|by|vs)\s"
)
UNBROKEN = re.compile(r"\S+")
TERMS = re.compile(
    r"(?:(?<![A-Za-z])(?:[A-Za-z]|arg|cos|exp|inf|lim|ln|log|max|min|mod|sin|sup|tan)(?![A-Za-z])|[^A-Za-z])+"
)
LISTED = re.compile("(?:[A-Za-z],[ ]?)+")
BRACKETS = ("(", "[")
PAUSES = ("/", *BRACKETS, ",", ";", ":", "+", "-", "=", "<", ">", ".")
BRACE = re.compile(r"\\.|([{}])")


class Pairing(NamedTuple):
    """How good it is to pair the dollars of a line from some place on, and how it begins."""

    worth: int
    dollars: int = 1
    """How many the first piece takes: one that is left over, the two of `$...$`, the four of `$$...$$`."""


def find_dollars(text: str) -> Mapping[int, Parsed]:
    r"""Return what each dollar delimits that begins something, by its place; an escaped one, `\$`, is none.

    Each stretch between two dollars is looked at once, so it takes time in proportion to the text.
    """
    places = [found.start() for found in DOLLAR.finditer(text) if found[1]]
    pieces = [text[start + 1 : end] for start, end in pairwise(places)]
    afters = [text[place + 1 : place + 2] for place in places]
    pairings = _best_pairings(pieces, afters)
    parsed: dict[int, Parsed] = {}
    index = 0
    while index < len(pieces):
        dollars = pairings[index].dollars
        if dollars > 1:
            piece, end = pieces[index + dollars // 4], places[index + dollars - 1] + 1
            parsed[places[index]] = Parsed((Formula(piece.strip(), dollars == 4),), end)
        elif _is_refused(pieces[index], afters[index]) and pairings[index + 1].dollars == 1:
            end = places[index + 1] + 1
            parsed[places[index]] = Parsed((text[places[index] : end],), end)
            dollars = 2
        index += dollars
    return parsed


def _best_pairings(pieces: list[str], afters: list[str]) -> list[Pairing]:
    """Return the best way to pair the dollars from each on, given the text after and between them."""
    best = [Pairing(0)] * (len(afters) + 4)
    for index in reversed(range(len(afters))):
        ways = [Pairing(best[index + 1].worth - (0 if afters[index].isdigit() else 3))]
        if index < len(pieces) and (worth := worth_as_math(pieces[index], afters[index + 1])):
            ways.append(Pairing(worth + best[index + 2].worth, 2))
        if pieces[index : index + 1] == [""] and pieces[index + 2 : index + 3] == [""]:
            worth = 2 * worth_as_math(pieces[index + 1].strip(), "")
            ways += [Pairing(worth + best[index + 4].worth, 4)] if worth else []
        best[index] = max(ways, key=lambda way: (way.worth, way.dollars))
    return best


def _is_refused(piece: str, after: str) -> bool:
    """Tell whether two dollars that do not pair were still meant as delimiters."""
    return len(piece) <= LONGEST and not after.isdigit() and VERBATIM.search(piece) is not None


def worth_as_math(piece: str, after: str) -> int:
    """Return how much text between two dollars looks like mathematics by these rules; 0 if it does not."""
    tex = piece.strip()
    if len(piece) > LONGEST:
        return 0
    is_tight = piece == tex and not after.isdigit()
    worth = _likeness(tex, is_tight=is_tight)
    if not worth or AMOUNT.match(piece + " "):
        return 0
    if "{" in tex or "}" in tex:
        worth *= is_balanced(BRACE.findall(tex))
    return 0 if PROSE.search(TEXT_ARGUMENT.sub("", tex) if "{" in tex else tex) else worth


def _likeness(tex: str, *, is_tight: bool) -> int:
    """Return how much the look of the text speaks for mathematics, whatever it says: rule 4."""
    if MATHEMATICAL.search(tex):
        if tex.endswith(BRACKETS):
            return 0
        return 10 if is_tight else 7
    if len(tex) == 1 and tex.isalpha():
        return 9 if is_tight else 5
    if not is_tight or (tex.endswith(PAUSES) and not LISTED.fullmatch(tex)):
        return 0
    return 8 if UNBROKEN.fullmatch(tex) or TERMS.fullmatch(tex) else 0


def parse_dollar(line: SourceLine, start: int) -> Parsed | None:
    """Parse the formula whose dollar is at `start`."""
    return line.dollars.get(start)


def parse_formula(line: SourceLine, start: int) -> Parsed | None:
    r"""Parse the formula whose `\(` or `\[` is at `start`."""
    found = BRACKETED.match(line.text, start)
    if found is None or found.lastgroup is None:
        return None
    tex = found[found.lastgroup].strip()
    if not is_balanced(BRACE.findall(tex)):
        return None
    return Parsed((Formula(tex, found.lastgroup == "displayed"),), found.end())


def parse_environment(line: SourceLine, start: int) -> Parsed | None:
    r"""Parse the formula whose `\begin{...}` is at `start`."""
    begin = ENVIRONMENT.match(line.text, start)
    if begin is None:
        return None
    ending = begin[0].replace("begin", "end", 1)
    end = line.text.find(ending, begin.end(), begin.end() + LONGEST)
    if end == -1:
        return None
    name, resume = begin["displayed"], end + len(ending)
    tex = line.text[begin.end() : end].strip()
    if name is None or name in ALIGNED:
        inner = "align" if name else begin[0][7:-1]
        tex = rf"\begin{{{inner}}}{tex}\end{{{inner}}}"
    return Parsed((Formula(tex, name is not None),), resume)


def is_balanced(braces: Iterable[str]) -> bool:
    """Tell whether each opening brace is closed after it; other strings are skipped."""
    depth = 0
    for brace in braces:
        depth += {"{": 1, "}": -1}.get(brace, 0)
        if depth < 0:
            return False
    return depth == 0
