"""Characters of MathML as LaTeX, and the names of functions, fences, accents and arrows."""

import re
import unicodedata

_FUNCTION_NAMES = """
arccos arcsin arctan arg cos cosh cot coth csc deg det dim exp gcd hom inf ker lg
lim liminf limsup ln log max min sec sin sinh sup tan tanh
"""
FUNCTIONS = frozenset(_FUNCTION_NAMES.split())
LARGE_OPERATORS = frozenset("∑∏∐⋃⋂⨁⨂⨆⋁⋀")
INTEGRALS = frozenset("∫∬∭∮∯∰")
OPENING = {"(": "(", "[": "[", "{": r"\{", "⟨": r"\langle", "〈": r"\langle", "⌊": r"\lfloor", "⌈": r"\lceil", "⟦": "⟦"}
CLOSING = {")": ")", "]": "]", "}": r"\}", "⟩": r"\rangle", "〉": r"\rangle", "⌋": r"\rfloor", "⌉": r"\rceil", "⟧": "⟧"}
BARS = {"|": "|", "∣": "|", "‖": r"\|", "∥": r"\|", "||": r"\|"}
NOTHING = "\u2063"
INVISIBLE = frozenset("\u2061\u2062\u2063\u2064\u200b\u200c\u200d\u2060\ufeff")
MATRICES = {"()": "pmatrix", "[]": "bmatrix", "{}": "Bmatrix", "||": "vmatrix", "∣∣": "vmatrix", "‖‖": "Vmatrix"}

ACCENTS_OVER = {
    "→": (r"\vec", r"\overrightarrow"),
    "⃗": (r"\vec", r"\overrightarrow"),
    "⇀": (r"\vec", r"\overrightarrow"),
    "←": (r"\overleftarrow", r"\overleftarrow"),
    "↔": (r"\overleftrightarrow", r"\overleftrightarrow"),
    "¯": (r"\bar", r"\overline"),
    "‾": (r"\overline", r"\overline"),
    "―": (r"\overline", r"\overline"),
    "\u0304": (r"\bar", r"\overline"),
    "\u0305": (r"\overline", r"\overline"),
    "_": (r"\overline", r"\overline"),
    "ˉ": (r"\bar", r"\overline"),
    "^": (r"\hat", r"\widehat"),
    "ˆ": (r"\hat", r"\widehat"),
    "\u0302": (r"\widehat", r"\widehat"),
    "~": (r"\tilde", r"\overset{\sim}"),
    "˜": (r"\tilde", r"\overset{\sim}"),
    "∼": (r"\overset{\sim}", r"\overset{\sim}"),
    "\u0303": (r"\tilde", r"\overset{\sim}"),
    "˙": (r"\dot", r"\overset{\cdot}"),
    "\u0307": (r"\dot", r"\overset{\cdot}"),
    "¨": (r"\ddot", r"\overset{\cdot\cdot}"),
    "\u0308": (r"\ddot", r"\overset{\cdot\cdot}"),
    "˚": (r"\mathring", r"\overset{\circ}"),
    "ˇ": (r"\check", r"\overset{\vee}"),
    "˘": (r"\breve", r"\overparen"),
    "´": (r"\acute", r"\acute"),
    "`": (r"\grave", r"\grave"),
    "⏞": (r"\overbrace", r"\overbrace"),
    "︷": (r"\overbrace", r"\overbrace"),
    "⏜": (r"\overparen", r"\overparen"),
    "⌢": (r"\overparen", r"\overparen"),
    "︵": (r"\overparen", r"\overparen"),
}
"""Mark -> the command over one letter, and over more."""

ACCENTS_UNDER = {
    "_": (r"\underline", r"\underline"),
    "‾": (r"\underline", r"\underline"),
    "¯": (r"\underline", r"\underline"),
    "\u0332": (r"\underline", r"\underline"),
    "\u0331": (r"\underline", r"\underline"),
    "―": (r"\underline", r"\underline"),
    "⏟": (r"\underbrace", r"\underbrace"),
    "︸": (r"\underbrace", r"\underbrace"),
    "⏝": (r"\underparen", r"\underparen"),
}
ARROWS = {
    "→": r"\xrightarrow",
    "←": r"\xleftarrow",
    "⇌": r"\xrightleftharpoons",
    "⇄": r"\xrightleftharpoons",
    "⇆": r"\xrightleftharpoons",
    "⟶": r"\xrightarrow",
    "⟵": r"\xleftarrow",
    "⇒": r"\xRightarrow",
    "⇐": r"\xLeftarrow",
    "↔": r"\xleftrightarrow",
    "⇔": r"\xLeftrightarrow",
}

_COMMAND_NAMES = """
α alpha β beta γ gamma δ delta ε varepsilon ϵ epsilon ζ zeta η eta θ theta ϑ vartheta ι iota κ kappa
λ lambda μ mu ν nu ξ xi π pi ρ rho ϱ varrho σ sigma ς varsigma τ tau υ upsilon φ varphi
ϕ phi χ chi ψ psi ω omega Γ Gamma Δ Delta Θ Theta Λ Lambda Ξ Xi Π Pi Σ Sigma Υ Upsilon
Φ Phi Ψ Psi Ω Omega ℓ ell ℏ hbar ∂ partial ∇ nabla ∞ infty ∅ varnothing ∀ forall ∃ exists ¬ neg
∠ angle △ triangle □ square ± pm ∓ mp × times ÷ div ⋅ cdot ∘ circ ∙ bullet ≤ le ≥ ge
≠ ne ≈ approx ≃ simeq ≅ cong ≡ equiv ∼ sim ∝ propto ≪ ll ≫ gg ⩽ leqslant ⩾ geqslant ∈ in
∉ notin ∋ ni ⊂ subset ⊃ supset ⊆ subseteq ⊇ supseteq ∪ cup ∩ cap ∖ setminus ∧ wedge ∨ vee ⊥ bot
⟂ perp ∥ parallel ∣ mid → to ← leftarrow ↔ leftrightarrow ⇒ Rightarrow ⇐ Leftarrow ⇔ Leftrightarrow ↦ mapsto
⇌ rightleftharpoons ↑ uparrow
↓ downarrow ⟶ longrightarrow ⟹ Longrightarrow ⟺ Longleftrightarrow
∑ sum ∏ prod ∫ int ∬ iint ∭ iiint ∮ oint ⋯ cdots … ldots
⋮ vdots ⋱ ddots ∴ therefore ∵ because ⊕ oplus ⊗ otimes ⋃ bigcup ⋂ bigcap ℵ aleph ★ bigstar
"""
_COMMANDS = _COMMAND_NAMES.split()
CHARACTERS = {
    **{sign: rf"\{name}" for sign, name in zip(_COMMANDS[::2], _COMMANDS[1::2], strict=True)},
    "−": "-",
    "·": r"\cdot",
    "\u00a0": r"\ ",
    "%": r"\%",
    "#": r"\#",
    "&": r"\&",
    "$": r"\$",
    "_": r"\_",
    "{": r"\{",
    "}": r"\}",
    "\\": r"\backslash",
    "~": r"\sim",
    "^": r"\wedge",
    "√": r"\surd",
    "′": "'",
    "″": "''",
    "‴": "'''",
    "ⅆ": r"\mathrm{d}",
    "ⅇ": r"\mathrm{e}",
    "ⅈ": r"\mathrm{i}",
    "µ": r"\mu",
    "∆": r"\Delta",
    "∗": "*",
    "∶": ":",
    "º": r"^{\circ}",
    "°": r"^{\circ}",
    "＋": "+",
    "＝": "=",
    "⟨": r"\langle",
    "⟩": r"\rangle",
    "‖": r"\|",
    "⌊": r"\lfloor",
    "⌋": r"\rfloor",
    "⌈": r"\lceil",
    "⌉": r"\rceil",
}
FONTS = {
    "normal": r"\mathrm",
    "bold": r"\mathbf",
    "bold-italic": r"\boldsymbol",
    "double-struck": r"\mathbb",
    "script": r"\mathcal",
    "bold-script": r"\mathcal",
    "roundhand": r"\mathscr",
    "fraktur": r"\mathfrak",
    "bold-fraktur": r"\mathfrak",
    "sans-serif": r"\mathsf",
    "bold-sans-serif": r"\mathsf",
    "monospace": r"\mathtt",
}
"""``mathvariant`` -> the command; italic is how single letters stand anyway."""

_STYLED = re.compile(
    r"(?:MATHEMATICAL )?(BOLD ITALIC|BOLD SCRIPT|BOLD FRAKTUR|SANS-SERIF|BOLD|ITALIC|SCRIPT|FRAKTUR|BLACK-LETTER|"
    r"DOUBLE-STRUCK|MONOSPACE)\b"
)
_STYLES = {"BLACK-LETTER": "fraktur", "ITALIC": ""}
_TEXT_SPECIAL = re.compile(r"[\\{}$&#%_^~]")
_TEXT_ESCAPES = {"\\": r"\textbackslash ", "^": "ˆ", "~": "∼"}
_ONLY_AS_TEXT = re.compile("[⟀⟁⟃⟄⟊-⟐⟓⟔⟠-⟥⦁⦙-⧲⧳⧾⧿⫙-⫻∛∜∡∢⇫-⇳⊤]")


def styled_letter(sign: str) -> tuple[str, str]:
    """The plain letter of a styled one, and its ``mathvariant``: ``ℝ`` is a double-struck ``R``."""
    plain = unicodedata.normalize("NFKC", sign)
    if plain == sign or len(plain) != 1:
        return sign, ""
    found = _STYLED.match(unicodedata.name(sign, ""))
    if found is None:
        return sign, ""
    return plain, _STYLES.get(found[1], found[1].lower().replace(" ", "-"))


def text_command(text: str) -> str:
    r"""Words as ``\text{…}``; what TeX would read as its own is escaped."""
    return rf"\text{{{_TEXT_SPECIAL.sub(lambda sign: _TEXT_ESCAPES.get(sign[0], chr(92) + sign[0]), text)}}}"


def is_only_text(sign: str) -> bool:
    """Whether the converter of formulas knows this sign only inside ``\\text``."""
    return _ONLY_AS_TEXT.fullmatch(sign) is not None
