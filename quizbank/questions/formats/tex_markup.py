r"""The running text of LaTeX files turned into the bank's markup.

Mathematics stays as it is, but for the macros of ``ex_test`` (``\heva``, ``\hoac``) that are written out. Outside it
the commands that teachers use are understood; any other is kept as written and named, never dropped.
"""

import re
from dataclasses import dataclass, field

from quizbank.questions.formats.tex_arguments import TexError, cells_of, environment_at, group_at, groups_at, option_at
from quizbank.questions.problems import Problem, problem

MAX_DEPTH = 60
MAX_UNKNOWN = 5
_MATH = re.compile(
    r"\$\$(?P<display>.+?)\$\$|(?<!\\)\$(?P<inline>(?:[^$\\]|\\.)+?)\$|\\\((?P<paren>.+?)\\\)|\\\[(?P<bracket>.+?)\\\]"
    r"|\\begin\{(?P<name>equation|align|gather|multline|eqnarray|displaymath|math|aligned)\*?\}(?P<body>.+?)"
    r"\\end\{(?P=name)\*?\}",
    re.DOTALL,
)
_ROWS_IN_MATH = frozenset({"align", "gather", "multline", "eqnarray", "aligned"})
_COMMAND = re.compile(r"\\(?:([a-zA-Z]+)\*?|(.))", re.DOTALL)
_SPECIAL = re.compile(r"\\lq\s*\\lq\b\s?|\\rq\s*\\rq\b|\\(?:[a-zA-Z]+\*?|.)|[{}~$]|``|''|\n[ \t]*\n|\n|---?", re.DOTALL)
_DIMENSION = re.compile(r"\s*-?[\d.,]+\s*(?:cm|mm|pt|em|ex|in|bp)\b|\s*\\(?:line|text|column)width")
_STYLES = {
    "textbf": "b",
    "textit": "i",
    "emph": "i",
    "textsl": "i",
    "underline": "u",
    "uline": "u",
    "textsubscript": "sub",
    "textsuperscript": "sup",
    "texttt": "code",
    "sout": "s",
}
_SYMBOLS = {
    "ldots": "…",
    "dots": "…",
    "textellipsis": "…",
    "lq": "‘",
    "rq": "’",
    "textdegree": "°",
    "textbackslash": "\\",
    "textasciitilde": "~",
    "textasciicircum": "^",
    "textquotedblleft": "“",
    "textquotedblright": "”",
    "quad": " ",
    "qquad": " ",
    "par": "\n",
    "newline": "\n",
    "linebreak": "\n",
    "circ": "°",
    "dotfill": "……",
}
_SILENT = frozenset(
    [
        "noindent",
        "centering",
        "allowdisplaybreaks",
        "hfill",
        "vfill",
        "hfil",
        "indent",
        "smallskip",
        "medskip",
        "bigskip",
        "newpage",
        "clearpage",
        "pagebreak",
        "bfseries",
        "itshape",
        "normalfont",
        "small",
        "footnotesize",
        "large",
        "Large",
        "LARGE",
        "huge",
        "normalsize",
        "rm",
        "bf",
        "it",
        "sf",
        "tt",
        "displaystyle",
        "limits",
        "nolimits",
        "motcot",
        "haicot",
        "boncot",
        "protect",
        "relax",
        "ignorespaces",
        "item",
        "itemch",
        "sloppy",
        "raggedright",
        "dotline",
    ]
)
_WITH_ARGUMENTS = {
    "vspace": 1, "hspace": 1, "label": 1, "setlength": 2, "fontsize": 2, "renewcommand": 2, "color": 1, "dotlineEX": 1,
    "setcounter": 2, "addtocounter": 2, "stepcounter": 1, "phantom": 1, "vphantom": 1, "hphantom": 1,
}  # fmt: skip
_TRANSPARENT = frozenset(
    "text textrm textsf textnormal mbox hbox fbox parbox centerline textup textmd num SI si qty unit".split()  # noqa: SIM905
)
_LISTS = {"itemize": "ul", "enumerate": "ol", "itemchoice": "ul", "enumEX": "ol", "listEX": "ol", "description": "ul"}
_PLAIN_ENVIRONMENTS = frozenset(
    [
        "center",
        "flushleft",
        "flushright",
        "minipage",
        "multicols",
        "small",
        "quote",
        "indam",
        "note",
        "luuy",
        "nx",
        "figure",
    ]
)
_DRAWINGS = frozenset({"tikzpicture", "pspicture", "asy", "picture", "circuitikz"})
_TABLES = frozenset({"tabular", "tabularx", "array", "longtable"})
_ITEM = re.compile(r"\\item(?:ch)?(?![a-zA-Z])(?:\[([^\]]*)\])?")
_ROW_END = re.compile(r"\\\\(?:\[[^\]]*\])?|\\tabularnewline")
_RULES = re.compile(r"\\(?:hline|toprule|midrule|bottomrule)|\\cline\{[^}]*\}")


@dataclass
class Reading:
    """What a text yields beside itself: ``images``, the files of its pictures, and what was not understood."""

    images: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    unknown: set[str] = field(default_factory=set)

    def note(self, command: str) -> None:
        if command not in self.unknown and len(self.unknown) < MAX_UNKNOWN:
            self.problems.append(problem("unreadable-part", what=command))
        self.unknown.add(command)


def markup_of(text: str, reading: Reading, depth: int = 0) -> str:
    """A piece of LaTeX as the bank's markup.

    Raises:
        TexError: it can't be read to its end.
    """
    if depth > MAX_DEPTH:
        raise TexError(f"deeper than {MAX_DEPTH}")
    pieces: list[str] = []
    at = 0
    while at < len(text):
        math = _MATH.search(text, at)
        special = _SPECIAL.search(text, at)
        if special is None or (math is not None and math.start() <= special.start()):
            if math is None:
                pieces.append(_plain(text[at:]))
                break
            pieces += [_plain(text[at : math.start()]), _formula(math)]
            at = math.end()
            continue
        pieces.append(_plain(text[at : special.start()]))
        piece, at = _special(text, special, reading, depth)
        pieces.append(piece)
    return tidy("".join(pieces))


def tidy(text: str) -> str:
    """Lines without spaces at their ends and never two empty ones."""
    lines = (re.sub(r"[ \t\u00a0]+", " ", line).strip() for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _plain(text: str) -> str:
    return (
        text.replace("&", "&amp;").replace("<", "&lt;") if re.search(r"<[a-z/]|&[a-z#]", text, re.IGNORECASE) else text
    )


def _formula(math: re.Match[str]) -> str:
    groups = math.groupdict()
    tex = next(groups[name] for name in ("display", "inline", "paren", "bracket", "body") if groups[name])
    if groups["name"] in _ROWS_IN_MATH:
        tex = rf"\begin{{aligned}}{tex}\end{{aligned}}"
    return f"${written_out(' '.join(tex.split()))}$"


def written_out(tex: str) -> str:
    r"""A formula whose macros of ``ex_test`` are written out: ``\heva{&a\\&b}`` is a system in a brace."""
    for name, opening in (("heva", r"\{"), ("hoac", "[")):
        found = re.search(rf"\\{name}(?![a-zA-Z])", tex)
        while found:
            group = group_at(tex, found.end())
            if group is None:
                break
            rows = re.sub(r"(^|\\\\)\s*&", r"\1", group[0]).replace("&", "")
            system = rf"\left{opening}\begin{{array}}{{l}}{rows}\end{{array}}\right."
            tex = tex[: found.start()] + system + tex[group[1] :]
            found = re.search(rf"\\{name}(?![a-zA-Z])", tex)
    return tex


def _special(text: str, found: re.Match[str], reading: Reading, depth: int) -> tuple[str, int]:
    sign, end = found[0], found.end()
    if sign.startswith((r"\lq", r"\rq")) and sign.count("q") == 2:
        return "“" if sign[1] == "l" else "”", end
    match sign:
        case "~":
            return " ", end
        case "``":
            return "“", end
        case "''":
            return "”", end
        case "---" | "--":
            return "—" if sign == "---" else "–", end
        case "{":
            group = group_at(text, found.start())
            inside, end = group if group else ("", end)
            return markup_of(inside, reading, depth + 1), end
        case "}" | "$":
            return ("", end) if sign == "}" else (r"\$", end)
        case _ if sign.startswith("\n"):
            return "\n\n" if sign.count("\n") > 1 else " ", end
    return _command(text, found.start(), reading, depth)


def _command(text: str, start: int, reading: Reading, depth: int) -> tuple[str, int]:
    found = _COMMAND.match(text, start)
    if found is None:
        return "", start + 1
    name, sign, at = found[1], found[2], found.end()
    if name is None:
        return _escaped(text, sign, at)
    if name == "begin":
        return _environment(text, at, reading, depth)
    if name in _STYLES or name in _TRANSPARENT:
        return _styled(text, at, _STYLES.get(name, ""), reading, depth)
    if name in _SYMBOLS:
        return _SYMBOLS[name], _after_name(text, at)
    if name == "includegraphics":
        return _picture(text, at, reading)
    if name in {"textcolor", "colorbox", "href"}:
        group = group_at(text, at)
        at = group[1] if group else at
        return _styled(text, at, "", reading, depth)
    if name in _WITH_ARGUMENTS or name in _SILENT or name == "hskip" or name == "vskip":
        return _passed_over(text, name, at)
    return _unknown(text, start, name, at, reading)


def _escaped(text: str, sign: str, at: int) -> tuple[str, int]:
    match sign:
        case "\\":
            _, at = option_at(text, at)
            return "\n", at
        case "$":
            return r"\$", at
        case "," | ";" | ":" | " " | "\n" | "/" | "!" | "-":
            return "" if sign in "!/-" else " ", at
        case "&":
            return "&amp;" if re.match(r"#?\w+;", text[at:]) else "&", at
        case _:
            return sign, at


def _after_name(text: str, at: int) -> int:
    """Spaces and an empty group behind the name of a command belong to it."""
    if text[at : at + 2] == "{}":
        return at + 2
    return at + 1 if text[at : at + 1] in (" ", "\n") else at


def _styled(text: str, at: int, tag: str, reading: Reading, depth: int) -> tuple[str, int]:
    group = group_at(text, at)
    if group is None:
        return "", at
    inside = markup_of(group[0], reading, depth + 1)
    before = " " if group[0][:1].isspace() else ""
    after = " " if group[0][-1:].isspace() else ""
    return (f"{before}<{tag}>{inside}</{tag}>{after}" if tag and inside else f"{before}{inside}{after}"), group[1]


def _picture(text: str, at: int, reading: Reading) -> tuple[str, int]:
    _, at = option_at(text, at)
    group = group_at(text, at)
    if group is None:
        return "", at
    target = group[0].strip().strip('"')
    reading.images.append(target)
    return f"![]({target.replace(' ', '%20')})", group[1]


def _passed_over(text: str, name: str, at: int) -> tuple[str, int]:
    """Commands that only dress the page."""
    if name in {"hskip", "vskip"}:
        found = _DIMENSION.match(text, at)
        return "", found.end() if found else at
    _, at = option_at(text, at) if name not in {"item", "itemch"} else ("", at)
    for _argument in range(_WITH_ARGUMENTS.get(name, 0)):
        group = group_at(text, at)
        at = group[1] if group else at
    return "", _after_name(text, at) if name in _SILENT else at


def _unknown(text: str, start: int, name: str, at: int, reading: Reading) -> tuple[str, int]:
    """A command that is not known is kept as it stands: the markup shows mathematics without dollars."""
    reading.note(f"\\{name}")
    _, end = option_at(text, at)
    _, end = groups_at(text, end)
    return text[start:end], end


def _environment(text: str, at: int, reading: Reading, depth: int) -> tuple[str, int]:
    group = group_at(text, at)
    if group is None:
        return "", at
    name, start = group[0], group[1]
    body, end = environment_at(text, start, name)
    kind = name.rstrip("*")
    if kind in _DRAWINGS:
        reading.problems.append(problem("drawn-figure", what=name))
        return "", end
    if kind in _TABLES:
        return _table(body, reading, depth), end
    if kind in _LISTS:
        return _list(_without_options(body), _LISTS[kind], reading, depth), end
    if kind not in _PLAIN_ENVIRONMENTS:
        reading.note(rf"\begin{{{name}}}")
    inside = body if kind not in {"minipage", "multicols"} else _without_arguments(_without_options(body))
    return f"\n{markup_of(_without_options(inside), reading, depth + 1)}\n", end


def _without_options(body: str) -> str:
    _, at = option_at(body, 0)
    return body[at:]


def _without_arguments(body: str) -> str:
    group = group_at(body, 0)
    return body[group[1] :] if group else body


def _list(body: str, tag: str, reading: Reading, depth: int) -> str:
    """The items of a list; those with marks of their own are lines."""
    body = _without_arguments(body) if body.lstrip().startswith("{") else body
    marks = [found[1] for found in _ITEM.finditer(body)]
    items = [markup_of(item, reading, depth + 1) for item in _ITEM.sub("\x00", body).split("\x00")[1:]]
    if any(mark is not None for mark in marks):
        return (
            "\n"
            + "\n".join(
                f"{markup_of(mark or '', reading, depth + 1)} {item}".strip()
                for mark, item in zip(marks, items, strict=True)
            )
            + "\n"
        )
    inside = "".join(f"<li>{item}</li>" for item in items)
    return f"\n<{tag}>{inside}</{tag}>\n" if items else ""


def _table(body: str, reading: Reading, depth: int) -> str:
    _, at = option_at(body, 0)
    body = _without_arguments(body[at:])
    rows = [row for row in _ROW_END.split(_RULES.sub("", body)) if row.strip()]
    cells = ([markup_of(cell, reading, depth + 1) for cell in cells_of(row)] for row in rows)
    return (
        "\n<table>"
        + "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in cells)
        + "</table>\n"
    )
