"""Formulas: `from_tex` makes a MathML tree; `mathml` writes it as MathML, `unicode` as one line of text."""
