"""A listing's text, as it is shown: hostile plain text with stray TeX in, safe HTML and plain Unicode out.

Titles, abstracts and comments stay in the record as the listing has them; here is what a reader sees of them.
One scan takes a line apart into segments, and each output is a small writer over them:

- `inline` and `paragraphs`: HTML with MathML, for pages and Atom's XHTML;
- `feed_inline`: HTML with formulas as characters, for the readers of RSS and JSON Feed, which drop MathML;
- `plain`: characters alone, not escaped, for `<title>`, descriptions and alternative texts;
- `latex`: for BibTeX, formulas as TeX; `literal_latex` is for what `plain` has given already.

What is understood, and what stays as it was typed, is said by the module that reads it: `formulas`, `macros`,
`accents`, `punctuation`, `pairs`, `links`, and `damage` for what a listing lost on its way.
"""

from generator.text.bibtex_text import latex, literal_latex
from generator.text.writers import Shown, feed_inline, inline, paragraphs, plain

__all__ = ["Shown", "feed_inline", "inline", "latex", "literal_latex", "paragraphs", "plain"]
