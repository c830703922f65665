r"""Replace TeX's quotes by curly ones, before the scan.

``better'' than    ->  “better” than
``naive".          ->  “naive”.
a `winner'         ->  a ‘winner’
the authors' own   stays: an apostrophe
`code`             stays: Markdown's
a lone ` or f''    stays: no partner
"""  # noqa: RUF002

import re

# Each pattern begins with a literal and then looks back, so that a search skips from mark to mark.
DOUBLE_QUOTED = re.compile(r"``(?<![^\s(\[{/-]``)((?:[^`]|`(?!`)){1,400}?)(?:''(?!')|\"(?!\w))")
SINGLE_QUOTED = re.compile(r"`(?<![^\s(\[{/-]`)([^`'\s](?:[^`']|'(?=\w)){0,200})'(?![\w'])")


def curl_quotes(text: str) -> str:
    """Return the text with its pairs of TeX's quotes curled. A straight one may close a double quote."""
    if "`" not in text:
        return text
    text = DOUBLE_QUOTED.sub(r"“\1”", text)
    return SINGLE_QUOTED.sub("\N{LEFT SINGLE QUOTATION MARK}\\1\N{RIGHT SINGLE QUOTATION MARK}", text)
