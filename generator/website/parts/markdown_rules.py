"""Add rules to the parser of the editors' Markdown: formulas, curled quotes and dashes, as in listings."""

from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from generator.text.formulas import find_dollars, parse_dollar, parse_formula
from generator.text.punctuation import set_dashes
from generator.text.quotes import curl_segments
from generator.text.segments import Formula, Segment, SourceLine
from generator.text.writers import segment_text

PARSERS = {"$": parse_dollar, "\\(": parse_formula, "\\[": parse_formula}


def add_rules(parser: MarkdownIt) -> MarkdownIt:
    """Return the parser with the rules added; a formula is a token of type "formula", with its plain text."""
    parser.inline.ruler.before("escape", "formula", _formula)
    parser.core.ruler.before("text_join", "typography", _typography)
    return parser


def _formula(state: StateInline, silent: bool) -> bool:
    start = state.pos
    parser = PARSERS.get(state.src[start]) or PARSERS.get(state.src[start : start + 2])
    parsed = parser(_line(state), start) if parser else None
    if parsed is None or parsed.resume > state.posMax:
        return False
    if not silent:
        for segment in parsed.segments:
            token = state.push("formula" if isinstance(segment, Formula) else "text", "", 0)
            token.content, token.meta = segment_text(segment), {"formula": segment}
    state.pos = parsed.resume
    return True


def _line(state: StateInline) -> SourceLine:
    """Return the text of a block, its dollars paired once."""
    known = state.env.get("line")
    if known is None or known.text is not state.src:
        known = SourceLine(state.src, {}, find_dollars(state.src))
        state.env["line"] = known
    return known


def _typography(state: StateCore) -> None:
    for block in state.tokens:
        children = block.children or []
        for token, curled in zip(children, curl_segments(_segments(children)), strict=True):
            if token.type == "text" and isinstance(curled, str):
                token.content = set_dashes(curled)


def _segments(tokens: list[Token]) -> Iterator[Segment]:
    """Yield a segment for each token, by which the quotes next to it are curled: its text, or a formula."""
    is_address = False
    for token in tokens:
        if token.type == "text" and not is_address:
            yield token.content
        elif token.type.endswith("break"):
            yield " "
        elif token.nesting:
            yield ""
        else:
            yield Formula(token.content)
        is_address = token.type == "link_open" and token.info == "auto"
