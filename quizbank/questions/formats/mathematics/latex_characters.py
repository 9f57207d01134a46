"""How LaTeX writes a character of mathematics. What stands in no table here is written as it is."""

import re
import unicodedata
from collections.abc import Iterable

_GREEK = (
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho varsigma sigma tau"
    " upsilon phi chi psi omega"
)
_CAPITALS = {"Γ": "Gamma", "Δ": "Delta", "Θ": "Theta", "Λ": "Lambda", "Ξ": "Xi", "Π": "Pi", "Σ": "Sigma"} | {
    "Υ": "Upsilon",
    "Φ": "Phi",
    "Ψ": "Psi",
    "Ω": "Omega",
}
_NAMES = (
    {chr(0x3B1 + place): name for place, name in enumerate(_GREEK.split())}
    | _CAPITALS
    | {"ϵ": "epsilon", "ε": "varepsilon", "ϑ": "vartheta", "ϕ": "phi", "φ": "varphi", "ϖ": "varpi", "ϱ": "varrho"}
    | {"×": "times", "÷": "div", "±": "pm", "∓": "mp", "⋅": "cdot", "·": "cdot", "∗": "ast", "∘": "circ", "•": "bullet"}
    | {"≤": "le", "≥": "ge", "≠": "ne", "≈": "approx", "≡": "equiv", "∼": "sim", "≃": "simeq", "≅": "cong"}
    | {"∝": "propto", "≪": "ll", "≫": "gg", "⩽": "leqslant", "⩾": "geqslant", "≺": "prec", "≻": "succ"}
    | {"∈": "in", "∉": "notin", "∋": "ni", "⊂": "subset", "⊃": "supset", "⊆": "subseteq", "⊇": "supseteq"}
    | {"⊄": "not\\subset", "∪": "cup", "∩": "cap", "∖": "setminus", "∅": "varnothing", "∀": "forall", "∃": "exists"}
    | {"∄": "nexists", "¬": "neg", "∧": "wedge", "∨": "vee", "⊕": "oplus", "⊗": "otimes", "⊥": "perp", "∥": "parallel"}
    | {"∦": "nparallel", "∣": "mid", "∠": "angle", "△": "triangle", "∆": "Delta", "□": "square", "∞": "infty"}
    | {"∂": "partial", "∇": "nabla", "ℏ": "hbar", "ℓ": "ell", "ℜ": "Re", "ℑ": "Im", "ℵ": "aleph", "∴": "therefore"}
    | {"∵": "because", "…": "ldots", "⋯": "cdots", "⋮": "vdots", "⋱": "ddots", "°": "degree", "′": "prime"}
    | {"→": "to", "←": "leftarrow", "↔": "leftrightarrow", "⇒": "Rightarrow", "⇐": "Leftarrow", "↑": "uparrow"}
    | {"⇔": "Leftrightarrow", "↓": "downarrow", "↗": "nearrow", "↘": "searrow", "↦": "mapsto", "⇌": "rightleftharpoons"}
    | {"⟶": "longrightarrow", "⟵": "longleftarrow", "⟹": "Longrightarrow", "⟺": "Longleftrightarrow"}
    | {"⟷": "longleftrightarrow", "⟸": "Longleftarrow", "↖": "nwarrow", "↙": "swarrow", "⇋": "leftrightharpoons"}
    | {"∑": "sum", "∏": "prod", "∐": "coprod", "∫": "int", "∬": "iint", "∭": "iiint", "∮": "oint", "∯": "oiint"}
    | {"⋃": "bigcup", "⋂": "bigcap", "⋁": "bigvee", "⋀": "bigwedge", "⨁": "bigoplus", "⨂": "bigotimes"}
    | {"⨀": "bigodot", "⨄": "biguplus", "⨆": "bigsqcup", "√": "surd", "†": "dagger", "‡": "ddagger"}
    | {"⊙": "odot", "⋆": "star", "≔": ":=", "⌢": "frown", "⌣": "smile", "⊢": "vdash", "⊨": "models"}
)
_PLAIN = (
    {char: "\\" + name for char, name in _NAMES.items() if name != ":="}
    | {"≔": ":=", "°": r"^{\circ}", "ο": "o"}
    | {"\\": r"\backslash", "{": r"\{", "}": r"\}", "#": r"\#", "$": r"\$", "%": r"\%", "&": r"\&", "_": r"\_"}
    | {"^": r"\hat{}", "~": r"\sim", "−": "-", "–": "-", "′": "'", "″": "''", "‴": "'''", "’": "'", "'": "'"}
    | {"\u00a0": r"\ ", "\u2003": r"\quad ", "\u2002": r"\enspace ", "\u2009": r"\,", "\u2005": r"\:", "\u2004": r"\;"}
    | {"\u200a": r"\,", "\u205f": r"\:", "\u2061": "", "\u2062": "", "\u2063": "", "\u2064": "", "\u200b": ""}
    | {"\u2006": r"\,", "\u202f": r"\,", "\u2007": r"\ ", "\ufeff": "", "\u00ad": "", "\t": r"\quad "}
)
_ALPHABETS = (
    ("DOUBLE-STRUCK", "mathbb"),
    ("BOLD SCRIPT", "mathcal"),
    ("SCRIPT", "mathcal"),
    ("BOLD FRAKTUR", "mathfrak"),
    ("FRAKTUR", "mathfrak"),
    ("BLACK-LETTER", "mathfrak"),
    ("SANS-SERIF", "mathsf"),
    ("MONOSPACE", "mathtt"),
    ("BOLD ITALIC", "boldsymbol"),
    ("BOLD", "mathbf"),
    ("ITALIC", ""),
)
_ENDS_IN_COMMAND = re.compile(r"\\[a-zA-Z]+\Z")


def latex_of_character(char: str) -> str:
    r"""``≤`` -> ``\le``, ``𝐱`` -> ``\mathbf{x}``, ``x`` -> ``x``."""
    if char in _PLAIN:
        return _PLAIN[char]
    if char >= "\u2100" and (alphabet := _alphabet_of(char)) is not None:
        plain = unicodedata.normalize("NFKC", char)
        bare = _PLAIN.get(plain, plain)
        return f"\\{alphabet}{{{bare}}}" if alphabet else bare
    return char


def _alphabet_of(char: str) -> str | None:
    """The command for a letter of one of Unicode's mathematical alphabets; None for every other character."""
    if "\u2150" <= char < "\U0001d400" or unicodedata.decomposition(char)[:6] != "<font>":
        return None
    name = unicodedata.name(char, "")
    return next((command for words, command in _ALPHABETS if words in name), "")


def join_latex(pieces: Iterable[str]) -> str:
    r"""Pieces one behind the other, with a blank where ``\alpha`` would swallow the ``x`` behind it."""
    joined: list[str] = []
    ends_in_command = False
    for piece in pieces:
        if not piece:
            continue
        if ends_in_command and piece[0].isascii() and piece[0].isalpha():
            joined.append(" ")
        joined.append(piece)
        ends_in_command = _ENDS_IN_COMMAND.search(piece) is not None
    return "".join(joined)


_TEXT = {"\\": r"\backslash ", "{": r"\{", "}": r"\}", "$": r"\$", "%": r"\%", "#": r"\#", "&": r"\&", "_": r"\_"}


def latex_of_text(text: str) -> str:
    r"""Words inside a formula: ``\text{với }``."""
    return "\\text{" + "".join(_TEXT.get(char, char) for char in text) + "}"
