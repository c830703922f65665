r"""Find formulas in text, and tell them from dollar amounts.

`\(...\)` and `\[...\]` are always formulas. `$...$` is one only if

1. the opening dollar is not followed by white space, the closing one neither preceded by white space nor
   followed by a digit (Pandoc's rule, extension `tex_math_dollars`);
2. its braces balance;
3. it holds no prose, which is two words in a row outside `\text{...}`;
4. it looks like mathematics: it has a macro, `^` or `_`; or it has no spaces; or it is numbers, single
   letters, function names and signs;
5. it does not end at a comma, slash or opening bracket, or, if it has no macro, at an operator.

`$$...$$` is one under 2 to 5. A dollar that delimits nothing stays a dollar.

    in $O(n \log n)$ time       ->  in O(n log n) time
    where $x + y < z$ holds     ->  where x + y < z holds
    exactly $5$ of them         ->  exactly 5 of them
    so \(a\) and \[b\]          ->  so a and b

    $5 and $10, $100K-$200K     stays: rule 1
    $x {$ y                     stays: rule 2
    $5 for all plans or 3$      stays: rule 3
    $5 or 6$                    stays: rule 4
    $5/$6 each                  stays: rule 5
"""

import re
from collections.abc import Iterable

from generator.text.segments import Formula, Parsed, SourceLine

LONGEST = 1000
"""Characters; no formula in an abstract is longer."""

FORMULA = re.compile(
    rf"""
      \$\$ (?P<displayed>     (?:[^\\$]|\\.){{1,{LONGEST}}}+ )                \$\$
    | \$   (?P<inline>        (?!\s) (?:[^\\$]|\\.){{1,{LONGEST}}}+ ) (?<!\s) \$ (?!\d)
    | \\\[ (?P<bracketed>     (?:[^\\]|\\[^\[\]]){{1,{LONGEST}}}+ )           \\\]
    | \\\( (?P<parenthesized> (?:[^\\]|\\[^()]){{1,{LONGEST}}}+ )             \\\)
    """,
    re.VERBOSE,
)

TEXT_ARGUMENT = re.compile(r"\\(?:text\w*|mathrm|mbox|operatorname)\*?\{[^{}]*\}")
PROSE = re.compile(r"(?<![\\A-Za-z])[A-Za-z]{2,}\s+[A-Za-z]{2,}")
SIGNED = re.compile(r"\\|[\^_]")
UNBROKEN = re.compile(r"\S+")
TERMS = re.compile(
    r"(?:(?<![A-Za-z])(?:[A-Za-z]|arg|cos|exp|inf|lim|ln|log|max|min|mod|sin|sup|tan)(?![A-Za-z])|[^A-Za-z])+"
)
BREAKS_OFF = (",", ";", ":", "/", "(", "[")
OPERATORS = ("+", "-", "=", "<", ">", ".")

BRACE = re.compile(r"\\.|([{}])")


def parse_formula(line: SourceLine, start: int) -> Parsed | None:
    r"""Parse the formula whose `$`, `\(` or `\[` is at `start`, by the rules above."""
    found = FORMULA.match(line.text, start)
    if found is None or found.lastgroup is None:
        return None
    tex = found[found.lastgroup].strip()
    certain = found.lastgroup in ("bracketed", "parenthesized")
    if not is_balanced(BRACE.findall(tex)) or not (certain or looks_like_math(tex)):
        return None
    return Parsed((Formula(tex, found.lastgroup in ("displayed", "bracketed")),), found.end())


def looks_like_math(tex: str) -> bool:
    """Tell whether the text between two dollars is mathematics: rules 3 to 5 above."""
    if tex.endswith(BREAKS_OFF) or PROSE.search(TEXT_ARGUMENT.sub("", tex)):
        return False
    if SIGNED.search(tex):
        return True
    return not tex.endswith(OPERATORS) and bool(UNBROKEN.fullmatch(tex) or TERMS.fullmatch(tex))


def is_balanced(braces: Iterable[str]) -> bool:
    """Tell whether each opening brace is closed after it; other strings are skipped."""
    depth = 0
    for brace in braces:
        depth += {"{": 1, "}": -1}.get(brace, 0)
        if depth < 0:
            return False
    return depth == 0
