r"""Formulas that real papers write without dollars: ``y=f\left(x\right)``, ``u_1 = 3``, ``AABB \times AABB``.

A run is as long as its tokens look like mathematics, and counts only when it holds a TeX command or a script
(``^``, ``_``) with a brace or a single character. A word with Vietnamese marks never belongs to one, nor does a
plain word that could be a Vietnamese syllable; in doubt the text stays text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

MAX_RUN_TOKENS = 500

_FUNCTION_NAMES = "sin cos tan cot log ln lim max min arcsin arccos arctan exp det"
_UNIT_NAMES = "cm mm km dm nm kg mg mol rad Hz kHz MHz ms kV kW MW kJ eV MeV pF mH atm"
_FUNCTIONS = frozenset(_FUNCTION_NAMES.split())
_UNITS = frozenset(_UNIT_NAMES.split())
_TOKEN = re.compile(
    r"""
    (?P<command>\\(?:[a-zA-Z]+|[{}|,;:!%\ ]|\\))
  | (?P<open>\{) | (?P<close>\})
  | (?P<script>[\^_])
  | (?P<number>\d+(?:[.,]\d+)*)
  | (?P<word>[^\W\d_]+)
  | (?P<sign>[-+*/=<>|()\[\]'’!&±×÷·⋅−≤≥≠≈→⇒⇔∈∉∞∀∃∪∩∆√∘°′•∙⊂⊥∥%]|\.(?=[\w\\(])|[,;:](?=\s?\S)|\.\.\.)
  | (?P<space>[ \t]+)
  | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_NAMES = frozenset({"Oxy", "Oxz", "Oyz", "Oxyz"})
_GENOTYPE = re.compile(r"(?:aa|bb|cc|dd|ee|hh|ii|ll|mm|rr|tt|vv|ww){1,5}", re.IGNORECASE)
_GREEK = re.compile(r"[\u0370-\u03ff\u2100-\u214f]+")
_SYLLABLE = re.compile(
    r"(?:ngh?|nh|gh?|gi|kh|ph|qu|th|tr|ch|[bcdhklmnpqrstvx])?[aeiouy]{1,3}(?:ng|nh|ch|[cmnpt])?", re.IGNORECASE
)
_WITH_TEXT = re.compile(r"\\(?:text(?:rm|bf|it)?|mathrm|mbox|operatorname|begin|end)\Z")
_SCRIPTABLE = re.compile(r"[\w\\{)}\]|'+*-]")


@dataclass(frozen=True)
class Formula:
    """A run in a text: ``text[start:end]`` as written, and the TeX to convert."""

    start: int
    end: int
    tex: str


@dataclass(frozen=True)
class _Token:
    kind: str
    text: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def formulas_in(text: str) -> Iterator[Formula]:
    """The maximal runs of a text that look like TeX, first to last."""
    if "\\" not in text and "^" not in text and "_" not in text:
        return
    for run in _runs(_grouped(text)):
        if len(run) > MAX_RUN_TOKENS or not any(map(_is_trigger, run)):
            continue
        trimmed = _trimmed(run)
        if any(map(_is_trigger, trimmed)):
            start, end = trimmed[0].start, trimmed[-1].end
            yield Formula(start, end, _tex_of(trimmed))


def _grouped(text: str) -> list[_Token]:
    """Tokens, with a balanced ``{...}`` as one token of kind ``group``."""
    tokens: list[_Token] = []
    opened: list[int] = []
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or "other"
        tokens.append(_Token(kind, match[0], match.start()))
        if kind == "open":
            opened.append(len(tokens) - 1)
        elif kind == "close" and opened:
            first = opened.pop()
            start = tokens[first].start
            readable = all(token.kind not in {"other"} for token in tokens[first:])
            tokens[first:] = [_Token("group" if readable else "other", text[start : match.end()], start)]
    return tokens


def _runs(tokens: list[_Token]) -> Iterator[list[_Token]]:
    run: list[_Token] = []
    for place, token in enumerate(tokens):
        if _belongs(token, tokens, place):
            run.append(token)
            continue
        if run:
            yield run
        run = []
    if run:
        yield run


def _belongs(token: _Token, tokens: list[_Token], place: int) -> bool:
    before = tokens[place - 1] if place else None
    match token.kind:
        case "command" | "number" | "sign" | "space":
            return True
        case "script":
            return _is_script(tokens, place)
        case "group":
            takes_text = before is not None and before.kind == "command" and _WITH_TEXT.search(before.text)
            return bool(takes_text) or not any(_has_marks(word) for word in re.findall(r"[^\W\d_]+", token.text))
        case "word":
            return _is_symbol(token, before, tokens[place + 1] if place + 1 < len(tokens) else None)
        case _:
            return False


def _is_script(tokens: list[_Token], place: int) -> bool:
    """A base before it, and after it a group, a command, a number, a sign or one single letter."""
    following = tokens[place + 1] if place + 1 < len(tokens) else None
    if following is None:
        return False
    base = place - 1
    if tokens[place].text == "^" and base > 0 and tokens[base].kind == "space":
        base -= 1
    if base < 0 or not _SCRIPTABLE.match(tokens[base].text[-1]):
        return following.kind == "group"
    if tokens[base].kind == "word" and not _is_symbol(tokens[base], tokens[base - 1] if base else None, tokens[place]):
        return False
    if following.kind == "word":
        return len(following.text) == 1 or not following.text[:2].islower() or following.text in {"max", "min"}
    return following.kind in {"group", "command", "number"} or following.text in {"-", "+", "*", "'", "’", "∘", "°"}


def _is_symbol(token: _Token, before: _Token | None, after: _Token | None) -> bool:
    """Whether a word is a variable, a function, a unit or a name such as ``ABCD`` or ``AaBb``."""
    word = token.text
    if _GREEK.fullmatch(word):
        return True
    if not word.isascii():
        return False
    if (
        len(word) == 1
        or word in _FUNCTIONS | _UNITS | _NAMES
        or (word.isupper() and len(word) <= 8)
        or _GENOTYPE.fullmatch(word)
    ):
        return True
    if _SYLLABLE.fullmatch(word) and not _is_glued(before, after):
        return False
    if word.lower() != word:
        return len(word) <= 8 and (
            not word[1:].islower() or (len(word) == 2 and after is not None and after.kind == "script")
        )
    return len(word) <= 4 and (_is_glued(before, after) or not _SYLLABLE.fullmatch(word))


def _is_glued(before: _Token | None, after: _Token | None) -> bool:
    """Stands directly at a number, a script or a closing bracket, as ``dx`` in ``2xdx`` or ``cm^2``."""
    left = before is not None and (before.kind in {"number", "group"} or before.text in set(")^_+-=*/"))
    return left or (after is not None and after.kind == "script")


def _has_marks(word: str) -> bool:
    return not word.isascii() and not _GREEK.fullmatch(word)


def _trimmed(run: list[_Token]) -> list[_Token]:
    """Without spaces, commas, brackets without a partner and stray words at its ends."""
    run = _balanced(run)
    while run and (run[-1].kind == "script" or _is_loose(run[-1], run[-3:-1][::-1])):
        run = _balanced(run[:-1])
    while run and _is_loose(run[0], run[1:3]):
        run = _balanced(run[1:])
    return run


def _is_loose(token: _Token, neighbours: list[_Token]) -> bool:
    """Whether a token at an end of a run is prose: its neighbours, the nearest first, show what it hangs on."""
    if token.kind == "space" or token.text in {",", ";", ":", "!", ".", "\\ ", "\\\\", "&"}:
        return True
    if token.kind != "word" or len(token.text) == 1 or token.text in _FUNCTIONS or token.text in _UNITS:
        return False
    return len(neighbours) == 2 and neighbours[0].kind == "space" and not _joins(neighbours[1])


def _joins(token: _Token) -> bool:
    """An operator or a command, which a name beside it belongs to."""
    return token.kind == "command" or (token.kind == "sign" and token.text not in {")", "]", "'", "!", ",", ";", ":"})


def _balanced(run: list[_Token]) -> list[_Token]:
    """The part with most TeX between brackets that have no partner; half-open intervals may mix the two kinds."""
    opened: list[int] = []
    cuts: list[int] = []
    for place, token in enumerate(run):
        if place and run[place - 1].text in {r"\left", r"\right"}:
            continue
        if token.text in {"(", "["}:
            opened.append(place)
        elif token.text in {")", "]"}:
            if opened:
                opened.pop()
            else:
                cuts.append(place)
    edges = [-1, *sorted(cuts + opened), len(run)]
    parts = [run[start + 1 : end] for start, end in pairwise(edges)]
    return max(parts, key=lambda part: sum(map(_is_trigger, part)))


def _is_trigger(token: _Token) -> bool:
    return token.kind == "script" or (token.kind == "command" and token.text[1:2].isalpha())


def _tex_of(run: list[_Token]) -> str:
    """The run as TeX, with what people mean: ``10^-31`` has all of it raised, ``sin`` and ``cm`` stand upright."""
    pieces: list[str] = []
    place = 0
    while place < len(run):
        token = run[place]
        if token.kind == "script":
            raised, taken = _argument(token.text, run[place + 1 :])
            pieces.append(raised if place else "{}" + raised)
            place += taken
        elif token.kind == "space" and 0 < place < len(run) - 1:
            pieces.append(_gap(run[place - 1], run[place + 1], run[place + 2 : place + 3]))
        else:
            pieces.append(_TEX.get(token.text, token.text))
        place += 1
    return "".join(pieces)


def _argument(script: str, following: list[_Token]) -> tuple[str, int]:
    """A script with what it raises or lowers in braces, and how many tokens that took."""
    first = following[0]
    if first.text in {"'", "’", "*"}:
        return ("'" if first.text != "*" else script + r"{\ast}"), 1
    is_signed = first.text in {"-", "+"}
    last = following[1] if is_signed and len(following) > 1 and following[1].kind == "number" else first
    taken = 1 + (last is not first)
    if last.kind == "number":
        whole = re.split(r"[.,]", last.text)[0]
        return f"{script}{{{first.text if is_signed else ''}{whole}}}{last.text[len(whole) :]}", taken
    if last.kind == "word" and ((script == "_" and last.text.isupper()) or last.text in _FUNCTIONS):
        return rf"{script}{{\mathrm{{{last.text}}}}}", taken
    return f"{script}{{{first.text}}}" if is_signed else script + first.text, taken


def _gap(before: _Token, after: _Token, beyond: list[_Token]) -> str:
    """A space that is seen between two operands (``-1 0 1`` is not ``-101``), and none elsewhere."""
    is_signed = after.text in {"-", "+"} and beyond != [] and beyond[0].kind != "space"
    is_operand = after.kind in {"number", "word"} and after.text not in _FUNCTIONS
    if before.kind in {"number", "word"} and before.text not in _FUNCTIONS and is_operand:
        return r"\ " if before.kind == after.kind == "number" else r"\,"
    return r"\ " if is_signed and before.kind == "number" else " "


_TEX = (
    {name: rf"\{name} " for name in _FUNCTIONS}
    | {unit: rf"\mathrm{{{unit}}}" for unit in _UNITS}
    | {"’": "'", "%": r"\%", "&": r"\&", "*": r"\cdot ", r"\below": "_"}
)
