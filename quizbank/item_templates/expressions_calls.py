"""Calls of the language: functions of the library, and those that a template defines."""

import ast
from random import Random

from quizbank.item_templates.compiling import FAULTS, Context, Node, spot_of
from quizbank.item_templates.errors import Refusal
from quizbank.item_templates.expressions_lists import sequence
from quizbank.item_templates.functions import Cost, Function
from quizbank.item_templates.library import LIBRARY
from quizbank.item_templates.names import CHANCE, Lambda
from quizbank.item_templates.operations import Run, Value, checked

DRAWN = frozenset({CHANCE})


def call(context: Context, node: ast.Call) -> Node:
    if not isinstance(node.func, ast.Name):
        raise context.fault(node, "Chỉ gọi được hàm theo tên: viết upper(text), không viết text.upper().")
    name = node.func.id
    context.names.used.add(name)
    if name in context.names.functions:
        return _own(context, node, context.names.functions[name])
    if name in LIBRARY:
        return _library(context, node, LIBRARY[name])
    like = context.names.like(name, list(LIBRARY))
    if like:
        raise context.fault(node, "Không có hàm “{name}”; có phải là “{like}”?", name=name, like=like)
    raise context.fault(node, "Không có hàm “{name}”.", name=name)


def _own(context: Context, node: ast.Call, function: Lambda) -> Node:
    here = spot_of(node)
    if node.keywords:
        raise context.fault(node, "Hàm “{name}” không nhận tham số theo tên.", name=function.name)
    values, parts = sequence(context, node.args)

    def run_it(run: Run) -> Value:
        given = values(run)
        try:
            if len(given) != function.count:
                raise Refusal("Hàm “{name}” cần {count} giá trị.", name=function.name, count=function.count)
            return function(run, given)
        except FAULTS as error:
            raise context.fault_of(error, here) from None

    uses = frozenset[int]().union(function.uses, *(part.uses for part in parts))
    return Node(run_it, uses, size=1 + sum(part.size for part in parts))


def _library(context: Context, node: ast.Call, function: Function) -> Node:
    here = spot_of(node)
    values, parts = sequence(context, node.args)
    keywords = _named(context, node, function)
    named = {name: part.step for name, part in keywords.items()}
    parts += keywords.values()
    action, price, fee = function.action, function.cost, function.price
    wants_run, draws, picks = function.wants_run, function.draws, function.picks

    def run_it(run: Run) -> Value:
        given = values(run)
        try:
            run.steps -= fee
            if price is not Cost.FIXED:
                _charge(run, price, given)
            if draws:
                given.insert(0, _chance_of(run))
            elif wants_run:
                given.insert(0, run)
            result = action(*given, **{key: step(run) for key, step in named.items()}) if named else action(*given)
            if type(result) is tuple:
                return result if picks else run.made(result)
            return checked(result)
        except FAULTS as error:
            refusal = error if isinstance(error, Refusal | RecursionError) else _unfit(function)
            raise context.fault_of(refusal, here) from None

    chance = DRAWN if draws else frozenset[int]()
    return Node(run_it, chance.union(*(part.uses for part in parts)), size=2 + sum(part.size for part in parts))


def _chance_of(run: Run) -> Random:
    if run.random is None:
        raise Refusal("Chỉ được rút ngẫu nhiên trong phần tham số.")
    if run.steps < 0:
        run.spend(0)
    return run.random


def _unfit(function: Function) -> Refusal:
    return Refusal(
        "Hàm {name} không dùng được với các giá trị này. Cách viết: {usage}", name=function.name, usage=function.usage
    )


def _named(context: Context, node: ast.Call, function: Function) -> dict[str, Node]:
    named: dict[str, Node] = {}
    for keyword in node.keywords:
        if keyword.arg is None or keyword.arg not in function.keywords:
            raise context.fault(
                node,
                "Hàm {name} không có tham số “{keyword}”. Cách viết: {usage}",
                name=function.name,
                keyword=keyword.arg or "**",
                usage=function.usage,
            )
        named[keyword.arg] = context.compile(keyword.value)
    return named


def _charge(run: Run, price: Cost, given: list[Value]) -> None:
    for value in given:
        kind = type(value)
        if price is Cost.DEEP:
            run.weigh(value)
        elif kind is tuple or kind is dict:
            run.steps -= len(value)
        elif kind is str:
            run.steps -= len(value) >> 6
    if run.steps < 0:
        run.spend(0)
