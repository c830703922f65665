"""Small faults that a programmer could make: each changes one place of a module."""

import ast
from collections.abc import Iterator

import msgspec

COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.FloorDiv,
}

GUARDS = {"frozen", "kw_only", "strict"}
"""Arguments that forbid what the code never does: where they are gone, no input shows it."""
COSTS = {"gc"}
"""Arguments that change time and memory only."""


class Change(msgspec.Struct, frozen=True, order=True):
    """A part of a line of a module, and what takes its place."""

    module: str
    line: int
    start: int
    end: int
    """Columns, in bytes of UTF-8, as `ast` counts them."""
    written: str
    """The line, without the space around it."""
    part: str
    text: str

    def apply(self, source: str) -> str:
        """Return the module with the fault."""
        lines = source.splitlines(keepends=True)
        line = lines[self.line - 1].encode()
        lines[self.line - 1] = (line[: self.start] + self.text.encode() + line[self.end :]).decode()
        return "".join(lines)


def changes(module: str, source: str) -> Iterator[Change]:
    """Yield every fault that can be made on one line, but in annotations, f-strings and what only guards."""
    lines = source.splitlines()
    for node in _code(ast.parse(source)):
        other = _changed(node) if node.lineno == node.end_lineno else None
        if other and node.end_col_offset is not None:
            start, end, line = node.col_offset, node.end_col_offset, lines[node.lineno - 1]
            part = line.encode()[start:end].decode()
            text = ast.unparse(other)
            text = text if isinstance(other, ast.stmt | ast.Constant) else f"({text})"
            yield Change(module, node.lineno, start, end, line.strip(), part, text)


def _code(node: ast.AST) -> Iterator[ast.expr | ast.stmt]:
    """Yield the expressions and statements that run, outermost first."""
    for name, value in ast.iter_fields(node):
        if name in {"annotation", "returns", "decorator_list", "type_params"}:
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.JoinedStr) or _is_guard(child) or _is_for_types(child):
                continue
            if isinstance(child, ast.expr | ast.stmt):
                yield child
            if isinstance(child, ast.AST):
                yield from _code(child)


def _is_guard(node: object) -> bool:
    match node:
        case ast.keyword(str(name), ast.Constant(bool(value))):
            return name in COSTS or (value and name in GUARDS)
    return False


def _is_for_types(node: object) -> bool:
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


def _changed(node: ast.expr | ast.stmt) -> ast.expr | ast.stmt | None:
    """Return what could wrongly stand in place of a node, None where nothing could."""
    return _other_statement(node) if isinstance(node, ast.stmt) else _other_value(node) or _other_sum(node)


def _other_value(node: ast.expr) -> ast.expr | None:
    match node:
        case ast.Constant(bool(value)):
            return ast.Constant(not value)
        case ast.Constant(int(value)):
            return ast.Constant(value + 1)
        case ast.UnaryOp(ast.Not(), operand):
            return operand
        case ast.IfExp(test, body, other):
            return ast.IfExp(test, other, body)
    return None


def _other_sum(node: ast.expr) -> ast.expr | None:
    match node:
        case ast.Compare(left, [operation], right) if type(operation) in COMPARISONS:
            return ast.Compare(left, [COMPARISONS[type(operation)]()], right)
        case ast.BinOp(left, operator, right) if type(operator) in OPERATORS:
            return ast.BinOp(left, OPERATORS[type(operator)](), right)
        case ast.BoolOp(junction, values):
            return ast.BoolOp(ast.Or() if isinstance(junction, ast.And) else ast.And(), values)
    return None


def _other_statement(node: ast.stmt) -> ast.stmt | None:
    match node:
        case ast.Return(ast.expr() as value) if ast.unparse(value) != "None":
            return ast.Return(ast.Constant(None))
        case ast.Break():
            return ast.Continue()
        case ast.Expr(ast.Call()) | ast.Continue():
            return ast.Pass()
    return None
