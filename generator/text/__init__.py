r"""Typeset a listing's text: from hostile plain text with stray TeX to safe HTML, plain Unicode and LaTeX.

Titles, abstracts and comments stay in the record as the listing has them; this is what a reader sees of them.
`scanner` splits a line into segments, and each output is a small writer over these:

- `inline` and `paragraphs`: HTML with MathML, for pages and Atom's XHTML;
- `feed_inline`: HTML with formulas as characters, for readers of RSS and JSON Feed, which drop MathML;
- `plain`: characters, not escaped, for `<title>`, descriptions and alternative texts;
- `latex`: for BibTeX, formulas as TeX; `escape_latex` is for text that `plain` has returned.

Each rule is a module, and its docstring has examples of what it changes and what it leaves as typed:

- `accents`: TeX's accents and letters, `\"o` and `\ss`;
- `macros`: other macros of text, `\emph{...}`, `\%`, `\ldots`, and Markdown's `*stress*`;
- `quotes`, `punctuation`: quotes, dashes and TeX's ties;
- `formulas`: `$x^2$`, but not `$5`; `math` converts them;
- `bare_math`: formulas whose dollars and backslashes a listing lost;
- `links`: URLs;
- `repairs`: words that a listing damaged; `broken_words`: those that only an editor can mend.
"""

from generator.text.bibtex_text import escape_latex, latex
from generator.text.writers import RenderedText, feed_inline, inline, paragraphs, plain

__all__ = ["RenderedText", "escape_latex", "feed_inline", "inline", "latex", "paragraphs", "plain"]
