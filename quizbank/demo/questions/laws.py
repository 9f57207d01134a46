r"""Templates made of laws of the form $y = c \cdot a^m \cdot b^n \dots$, from which both keys and mistakes follow.

The mistakes are those that markers see: the coefficient forgotten, a square forgotten, a product taken for a
quotient. Inputs are chosen, the result is computed; asked for an input, the key is the value that was chosen:
every key is exact.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from random import Random

from quizbank.demo.questions.templates import BIET, HIEU, VAN_DUNG, Draft, Shelf, Wrong, choice, cluster, either, short
from quizbank.demo.questions.writing import Number, is_terminating, plain, quantity, significant, tex


@dataclass(frozen=True)
class Quantity:
    """``name`` begins in lower case and reads well after "nếu"; ``values`` are those a paper would give."""

    symbol: str
    name: str
    unit: str
    values: tuple[Number, ...] = ()


@dataclass(frozen=True)
class Law:
    """One law and the ways to ask it.

    Args:
        about: finishes "Công thức tính …": what the formula is of.
        result: the quantity on the left; ``inputs`` its factors with their exponents.
        scale: turns the product of the inputs in their shown units into the shown unit of the result.
        coefficient: the number in the formula itself (``1/2`` in kinetic energy), with ``written`` for how it looks.
        stories: quantity -> stem that gives the others as ``{symbol}`` and asks for it, without a question mark.
    """

    name: str
    topic: str
    about: str
    result: Quantity
    inputs: tuple[tuple[Quantity, int], ...]
    stories: Mapping[str, str]
    coefficient: Fraction = Fraction(1)
    scale: Fraction = Fraction(1)
    written: str = ""

    def compute(self, values: Mapping[str, Number]) -> Fraction:
        product = self.coefficient * self.scale
        for part, exponent in self.inputs:
            product *= Fraction(values[part.symbol]) ** exponent
        return product


def law(shelf: Shelf, rule: Law, levels: tuple[str, str, str] = (BIET, HIEU, VAN_DUNG)) -> None:
    """Put five templates on the shelf: the formula, a calculation, a proportion, a short answer and a cluster."""
    know, understand, apply = levels
    shelf.put(f"{rule.name}_formula", rule.topic, know, lambda r: ask_formula(r, rule), 2)
    shelf.put(f"{rule.name}_value", rule.topic, understand, lambda r: ask_value(r, rule))
    shelf.put(f"{rule.name}_ratio", rule.topic, understand, lambda r: ask_ratio(r, rule), 12)
    shelf.put(f"{rule.name}_short", rule.topic, apply, lambda r: ask_short(r, rule))
    shelf.put(f"{rule.name}_cluster", rule.topic, apply, lambda r: ask_cluster(r, rule))


def ask_formula(r: Random, rule: Law) -> Draft:
    powers = {part.symbol: exponent for part, exponent in rule.inputs}
    right = _formula(rule.result.symbol, rule.written, powers)
    wrongs: list[Wrong] = []
    if rule.written:
        wrongs.append((_formula(rule.result.symbol, "", powers), "thiếu hệ số"))
    for symbol, exponent in powers.items():
        if abs(exponent) > 1:
            bare = powers | {symbol: exponent // abs(exponent)}
            wrongs.append((_formula(rule.result.symbol, rule.written, bare), f"quên luỹ thừa của ${symbol}$"))
        turned = powers | {symbol: -exponent}
        wrongs.append((_formula(rule.result.symbol, rule.written, turned), f"đặt ${symbol}$ sai chỗ trong phân số"))
    upside = {symbol: -exponent for symbol, exponent in powers.items()}
    wrongs.append((_formula(rule.result.symbol, rule.written, upside), "viết ngược công thức"))
    first = next(iter(powers))
    squared = powers | {first: powers[first] * 2 if abs(powers[first]) == 1 else powers[first]}
    wrongs.append((_formula(rule.result.symbol, rule.written, squared), f"thêm luỹ thừa cho ${first}$"))
    r.shuffle(wrongs)
    stem = r.choice(("Công thức nào sau đây dùng để tính {}?", "Hệ thức nào dưới đây là công thức tính {}?"))
    return choice(r, stem.format(rule.about), right, wrongs, f"Công thức tính {rule.about} là {right}.")


def ask_value(r: Random, rule: Law) -> Draft:
    drawn = _draw(r, rule)
    if drawn is None:
        return None
    values, wanted = drawn
    unknown = _quantity(rule, wanted)
    exact = float(values[wanted])
    mistakes = [
        row for row in _mistakes(rule, values, wanted) if 1e-4 < row[0] < 1e7 and abs(row[0] / exact - 1) > 0.005
    ]
    r.shuffle(mistakes)
    mistakes.sort(key=lambda row: not _is_plausible(row[0], exact))
    wrongs = [(quantity(significant(value), unknown.unit), slip) for value, slip in mistakes]
    key = quantity(values[wanted], unknown.unit)
    return choice(r, _story(rule, values, wanted), key, wrongs, _solution(rule, values, wanted))


def ask_short(r: Random, rule: Law) -> Draft:
    drawn = _draw(r, rule)
    if drawn is None:
        return None
    values, wanted = drawn
    unit = _quantity(rule, wanted).unit
    asked = f" bao nhiêu {unit}?" if unit else " bao nhiêu?"
    return short(_story(rule, values, wanted) + asked, values[wanted], _solution(rule, values, wanted))


def ask_ratio(r: Random, rule: Law) -> Draft:
    part, exponent = r.choice(rule.inputs)
    factor = r.choice((2, 3, 4, 5))
    change = Fraction(factor) ** exponent
    plainly, inverse = Fraction(factor), Fraction(1, factor)
    options = [
        (plainly**2, "bình phương thừa"),
        (1 / change, "nhầm tỉ lệ thuận với tỉ lệ nghịch"),
        (plainly, "quên luỹ thừa của đại lượng"),
        (inverse, "vừa quên luỹ thừa vừa nhầm chiều"),
        (inverse**2, "bình phương thừa và nhầm chiều"),
    ]
    wrongs = [(_change(value), slip) for value, slip in options]
    stem = (
        f"Xét công thức tính {rule.about}. Nếu {part.name} tăng {factor} lần và các đại lượng khác trong công thức "
        f"không đổi thì {rule.result.name}"
    )
    power = {part.symbol: exponent}
    because = f"Theo công thức, ${rule.result.symbol}$ tỉ lệ với ${_product(power)}$ nên {_change(change)}."
    return choice(r, stem, _change(change), wrongs, because)


def ask_cluster(r: Random, rule: Law) -> Draft:
    drawn = _draw(r, rule, wanted=rule.result.symbol)
    if drawn is None:
        return None
    values, _ = drawn
    result = rule.result
    key = quantity(values[result.symbol], result.unit)
    exact = float(values[result.symbol])
    near = [value for value, _ in _mistakes(rule, values, result.symbol) if _is_plausible(value, exact)]
    if not near:
        return None
    given = "; ".join(f"{part.name} là {quantity(values[part.symbol], part.unit)}" for part, _ in rule.inputs)
    part, exponent = r.choice(rule.inputs)
    other, power = r.choice(rule.inputs)
    double, triple = Fraction(2) ** exponent, Fraction(3) ** power
    powers = {part.symbol: exponent for part, exponent in rule.inputs}
    upside = {symbol: -value for symbol, value in powers.items()}
    formula = _formula(result.symbol, rule.written, powers)
    wrong_value = quantity(significant(r.choice(near)), result.unit)
    statements = [
        either(
            r,
            f"Công thức tính {rule.about} là @.",
            formula,
            _formula(result.symbol, rule.written, upside),
            f"Công thức đúng: {formula}.",
        ),
        either(r, f"{_upper(result.name)} bằng @.", key, wrong_value, f"Thay số vào công thức được {key}."),
        either(
            r,
            f"Nếu chỉ {part.name} tăng gấp đôi thì {result.name} @.",
            _change(double),
            _change(1 / double),
            f"${result.symbol}$ tỉ lệ với ${_product({part.symbol: exponent})}$.",
        ),
        either(
            r,
            f"Nếu chỉ {other.name} giảm 3 lần thì {result.name} @.",
            _change(1 / triple),
            _change(triple),
            f"${result.symbol}$ tỉ lệ với ${_product({other.symbol: power})}$.",
        ),
    ]
    return cluster(f"Xét {rule.about}. Biết {given}. Mỗi phát biểu sau đúng hay sai?", statements)


def _draw(r: Random, rule: Law, wanted: str = "") -> tuple[dict[str, Number], str] | None:
    values: dict[str, Number] = {part.symbol: r.choice(part.values) for part, _ in rule.inputs if part.values}
    result = rule.compute(values)
    if not is_terminating(result, 3) or not Fraction(1, 1000) <= result < 10**7:
        return None
    values[rule.result.symbol] = result
    return values, wanted or r.choice(list(rule.stories))


def _quantity(rule: Law, symbol: str) -> Quantity:
    return next(part for part in (rule.result, *(part for part, _ in rule.inputs)) if part.symbol == symbol)


def _story(rule: Law, values: Mapping[str, Number], wanted: str) -> str:
    story = rule.stories[wanted]
    for part in (rule.result, *(part for part, _ in rule.inputs)):
        story = story.replace(f"<{part.symbol}>", quantity(values[part.symbol], part.unit))
    return story


def _mistakes(rule: Law, values: Mapping[str, Number], wanted: str) -> list[tuple[float, str]]:
    """What one gets for ``wanted`` by the usual mistakes."""
    powers = {part.symbol: Fraction(exponent) for part, exponent in rule.inputs}
    constant = float(rule.coefficient * rule.scale)
    if wanted != rule.result.symbol:
        exponent = powers.pop(wanted)
        constant **= float(-1 / exponent)
        powers = {symbol: -power / exponent for symbol, power in powers.items()} | {rule.result.symbol: 1 / exponent}
    found: list[tuple[float, str]] = []
    if rule.coefficient != 1:
        bare = (
            constant / float(rule.coefficient) if wanted == rule.result.symbol else constant * float(rule.coefficient)
        )
        found.append((bare * _value(powers, values), "quên hệ số trong công thức"))
    for symbol, power in powers.items():
        name = f"${symbol}$"
        if abs(power) == 2:
            found.append((constant * _value(powers | {symbol: power / 2}, values), f"quên bình phương {name}"))
        if abs(power) == Fraction(1, 2):
            found.append((float(Fraction(values[wanted]) ** 2), "quên lấy căn bậc hai"))
        slip = f"nhân với {name} thay vì chia" if power < 0 else f"chia cho {name} thay vì nhân"
        found.append((constant * _value(powers | {symbol: -power}, values), slip))
    exact = float(values[wanted])
    found += [(exact * 10, "đổi sai đơn vị, lớn gấp 10 lần"), (exact / 10, "đổi sai đơn vị, nhỏ đi 10 lần")]
    found += [(exact * 2, "tính thừa hệ số 2"), (exact / 2, "tính thừa hệ số một phần hai")]
    return found


def _is_plausible(value: float, exact: float) -> bool:
    """Whether a careless reader could take ``value`` for the result: not it, but of its size."""
    return 1 / 30 < value / exact < 30 and abs(value / exact - 1) > 0.005


def _value(powers: Mapping[str, Fraction], values: Mapping[str, Number]) -> float:
    product = 1.0
    for symbol, power in powers.items():
        product *= float(values[symbol]) ** float(power)
    return product


def _solution(rule: Law, values: Mapping[str, Number], wanted: str) -> str:
    parts = (rule.result, *(part for part, _ in rule.inputs))
    formula = _formula(rule.result.symbol, rule.written, {part.symbol: exponent for part, exponent in rule.inputs})
    solved = "" if wanted == rule.result.symbol else f" suy ra ${wanted} = {_solved(rule, wanted)}$."
    given = ", ".join(
        f"${part.symbol}$ = {quantity(values[part.symbol], part.unit)}" for part in parts if part.symbol != wanted
    )
    units = "" if rule.scale == 1 else " (đổi về đơn vị phù hợp)"
    unknown = quantity(values[wanted], _quantity(rule, wanted).unit)
    lead = f"Áp dụng công thức {formula}{',' if solved else '.'}{solved}"
    return f"{lead} Thay {given}{units} ta được ${wanted}$ = {unknown}."


def _solved(rule: Law, wanted: str) -> str:
    """The right side of the law solved for one of its inputs, whose exponent is 1, -1 or 2."""
    powers = {part.symbol: exponent for part, exponent in rule.inputs}
    exponent = powers.pop(wanted)
    sign = -1 if exponent > 0 else 1
    turned = {rule.result.symbol: -sign} | {symbol: sign * power for symbol, power in powers.items()}
    multiple = rule.coefficient**sign
    body = _product(turned, "" if multiple == 1 else tex(multiple))
    return rf"\sqrt{{{body}}}" if abs(exponent) == 2 else body


def _formula(result: str, written: str, powers: Mapping[str, int]) -> str:
    return f"${result} = {_product(powers, written)}$"


def _product(powers: Mapping[str, int], written: str = "") -> str:
    top = [_power(symbol, power) for symbol, power in powers.items() if power > 0]
    bottom = [_power(symbol, -power) for symbol, power in powers.items() if power < 0]
    if not bottom:
        return " ".join([written, *top]).strip()
    return f"{written}\\frac{{{' '.join(top) or '1'}}}{{{' '.join(bottom)}}}"


def _power(symbol: str, power: int) -> str:
    if power == 1:
        return symbol
    return f"({symbol})^{power}" if "Delta" in symbol else f"{symbol}^{power}"


def _change(factor: Fraction) -> str:
    if factor == 1:
        return "không đổi"
    return f"tăng {plain(factor)} lần" if factor > 1 else f"giảm {plain(1 / factor)} lần"


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def steps(first: int, last: int, step: int = 1) -> tuple[int, ...]:
    """Whole values from ``first`` to ``last``."""
    return tuple(range(first, last + 1, step))


def tenths(first: int, last: int, step: int = 1) -> tuple[Fraction, ...]:
    """Values in tenths: ``tenths(5, 20, 5)`` is 0,5; 1; 1,5; 2."""
    return tuple(Fraction(value, 10) for value in range(first, last + 1, step))
