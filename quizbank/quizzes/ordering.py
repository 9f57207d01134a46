"""Options that were sorted on purpose: numbers, quantities, dates, numerals, each larger (or smaller) than the last.

Four options fall in order by chance once in twelve times; keeping those that did costs a little shuffling, and a list
of years out of order looks like a mistake. So whatever stands in strict order counts as sorted on purpose.

What is compared: whole numbers (also grouped: ``1 000``, ``1.000.000``), decimals with comma or point, signs, fractions
(``3/4``, ``\\frac{3}{4}``), powers (``2.10^{5}``, ``10^{-3}``, ``2^{8}``), roots, multiples of π, per cent, units of
one kind (``500 g``, ``1 kg``), dates, years, Roman numerals and number words. What stands around the numbers must be
the same in every option.
"""

import re
from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import pairwise
from math import isqrt

FEWEST, LONGEST = 3, 200
_SCALE = 10**12
_PI = Fraction(31415926535897932385, 10**19)

_NUMBER = r"\d{1,3}(?:[ .]\d{3})+(?!\d)(?:,\d+)?|\d+(?:,\d+|\.\d+(?!\d|\s*\^))?"
_FRAC = re.compile(r"\\[dt]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}")
_ROOT = re.compile(r"\\sqrt\s*\{\s*(\d{1,9}(?:[.,]\d{1,6})?)\s*\}|√\s*\(?(\d{1,9})\)?")
_FACTOR = rf"(?:(?:{_NUMBER})(?:\s*\^\s*(?:\{{\s*[-+]?\d{{1,3}}\s*\}}|[-+]?\d{{1,3}}))?|√\d+(?:[.,]\d+)?|π)"
_PRODUCT = rf"{_FACTOR}(?:\s*(?:[.·×*]|\s)?\s*{_FACTOR})*"
_VALUE = re.compile(rf"(?<![\w,.])[-+]?\s?{_PRODUCT}(?:\s*/\s*{_PRODUCT})?(?![,.]?\d)")
_ONE_FACTOR = re.compile(rf"({_NUMBER})(?:\s*\^\s*\{{?\s*([-+]?\d{{1,3}})\s*\}}?)?|√(\d+(?:[.,]\d+)?)|(π)")
_GROUPED = re.compile(r"\d{1,3}(?:([ .])\d{3})(?:\1\d{3})*(?:,\d+)?")
_DATE = re.compile(r"(?<![\d/])(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})(?!\d)")
_SPOKEN_DATE = re.compile(r"(?:ngày\s+)?(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})", re.IGNORECASE)
_MONTH = re.compile(r"(?<![\d/])(\d{1,2})\s*[/.-]\s*(\d{4})(?![\d/])|tháng\s+(\d{1,2})\s+năm\s+(\d{4})", re.IGNORECASE)
_ROMAN = re.compile(r"(?<!\w)(?=[IVXLC])(C{0,3})(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})(?!\w)")
_ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_WORDS = {
    word: number
    for number, words in enumerate(
        (
            "không zero",
            "một one",
            "hai two",
            "ba three",
            "bốn four",
            "năm five",
            "sáu six",
            "bảy bẩy seven",
            "tám eight",
            "chín nine",
            "mười ten",
        )
    )
    for word in words.split()
}
_NOISE = str.maketrans({"−": "-", "–": "-", "‑": "-", "\u00a0": " ", "\u202f": " ", "$": " "})
_TEX_NOISE = re.compile(r"\\(?:left|right|displaystyle|,|;|!|:|quad)|\\(?=[ %])|~")
_UNITS: dict[str, tuple[str, Fraction]] = {}
for _kind, _table in {
    "length": "fm 1e-15 pm 1e-12 nm 1e-9 μm 1e-6 µm 1e-6 mm 1e-3 cm 1e-2 dm 1e-1 m 1 km 1e3",
    "mass": "mg 1e-6 g 1e-3 gam 1e-3 kg 1 yến 10 tạ 100 tấn 1000",
    "volume": "ml 1e-3 mL 1e-3 lít 1 l 1 L 1",
    "time": "ns 1e-9 μs 1e-6 ms 1e-3 s 1 giây 1 phút 60 giờ 3600 h 3600 ngày 86400",
    "frequency": "Hz 1 kHz 1e3 MHz 1e6 GHz 1e9",
    "energy": "mJ 1e-3 J 1 kJ 1e3 MJ 1e6",
    "power": "mW 1e-3 W 1 kW 1e3 MW 1e6",
    "tension": "mV 1e-3 V 1 kV 1e3",
    "current": "μA 1e-6 mA 1e-3 A 1",
    "amount": "mmol 1e-3 mol 1",
    "pressure": "Pa 1 kPa 1e3 MPa 1e6",
    "money": "đồng 1 nghìn 1e3 triệu 1e6 tỉ 1e9 tỷ 1e9",
}.items():
    _cells = _table.split()
    _UNITS |= {unit: (_kind, Fraction(factor)) for unit, factor in zip(_cells[::2], _cells[1::2], strict=True)}
_UNIT = re.compile(r"^\s*(?:\\(?:mathrm|text|textrm|rm)\s*\{?\s*)?([^\W\d_]+)\s*\}?\s*$")

Reading = tuple[str, tuple[Fraction, ...]]
"""What stands around the numbers, and the numbers."""


def is_sorted(texts: Sequence[str]) -> bool:
    """Whether the options stand in strict order, upward or downward; of fewer than three nobody can say."""
    if len(texts) < FEWEST or max(map(len, texts)) > LONGEST:
        return False
    cleaned = [_cleaned(text) for text in texts]
    for read in (_dates_in, _quantity_in, _numbers_in, _numeral_in, _word_in):
        found = _readings(read, cleaned)
        if len({frame for frame, _ in found}) == 1:
            return _in_order([values for _, values in found])
    return False


def _readings(read: Callable[[str], Reading | None], texts: Sequence[str]) -> list[Reading]:
    """What every text says; nothing if one can't be read."""
    found: list[Reading] = []
    for text in texts:
        if (reading := read(text)) is None:
            return []
        found.append(reading)
    return found


def _in_order(rows: Sequence[tuple[Fraction, ...]]) -> bool:
    """Whether no number ever goes back while some number always goes on."""
    return any(
        all(
            all(after * sign >= before * sign for before, after in zip(one, other, strict=True)) and one != other
            for one, other in pairwise(rows)
        )
        for sign in (1, -1)
    )


def _cleaned(text: str) -> str:
    plain = _TEX_NOISE.sub(" ", text.translate(_NOISE)).replace("\\pi", "π").replace("\\cdot", "·")
    plain = plain.replace("\\times", "×").replace("{,}", ",")
    plain = _ROOT.sub(lambda root: f"√{(root[1] or root[2]).replace(',', '.')}", plain)
    plain = _FRAC.sub(lambda parts: f" {parts[1].strip()}/{parts[2].strip()} ", plain)
    return " ".join(plain.split()).rstrip(" .;,").strip()


def _numbers_in(text: str) -> Reading | None:
    """Every number of an option, and what is left of it."""
    values: list[Fraction] = []

    def take(found: re.Match[str]) -> str:
        value = _value_of(found[0])
        if value is None:
            return found[0]
        values.append(value)
        return "#"

    frame = _VALUE.sub(take, text)
    return (" ".join(frame.split()).casefold(), tuple(values)) if values else None


def _quantity_in(text: str) -> Reading | None:
    """One number with a unit whose relatives are known: ``500 g`` as half a kilogram."""
    found = _VALUE.match(text)
    unit = _UNIT.match(text[found.end() :]) if found else None
    if found is None or unit is None or unit[1] not in _UNITS or (value := _value_of(found[0])) is None:
        return None
    kind, factor = _UNITS[unit[1]]
    return kind, (value * factor,)


def _dates_in(text: str) -> Reading | None:
    """A date or a month, as the days or months before it."""
    for pattern in (_DATE, _SPOKEN_DATE):
        if found := pattern.search(text):
            day, month, year = (int(part) for part in found.groups())
            return _around(text, found), (Fraction((year * 12 + month) * 31 + day),)
    if found := _MONTH.search(text):
        month, year = (int(part) for part in found.groups() if part)
        return _around(text, found), (Fraction(year * 12 + month),)
    return None


def _numeral_in(text: str) -> Reading | None:
    for found in _ROMAN.finditer(text):
        if found[0]:
            digits = [_ROMAN_DIGITS[letter] for letter in found[0]]
            value = sum(-one if one < after else one for one, after in zip(digits, [*digits[1:], 0], strict=True))
            return _around(text, found), (Fraction(value),)
    return None


def _word_in(text: str) -> Reading | None:
    first, _, rest = text.casefold().partition(" ")
    return (rest, (Fraction(_WORDS[first]),)) if first in _WORDS else None


def _around(text: str, found: re.Match[str]) -> str:
    return f"{text[: found.start()]}#{text[found.end() :]}".casefold()


def _value_of(text: str) -> Fraction | None:
    """The value of ``-2.10^5``, ``3√2``, ``π/6``; None where it means nothing."""
    sign = -1 if text.strip().startswith("-") else 1
    upper, _, lower = text.strip().lstrip("+- ").partition("/")
    top, bottom = _product_of(upper), _product_of(lower) if lower else Fraction(1)
    if top is None or not bottom:
        return None
    return sign * top / bottom


def _product_of(text: str) -> Fraction | None:
    value = Fraction(1)
    for number, power, root, pi in _ONE_FACTOR.findall(text):
        if pi:
            value *= _PI
        elif root:
            value *= _root_of(Fraction(root.replace(",", ".")))
        else:
            base = _plain(number)
            if power and not base and int(power) < 0:
                return None
            value *= base ** int(power) if power else base
    return value


def _plain(number: str) -> Fraction:
    if grouped := _GROUPED.fullmatch(number):
        number = number.replace(grouped[1], "")
    return Fraction(number.replace(",", "."))


def _root_of(number: Fraction) -> Fraction:
    """A square root to twelve decimals."""
    return Fraction(isqrt(int(number * _SCALE * _SCALE)), _SCALE)
