r"""Where the exercises of a LaTeX paper begin and end, and what stands between them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_ENVIRONMENTS = "exrd|vdex|ex|bt|vd"
_TOKEN = re.compile(
    rf"%[^\n]*|\\[\\%]|\\(?P<move>begin|end)\s*\{{\s*(?P<name>{_ENVIRONMENTS}|comment|verbatim|filecontents\*?)\s*\}}"
    r"|\\(?P<switch>iffalse|fi)(?![a-zA-Z])"
)
_DOCUMENT = re.compile(r"^(?:[^%\n\\]|\\.)*?\\begin\s*\{document\}", re.MULTILINE)
_SKIPPED = frozenset({"comment", "verbatim", "filecontents", "filecontents*"})


@dataclass(frozen=True)
class Exercise:
    r"""An exercise from ``start`` to ``end``, its body between; what stands since the last one begins at ``since``.

    ``environment`` is empty for the text below the last exercise. An exercise that is not closed ends where the next
    one begins.
    """

    environment: str
    since: int
    start: int
    body: int
    body_end: int
    end: int
    is_closed: bool = True


def exercises_in(text: str) -> Iterator[Exercise]:
    """The exercises in order; those in comments and in the preamble are none."""
    document = _DOCUMENT.search(text)
    since = document.end() if document else 0
    opened: re.Match[str] | None = None
    skipped = ""
    for token in _TOKEN.finditer(text, since):
        move, name = token["move"], token["name"]
        if skipped:
            ends = token["switch"] == "fi" if skipped == "iffalse" else (move, name) == ("end", skipped)
            skipped = "" if ends else skipped
        elif token["switch"] == "iffalse" or (move == "begin" and name in _SKIPPED):
            skipped = token["switch"] or name
        elif move == "begin":
            if opened is not None:
                yield _exercise(opened, since, token.start(), token.start(), is_closed=False)
                since = token.start()
            opened = token
        elif move == "end" and opened is not None and name == opened["name"]:
            yield _exercise(opened, since, token.start(), token.end())
            opened, since = None, token.end()
    if opened is not None:
        yield _exercise(opened, since, len(text), len(text), is_closed=False)
        since = len(text)
    yield Exercise("", since, len(text), len(text), len(text), len(text))


def _exercise(begun: re.Match[str], since: int, body_end: int, end: int, *, is_closed: bool = True) -> Exercise:
    return Exercise(begun["name"], since, begun.start(), begun.end(), body_end, end, is_closed)


_SKIP = re.compile(
    r"\\begin\s*\{(comment|filecontents\*?)\}.*?\\end\s*\{\1\}|\\iffalse(?![a-zA-Z]).*?\\fi(?![a-zA-Z])", re.DOTALL
)


def without_skipped(text: str) -> str:
    """The text without what LaTeX passes over."""
    return _SKIP.sub("", text) if "comment" in text or "iffalse" in text or "filecontents" in text else text
