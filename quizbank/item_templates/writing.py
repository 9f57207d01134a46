"""Numbers, signs and formulas as Vietnamese papers write them."""

from fractions import Fraction

Number = int | Fraction


def is_terminating(value: Number, places: int = 4) -> bool:
    """Whether ``value`` has at most ``places`` decimals."""
    return bool(value.numerator * 10**places % value.denominator == 0)


def rounded(value: Number | float, places: int) -> Fraction:
    """Half away from zero, as schools round."""
    return Fraction(_scaled(value, places), 10**places)


def _scaled(value: Number | float, places: int) -> int:
    """``value`` rounded, in units of the last of ``places`` decimals."""
    exact = Fraction(value) if isinstance(value, float) else value
    top, bottom = exact.numerator * 10**places, exact.denominator
    size: int = (2 * abs(top) + bottom) // (2 * bottom)
    return -size if top < 0 else size


def plain(value: Number | float, places: int = 4) -> str:
    """``2,5``, ``12 500``, ``-0,25``: a decimal comma, thousands apart from five digits on."""
    if isinstance(value, int):
        return grouped(value)
    scaled = _scaled(value, places)
    whole, rest = divmod(abs(scaled), 10**places)
    shown = f"-{grouped(whole)}" if scaled < 0 else grouped(whole)
    decimals = f"{rest:0{places}}".rstrip("0") if rest else ""
    return f"{shown},{decimals}" if decimals else shown


def grouped(value: int) -> str:
    return str(value) if -10_000 < value < 10_000 else f"{value:,}".replace(",", " ")


def significant(value: float, figures: int = 3) -> Fraction:
    """``value`` kept to its first figures."""
    return Fraction(f"{value:.{figures - 1}e}")


def quantity(value: Number, unit: str) -> str:
    """``12,5 m/s``; a percent sign and a degree stand close to the number."""
    gap = "" if unit in {"%", "°"} or not unit else " "
    return f"{plain(value)}{gap}{unit}"


def tex(value: Number) -> str:
    r"""``-\frac{3}{4}`` or an integer."""
    if value.denominator == 1:
        return str(value.numerator)
    sign = "-" if value.numerator < 0 else ""
    return rf"{sign}\frac{{{abs(value.numerator)}}}{{{value.denominator}}}"


def comma(value: Number, places: int = 4) -> str:
    """``2{,}5``: a decimal inside LaTeX."""
    return plain(value, places).replace(",", "{,}").replace(" ", r"\,")


def scientific(value: Number, figures: int = 3) -> str:
    r"""``1{,}6 \cdot 10^{-19}`` inside LaTeX, rounded to that many figures."""
    size = abs(Fraction(value))
    if not size:
        return "0"
    exponent = len(str(size.numerator)) - len(str(size.denominator))
    exponent -= size < Fraction(10) ** exponent
    head = rounded(size / Fraction(10) ** exponent, figures - 1)
    if head == 10:
        head, exponent = Fraction(1), exponent + 1
    sign = "-" if value < 0 else ""
    shown = comma(head, figures - 1)
    return f"{sign}{shown} \\cdot 10^{{{exponent}}}" if exponent else f"{sign}{shown}"


def signed(value: Number) -> str:
    """``+ 3`` or ``- 3``, to follow another term."""
    return f"- {tex(-value)}" if value < 0 else f"+ {tex(value)}"


def term(coefficient: Number, body: str) -> str:
    """``3x``, ``-x``, ``x``."""
    if coefficient == 1:
        return body
    return f"-{body}" if coefficient == -1 else f"{tex(coefficient)}{body}"


def total(*terms: tuple[Number, str]) -> str:
    """A sum of terms with their signs: ``(2, "x^2"), (-3, "x"), (1, "")`` is ``2x^2 - 3x + 1``."""
    written = ""
    for coefficient, body in terms:
        if coefficient == 0:
            continue
        size = -coefficient if coefficient < 0 else coefficient
        piece = term(size, body) if body else tex(size)
        if written:
            written += f" - {piece}" if coefficient < 0 else f" + {piece}"
        else:
            written = f"-{piece}" if coefficient < 0 else piece
    return written or "0"


def polynomial(*coefficients: Number, variable: str = "x") -> str:
    """Highest power first: ``polynomial(1, 0, -3)`` is ``x^2 - 3``."""
    degree = len(coefficients) - 1
    return total(*((value, _power(variable, degree - place)) for place, value in enumerate(coefficients)))


def _power(variable: str, exponent: int) -> str:
    if exponent == 0:
        return ""
    return variable if exponent == 1 else f"{variable}^{exponent if exponent < 10 else f'{{{exponent}}}'}"


def split_root(square: int) -> tuple[int, int]:
    """``(a, b)`` with ``square = a * a * b`` and ``b`` free of squares."""
    outside, inside, factor = 1, square, 2
    while factor * factor <= inside:
        while inside % (factor * factor) == 0:
            inside //= factor * factor
            outside *= factor
        factor += 1
    return outside, inside


def root(square: int) -> str:
    r"""The square root of a natural number, simplified: ``2\sqrt{3}``."""
    outside, inside = split_root(square)
    if inside == 1:
        return str(outside)
    return rf"\sqrt{{{inside}}}" if outside == 1 else rf"{outside}\sqrt{{{inside}}}"


def point(*coordinates: Number) -> str:
    r"""``(1;\ -2;\ 3)``."""
    return "(" + r";\ ".join(tex(value) for value in coordinates) + ")"


def maths(text: str) -> str:
    return f"${text}$"


def listed(values: list[int]) -> str:
    return "; ".join(str(value) for value in values)


def interval(low: str, high: str, closed: tuple[bool, bool] = (False, False)) -> str:
    r"""``$[2;\ 5)$``."""
    left, right = "[" if closed[0] else "(", "]" if closed[1] else ")"
    return f"${left}{low};\\ {high}{right}$"
