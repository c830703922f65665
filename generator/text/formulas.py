r"""Where mathematics begins and ends, and why a price is none.

`\(...\)` and `\[...\]` mean nothing else. A dollar may be money, so `$...$` is a formula only if

1. the opening dollar is not followed by white space, the closing one neither preceded by white space nor
   followed by a digit (Pandoc's rule, extension `tex_math_dollars`): `$5 and $10`, `$100K-$200K` are money;
2. its braces balance;
3. it holds no prose, which is two words in a row outside `\text{...}`: `$5 for \emph{both} plans or 3$`;
4. it looks like mathematics: it has a macro, `^` or `_`, as `$\alpha$`; or it is one unbroken run, as `$n$`,
   `$k=5$`; or it is numbers, single letters, function names and signs, as `$x + y$` but not `$5 or 6$`;
5. it does not break off, at a comma, slash or opening bracket, or without a macro at an operator: `$A/$B`.

`$$...$$` obeys 2 to 5. A dollar that delimits nothing stays a dollar.
"""

import re

from generator.text.segments import Formula, Line, Reading

LONGEST = 1000
"""No formula in an abstract is longer; what is, is text."""

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


def read_formula(line: Line, start: int) -> Reading | None:
    r"""Read the formula whose `$`, `\(` or `\[` stands at `start`, by the rule above."""
    found = FORMULA.match(line.text, start)
    if found is None or found.lastgroup is None:
        return None
    tex = found[found.lastgroup].strip()
    certain = found.lastgroup in ("bracketed", "parenthesized")
    if not _is_balanced(tex) or not (certain or looks_like_math(tex)):
        return None
    return Reading((Formula(tex, found.lastgroup in ("displayed", "bracketed")),), found.end())


def looks_like_math(tex: str) -> bool:
    """Tell whether what stands between two dollars is mathematics: points 3 to 5 of the rule above."""
    if tex.endswith(BREAKS_OFF) or PROSE.search(TEXT_ARGUMENT.sub("", tex)):
        return False
    if SIGNED.search(tex):
        return True
    return not tex.endswith(OPERATORS) and bool(UNBROKEN.fullmatch(tex) or TERMS.fullmatch(tex))


def _is_balanced(tex: str) -> bool:
    depth = 0
    for brace in BRACE.findall(tex):
        depth += {"{": 1, "}": -1}.get(brace, 0)
        if depth < 0:
            return False
    return depth == 0
