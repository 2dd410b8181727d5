"""Look for one edit of the learner's own code that makes every case right, and say where it is.

The idea of correcting an answer by simple rewrite rules is that of Singh, Gulwani and Solar-Lezama, "Automated feedback
generation for introductory programming assignments" (PLDI 2013). Each rule below makes one edit: it adds or drops a
call, exchanges an operation for a related one, moves a number by one, exchanges two variables, drops a term, or puts a
small part of the solution in place of a part of the answer. An edit counts only if every case, with its gradient, is
right. So what is said about it is true.
"""

from __future__ import annotations

import ast
import builtins
import inspect
import textwrap
import time
import types
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .compare import alike
from .run import call, same_outcome
from .timeout import TooLong, run_with_timeout

if TYPE_CHECKING:
    from .judge import Trial

SECONDS = 0.6  # processor time for the whole search
LONGEST_ANSWER = 400  # nodes of the answer's syntax tree: a longer answer is not searched

# What may be added around an expression; {} stands for it.
ADDED = (
    "{}.T|{}.clone()|{}.float()|{}.long()|{}.mean()|{}.sum()|{}.sum(-1)|{}.mean(-1)|-{}|{} + 1|{} - 1|1 - {}"
    "|{}[:, None]|{}[0]|{}[1:]|{}[:-1]|{}.unsqueeze(1)|{}.unsqueeze(-1)|sorted({})|set({})|sorted(set({}))"
    "|list({})|tuple({})|len({})"
    "|sum({})|max({})|min({})|reversed({})|list(reversed({}))|{}.lower()|{}.split()|{}.strip()|{}.item()|{}.tolist()"
    "|{}.sqrt()|{}.exp()|{}.log()|{}.sigmoid()|{}.abs()|{}.reshape(-1)|{}.detach()|{}.copy()|{}.items()|{}.values()"
    "|not {}"
).split("|")
ORDERS = {"sort": ("descending", True), "argsort": ("descending", True), "topk": ("largest", False)}
# Names of functions and methods that are taken for one another.
RELATIVES = (
    "sum mean amax amin max min prod",
    "argmax argmin",
    "zeros ones",
    "floor ceil round",
    "append extend",
    "keys values items",
    "log exp",
    "sigmoid logsigmoid softmax log_softmax",
    "log2 log log10",
    "add_ sub_",
    "stack cat",
    "index_add_ index_copy_",
    "numel element_size",
    "num_embeddings embedding_dim",
    "in_features out_features",
    "lower upper",
    "split splitlines",
)
OPERATORS = (
    (ast.Lt, ast.LtE),
    (ast.Gt, ast.GtE),
    (ast.Lt, ast.Gt),
    (ast.LtE, ast.GtE),
    (ast.Eq, ast.NotEq),
    (ast.In, ast.NotIn),
    (ast.Add, ast.Sub),
    (ast.Mult, ast.Div),
    (ast.Div, ast.FloorDiv),
    (ast.Mult, ast.Add),
    (ast.Mult, ast.MatMult),
    (ast.Mult, ast.Pow),
    (ast.Mod, ast.FloorDiv),
    (ast.And, ast.Or),
)
CONSTANTS = {4: (8, 2, 1), 8: (4, 1)}  # bytes of a number, taken for one another
MISSING, TOO_MUCH, OTHER, NUMBER, VARIABLE, PLACE = (
    "A step is missing there.",
    "There is something too much there.",
    "A different operation is needed there.",
    "A number there is wrong.",
    "A different variable is needed there.",
    "A line is in the wrong position there.",
)


@dataclass(frozen=True)
class Repair:
    """One edit that makes an answer right: `before` is the part of the answer's code, `after` takes its place."""

    before: str
    after: str
    kind: str

    @property
    def first(self) -> str:
        return f"You are one change away: look at `{self.before}`."

    @property
    def second(self) -> str:
        return f"You are one change away: look at `{self.before}`. {self.kind}"

    @property
    def last(self) -> str:
        if not self.after:
            return f"The function is right without `{self.before}`."
        return f"The function is right with `{self.after}` in place of `{self.before}`."


def parsed(function: Any) -> ast.FunctionDef | None:
    """A function's parsed source; None where it is not available: a lambda inside a line, code from exec, built-ins."""
    try:
        (tree,) = ast.parse(textwrap.dedent(inspect.getsource(function))).body
    except (OSError, TypeError, SyntaxError, ValueError):
        return None
    return tree if isinstance(tree, ast.FunctionDef) else None


def find_repair(trial: Trial) -> Repair | None:
    """The first edit that makes every case of the trial right, or None where none is found in time."""
    answer, solution = trial.answer, parsed(trial.exercise.solution)
    tree = parsed(answer)
    if tree is None or solution is None or sum(1 for _ in ast.walk(tree)) > LONGEST_ANSWER:
        return None
    tree.decorator_list, tree.returns = [], None
    order = sorted(range(len(trial.cases)), key=trial.right.__getitem__)  # the wrong cases first
    began = time.thread_time()

    def search() -> Repair | None:
        for edit in edits(tree, solution):
            if time.thread_time() - began > SECONDS:
                return None
            before, after = edit.apply()
            try:
                function = None if _nests_itself(tree) else _compiled(tree, answer)
                if function and all(_is_right(trial, function, at) for at in order):
                    return Repair(_line(before), _line(after), edit.kind)
            finally:
                edit.undo()
        return None

    try:
        return run_with_timeout(2 * SECONDS, search)
    except TooLong:  # an edit made a loop endless
        return None
    except (SyntaxError, ValueError, TypeError, AttributeError, RecursionError):  # code that no rule foresees
        return None


def _nests_itself(tree: ast.AST) -> bool:
    """Whether code puts a list into itself, as in `rows.append([rows])`: torch.tensor then ends the whole process."""
    for node in ast.walk(tree):
        owner, values = None, []
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in ("append", "extend", "insert"):
            owner, values = node.func.value, node.args
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Subscript):
            owner, values = node.targets[0].value, [node.value]
        elif isinstance(node, ast.AugAssign):
            owner, values = node.target, [node.value]
        inside = [part for value in values for part in ast.walk(value) if isinstance(part, (ast.List, ast.Tuple))]
        parts = [*values, *(element for part in inside for element in part.elts)]
        if isinstance(owner, ast.Name) and any(isinstance(part, ast.Name) and part.id == owner.id for part in parts):
            return True
    return False


def _line(code: str) -> str:
    return textwrap.shorten(" ".join(code.split()), 70, placeholder=" ...")


def _compiled(tree: ast.FunctionDef, answer: types.FunctionType) -> Callable | None:
    """The edited function, in a copy of the answer's own namespace."""
    names = dict(answer.__globals__)
    cells = zip(answer.__code__.co_freevars, answer.__closure__ or (), strict=False)
    names.update((name, cell.cell_contents) for name, cell in cells)
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


class Edit:
    """Put `new` where `old` is: in a field of `parent`, or in a list that is that field."""

    def __init__(self, parent: ast.AST, name: str, index: int | None, new: Any, kind: str) -> None:
        self.parent, self.name, self.index, self.new, self.kind = parent, name, index, new, kind
        self.old = getattr(parent, name) if index is None else getattr(parent, name)[index]

    def apply(self) -> tuple[str, str]:
        """Make the edit; returns the code before and after, as short as it can be shown."""
        before = self._code(self.old)
        self._set(self.new)
        return before, self._code(self.new)

    def undo(self) -> None:
        self._set(self.old)

    def _set(self, node: Any) -> None:
        if self.index is None:
            setattr(self.parent, self.name, node)
        else:
            getattr(self.parent, self.name)[self.index] = node

    def _code(self, node: Any) -> str:
        if node is None or isinstance(node, ast.Pass):
            return ""
        # an operator, a name or a keyword is shown with what is around it
        shown = node if isinstance(node, (ast.expr, ast.stmt)) else self.parent
        return ast.unparse(ast.fix_missing_locations(shown))


def edits(tree: ast.FunctionDef, solution: ast.FunctionDef) -> Iterator[Edit]:
    """Every edit, the smallest kinds first; apply and undo one at a time."""
    sites = list(_sites(tree))
    for rule in (_exchanged, _numbers, _variables, _dropped, _dropped_statements, _added):
        for parent, name, index, node in reversed(sites):  # the innermost, and so the smallest, first
            for new, kind in rule(node, tree):
                yield Edit(parent, name, index, new, kind)
    yield from _parts_of_the_solution(sites, tree, solution)


def _sites(tree: ast.FunctionDef) -> Iterator[tuple[ast.AST, str, int | None, ast.AST]]:
    """Every node of the body with its place: parent, field, and index in that field."""
    for parent in ast.walk(tree):
        for name, value in ast.iter_fields(parent):
            if parent is tree and name != "body":
                continue
            if isinstance(value, ast.AST):
                yield parent, name, None, value
            elif isinstance(value, list):
                yield from ((parent, name, i, node) for i, node in enumerate(value) if isinstance(node, ast.AST))


def _readable(node: ast.AST) -> bool:
    """Whether the node is an expression that is read: not assigned to, and not the slices inside [ ]."""
    if isinstance(node, ast.Slice) or (
        isinstance(node, ast.Tuple) and any(isinstance(e, ast.Slice) for e in node.elts)
    ):
        return False
    return isinstance(node, ast.expr) and not isinstance(getattr(node, "ctx", None), (ast.Store, ast.Del))


def _method(call: ast.Call) -> str:
    return getattr(call.func, "attr", "")


def _exchanged(node: ast.AST, tree: ast.FunctionDef) -> Iterator[tuple[ast.AST, str]]:
    for pair in OPERATORS:
        if type(node) in pair:
            yield pair[1 - pair.index(type(node))](), OTHER
    name = node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
    if name and _readable(node):
        for family in RELATIVES:
            for other in family.split() if name in family.split() else []:
                if other != name and isinstance(node, ast.Attribute):
                    yield ast.Attribute(node.value, other, node.ctx), OTHER
                elif other != name:
                    yield ast.Name(other, node.ctx), OTHER
    if isinstance(node, ast.BinOp):
        yield ast.BinOp(node.right, node.op, node.left), OTHER
    if isinstance(node, ast.Call) and _method(node) in ORDERS:  # the highest first, and not the lowest; or the reverse
        keyword, value = ORDERS[_method(node)]
        if keyword not in [each.arg for each in node.keywords]:
            yield ast.Call(node.func, node.args, [*node.keywords, ast.keyword(keyword, ast.Constant(value))]), OTHER
    if isinstance(node, ast.Call) and len(node.args) == 2:
        yield ast.Call(node.func, node.args[::-1], node.keywords), OTHER


def _numbers(node: ast.AST, tree: ast.FunctionDef) -> Iterator[tuple[ast.AST, str]]:
    if isinstance(node, ast.Constant) and isinstance(node.value, (int, float)):
        value = node.value
        if isinstance(value, bool):
            others = [not value]
        else:
            others = [*CONSTANTS.get(value, ()), value + 1, value - 1, -value]
        yield from ((ast.Constant(other), NUMBER) for other in dict.fromkeys(others) if other != value)
    if isinstance(node, ast.Slice):
        for field in ("lower", "upper"):
            bound = getattr(node, field)
            same = {"lower": node.lower, "upper": node.upper, "step": node.step}
            if bound is None:
                yield ast.Slice(**same | {field: ast.Constant(1 if field == "lower" else -1)}), NUMBER
            else:
                yield ast.Slice(**same | {field: None}), NUMBER
                for step in (ast.Add(), ast.Sub()):
                    yield ast.Slice(**same | {field: ast.BinOp(bound, step, ast.Constant(1))}), NUMBER
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "range":
        for i, bound in enumerate(node.args):
            for step in (ast.Add(), ast.Sub()):
                moved = [*node.args[:i], ast.BinOp(bound, step, ast.Constant(1)), *node.args[i + 1 :]]
                yield ast.Call(node.func, moved, []), NUMBER
        if len(node.args) == 1:
            yield ast.Call(node.func, [ast.Constant(1), *node.args], []), NUMBER


def _variables(node: ast.AST, tree: ast.FunctionDef) -> Iterator[tuple[ast.AST, str]]:
    if isinstance(node, ast.Name) and _readable(node):
        names = [argument.arg for argument in tree.args.args]
        names += [other.id for other in ast.walk(tree) if isinstance(other, ast.Name) and not _readable(other)]
        if node.id in names:
            yield from ((ast.Name(name, ast.Load()), VARIABLE) for name in dict.fromkeys(names) if name != node.id)


def _dropped(node: ast.AST, tree: ast.FunctionDef) -> Iterator[tuple[ast.AST, str]]:
    if isinstance(node, ast.BinOp):
        yield node.left, TOO_MUCH
        yield node.right, TOO_MUCH
    elif isinstance(node, ast.UnaryOp):
        yield node.operand, TOO_MUCH
    elif isinstance(node, ast.BoolOp):
        yield from ((value, TOO_MUCH) for value in node.values)
    elif isinstance(node, ast.IfExp):
        yield node.body, TOO_MUCH
        yield node.orelse, TOO_MUCH
    elif isinstance(node, ast.Call):
        if isinstance(node.func, ast.Attribute):
            yield node.func.value, TOO_MUCH
        yield from ((argument, TOO_MUCH) for argument in node.args if not isinstance(argument, ast.Starred))
        for i in range(len(node.keywords)):
            yield ast.Call(node.func, node.args, node.keywords[:i] + node.keywords[i + 1 :]), TOO_MUCH
        for i in range(len(node.args)) if len(node.args) > 1 else ():
            yield ast.Call(node.func, node.args[:i] + node.args[i + 1 :], node.keywords), TOO_MUCH
    elif isinstance(node, (ast.Attribute, ast.Subscript)) and _readable(node):
        yield node.value, TOO_MUCH
    elif isinstance(node, ast.comprehension) and node.ifs:
        yield ast.comprehension(node.target, node.iter, [], 0), TOO_MUCH


def _dropped_statements(node: ast.AST, tree: ast.FunctionDef) -> Iterator[tuple[ast.AST, str]]:
    if isinstance(node, ast.If):
        yield ast.If(ast.Constant(True), node.body, []), TOO_MUCH
        if node.orelse:
            yield ast.If(ast.Constant(True), node.orelse, []), TOO_MUCH
    if isinstance(node, (ast.For, ast.While)) and isinstance(node.body[-1], ast.Return) and len(node.body) > 1:
        copied = ast.For(node.target, node.iter, node.body[:-1], []) if isinstance(node, ast.For) else None
        if copied:  # the return belongs after the loop
            yield ast.If(ast.Constant(True), [copied, node.body[-1]], []), PLACE
    if isinstance(node, (ast.Assign, ast.AugAssign, ast.Expr, ast.If)):
        yield ast.Pass(), TOO_MUCH
    if isinstance(node, ast.AugAssign):
        yield ast.Assign([node.target], node.value), OTHER


def _added(node: ast.AST, tree: ast.FunctionDef) -> Iterator[tuple[ast.AST, str]]:
    if not _readable(node) or isinstance(node, (ast.Starred, ast.Constant)):
        return
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        given = {keyword.arg for keyword in node.keywords}
        for name, value in (("dim", 0), ("dim", -1), ("dim", 1), ("keepdim", True)):
            if name not in given:
                yield ast.Call(node.func, node.args, [*node.keywords, ast.keyword(name, ast.Constant(value))]), MISSING
    if isinstance(node, ast.Name) and hasattr(builtins, node.id):
        return
    for form in ADDED:
        yield _with(ast.parse(form.format("_x_"), mode="eval").body, node), MISSING


def _with(form: ast.expr, node: ast.expr) -> ast.expr:
    """The form, with the node where its placeholder is."""

    class Fill(ast.NodeTransformer):
        def visit_Name(self, name: ast.Name) -> ast.expr:
            return node if name.id == "_x_" else name

    return Fill().visit(form)


def _parts_of_the_solution(sites: list, tree: ast.FunctionDef, solution: ast.FunctionDef) -> Iterator[Edit]:
    """Small parts of the solution, in the answer's own parameter names, in place of parts of the answer."""
    names = dict(
        zip([a.arg for a in solution.args.args], [a.arg for a in tree.args.args], strict=False),
    )
    known = {*names.values(), *(n.id for n in ast.walk(tree) if isinstance(n, ast.Name)), "torch", "F", "nn"}
    whole = sum(_size(statement) for statement in solution.body)
    parts = {}
    for node in ast.walk(solution):
        if _readable(node) and 2 <= _size(node) <= 0.6 * whole and not isinstance(node, ast.Starred):
            renamed = ast.parse(ast.unparse(node), mode="eval").body
            for name in ast.walk(renamed):
                if isinstance(name, ast.Name):
                    name.id = names.get(name.id, name.id)
            used = {n.id for n in ast.walk(renamed) if isinstance(n, ast.Name)}
            if used <= known | {*dir(builtins)}:
                parts.setdefault(ast.unparse(renamed), renamed)
    mine = sum(_size(statement) for statement in tree.body)
    for text, part in sorted(parts.items(), key=lambda pair: len(pair[0])):
        for parent, name, index, node in sites:
            if _readable(node) and _size(node) <= 0.6 * mine and not isinstance(node, ast.Starred):
                if ast.unparse(node) != text:
                    yield Edit(parent, name, index, part, OTHER)


def _size(node: ast.AST) -> int:
    return sum(1 for _ in ast.walk(node))
