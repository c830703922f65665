r"""Repair TeX that a listing damaged, where nothing else can be meant.

Hugging Face's pages lose the dollars, and often the backslashes, of TeX. Repaired are words that no language
has, as seen in the listings, and their nearest kin:

    A rightarrow B              ->  A → B
    an {varepsilon} of          ->  an ε of
    1pmvarepsilon               ->  1±ε
    an ell_1 norm               ->  an ℓ₁ norm
    Scaling scriptsizeFLaws     ->  Scaling FLaws

    times, lambda, approx       stays: words
    sim30, R^3, pi_{sft}        stays: may be meant
    \dataset, min-\p            stays: the authors' own macros
    com parisons, 53. 6%        stays: broken by typing or layout
"""

import re

SYMBOLS = {
    "leftarrow": "←",
    "rightarrow": "→",
    "leftrightarrow": "↔",
    "Rightarrow": "⇒",
    "varepsilon": "ε",
    "pmvarepsilon": "±ε",
    "varphi": "φ",
    "ell_1": "ℓ₁",
    "ell_2": "ℓ₂",
}
NAMES = "|".join(SYMBOLS)
DAMAGE = re.compile(
    rf"""(?P<url> https?://\S+ )
       | (?<![\w}}^]) \{{(?P<braced> {NAMES} )\}}
       | (?<![A-Za-z_\\]) (?P<bare> {NAMES} ) (?![A-Za-z_])
       | (?<![A-Za-z_\\]) scriptsize (?=[A-Z])
    """,
    re.VERBOSE,
)
TRIGGERS = ("tarrow", "varepsilon", "varphi", "ell_", "scriptsize")
"""Text without any of these is undamaged; they are quick to look for."""


def repair(text: str) -> str:
    """Return the text with its damage repaired; URLs are left as they are."""
    return DAMAGE.sub(_repair, text) if has_any(text, TRIGGERS) else text


def has_any(text: str, triggers: tuple[str, ...]) -> bool:
    """Tell whether the text contains one of the triggers; a loop, since it is called for every text twice."""
    for trigger in triggers:  # noqa: SIM110
        if trigger in text:
            return True
    return False


def _repair(damage: re.Match[str]) -> str:
    return damage["url"] or SYMBOLS.get(damage["braced"] or damage["bare"], "")
