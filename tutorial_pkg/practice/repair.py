"""Search for one edit of the learner's own code that makes every case right, and say where this edit is.

The idea is by Singh, Gulwani and Solar-Lezama, "Automated feedback generation for introductory programming assignments"
(PLDI 2013): simple rewrite rules correct an answer. Each rule below changes one part of the code. An edit counts only
if it makes every case right: the result and the gradient. So what the learner reads about the edit is true.
"""

import ast
import builtins
import inspect
import re
import textwrap
import time
import types
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from .compare import alike
from .run import Trial, call, same_outcome
from .timeout import TooLong, run_with_timeout

SECONDS = 0.6  # processor time for the whole search
LONGEST_ANSWER = 400  # nodes of the answer's syntax tree: a longer answer is not searched

# What may be added to an expression. The braces mark the place of the expression.
ADDED = (
    "{}.T|{}.clone()|{}.float()|{}.long()|{}.mean()|{}.sum()|{}.sum(-1)|{}.mean(-1)|-{}|{} + 1|{} - 1|1 - {}"
    "|{}[:, None]|{}[0]|{}[1:]|{}[:-1]|{}.unsqueeze(1)|{}.unsqueeze(-1)|sorted({})|set({})|sorted(set({}))"
    "|list({})|tuple({})|len({})"
    "|sum({})|max({})|min({})|reversed({})|list(reversed({}))|{}.lower()|{}.split()|{}.strip()|{}.item()|{}.tolist()"
    "|{}.sqrt()|{}.exp()|{}.log()|{}.sigmoid()|{}.abs()|{}.reshape(-1)|{}.detach()|{}.copy()|{}.items()|{}.values()"
    "|not {}"
).split("|")
# Names that are easily confused: functions and methods, then operators by their names in `ast`.
RELATIVES = (
    "sum mean amax amin max min prod|argmax argmin|zeros ones|floor ceil round|append extend|keys values items|log exp"
    "|sigmoid logsigmoid softmax log_softmax|log2 log log10|add_ sub_|stack cat|index_add_ index_copy_"
    "|numel element_size|num_embeddings embedding_dim|in_features out_features|lower upper|split splitlines"
    "|Lt LtE|Gt GtE|Lt Gt|LtE GtE|Eq NotEq|In NotIn|Add Sub|Mult Div|Div FloorDiv|Mult Add|Mult MatMult|Mult Pow"
    "|Mod FloorDiv|And Or"
).split("|")
ORDERS = {"sort": ("descending", True), "argsort": ("descending", True), "topk": ("largest", False)}
# Code without an effect: a term 0, a factor 1, two signs, or requires_grad of a part (only a whole tensor has it).
NOTHING = r".* [+-] 0|0 \+ .*|.* (\*|/|//|\*\*) 1|1 \* .*|--.*|.*\]\.requires_grad_\(.*\)"
BYTES = {4: (8, 2, 1), 8: (4, 1)}  # sizes of a number in bytes that are easily confused


@dataclass(frozen=True)
class Repair:
    """One edit that makes an answer right: `before` is a part of the answer's code, and `after` replaces this part."""

    before: str
    after: str
    kind: str

    @property
    def first(self) -> str:
        what = "A `return` inside a loop ends the loop at once" if self.kind == RETURN else "You are one change away"
        return f"{what}: look at `{self.before}`."

    @property
    def last(self) -> str:
        if self.kind == RETURN:
            return f"Move `{self.before}` below the loop: indent it as much as the line that begins the loop."
        if not self.after:
            return f"The function is right without `{self.before}`."
        return f"The function is right with `{self.after}` in place of `{self.before}`."


def parsed(function: Any) -> ast.FunctionDef | None:
    """A function's syntax tree. None without a source: a lambda inside a line, code from exec, a built-in."""
    try:
        (tree,) = ast.parse(textwrap.dedent(inspect.getsource(function))).body
    except (OSError, TypeError, SyntaxError, ValueError):
        return None
    return tree if isinstance(tree, ast.FunctionDef) else None


def find_repair(trial: Trial) -> Repair | None:
    """The first edit that makes every case of the trial right. None if the search finds nothing in time."""
    tree, solution = parsed(trial.answer), parsed(trial.exercise.solution)
    if tree is None or solution is None or _size(tree) > LONGEST_ANSWER:
        return None
    tree.decorator_list, tree.returns = [], None
    order = sorted(range(len(trial.cases)), key=trial.right.__getitem__)  # the wrong cases first
    began = time.thread_time()

    def search() -> Repair | None:
        for edit in edits(tree, solution):
            if time.thread_time() - began > SECONDS:
                return None
            edit.put(edit.new)
            function = None if _does_nothing(edit.parent) else _compiled(tree, trial.answer)
            right = function is not None and all(_is_right(trial, function, at) for at in order)
            edit.put(edit.old)
            if right:
                return edit.repair(tree)
        return None

    try:
        return run_with_timeout(2 * SECONDS, search)
    except (TooLong, SyntaxError, ValueError, TypeError, AttributeError, RecursionError):
        return None  # an edit made a loop endless, or the code is of a kind that the rules do not foresee


def _nests_itself(tree: ast.AST) -> bool:
    """Whether code puts a list into itself, as in `rows.append([rows])`. torch.tensor of this list ends the process."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(ast.Attribute(ast.Name(owner), "append" | "extend" | "insert"), values):
                pass
            case ast.Assign([ast.Subscript(ast.Name(owner)), *_], value) | ast.AugAssign(ast.Name(owner), _, value):
                values = [value]
            case _:
                continue
        inside = [part for value in values for part in ast.walk(value) if isinstance(part, (ast.List, ast.Tuple))]
        parts = [*values, *(element for part in inside for element in part.elts)]
        if any(isinstance(part, ast.Name) and part.id == owner for part in parts):
            return True
    return False


def _does_nothing(node: ast.AST) -> bool:
    """Whether changed code cannot help: it has no effect (`x + 0`, `x[0]` on a line), or tests that a text differs."""
    match node:
        case ast.BinOp() | ast.UnaryOp() | ast.Call(ast.Attribute(ast.Subscript())):
            return re.fullmatch(NOTHING, ast.unparse(node), re.DOTALL) is not None
        case ast.Compare(_, [ast.NotEq()], [ast.Constant(str())]):
            return True  # most often the text is misspelt
        case ast.Expr(value):
            return isinstance(value, (ast.Name, ast.Constant, ast.Attribute, ast.Subscript))
    return False


def _compiled(tree: ast.FunctionDef, answer: types.FunctionType) -> Callable | None:
    """The edited function, in a copy of the answer's own namespace. None if it must not or cannot be run."""
    if _nests_itself(tree):
        return None
    cells = zip(answer.__code__.co_freevars, answer.__closure__ or (), strict=False)
    names = answer.__globals__ | {name: cell.cell_contents for name, cell in cells}
    try:
        module = ast.fix_missing_locations(ast.Module([tree], type_ignores=[]))
        exec(compile(module, "<an edit of the answer>", "exec"), names)
    except (SyntaxError, ValueError, TypeError):
        return None
    return names[tree.name]


def _is_right(trial: Trial, function: Callable, at: int) -> bool:
    want = trial.expected[at]
    got = call(function, trial.cases[at], trial.exercise, None, trial.in_place[at])
    return same_outcome(got, want) and alike(got.gradients, want.gradients) and alike(got.arguments, want.arguments)


@dataclass
class Edit:
    """An edit replaces `old` with `new` in `owner[key]`. `owner` has the fields of `parent`, or is one of them."""

    parent: ast.AST
    owner: dict | list
    key: str | int
    old: ast.AST
    new: ast.AST | None = None
    kind: str = ""

    def put(self, node: ast.AST) -> None:
        self.owner[self.key] = node

    def repair(self, tree: ast.FunctionDef) -> Repair:
        """The edit in code. What is not an expression, or occurs twice, is shown with the expression around it."""
        twice = [ast.dump(node) for node in ast.walk(tree)].count(ast.dump(self.old)) > 1
        if self.kind == RETURN:
            return Repair(_code(self.new.body[-1]), "", self.kind)
        around = not isinstance(self.old, ast.stmt) and (twice or not isinstance(self.old, ast.expr))
        before = _code(self.parent if around else self.old)
        self.put(self.new)
        after = _code(self.parent if around else self.new)
        self.put(self.old)
        return Repair(before, after, self.kind)


def _code(node: ast.AST) -> str:
    code = "" if isinstance(node, ast.Pass) else ast.unparse(ast.fix_missing_locations(node))
    if isinstance(node, ast.stmt) and "\n" in code:  # a block: only its first line is valid code
        code = code.split("\n")[0] + " ..."
    return textwrap.shorten(" ".join(code.split()), 70, placeholder=" ...")


def edits(tree: ast.FunctionDef, solution: ast.FunctionDef) -> Iterator[Edit]:
    """Every edit, the smallest kinds first. The caller makes an edit and undoes it before the next edit."""
    places = list(_places(tree))
    for rule, kind in RULES.items():
        for place in reversed(places):  # the innermost nodes first, which are the smallest
            for new in rule(place.old, tree):
                yield replace(place, new=new, kind=kind)
    smaller = list(_smaller(tree))
    for code, part in sorted(_parts(solution, tree).items(), key=lambda pair: len(pair[0])):
        for place in smaller:
            if ast.unparse(place.old) != code:
                yield replace(place, new=part, kind=OTHER)


def _places(tree: ast.FunctionDef) -> Iterator[Edit]:
    """An edit for each node of the function's body, with its place, and with None for `new`."""
    for parent in ast.walk(tree):
        for field, value in ast.iter_fields(parent):
            if parent is tree and field != "body":
                continue
            if isinstance(value, ast.AST):
                yield Edit(parent, vars(parent), field, value)
            elif isinstance(value, list):
                yield from (Edit(parent, value, i, node) for i, node in enumerate(value) if isinstance(node, ast.AST))


def _smaller(tree: ast.FunctionDef) -> Iterator[Edit]:
    """The places of expressions that are at most 60 % of the function's body."""
    most = 0.6 * sum(map(_size, tree.body))
    for place in _places(tree):
        if _readable(place.old) and not isinstance(place.old, ast.Starred) and _size(place.old) <= most:
            yield place


def _parts(solution: ast.FunctionDef, tree: ast.FunctionDef) -> dict[str, ast.expr]:
    """Small parts of the solution by their code, with the answer's own names for the parameters."""
    names = dict(zip([a.arg for a in solution.args.args], [a.arg for a in tree.args.args], strict=False))
    known = {*names.values(), *_names(tree), *dir(builtins), "torch", "F", "nn"}
    found = {}
    for place in _smaller(solution):
        part = ast.parse(ast.unparse(place.old), mode="eval").body
        for name in ast.walk(part):
            if isinstance(name, ast.Name):
                name.id = names.get(name.id, name.id)
        if _size(place.old) > 1 and known.issuperset(_names(part)):
            found.setdefault(ast.unparse(part), part)
    return found


def _size(node: ast.AST) -> int:
    return sum(1 for _ in ast.walk(node))


def _names(tree: ast.AST) -> list[str]:
    return [node.id for node in ast.walk(tree) if isinstance(node, ast.Name)]


def _readable(node: ast.AST) -> bool:
    """Whether the node is an expression whose value is used: not assigned to, and not a slice inside [ ]."""
    if any(isinstance(part, ast.Slice) for part in [node, *getattr(node, "elts", ())]):
        return False
    return isinstance(node, ast.expr) and not isinstance(getattr(node, "ctx", None), (ast.Store, ast.Del))


# -------------------------------------------------------------- the rules: what may take the place of a node, in order


def _changed(node: ast.AST, **fields: Any) -> ast.AST:
    """A copy of the node with other fields."""
    return type(node)(**dict(ast.iter_fields(node)) | fields)


def _with_keyword(node: ast.Call, name: str, value: Any) -> Iterator[ast.AST]:
    """The call with one more keyword argument, unless the call already has this argument."""
    if name not in [keyword.arg for keyword in node.keywords]:
        yield _changed(node, keywords=[*node.keywords, ast.keyword(name, ast.Constant(value))])


def _moved(bound: ast.expr) -> list[ast.expr]:
    return [ast.BinOp(bound, step, ast.Constant(1)) for step in (ast.Add(), ast.Sub())]


def _exchanged(node: ast.AST, tree: ast.FunctionDef) -> Iterator[ast.AST]:
    field = {ast.Attribute: "attr", ast.Name: "id"}.get(type(node))
    name = getattr(node, field) if field else type(node).__name__
    for family in map(str.split, RELATIVES):
        for other in family if name in family else []:
            if other != name and field and _readable(node):
                yield _changed(node, **{field: other})
            elif other != name and not field:
                yield getattr(ast, other)()
    if isinstance(node, ast.BinOp):
        yield _changed(node, left=node.right, right=node.left)
    if isinstance(node, ast.Call):
        if order := ORDERS.get(getattr(node.func, "attr", "")):  # the highest first and not the lowest, or the reverse
            yield from _with_keyword(node, *order)
        if len(node.args) == 2:
            yield _changed(node, args=node.args[::-1])


def _other_numbers(node: ast.AST, tree: ast.FunctionDef) -> Iterator[ast.AST]:
    match node:
        case ast.Constant(bool(value)):
            yield ast.Constant(not value)
        case ast.Constant(int(value) | float(value)):
            others = dict.fromkeys([*BYTES.get(value, ()), value + 1, value - 1, -value])
            yield from (ast.Constant(other) for other in others if other != value)
        case ast.Slice():
            for field, first in (("lower", 1), ("upper", -1)):
                bound = getattr(node, field)
                others = [ast.Constant(first)] if bound is None else [None, *_moved(bound)]
                yield from (_changed(node, **{field: other}) for other in others)
        case ast.Call(ast.Name("range"), bounds):
            for i, bound in enumerate(bounds):
                yield from (_changed(node, args=[*bounds[:i], other, *bounds[i + 1 :]]) for other in _moved(bound))
            if len(bounds) == 1:
                yield _changed(node, args=[ast.Constant(1), *bounds])


def _other_variables(node: ast.AST, tree: ast.FunctionDef) -> Iterator[ast.AST]:
    if isinstance(node, ast.Name) and _readable(node):
        names = [argument.arg for argument in tree.args.args]
        names += [other.id for other in ast.walk(tree) if isinstance(other, ast.Name) and not _readable(other)]
        if node.id in names:
            yield from (ast.Name(name, ast.Load()) for name in dict.fromkeys(names) if name != node.id)


def _without_a_part(node: ast.AST, tree: ast.FunctionDef) -> Iterator[ast.AST]:
    match node:
        case ast.BinOp(left, _, right):
            yield from (left, right)
        case ast.UnaryOp(_, operand):
            yield operand
        case ast.BoolOp(_, values):
            yield from values
        case ast.IfExp(_, body, orelse):
            yield from (body, orelse)
        case ast.Call(function, arguments, keywords):
            if isinstance(function, ast.Attribute):
                yield function.value
            yield from (argument for argument in arguments if not isinstance(argument, ast.Starred))
            yield from (_changed(node, keywords=keywords[:i] + keywords[i + 1 :]) for i in range(len(keywords)))
            if len(arguments) > 1:
                yield from (_changed(node, args=arguments[:i] + arguments[i + 1 :]) for i in range(len(arguments)))
        case ast.Attribute(value) | ast.Subscript(value) if _readable(node):
            yield value
        case ast.comprehension(ifs=[_, *_]):
            yield _changed(node, ifs=[])


def _without_a_statement(node: ast.AST, tree: ast.FunctionDef) -> Iterator[ast.AST]:
    if isinstance(node, ast.If):
        yield from (ast.If(ast.Constant(True), branch, []) for branch in (node.body, node.orelse) if branch)
    if isinstance(node, (ast.Assign, ast.AugAssign, ast.Expr, ast.If)):
        yield ast.Pass()


def _return_after_the_loop(node: ast.AST, tree: ast.FunctionDef) -> Iterator[ast.AST]:
    if isinstance(node, ast.For) and isinstance(node.body[-1], ast.Return) and len(node.body) > 1:
        yield ast.If(ast.Constant(True), [_changed(node, body=node.body[:-1], orelse=[]), node.body[-1]], [])


def _assigned(node: ast.AST, tree: ast.FunctionDef) -> Iterator[ast.AST]:
    if isinstance(node, ast.AugAssign):
        yield ast.Assign([node.target], node.value)


def _with_more(node: ast.AST, tree: ast.FunctionDef) -> Iterator[ast.AST]:
    if not _readable(node) or isinstance(node, (ast.Starred, ast.Constant)):
        return
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        for name, value in (("dim", 0), ("dim", -1), ("dim", 1), ("keepdim", True)):
            yield from _with_keyword(node, name, value)
    if isinstance(node, ast.Name) and hasattr(builtins, node.id):
        return
    for form in ADDED:
        outer = ast.parse(form.format("_x_"), mode="eval")
        for place in _places(outer):
            if isinstance(place.old, ast.Name) and place.old.id == "_x_":
                place.put(node)
        yield outer.body


RETURN = "The line is in the wrong position."
OTHER, TOO_MUCH = "A different operation is needed there.", "Something there must be removed."
RULES = {
    _exchanged: OTHER,
    _other_numbers: "A number there is wrong.",
    _other_variables: "A different variable is needed there.",
    _without_a_part: TOO_MUCH,
    _without_a_statement: TOO_MUCH,
    _return_after_the_loop: RETURN,
    _assigned: OTHER,
    _with_more: "A step is missing there.",
}
