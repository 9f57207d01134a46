"""Lists, tables and comprehensions of the language."""

import ast
from collections.abc import Callable
from typing import Any

from quizbank.item_templates.compiling import FAULTS, Context, Node, Step, spot_of
from quizbank.item_templates.errors import Refusal
from quizbank.item_templates.operations import Run, Value, items_of

Store = Callable[[Run, Value], None]
Body = Callable[[Run, list[Value]], None]
NO_SUCH = "Ngôn ngữ của câu mẫu không có cách viết này."


def sequence(context: Context, nodes: list[ast.expr]) -> tuple[Callable[[Run], list[Value]], list[Node]]:
    """The values of ``a, *b, c``."""
    parts = [context.compile(node.value if isinstance(node, ast.Starred) else node) for node in nodes]
    steps = [part.step for part in parts]
    if not any(isinstance(node, ast.Starred) for node in nodes):
        return lambda run: [step(run) for step in steps], parts
    rows = [(isinstance(node, ast.Starred), spot_of(node), part.step) for node, part in zip(nodes, parts, strict=True)]

    def spread(run: Run) -> list[Value]:
        values: list[Value] = []
        for is_spread, here, step in rows:
            if not is_spread:
                values.append(step(run))
                continue
            inner = step(run)
            try:
                run.weigh(inner)
                values.extend(items_of(inner))
            except FAULTS as error:
                raise context.fault_of(error, here) from None
        return values

    return spread, parts


def display(context: Context, node: ast.Tuple | ast.List | ast.Set) -> Node:
    """``(a, b)`` and ``[a, b]`` are the same; ``{a, b}`` leaves out what comes again."""
    here = spot_of(node)
    values, parts = sequence(context, node.elts)
    is_set = isinstance(node, ast.Set)

    def build(run: Run) -> Value:
        made = values(run)
        try:
            if is_set:
                run.weigh_keys(made)
            return run.made(tuple(dict.fromkeys(made)) if is_set else tuple(made))
        except FAULTS as error:
            raise context.fault_of(error, here) from None

    return _node(build, parts)


def _node(step: Step, parts: list[Node], bound: frozenset[int] = frozenset()) -> Node:
    uses = frozenset[int]().union(*(part.uses for part in parts)) - bound
    return Node(step, uses, size=1 + sum(part.size for part in parts))


def table(context: Context, node: ast.Dict) -> Node:
    here = spot_of(node)
    if None in node.keys:
        raise context.fault(node, NO_SUCH)
    keys, names = sequence(context, [key for key in node.keys if key])
    values, parts = sequence(context, node.values)

    def build(run: Run) -> Value:
        made_keys, made = keys(run), values(run)
        try:
            run.weigh_keys(run.made(tuple(made_keys)))
            return dict(zip(made_keys, run.made(tuple(made)), strict=True))
        except FAULTS as error:
            raise context.fault_of(error, here) from None

    return _node(build, [*names, *parts])


def names_of(context: Context, target: ast.expr) -> list[str]:
    """The names that a target gives values to."""
    if isinstance(target, ast.Name):
        return [target.id]
    if isinstance(target, ast.Tuple | ast.List) and target.elts:
        return [name for part in target.elts for name in names_of(context, part)]
    raise context.fault(target, "Bên trái dấu bằng phải là tên, hoặc các tên cách nhau bằng dấu phẩy.")


def store(context: Context, target: ast.expr) -> Store:
    """Gives the names of a target their values; the names must be known to ``context``."""
    here = spot_of(target)
    if isinstance(target, ast.Name):
        place = context.names.inner.get(target.id, -1)
        if place >= 0:

            def keep(run: Run, value: Value) -> None:
                run.locals[place] = value

            return keep
        slot = context.names.slots[target.id]

        def assign(run: Run, value: Value) -> None:
            run.variables[slot] = value

        return assign
    parts = getattr(target, "elts", [])
    if context.names.inner and all(isinstance(part, ast.Name) and part.id in context.names.inner for part in parts):
        return _unpack_inner(context, target, [context.names.inner[part.id] for part in parts])
    stores = [store(context, part) for part in parts]

    def unpack(run: Run, value: Value) -> None:
        if type(value) not in {tuple, str} or len(value) != len(stores):
            raise context.fault(here, "Cần đúng {count} giá trị cho các tên này.", count=len(stores))
        for put, item in zip(stores, value, strict=True):
            put(run, item)

    return unpack


def _unpack_inner(context: Context, target: ast.expr, places: list[int]) -> Store:
    """The same for the names of a loop, in one go."""
    here = spot_of(target)
    count = len(places)

    def unpack(run: Run, value: Value) -> None:
        if type(value) not in {tuple, str} or len(value) != count:
            raise context.fault(here, "Cần đúng {count} giá trị cho các tên này.", count=count)
        slots = run.locals
        for place, item in zip(places, value, strict=True):
            slots[place] = item

    return unpack


def comprehension(context: Context, node: ast.ListComp | ast.SetComp | ast.GeneratorExp) -> Node:
    """``[x * x for x in span(1, 9) if x != 5]``."""
    here = spot_of(node)
    is_set = isinstance(node, ast.SetComp)
    run_all, parts, bound = _loops(context, node.generators, [node.elt])

    def build(run: Run) -> Value:
        rows = run_all(run)
        try:
            if is_set:
                run.weigh_keys(rows)
            return run.made(tuple(dict.fromkeys(rows)) if is_set else tuple(rows))
        except FAULTS as error:
            raise context.fault_of(error, here) from None

    return _node(build, parts, bound)


def table_of(context: Context, node: ast.DictComp) -> Node:
    here = spot_of(node)
    run_all, parts, bound = _loops(context, node.generators, [node.key, node.value])

    def build(run: Run) -> Value:
        rows = run_all(run)
        try:
            run.weigh_keys(run.made(tuple(key for key, _ in rows)))
            run.made(tuple(value for _, value in rows))
            return dict(rows)
        except FAULTS as error:
            raise context.fault_of(error, here) from None

    return _node(build, parts, bound)


def _loops(
    context: Context, generators: list[ast.comprehension], elements: list[ast.expr]
) -> tuple[Callable[[Run], list[Any]], list[Node], frozenset[int]]:
    """The loops of a comprehension, what they depend on, and the slots they bind."""
    parts: list[Node] = []
    bound: set[int] = set()
    plan: list[tuple[Step, Store, list[Step], ast.expr]] = []
    for generator in generators:
        if generator.is_async:
            raise context.fault(generator.iter, NO_SUCH)
        source = context.compile(generator.iter)
        names = context.names.within(names_of(context, generator.target))
        context = context.with_names(names)
        bound |= {context.slot_of(names.inner[name]) for name in names_of(context, generator.target)}
        tests = [context.compile(test) for test in generator.ifs]
        parts += [source, *tests]
        plan.append((source.step, store(context, generator.target), [test.step for test in tests], generator.iter))
    made = [context.compile(element) for element in elements]
    parts += made
    steps = [node.step for node in made]
    cost = 1 + sum(part.size for part in parts)

    one = steps[0]

    def single(run: Run, out: list[Value]) -> None:
        out.append(one(run))

    def several(run: Run, out: list[Value]) -> None:
        out.append(tuple([step(run) for step in steps]))

    body: Body = single if len(steps) == 1 else several
    for source_step, put, tests_of, where in reversed(plan):
        body = _loop(context, body, source_step, put, tests_of, where, cost)

    def run_all(run: Run) -> list[Any]:
        out: list[Any] = []
        body(run, out)
        return out

    return run_all, parts, frozenset(bound)


def _loop(
    context: Context, body: Body, source: Step, put: Store, tests: list[Step], where: ast.expr, cost: int
) -> Body:
    here = spot_of(where)

    def loop(run: Run, out: list[Value]) -> None:
        values = source(run)
        try:
            values = items_of(values)
        except FAULTS as error:
            raise context.fault_of(error, here) from None
        for value in values:
            run.steps -= cost
            if run.steps < 0:
                raise context.fault_of(Refusal("Phép tính quá dài: hãy giảm số lần lặp hoặc độ dài danh sách."), here)
            put(run, value)
            for test in tests:
                if not test(run):
                    break
            else:
                body(run, out)

    return loop
