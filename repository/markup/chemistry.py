r"""``\ce{...}`` of mhchem, as far as school chemistry goes, rewritten as ordinary TeX.

Formulas with subscripts and charges, isotopes, states, arrows with text above and below, gas and precipitate
marks, bonds, hydrates and ``$...$`` inside. What it does not know it passes on, and the converter may refuse it.
"""

import re

_ARROWS = {"<=>": r"\rightleftharpoons", "<->": r"\leftrightarrow", "->": r"\rightarrow", "<-": r"\leftarrow"}
_LABELLED = {"<=>": r"\xrightleftharpoons", "<->": r"\xleftrightarrow", "->": r"\xrightarrow", "<-": r"\xleftarrow"}

_TOKEN = re.compile(
    r"""
    (?P<arrow><=>|<->|->|<-)(?:\[(?P<above>[^\]]*)\])?(?:\[(?P<below>[^\]]*)\])?
  | (?P<maths>\$[^$]*\$)
  | (?P<mark>(?<=\s)[\^v](?=\s|$))
  | (?P<script>[\^_])(?:\{(?P<braced>[^{}]*)\}|(?P<bare>\d*[+-]|\d+|[a-zA-Z]))
  | (?P<state>\((?:aq|[slgrk]|dd|l\xed)\))
  | (?P<element>[A-Z][a-z]?|[a-z]+)
  | (?P<number>\d+(?:[,/]\d+)?)
  | (?P<sign>[+-])
  | (?P<bond>[=\#])
  | (?P<dot>[.*\xb7])
  | (?P<command>\\[a-zA-Z]+)
  | (?P<space>\s+)
  | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)

_CALL = re.compile(r"\\ce\s*\{")


def expand_chemistry(tex: str) -> str:
    r"""Replace every ``\ce{...}`` in a formula; a call whose brace never closes stays as it is."""
    pieces, start = [], 0
    for call in _CALL.finditer(tex):
        end = _closing_brace(tex, call.end())
        if call.start() < start or end is None:
            continue
        pieces += [tex[start : call.start()], "{", tex_of_reaction(tex[call.end() : end]), "}"]
        start = end + 1
    return "".join([*pieces, tex[start:]])


def tex_of_reaction(source: str) -> str:
    """TeX of the inside of one call: ``H2SO4`` becomes ``\\mathrm{H}_{2}\\mathrm{S}...``."""
    written: list[str] = []
    sticks = False
    for token in _TOKEN.finditer(source.strip()):
        written.append(_tex_of(token, sticks=sticks))
        sticks = (
            token.lastgroup in {"element", "braced", "bare"}
            or token[0] in ")]"
            or (sticks and token.lastgroup == "number")
        )
    return "".join(written)


def _tex_of(token: re.Match[str], *, sticks: bool) -> str:
    text = token[0]
    if arrow := token["arrow"]:
        return _arrow(arrow, token["above"], token["below"])
    if script := token["script"]:
        inner = token["braced"] if token["braced"] is not None else token["bare"]
        return ("{}" if not sticks else "") + f"{script}{{{_upright(inner)}}}"
    if token["mark"]:
        return r"\uparrow " if text == "^" else r"\downarrow "
    if token["number"]:
        return f"_{{{text}}}" if sticks else text + r"\,"
    if token["sign"]:
        return _sign(token, sticks=sticks)
    if token["element"] or token["state"]:
        return rf"\mathrm{{{text}}}"
    if token["maths"]:
        return text[1:-1]
    if token["dot"]:
        return r"\cdot "
    if token["bond"]:
        return "=" if text == "=" else r"\equiv "
    if token["command"]:
        return text + " "
    return "" if token["space"] else text


def _sign(token: re.Match[str], *, sticks: bool) -> str:
    """A charge when it ends a formula (``Na+``), a bond between atoms (``CH3-CH3``), otherwise plus or minus."""
    following = token.string[token.end() : token.end() + 1]
    if not sticks or (token[0] == "-" and (following.isalpha() or following == "(")):
        return token[0]
    return token[0] if following and following not in " )]" else f"^{{{token[0]}}}"


def _arrow(arrow: str, above: str | None, below: str | None) -> str:
    if above is None:
        return _ARROWS[arrow] + " "
    under = f"[{_label(below)}]" if below else ""
    return f"{_LABELLED[arrow]}{under}{{{_label(above)}}} "


def _label(text: str | None) -> str:
    """What stands at an arrow: words as text, ``t^o`` as a formula."""
    text = text or ""
    return tex_of_reaction(text) if re.search(r"[\^_$\\]", text) else rf"\text{{{text}}}"


def _upright(inner: str) -> str:
    return re.sub(r"[A-Za-z]+", lambda word: rf"\mathrm{{{word[0]}}}", inner)


def _closing_brace(text: str, start: int) -> int | None:
    depth = 1
    for place in range(start, len(text)):
        depth += {"{": 1, "}": -1}.get(text[place], 0)
        if depth == 0:
            return place
    return None
