"""Formulas: TeX to a MathML tree, and that tree as MathML or as Unicode text."""
