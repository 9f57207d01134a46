r"""Macros that a LaTeX paper defines for itself (``\newcommand``, ``\def``), written out where the paper uses them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from quizbank.questions.formats.tex_arguments import TexError, group_at, option_at, skip_spaces, without_comments

MAX_READ = 400_000
MAX_MACROS = 2_000
MAX_BODY = 2_000
MAX_EXPANDED = 200_000
MAX_ROUNDS = 8
_DEFINITION = re.compile(
    r"\\(?:newcommand|providecommand)\*?\s*(?:\{\s*\\(?P<braced>[a-zA-Z]+)\s*\}|\\(?P<bare>[a-zA-Z]+))"
    r"\s*(?:\[(?P<count>[1-9])\]\s*)?(?:\[(?P<default>[^\]]{0,200})\]\s*)?(?=\{)"
    r"|\\(?:def|gdef)\s*\\(?P<defined>[a-zA-Z]+)\s*(?P<marks>(?:#[1-9])*)\s*(?=\{)"
    r"|\\DeclareMathOperator\*?\s*\{?\s*\\(?P<operator>[a-zA-Z]+)\s*\}?\s*(?=\{)"
)
_NAME = re.compile(r"\\([a-zA-Z]+)")
_ARGUMENT = re.compile(r"#([1-9])")
_OURS = frozenset(
    """
    heva hoac vv choice choiceTF choiceTFt choicefive choicefix choiceRD choicefiveRD choicew haicot motcot boncot
    shortans True loigiai huongdan dapso immini imminiL impicinpar sidefig itemch item begin end vec arc wideparen
    """.split()  # noqa: SIM905
)
"""Commands whose meaning the readers know; a paper that defines them means the same."""


@dataclass(frozen=True)
class Macro:
    """``default``: what stands for the first argument where it is not given in brackets; None where it is needed."""

    body: str
    count: int = 0
    default: str | None = None


def macros_of(text: str) -> dict[str, Macro]:
    """The definitions of a paper, by name; those of whole exercises and long ones are not taken."""
    found: dict[str, Macro] = {}
    text = without_comments(text[:MAX_READ])
    for definition in _DEFINITION.finditer(text):
        name = next(filter(None, definition.group("braced", "bare", "defined", "operator")))
        try:
            group = group_at(text, definition.end())
        except TexError:
            continue
        if group is None or name in _OURS or len(group[0]) > MAX_BODY or len(found) >= MAX_MACROS:
            continue
        body = group[0]
        if definition["operator"]:
            body = rf"\operatorname{{{body}}}"
        count = int(definition["count"] or 0) or len(definition["marks"] or "") // 2
        if r"\begin{ex}" not in body and not re.search(r"#(?:#|\D|$)", body):
            found[name] = Macro(body, count, definition["default"])
    return found


def expanded(text: str, macros: Mapping[str, Macro]) -> str:
    """The text with the paper's own macros written out.

    Raises:
        TexError: they grow without end.
    """
    for _ in range(MAX_ROUNDS):
        again = _expanded_once(text, macros)
        if again == text:
            return text
        text = again
    raise TexError("\\newcommand")


def _expanded_once(text: str, macros: Mapping[str, Macro]) -> str:
    pieces: list[str] = []
    at = length = 0
    for found in _NAME.finditer(text):
        macro = macros.get(found[1])
        if macro is None or found.start() < at or _is_escaped(text, found.start()):
            continue
        arguments, end = _arguments(text, found.end(), macro)
        body = _with_arguments(macro.body, arguments)
        pieces += [text[at : found.start()], body]
        length += len(body)
        at = end
        if length > MAX_EXPANDED:
            raise TexError(found[0])
    return "".join([*pieces, text[at:]])


def _with_arguments(body: str, given: list[str]) -> str:
    return _ARGUMENT.sub(lambda mark: given[int(mark[1]) - 1] if int(mark[1]) <= len(given) else "", body)


def _is_escaped(text: str, at: int) -> bool:
    r"""Whether the backslash belongs to a line break: ``\\R``."""
    before = text[max(0, at - 40) : at]
    return (len(before) - len(before.rstrip("\\"))) % 2 == 1


def _arguments(text: str, at: int, macro: Macro) -> tuple[list[str], int]:
    given: list[str] = []
    if macro.default is not None:
        written, after = option_at(text, at)
        given.append(written if after != at else macro.default)
        at = after
    while len(given) < macro.count:
        argument, at = _argument(text, at)
        given.append(argument)
    return given, at


def _argument(text: str, at: int) -> tuple[str, int]:
    """An argument in braces, or the one sign or command that stands for it."""
    group = group_at(text, at)
    if group is not None:
        return group
    start = skip_spaces(text, at)
    command = _NAME.match(text, start)
    return (command[0], command.end()) if command else (text[start : start + 1], start + 1)
