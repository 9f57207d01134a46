"""Cut a GIFT file into its questions, line by line and without keeping the file.

Questions are parted by blank lines. A blank line inside an answer's braces parts nothing as long as the answer goes on
below it. Where the blank line was forgotten, a title (``::``), a category or another pair of braces begins something
new; braces without the signs of answers may be code in the text and begin something only where no others follow.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

MAX_BLOCK = 24_000_000
"""Characters of one question; pictures inside it (``data:`` URIs) count."""

CATEGORY = "$CATEGORY:"
_COMMENT = re.compile(r"\s*//")
_BRACES = re.compile(r"\\.|[{}]", re.DOTALL)
_GOES_ON = re.compile(r"\s*[=~}#]")
_OPENS = re.compile(r"(?<!\\)(?:\\\\)*\{")
_BEGINS = re.compile(r"\s*::")
_TITLE = re.compile(r"\s*::(?:[^:\\]|\\.|:(?!:))+::")
_SIGNED = re.compile(r"\s*(?:[=~#]|(?:T|F|TRUE|FALSE|[Tt]rue|[Ff]alse)\s*(?:#|\Z)|\Z)")
_ID = re.compile(r"\[id:((?:\\.|[^\]\\]){1,300})\]")
_TAG = re.compile(r"\[tag:((?:\\.|[^\]\\]){1,300})\]")
_ESCAPED = re.compile(r"\\(.)")


@dataclass
class Block:
    """The lines of one question: without comments in ``text``, as they stand in ``source``.

    ``is_glued``: no blank line stands between it and the question above.
    """

    first: int
    last: int
    text: str
    source: str
    id: str = ""
    tags: tuple[str, ...] = ()
    is_category: bool = False
    is_too_long: bool = False
    is_glued: bool = False


@dataclass
class _Growing:
    lines: list[str] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    first: int = 0
    last: int = 0
    depth: int = 0
    length: int = 0
    has_answers: bool = False
    has_title: bool = False
    opened: list[str] = field(default_factory=list)
    end: int = 0
    bare_ends: list[int] = field(default_factory=list)
    is_glued: bool = False

    def add(self, number: int, line: str) -> None:
        is_comment = bool(_COMMENT.match(line))
        if not self.first and not is_comment:
            self.first = number
        if line.strip():
            self.last = number
        self.has_title = self.has_title or (self.first == number and bool(_TITLE.match(line)))
        self.length += len(line)
        if self.length <= MAX_BLOCK:
            self.lines.append(line)
            self.numbers.append(number)
            self.comments += [line] if is_comment else []
        if not is_comment:
            self._count_braces(line)

    def _count_braces(self, line: str) -> None:
        """Follow the braces of a line; where one that ends the line closes answers, something new may begin."""
        at = 0
        for brace in _BRACES.finditer(line) if "{" in line or "}" in line else ():
            if brace[0] == "{":
                self.opened = [] if not self.depth else self.opened
                at = brace.end() if not self.depth else at
                self.depth += 1
            elif brace[0] == "}":
                self.depth = max(0, self.depth - 1)
                self.has_answers = True
                if not self.depth and not line[brace.end() :].strip():
                    self._close(" ".join([*self.opened, line[at : brace.start()]]))
        if self.depth:
            self.opened.append(line[at:])

    def _close(self, answers: str) -> None:
        if _SIGNED.match(answers):
            self.end = len(self.lines)
        else:
            self.bare_ends.append(len(self.lines))

    def split(self, end: int) -> "tuple[_Growing, _Growing]":
        """What ends with the answers that are closed, and what has come since."""
        first, second = _Growing(is_glued=self.is_glued), _Growing(is_glued=True)
        for place, (number, line) in enumerate(zip(self.numbers, self.lines, strict=True)):
            (first if place < end else second).add(number, line)
        return first, second

    def blocks(self) -> Iterator[Block]:
        """The question, or those that only braces without signs part."""
        rest = self
        while not rest.end and len(rest.bare_ends) > 1:
            first, rest = rest.split(rest.bare_ends[0])
            yield first.block()
        if rest.is_begun:
            yield rest.block()

    @property
    def is_begun(self) -> bool:
        return len(self.lines) > len(self.comments)

    def block(self) -> Block:
        is_comment = [bool(_COMMENT.match(line)) for line in self.lines]
        start = next((place for place, comment in enumerate(is_comment) if not comment), 0)
        text = "\n".join("" if comment else line for line, comment in zip(self.lines, is_comment, strict=True))
        remarks = "\n".join(self.comments)
        found = _ID.search(remarks) if "[" in remarks else None
        return Block(
            first=self.first,
            last=self.last,
            text=text,
            source="\n".join(self.lines[start:]).strip("\n"),
            id=_unescaped(found[1]) if found else "",
            tags=tuple(_unescaped(tag) for tag in _TAG.findall(remarks)) if "[" in remarks else (),
            is_too_long=self.length > MAX_BLOCK,
            is_glued=self.is_glued,
        )


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(r"\1", text).strip()


def cut_gift(lines: Iterable[str]) -> Iterator[Block]:
    """The questions and categories of a file, in order, from its lines without their ends."""
    growing = _Growing()
    held: list[tuple[int, str]] = []
    is_waiting = False
    for number, line in enumerate(lines, start=1):
        if line.startswith("\ufeff") and number == 1:
            line = line[1:]
        if not line.strip():
            if growing.is_begun and not growing.depth:
                yield from growing.blocks()
                growing = _Growing()
            is_waiting = growing.is_begun
            continue
        if is_waiting and _COMMENT.match(line):
            held.append((number, line))
            continue
        is_category = line.lstrip().startswith(CATEGORY)
        is_titled = growing.has_title and _TITLE.match(line)
        is_begun = (_BEGINS.match(line) and growing.has_answers) or is_titled
        is_new = is_category or (is_begun and not growing.depth)
        if growing.is_begun and (is_new or (is_waiting and not _GOES_ON.match(line))):
            yield from growing.blocks()
            growing = _Growing()
        elif is_waiting:
            growing.add(number - 1, "")
        for place, comment in held:
            growing.add(place, comment)
        held, is_waiting = [], False
        if growing.end and not growing.depth and _OPENS.search(line):
            finished, growing = growing.split(growing.end)
            yield finished.block()
        if is_category:
            yield Block(number, number, line.strip().removeprefix(CATEGORY).strip(), line, is_category=True)
            continue
        growing.add(number, line)
    if growing.is_begun:
        yield from growing.blocks()
