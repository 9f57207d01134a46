r"""The running text of LaTeX files turned into the bank's markup.

Formulas are ``tex_formulas``'s. Outside them the commands that teachers use are understood; any other is kept as
written and named, never dropped.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from quizbank.questions.formats import tex_commands as known
from quizbank.questions.formats.tex_arguments import TexError, environment_at, group_at, groups_at, option_at
from quizbank.questions.formats.tex_formulas import find_formula, formula_at, unit_of, written_out
from quizbank.questions.formats.tex_lists import LISTS, Marks, list_of
from quizbank.questions.formats.tex_tables import TABLES, table_of
from quizbank.questions.problems import Problem, problem
from repository.markup.maths import find_mathml

MAX_DEPTH = 60
MAX_UNKNOWN = 5
_COMMAND = re.compile(r"\\(?:([a-zA-Z]+)\*?|(.))", re.DOTALL)
_SPECIAL = re.compile(r"\\lq\s*\\lq\b\s?|\\rq\s*\\rq\b|\\(?:[a-zA-Z]+\*?|.)|[{}~$]|``|''|\n[ \t]*\n|\n|---?", re.DOTALL)
_DIMENSION = re.compile(r"\s*-?[\d.,]+\s*(?:cm|mm|pt|em|ex|in|bp)\b|\s*\\(?:line|text|column)width")
_LINE_END = re.compile(r"\*?(?:[ \t]*\[\s*-?[\d.,]+\s*(?:cm|mm|pt|em|ex|in|bp)\s*\])?")
_SWITCH = re.compile(rf"\s*\\({'|'.join(known.SWITCHES)})(?![a-zA-Z])")
_BLANK = re.compile(
    r"(?:\\(?:hspace|hphantom|phantom)\*?\s*\{[^{}]*\}|\\(?:hfill|dotfill|hrulefill|quad|qquad|[ ,;~])|~|\s)+\Z"
)
_RULE = re.compile(r"\s*(?:\[[^\]]*\])?\s*\{\s*(?P<width>[^{}]*)\}\s*\{[^{}]*\}")
BLANK = "_____"


@dataclass
class Reading:
    """What a text yields beside itself: ``images``, the files of its pictures, and what was not understood.

    ``marks`` are those that the paper gives the points of its numbered lists.
    """

    images: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    unknown: set[str] = field(default_factory=set)
    marks: Marks | None = None

    def note(self, command: str) -> None:
        if command not in self.unknown and len(self.unknown) < MAX_UNKNOWN:
            self.problems.append(problem("unreadable-part", what=command))
        self.unknown.add(command)

    def checked(self, formula: str) -> str:
        """The formula, noted where pages could not show it."""
        tex = formula.strip("$")
        if tex.strip() and find_mathml(tex) is None:
            self.note(formula if len(formula) <= 80 else f"{formula[:80]}…")
        return formula


def markup_of(text: str, reading: Reading, depth: int = 0) -> str:
    """A piece of LaTeX as the bank's markup.

    Raises:
        TexError: it can't be read to its end.
    """
    if depth > MAX_DEPTH:
        raise TexError(f"deeper than {MAX_DEPTH}")
    pieces: list[str] = []
    at = 0
    math = find_formula(text, 0)
    while (special := _SPECIAL.search(text, at)) is not None:
        if math is not None and math.start() < at:
            math = find_formula(text, at)
        if math is not None and math.start() <= special.start() and (formula := formula_at(text, math)) is not None:
            pieces += [_plain(text[at : math.start()]), reading.checked(formula[0])]
            at = formula[1]
            continue
        pieces.append(_plain(text[at : special.start()]))
        piece, at = _special(text, special, reading, depth)
        pieces.append(piece)
    return tidy("".join([*pieces, _plain(text[at:])]))


def tidy(text: str) -> str:
    """Lines without spaces at their ends and never two empty ones."""
    lines = (re.sub(r"[ \t\u00a0]+", " ", line).strip() for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _plain(text: str) -> str:
    return (
        text.replace("&", "&amp;").replace("<", "&lt;") if re.search(r"<[a-z/]|&[a-z#]", text, re.IGNORECASE) else text
    )


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
            return _grouped(text, found.start(), reading, depth)
        case "}":
            return "", end
        case "$":
            reading.note("$")
            return r"\$", end
        case _ if sign.startswith("\n"):
            return "\n\n" if sign.count("\n") > 1 else " ", end
    return _command(text, found.start(), reading, depth)


def _grouped(text: str, at: int, reading: Reading, depth: int) -> tuple[str, int]:
    r"""The inside of a group in braces; ``{\bf so}`` is bold."""
    group = group_at(text, at)
    switch = _SWITCH.match(group[0]) if group else None
    return _styled(text, at, known.SWITCHES[switch[1]] if switch else "", reading, depth)


def _command(text: str, start: int, reading: Reading, depth: int) -> tuple[str, int]:
    found = _COMMAND.match(text, start)
    if found is None:
        return "", start + 1
    name, sign, at = found[1], found[2], found.end()
    if name is None:
        return _escaped(text, sign, at)
    if name == "begin":
        return _environment(text, at, reading, depth)
    if name in known.STYLES:
        return _styled(text, at, known.STYLES[name], reading, depth)
    if name in known.SHOWN:
        return _shown(text, at, name, reading, depth)
    if name in known.SYMBOLS:
        return known.SYMBOLS[name], _after_name(text, at)
    special = _OTHERS.get(name)
    if special is not None:
        return special(text, start, at, reading, depth)
    if name in known.WITH_ARGUMENTS or name in known.SILENT or name in {"hskip", "vskip"}:
        return _passed_over(text, name, at)
    return _unknown(text, start, name, at, reading)


def _escaped(text: str, sign: str, at: int) -> tuple[str, int]:
    match sign:
        case "\\":
            space = _LINE_END.match(text, at)
            return "\n", space.end() if space else at
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
    if tag == "u" and _BLANK.match(group[0]):
        return BLANK, group[1]
    inside = markup_of(group[0], reading, depth + 1)
    before = " " if group[0][:1].isspace() else ""
    after = " " if group[0][-1:].isspace() else ""
    return (f"{before}<{tag}>{inside}</{tag}>{after}" if tag and inside else f"{before}{inside}{after}"), group[1]


def _shown(text: str, at: int, name: str, reading: Reading, depth: int) -> tuple[str, int]:
    """The argument that is text; ``\\parbox{3cm}{text}`` has one of measures before it."""
    for _ in range(known.SHOWN[name] - 1):
        _, at = option_at(text, at)
        group = group_at(text, at)
        at = group[1] if group else at
    while (after := option_at(text, at)[1]) != at:
        at = after
    group = group_at(text, at)
    if group is not None and name in {"si", "unit"}:
        return unit_of(group[0]), group[1]
    return _styled(text, at, "", reading, depth)


def _quantity(text: str, start: int, at: int, reading: Reading, depth: int) -> tuple[str, int]:
    groups, end = _some_groups(text, option_at(text, at)[1], 2)
    return " ".join([*groups[:1], *map(unit_of, groups[1:])]), end


def _some_groups(text: str, at: int, most: int) -> tuple[list[str], int]:
    found: list[str] = []
    while len(found) < most and (group := group_at(text, at)) is not None:
        found.append(group[0])
        at = group[1]
    return found, at


def _picture(text: str, start: int, at: int, reading: Reading, depth: int) -> tuple[str, int]:
    _, at = option_at(text, at)
    group = group_at(text, at)
    if group is None:
        return "", at
    target = group[0].strip().strip('"')
    reading.images.append(target)
    return f"![]({target.replace(' ', '%20')})", group[1]


def _bare_formula(text: str, start: int, at: int, reading: Reading, depth: int) -> tuple[str, int]:
    r"""A command of formulas that stands outside one: ``\ce{H2O}``, ``\heva{...}``."""
    _, end = _some_groups(text, at, 1)
    return reading.checked(f"${written_out(text[start:end])}$"), end


def _footnote(text: str, start: int, at: int, reading: Reading, depth: int) -> tuple[str, int]:
    inside, end = _styled(text, option_at(text, at)[1], "", reading, depth)
    return f" ({inside.strip()})", end


def _tag(text: str, start: int, at: int, reading: Reading, depth: int) -> tuple[str, int]:
    groups, end = _some_groups(text, at, 1)
    return f" ({''.join(groups)})", end


def _rule(text: str, start: int, at: int, reading: Reading, depth: int) -> tuple[str, int]:
    """A line to write on; one without width only holds lines apart."""
    found = _RULE.match(text, at)
    if found is None:
        return "", at
    return ("" if re.match(r"0(?:\.0+)?\s*[a-z]", found["width"]) else BLANK), found.end()


def _drawn(text: str, start: int, at: int, reading: Reading, depth: int) -> tuple[str, int]:
    reading.problems.append(problem("drawn-figure", what=text[start:at].strip("\\")))
    _, at = option_at(text, at)
    return "", _some_groups(text, at, 1)[1]


def _passed_over(text: str, name: str, at: int) -> tuple[str, int]:
    """Commands that only dress the page."""
    if name in {"hskip", "vskip"}:
        found = _DIMENSION.match(text, at)
        return "", found.end() if found else at
    if name in known.SILENT:
        return "", _after_name(text, at)
    _, at = option_at(text, at)
    return "", _some_groups(text, at, known.WITH_ARGUMENTS[name])[1]


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
    if kind in known.DRAWINGS:
        reading.problems.append(problem("drawn-figure", what=name))
        return "", end
    if kind in TABLES:
        return table_of(name, body, lambda cell: markup_of(cell, reading, depth + 1)), end
    if kind in LISTS:
        return list_of(kind, body, lambda item: markup_of(item, reading, depth + 1), reading.marks), end
    if kind not in known.PLAIN_ENVIRONMENTS:
        reading.note(rf"\begin{{{name}}}")
    return f"\n{markup_of(_without_measures(kind, body), reading, depth + 1)}\n", end


def _without_measures(kind: str, body: str) -> str:
    """The body of an environment without what stands in brackets behind its name, and without its measures."""
    is_measured = kind in known.WITH_WIDTHS
    at = 0
    while True:
        _, after = option_at(body, at)
        group = group_at(body, after) if is_measured else None
        after = group[1] if group and not re.search(r"[^\W\d]{3,} ", group[0]) else after
        if after == at:
            return body[at:]
        at = after


_Special = Callable[[str, int, int, Reading, int], tuple[str, int]]
_OTHERS: Mapping[str, _Special] = {
    "includegraphics": _picture,
    "includesvg": _picture,
    "ce": _bare_formula,
    "heva": _bare_formula,
    "hoac": _bare_formula,
    "SI": _quantity,
    "qty": _quantity,
    "footnote": _footnote,
    "rule": _rule,
    "tagEX": _tag,
    "tag": _tag,
    "tikz": _drawn,
    "chemfig": _drawn,
}
