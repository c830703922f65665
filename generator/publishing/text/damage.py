r"""Damage that listings carry, mended where it cannot be meant otherwise.

Hugging Face's pages lose the dollars, and often the backslashes, of TeX. Mended here, seen in the listings:

- `rightarrow`, `varepsilon`, `varphi` and their kin as words, bare or in braces: no language has them;
- `1pmvarepsilon`, `ell_1`: likewise;
- `scriptsize` and other sizes glued to a capital, as in "Inference Scaling scriptsizeFLaws": dropped.

Left as typed, because each may be meant: `times`, `lambda`, `delta`, `approx`, `sim30`, `R^3`, `Q^*`,
`pi_{sft}`, `rho_{BL}`, `{naive samples}`; macros of the authors' own, such as `\dataset` and `min-\p`; and
what typing or layout broke, such as "com parisons", "53. 6%" and sentences without a space between them.
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
SIZES = ("scriptsize", "footnotesize", "normalsize")
TRACES = ("arrow", "varepsilon", "varphi", "ell_", "size")
_names = "|".join(SYMBOLS)
DAMAGE = re.compile(
    rf"\{{({_names})\}}|(?<![A-Za-z_\\])({_names})(?![A-Za-z_])|(?<![A-Za-z\\])(?:{'|'.join(SIZES)})(?=[A-Z])"
)


def mended(words: str) -> str:
    """Return the words of a text, without its links and formulas, with the damage above mended."""
    if not any(trace in words for trace in TRACES):
        return words
    return DAMAGE.sub(lambda damage: SYMBOLS.get(damage[1] or damage[2], ""), words)
