r"""Damage that listings carry, mended where it cannot be meant otherwise.

Hugging Face's pages lose the dollars, and often the backslashes, of TeX. Mended, as seen in the listings, or
next of kin to what was:

- `rightarrow`, `varepsilon`, `varphi`, bare or in braces, and `1pmvarepsilon`: no language has these words;
- `ell_1`: likewise;
- `scriptsize` glued to a capital, as in "Inference Scaling scriptsizeFLaws": dropped.

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
NAMES = "|".join(SYMBOLS)
DAMAGE = re.compile(
    rf"""(?P<address> https?://\S+ )
       | (?<![\w}}^]) \{{(?P<braced> {NAMES} )\}}
       | (?<![A-Za-z_\\]) (?P<bare> {NAMES} ) (?![A-Za-z_])
       | (?<![A-Za-z_\\]) scriptsize (?=[A-Z])
    """,
    re.VERBOSE,
)
TRACES = ("tarrow", "varepsilon", "varphi", "ell_", "scriptsize")
"""Text without one of these is undamaged; to look for them is cheap."""


def mended(text: str) -> str:
    """Return the text with the damage above mended, but for the addresses in it."""
    return DAMAGE.sub(_mended, text) if has_any(text, TRACES) else text


def has_any(text: str, traces: tuple[str, ...]) -> bool:
    """Tell whether one of the traces stands in the text; written out, for it is asked of every text twice."""
    for trace in traces:  # noqa: SIM110
        if trace in text:
            return True
    return False


def _mended(damage: re.Match[str]) -> str:
    return damage["address"] or SYMBOLS.get(damage["braced"] or damage["bare"], "")
