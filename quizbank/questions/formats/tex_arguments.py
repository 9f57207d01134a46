"""Arguments, comments and environments of LaTeX, found without understanding what they mean."""

import re
from collections.abc import Iterator

_COMMENT = re.compile(r"(?<!\\)((?:\\\\)*)%[^\n]*")
_COMMENT_LINE = re.compile(r"^[ \t]*%[^\n]*\n", re.MULTILINE)


class TexError(ValueError):
    """Braces or environments that don't close; the text says where."""


def without_comments(text: str) -> str:
    """The text without what stands behind ``%``; a line of its own is none, and parts no paragraphs."""
    return _COMMENT.sub(r"\1", _COMMENT_LINE.sub("", text))


def skip_spaces(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def group_at(text: str, at: int) -> tuple[str, int] | None:
    """The argument in braces that begins here (spaces before it aside), and where it ends; None where there is none.

    Raises:
        TexError: it doesn't close.
    """
    start = skip_spaces(text, at)
    if start >= len(text) or text[start] != "{":
        return None
    depth, place = 0, start
    while place < len(text):
        sign = text[place]
        if sign == "\\":
            place += 2
            continue
        depth += (sign == "{") - (sign == "}")
        place += 1
        if depth == 0:
            return text[start + 1 : place - 1], place
    raise TexError(text[start : start + 40])


def option_at(text: str, at: int) -> tuple[str, int]:
    """The optional argument in brackets that begins here; empty where there is none."""
    start = skip_spaces(text, at)
    if text[start : start + 1] != "[":
        return "", at
    depth = 0
    for place in range(start, len(text)):
        depth += (text[place] == "[") - (text[place] == "]")
        if depth == 0:
            return text[start + 1 : place], place + 1
    return "", at


def groups_at(text: str, at: int) -> tuple[list[str], int]:
    """All the arguments in braces that follow each other from here."""
    found: list[str] = []
    while (group := group_at(text, at)) is not None:
        found.append(group[0])
        at = group[1]
    return found, at


def environment_at(text: str, start: int, name: str) -> tuple[str, int]:
    r"""The body of ``\begin{name}`` whose body begins here, and where it ends.

    Raises:
        TexError: it doesn't close.
    """
    depth = 1
    for found in re.finditer(rf"\\(begin|end)\{{{re.escape(name)}\}}", text[start:]):
        depth += 1 if found[1] == "begin" else -1
        if depth == 0:
            return text[start : start + found.start()], start + found.end()
    raise TexError(rf"\begin{{{name}}}")


def cells_of(row: str) -> Iterator[str]:
    """A row of a table at its ``&``, those in braces, formulas and ``\\&`` aside."""
    depth = start = 0
    is_math = False
    place = 0
    while place < len(row):
        sign = row[place]
        if sign == "\\":
            place += 2
            continue
        depth += (sign == "{") - (sign == "}")
        is_math ^= sign == "$"
        if sign == "&" and depth == 0 and not is_math:
            yield row[start:place]
            start = place + 1
        place += 1
    yield row[start:]
