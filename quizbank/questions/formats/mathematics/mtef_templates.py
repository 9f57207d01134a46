"""The templates of MTEF 5 with the bits of their variations, and those of MTEF 3 in the same terms."""

from enum import IntEnum


class Selector(IntEnum):
    ANGLE = 0
    PAREN = 1
    BRACE = 2
    BRACK = 3
    BAR = 4
    DBAR = 5
    FLOOR = 6
    CEILING = 7
    OBRACK = 8
    INTERVAL = 9
    ROOT = 10
    FRACT = 11
    UBAR = 12
    OBAR = 13
    ARROW = 14
    INTEG = 15
    SUM = 16
    PROD = 17
    COPROD = 18
    UNION = 19
    INTER = 20
    INTOP = 21
    SUMOP = 22
    LIM = 23
    HBRACE = 24
    HBRACK = 25
    LDIV = 26
    SUB = 27
    SUP = 28
    SUBSUP = 29
    DIRAC = 30
    VEC = 31
    TILDE = 32
    HAT = 33
    ARC = 34
    JSTATUS = 35
    STRIKE = 36
    BOX = 37


FENCES = frozenset(range(Selector.ANGLE, Selector.INTERVAL + 1))
BIG_OPERATORS = frozenset(range(Selector.SUM, Selector.SUMOP + 1))

FENCE_LEFT, FENCE_RIGHT = 0x01, 0x02
FRACT_SLASH = 0x02
BAR_DOUBLE = 0x01
ARROW_DOUBLE, ARROW_HARPOON, ARROW_TOP, ARROW_BOTTOM = 0x01, 0x02, 0x04, 0x08
ARROW_LEFT, ARROW_RIGHT = 0x10, 0x20
INTEG_LOOP, INTEG_CLOCKWISE, INTEG_ANTICLOCKWISE = 0x04, 0x08, 0x0C
SUM_STYLE = 0x40
HBRACE_TOP = 0x01
PRECEDES = 0x01
DIRAC_LEFT, DIRAC_RIGHT = 0x01, 0x02
VEC_LEFT, VEC_RIGHT, VEC_UNDER, VEC_HARPOON = 0x01, 0x02, 0x04, 0x08
STRIKE_HORIZONTAL, STRIKE_UP, STRIKE_DOWN = 0x01, 0x02, 0x04
BOX_ROUND, BOX_LEFT, BOX_RIGHT, BOX_TOP, BOX_BOTTOM = 0x01, 0x02, 0x04, 0x08, 0x10

_SIDES_3 = {0: FENCE_LEFT | FENCE_RIGHT, 1: FENCE_LEFT, 2: FENCE_RIGHT}
_INTERVALS_3 = {8: 0x22, 9: 0x33, 10: 0x23, 11: 0x12, 12: 0x30}
_ARROWS_3 = {18: ARROW_LEFT, 19: ARROW_RIGHT, 20: ARROW_LEFT | ARROW_RIGHT}
_SCRIPTS_3 = {0: Selector.SUP, 1: Selector.SUB, 2: Selector.SUBSUP}
_OPERATORS_3 = {
    29: Selector.SUM,
    31: Selector.PROD,
    33: Selector.COPROD,
    35: Selector.UNION,
    37: Selector.INTER,
}
_VECTORS_3 = {0: VEC_LEFT, 1: VEC_RIGHT, 2: VEC_LEFT | VEC_RIGHT}
_SIMPLE_3 = {
    13: Selector.ROOT,
    14: Selector.FRACT,
    16: Selector.UBAR,
    17: Selector.OBAR,
    39: Selector.LIM,
    40: Selector.LDIV,
    48: Selector.ARC,
}


def of_version_3(selector: int, variation: int) -> tuple[Selector, int]:
    """The template of version 5 that says the same. Limits that are not there are empty slots in both versions.

    Raises:
        KeyError: there is none.
    """
    if selector <= 7:
        return Selector(selector), _SIDES_3[variation]
    if selector in _INTERVALS_3:
        return Selector.INTERVAL, _INTERVALS_3[selector]
    if selector in _SIMPLE_3:
        return _SIMPLE_3[selector], variation
    if selector in (15, 44):
        return _SCRIPTS_3[variation], PRECEDES if selector == 44 else 0
    if selector in _ARROWS_3:
        return Selector.ARROW, _ARROWS_3[selector] | (ARROW_BOTTOM if variation else ARROW_TOP)
    if 21 <= selector <= 26:
        return Selector.INTEG, _integral_of_version_3(selector, variation)
    if selector in (27, 28):
        return Selector.HBRACE, HBRACE_TOP if selector == 27 else 0
    if 29 <= selector <= 38:
        return _OPERATORS_3[selector - (selector % 2 == 0)], 0 if selector % 2 == 0 else SUM_STYLE
    return _late_of_version_3(selector, variation)


def _late_of_version_3(selector: int, variation: int) -> tuple[Selector, int]:
    if selector == 41:
        return Selector.FRACT, FRACT_SLASH
    if selector in (42, 43):
        return (Selector.INTOP, 0) if selector == 42 else (Selector.SUMOP, SUM_STYLE)
    if selector == 45:
        return Selector.DIRAC, _SIDES_3[variation]
    if selector in (46, 47):
        return Selector.VEC, _VECTORS_3[variation] | (VEC_UNDER if selector == 46 else 0)
    raise KeyError(selector)


def _integral_of_version_3(selector: int, variation: int) -> int:
    """One to three signs, with limits beside (21 to 23) or below and above (24 to 26), and loops."""
    is_below = selector >= 24
    signs = selector - (23 if is_below else 20)
    first_loop = {21: 3, 22: 2, 23: 2, 24: 2, 25: 1, 26: 1}[selector]
    return signs | (SUM_STYLE if is_below else 0) | (INTEG_LOOP if variation >= first_loop else 0)
