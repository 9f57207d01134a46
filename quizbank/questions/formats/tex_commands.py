r"""The commands and environments of running LaTeX text that are understood, and what each becomes."""

from collections.abc import Mapping

STYLES: Mapping[str, str] = {
    "textbf": "b", "textit": "i", "emph": "i", "textsl": "i", "underline": "u", "uline": "u", "textsubscript": "sub",
    "textsuperscript": "sup", "texttt": "code", "sout": "s", "indam": "b", "indamm": "b", "innghieng": "i", "st": "s",
}  # fmt: skip
"""Commands with one argument, and the tag around it."""

SWITCHES: Mapping[str, str] = {
    "bf": "b", "bfseries": "b", "it": "i", "itshape": "i", "em": "i", "sl": "i", "slshape": "i", "tt": "code",
    "ttfamily": "code",
}  # fmt: skip
"""Commands at the beginning of a group, and the tag around the group."""

SYMBOLS: Mapping[str, str] = {
    "ldots": "…", "dots": "…", "cdots": "…", "textellipsis": "…", "lq": "‘", "rq": "’", "textdegree": "°",
    "textbackslash": "\\", "textasciitilde": "~", "textasciicircum": "^", "textquotedblleft": "“", "degree": "°",
    "textquotedblright": "”", "textquoteleft": "‘", "textquoteright": "’", "textendash": "–", "textemdash": "—",
    "quad": " ", "qquad": " ", "enspace": " ", "thinspace": " ", "space": " ", "par": "\n", "newline": "\n",
    "linebreak": "\n", "circ": "°", "celsius": "°C", "dotfill": "……", "hrulefill": "_____", "permil": "‰",
    "textperthousand": "‰", "textbullet": "•", "bullet": "•", "textless": "&lt;", "textgreater": ">", "textbar": "|",
    "S": "§", "copyright": "©", "TeX": "TeX", "LaTeX": "LaTeX", "guillemotleft": "«", "guillemotright": "»",
    "euro": "€", "texteuro": "€", "break": "\n", "pm": "±", "times": "×", "checkmark": "✓", "square": "□", "Box": "□",
}  # fmt: skip

SILENT = frozenset(
    """
    noindent centering allowdisplaybreaks hfill vfill hfil indent smallskip medskip bigskip newpage clearpage pagebreak
    bfseries itshape normalfont small footnotesize scriptsize tiny large Large LARGE huge Huge normalsize rm bf it sf tt
    em sl slshape ttfamily upshape mdseries displaystyle limits nolimits motcot haicot boncot protect relax ignorespaces
    item itemch sloppy raggedright raggedleft dotline nopagebreak nolinebreak selectfont leavevmode null strut hss vss
    onehalfspacing singlespacing doublespacing boldmath unboldmath fill qedEX qed qedhere endgroup begingroup bgroup
    egroup hidetextchoice showtextchoice maketitle cr flushright flushleft True False loigiai columnbreak hline
    """.split()  # noqa: SIM905
)
"""Commands that only dress the page, or stand where they mean nothing."""

WITH_ARGUMENTS: Mapping[str, int] = {
    "vspace": 1, "hspace": 1, "label": 1, "setlength": 2, "addtolength": 2, "fontsize": 2, "renewcommand": 2,
    "dotlineEX": 1, "setcounter": 2, "addtocounter": 2, "stepcounter": 1, "phantom": 1, "vphantom": 1, "hphantom": 1,
    "choicew": 1, "index": 1, "captionsetup": 1, "setenumerate": 1, "setlist": 1, "color": 1, "thispagestyle": 1,
    "pagecolor": 1, "needspace": 1, "dotlinefull": 1, "linespread": 1, "usetikzlibrary": 1, "dangbt": 1, "tikzset": 1,
    "dongcham": 1, "shortsolnum": 1,
}  # fmt: skip
"""Commands that only dress the page, and how many arguments go with them."""

_FIRST_SHOWN = """
    text textrm textsf textnormal mbox hbox fbox framebox makebox centerline textup textmd textsc num si unit url
    caption leftline rightline shortstack makecell thead sh boxEX nolinkurl uppercase lowercase MakeUppercase
    ensuremath underbar boxed
"""
_SECOND_SHOWN = "textcolor colorbox href parbox raisebox scalebox rotatebox adjustbox captionof"
SHOWN: Mapping[str, int] = {
    **dict.fromkeys(_FIRST_SHOWN.split(), 1),
    **dict.fromkeys(_SECOND_SHOWN.split(), 2),
    **dict.fromkeys(("fcolorbox", "resizebox"), 3),
}
"""Commands of whose arguments one is text, and which."""

PLAIN_ENVIRONMENTS = frozenset(
    """
    center flushleft flushright minipage multicols small quote quotation indam note luuy nx figure table wrapfigure
    wraptable tcolorbox mdframed framed adjustbox spacing footnotesize large Large scriptsize justify boxedminipage
    floatingfigure subfigure khung boxdn document raggedright centering tabbing verse singlespace onehalfspace
    """.split()  # noqa: SIM905
)
_MEASURED = "minipage multicols wrapfigure wraptable adjustbox spacing boxedminipage floatingfigure subfigure"
WITH_WIDTHS = frozenset(_MEASURED.split())
"""Environments whose arguments are measures, not text."""

DRAWINGS = frozenset(("tikzpicture", "pspicture", "asy", "picture", "circuitikz", "axis", "scope", "tikzcd", "chemfig"))
