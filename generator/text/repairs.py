r"""Repair what a listing or its author damaged in words, where nothing else can be meant.

phases {named entity recognition (NER)} of   ->  phases named entity recognition (NER) of
from data. % With that, we                   ->  from data. With that, we
language modeling.Empirical results          ->  language modeling. Empirical results
of supernovae (SN).We consider               ->  of supernovae (SN). We consider
for Active Learning(ISAL) and                ->  for Active Learning (ISAL) and
influence of views , and                     ->  influence of views, and
the embedding space,it can                   ->  the embedding space, it can
min-\p sampling                              ->  min-p sampling
Scaling scriptsizeFLaws                      ->  Scaling FLaws

{a, b}, {name}, \mybox{of words}             stays: a set, a placeholder, an argument
5 % With it, Node.js, torch.nn.Module        stays: a percentage, names
com parisons, dat . a, 53. 6%                stays: an editor's business
"""

import re
from collections.abc import Mapping

DAMAGE = re.compile(
    r"""(?P<kept> https?://\S+ | (?<!\\)\$[^$]{1,1000}+\$ )
      | \{(?<![\\$\w^}\])]\{) (?P<words> [A-Za-z][A-Za-z-]+ (?:[ ][A-Za-z(][A-Za-z()-]+){1,20} ) \}
      | [ ](?P<percent> (?<=[.!?][ ])%[ ] ) (?=[A-Z])
      | \.(?P<stop> (?:(?<=[a-z][a-z][a-z]\.)|(?<=\w\)\.)) ) (?=[A-Z][a-z]+[ ,])
      | (?P<bracket> \( (?<=[a-z][a-z][a-z]\() ) (?=[A-Z]{2,8}s?\)(?!\w))
      | (?P<comma> [ ],[ ] (?<=[a-z][a-z][ ],[ ]) | ,(?<=[a-z][a-z][a-z],)(?=[a-z]{2,20}[ ]) )
      | \\(?P<backslash> (?<=\w-\\) ) (?=[aefghmnpqswxyz](?![A-Za-z{]))
      | (?P<size> scriptsize(?<![A-Za-z_\\]scriptsize)(?=[A-Z]) )
    """,
    re.VERBOSE,
)
SIGNS = {
    "{": re.compile(r"\{(?=[A-Za-z])(?<![\\$\w^}\])]\{)"),
    "\\": re.compile(r"\\(?<=-\\)"),
    "%": re.compile(r"%(?<= %)(?= )"),
    "z": re.compile(r"z(?<=scriptsiz)(?=e)"),
    "(": re.compile(r"\((?=[A-Z][A-Z])(?<=[a-z]\()"),
    ".": re.compile(r"\.(?=[A-Z])(?<=[a-z)]\.)"),
    ",": re.compile(r",(?:(?<= ,)(?= )|(?<=[a-z]{3},)(?=[a-z][a-z]))"),
}
"""Text without any of these is undamaged. To look for the one character that each begins with is quick."""
REPLACEMENTS = {
    "percent": " ",
    "stop": ". ",
    "bracket": " (",
    "comma": ", ",
    "backslash": "",
    "size": "",
}


def repair(text: str) -> str:
    """Return the text with its damage repaired; URLs and formulas are left as they are."""
    return DAMAGE.sub(_repair, text) if has_sign(text, SIGNS) else text


def has_any(text: str, triggers: tuple[str, ...]) -> bool:
    """Tell whether the text contains one of the triggers; loops, since it is called often."""
    for trigger in triggers:  # noqa: SIM110
        if trigger in text:
            return True
    return False


def has_sign(text: str, signs: Mapping[str, re.Pattern[str]]) -> bool:
    """Tell whether the text contains one of the signs, each of them by the character that it begins with."""
    for character, sign in signs.items():  # noqa: SIM110
        if character in text and sign.search(text):
            return True
    return False


def _repair(damage: re.Match[str]) -> str:
    return damage["kept"] or damage["words"] or REPLACEMENTS[str(damage.lastgroup)]
