"""Formulas as people type them: TeX without its commands, scripts and braces."""

import re
import unicodedata

TEX_WRAPPER = re.compile(r"\\(?:mathrm|mathbf|mathit|mathbb|operatorname|text|textbf|rm|ce)\s*\{([^{}]*)\}")
TEX_FRACTION = re.compile(r"\\[dt]?(?:frac|binom)\s*\{([^{}]*)\}\s*\{([^{}]*)\}")
TEX_COMMAND = re.compile(r"\\([a-zA-Z]+)")
TEX_PARTED = re.compile(r"(?<=[}\d]) +(?=\{[A-Z])")
TEX_SCRIPT = re.compile(r"[_^]\s*(?:\{([^{}]*)\}|(\w))")
COUNTED = re.compile(r"(\d+)(\D.*)", re.DOTALL)

DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉µ", "01234567890123456789μ") | {
    ord(char): f"{unicodedata.normalize('NFKD', char)[0]} {unicodedata.normalize('NFKD', char)[-1]}" for char in "½⅓¼¾"
}


def plain_formula(tex: str) -> str:
    """TeX as people type it: ``\\mathrm{H}_{2}`` becomes ``H2``, commands become words."""
    tex = TEX_PARTED.sub("", tex)
    for _ in range(3):
        tex = TEX_WRAPPER.sub(r"\1", tex)
    tex = TEX_SCRIPT.sub(lambda match: match.group(1) or match.group(2) or "", tex)
    tex = TEX_FRACTION.sub(r" \1 / \2 ", tex)
    return TEX_COMMAND.sub(r" \1 ", tex).replace("{", "").replace("}", "").replace("$", " ")


def pieces_of(word: str) -> list[str]:
    """A bare word without scripts and braces; ``2H2O`` is ``2`` and ``H2O``; long names part at their underscores."""
    joined = word.translate(DIGITS).replace("^", "").replace("{", "").replace("}", "")
    parts = joined.split("_")
    is_formula = word[0].isupper() and all(part[:1].isdigit() for part in parts[1:])
    if is_formula or max(map(len, parts)) <= 3:
        parts = ["".join(parts)]
    pieces: list[str] = []
    for part in " ".join(parts).split():
        counted = COUNTED.fullmatch(part)
        pieces.extend(counted.groups() if counted else (part,))
    return pieces
