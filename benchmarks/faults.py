"""Small faults in a source: which can be made, and the source with one of them."""

import ast

SWAPS = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
}
FOR_CHECKERS = {"TypeVar", "dataclass_transform"}
"""Calls of which only type checkers read the arguments."""


def kind_of(node):
    kind = None
    if isinstance(node, ast.Compare) and type(node.ops[0]) in SWAPS:
        kind = "compare"
    elif isinstance(node, ast.BoolOp):
        kind = "bool"
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        kind = "not"
    elif isinstance(node, ast.Constant) and type(node.value) in {int, bool, float}:
        kind = "constant"
    elif isinstance(node, ast.Return) and node.value is not None and not is_none(node.value):
        kind = "return"
    elif isinstance(node, ast.BinOp) and type(node.op) in SWAPS:
        kind = "arithmetic"
    return kind


def is_none(node):
    return isinstance(node, ast.Constant) and node.value is None


def idle(tree):
    """Nodes of which nothing runs: annotations, what only type checkers read, `strict` of zip."""
    for node in ast.walk(tree):
        parts = []
        if isinstance(node, ast.AnnAssign | ast.arg):
            parts = [node.annotation]
        elif isinstance(node, ast.FunctionDef):
            parts = [node.returns]
        elif isinstance(node, ast.Call) and ast.unparse(node.func) in FOR_CHECKERS:
            parts = [node]
        elif isinstance(node, ast.Call) and ast.unparse(node.func) == "zip":
            parts = node.keywords
        for part in parts:
            yield from () if part is None else map(id, ast.walk(part))


def places(tree):
    """Nodes at which a fault can be made, each with the statement it stands in."""
    still = {*idle(tree)}
    statement = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.stmt):
            for inner in ast.walk(node):
                statement[id(inner)] = node
    return [
        (node, statement[id(node)])
        for node in ast.walk(tree)
        if kind_of(node) and id(node) not in still
    ]


def numbers(source):
    return range(len(places(ast.parse(source))))


def remembering(tree, node):
    """Lines of the file, where a fault is in a function whose answers are kept between tests."""
    for other in ast.walk(tree):
        if (
            isinstance(other, ast.FunctionDef)
            and any("cache" in ast.unparse(decorator) for decorator in other.decorator_list)
            and any(node is inner for inner in ast.walk(other))
        ):
            return range(1, tree.body[-1].end_lineno + 1)
    return ()


def harmed(source, number):
    """Source with a fault, the lines it may be seen on, and what it is."""
    tree = ast.parse(source)
    node, statement = places(tree)[number]
    head = statement.body[0].lineno if hasattr(statement, "body") else statement.end_lineno + 1
    lines = [node.lineno, *range(statement.lineno, max(head, statement.lineno + 1))]
    lines += remembering(tree, node)
    before, kind = ast.unparse(node), kind_of(node)
    harm(node, kind)
    ast.fix_missing_locations(tree)
    return ast.unparse(tree), lines, f"{kind}: {before[:60]}"


def harm(node, kind):
    if kind == "compare":
        node.ops[0] = SWAPS[type(node.ops[0])]()
    elif kind in {"bool", "arithmetic"}:
        node.op = SWAPS[type(node.op)]()
    elif kind == "not":
        node.op = ast.UAdd()
        node.operand = ast.Call(ast.Name("bool", ast.Load()), [node.operand], [])
    elif kind == "constant":
        node.value = not node.value if isinstance(node.value, bool) else node.value + 1
    else:
        node.value = ast.Constant(None)
