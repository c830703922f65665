r"""Recognise mathematics that a listing shows without dollars and backslashes, as Hugging Face's pages do.

A formula is mended whole or stays as typed. Mended are words that no language has, and what has a script:

    A rightarrow B                   ->  A → B
    an {varepsilon} of 1pmvarepsilon ->  an ε of 1±ε
    R^3, AdaB^2N, Q^*, 10^{-3}       ->  R³, AdaB²N, Q*, 10⁻³
    an ell_1 norm, rho_{BL}          ->  an ℓ₁ norm, ρ_BL
    Q^{pi_{sft}} and lambda Phi_k    ->  Q^(π_sft) and λΦₖ
    for delta in (0, 1)              ->  for δ ∈ (0, 1)
    at least 1 -- delta              ->  at least 1 − δ
    lambda Phi_k, and lambda is      ->  λΦₖ, and λ is
    our alpha-BN                     ->  our α-BN
    1.85times, sim30 and approx 10   ->  1.85×, ∼30 and ≈ 10
    mathcal{O}(n) and sqrt{d}        ->  𝒪(n) and √d

    two times, lambda, alpha-beta    stays: words
    sim2real, approx. 10             stays: a name, an abbreviation
    x^\mu, \alpha^2, snake_case      stays: TeX that is whole, a name
"""  # noqa: RUF002

import re
from collections.abc import Mapping
from functools import cache

from generator.text.repairs import has_any, has_sign
from generator.text.segments import Parsed

SUPERSCRIPTS = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
WORDS = {
    "leftarrow": "←",
    "rightarrow": "→",
    "leftrightarrow": "↔",
    "Rightarrow": "⇒",
    "varepsilon": "ε",
    "pmvarepsilon": "±ε",
    "varphi": "φ",
    "leq": "≤",
    "geq": "≥",
    "infty": "∞",
}
"""No word of any language."""
NAMES = (
    "alpha|beta|gamma|delta|epsilon|varepsilon|zeta|eta|theta|vartheta|iota|kappa|lambda|mu|nu|xi|pi|rho|sigma|tau"
    "|upsilon|phi|varphi|chi|psi|omega|ell|Gamma|Delta|Theta|Lambda|Xi|Pi|Sigma|Upsilon|Phi|Psi|Omega"
)
ALL = "|".join(WORDS)
GREEK = rf"(?:{NAMES})(?![A-Za-z])"
GROUP = r"\{[^{}\\$]{1,40}(?:\{[^{}\\$]{1,40}\}[^{}\\$]{0,40}){0,3}\}"
SCRIPT = rf"[_^](?:{GROUP}|{GREEK}|[A-Za-z0-9*](?![A-Za-z0-9]))"
NUMBER = r"[ ]?-?\d[\d.]{0,9}"
INTERVAL = rf"(?:\({NUMBER},{NUMBER}[)\]]|\[[ ]?-?[01](?:\.\d{{0,9}})?,{NUMBER}[)\]])"
"""A closed one begins at 0 or 1: others look like citations."""
WHOLE = r"(?!\w{0,20}[_^{\\])"
"""No more TeX follows."""
FORMULA = rf"""
      (?:{GREEK}[ ])* {GREEK} (?:{SCRIPT}){{1,2}} {WHOLE}                          # lambda Phi_k
    | [A-Za-z] (?:{SCRIPT})? [_^]{GROUP} (?:{SCRIPT})? {WHOLE}                     # Q^{{pi_{{sft}}}}
    | (?:{GREEK}|[b-z]) [ ]in[ ] {INTERVAL}                                        # delta in (0, 1)
    | 1 [ ] --? [ ] (?:delta|(?:var)?epsilon) (?![A-Za-z])                           # 1 -- delta
    | (?:math(?:cal|bb|bf|rm)|sqrt) \{{[A-Za-z0-9]{{1,20}}\}} (?:{SCRIPT})? {WHOLE}  # mathcal{{O}}
    | frac \{{[A-Za-z0-9]{{1,20}}\}} \{{[A-Za-z0-9]{{1,20}}\}} {WHOLE}
"""
WORD = rf"(?!{NAMES}|{ALL}|approx|times)[A-Za-z]{{2,}}+[ ,.]"
"""One that begins no formula, as most do not: to see that is quicker than to try all that may begin there."""
BARE = rf"""(?:(?<![A-Za-z])|(?=[h\\])) (?!{WORD}) (?:
        (?P<kept> https?://\S+
                 | \\\((?:[^\\]|\\[^()]){{1,1000}}+\\\) | \\\[(?:[^\\]|\\[^\[\]]){{1,1000}}+\\\]
                 | \\[A-Za-z]+ (?:\{{[^{{}}]{{0,200}}\}})? )
      | (?<![\w\\^}}{{]) (?:
            (?P<formula> {FORMULA} )
          | (?P<base> [A-Za-z]{{1,20}} | \d{{1,9}} )
              \^ (?: (?P<power> -?\d{{1,3}} ) | \{{ (?P<group> -?\d{{1,3}} ) \}} ) {WHOLE}
          | (?P<starred> [A-Za-z] )\^\*(?![\w*])
          | (?P<approx> approx[ ] ) (?=\d)
          | (?P<sim> sim ) (?=\d[\d.,]{{0,9}}[%kKMB]?(?![\w-]))
          | \{{ (?P<grouped> {NAMES}|{ALL} ) \}} {WHOLE}
          | (?P<letter> {NAMES} ) (?=-[A-Z][A-Z])
        )
      | (?<![A-Za-z_^{{\\]) (?P<word> {ALL} ) (?![A-Za-z_^{{\\])
      | (?<=\d) (?P<times> times ) (?![A-Za-z])
      | (?<=\d) (?P<pm> pm ) (?=\d)
      )
    """
TRIGGERS = ("^", "tarrow", "infty", r"\(")
BEHIND_A_NAME = "|".join(f"(?<={name}.)" for name in NAMES.split("|"))
SIGNED = {
    "_": re.compile(rf"_(?:(?=\{{)|{BEHIND_A_NAME})"),
    "{": re.compile(r"\{(?:(?<=[_^a-z]\{)|(?=[A-Za-z]+\}))"),
    "[": re.compile(r"\[(?<= in \[)"),
    "(": re.compile(r"\((?<= in \()(?=[ ]?-?\d)"),
    "-": re.compile(rf"-(?:(?<=1 -)|(?=[A-Z][A-Z])(?:{BEHIND_A_NAME}))"),
    "q": re.compile(r"q(?<=[lg]eq)"),
    "x": re.compile(r"x(?<=approx)(?= \d)"),
    "v": re.compile(r"v(?=ar(?:epsilon|phi))"),
    "m": re.compile(r"m(?=\d|es)(?:(?<=\dtim)(?=es)|(?<=sim)(?=\d)|(?<=\dpm)(?=\d))"),
}
"""Text without any of these triggers or signs has no bare mathematics."""
SIGNS = {
    "approx": "≈ ",
    "pm": "±",
    "sim": "\N{TILDE OPERATOR}",
    "times": "\N{MULTIPLICATION SIGN}",
}
NAME = re.compile(
    rf"(?<![\\A-Za-z])(?:{NAMES}|{ALL}|frac|sqrt|math(?:cal|bb|bf|rm))(?![A-Za-z])|(?<= )in(?= )"
)
RESTORED = re.compile(r"\\\([^\\]{0,80}+(?:\\[A-Za-z]++[^\\]{0,80}+)++\\\)")
MACRO = re.compile(r"\\([A-Za-z]+)")
MEANT = re.compile(rf"(?<![\w\\-])(?:{NAMES})(?= (?:is|denotes|controls|represents)\b)")
"""The name of a Greek letter that the text goes on to explain."""


@cache  # few texts need it, and it takes long to compile
def bare() -> re.Pattern[str]:
    """Return the pattern of what may be mathematics, and of what is kept as it is."""
    return re.compile(BARE, re.VERBOSE)


def restore_formulas(text: str, dollars: Mapping[int, Parsed]) -> str:
    r"""Return the text with `\(...\)` where a formula's dollars are missing; URLs, TeX and `dollars` stay."""
    if not (has_any(text, TRIGGERS) or has_sign(text, SIGNED)) or r"\begin{" in text:
        return text
    pieces, position = [], 0
    for start, delimited in dollars.items():
        pieces += [bare().sub(_restore, text[position:start]), text[start : delimited.resume]]
        position = delimited.resume
    return _with_symbols("".join([*pieces, bare().sub(_restore, text[position:])]))


def _with_symbols(text: str) -> str:
    r"""Return the text with a Greek letter's name as a formula where the letter is in a formula before.

    Only where a verb says that it is meant: "lambda is", "lambda denotes".
    """
    if not (used := {name for formula in RESTORED.findall(text) for name in MACRO.findall(formula)}):
        return text
    return MEANT.sub(lambda found: rf"\(\{found[0]}\)" if found[0] in used else found[0], text)


def _restore(found: re.Match[str]) -> str:
    kind = str(found.lastgroup)
    matched = found[0]
    match kind:
        case "formula" | "letter":
            return rf"\({NAME.sub(_with_backslash, matched.replace('--', '-'))}\)"
        case "power" | "group":
            return found["base"] + found[kind].translate(SUPERSCRIPTS)
        case "starred":
            return f"{found[kind]}*"
        case "word" | "grouped":
            name = found[kind]
            return WORDS.get(name, rf"\(\{name}\)")
    return SIGNS.get(kind, matched)


def _with_backslash(name: re.Match[str]) -> str:
    return rf"\{name[0]}"
