"""Cut a plain-text paper into blocks: one per question header, with the heading and passage above it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from quizbank.questions.formats.text_lines import (
    DEMAND,
    ESSAY_HEADING,
    EXPLANATION,
    HEADER,
    INNER_HEADER,
    INSTRUCTION,
    KEY,
    NUMBERED,
    PART_HEADING,
    PASSAGE_HEADING,
    RANGE,
    READING,
    Line,
    PartKind,
    is_essay_heading,
    kind_of_heading,
    part_number_of,
    tidy,
)
from quizbank.questions.formats.text_options import OPTION_INNER, OPTION_START

MAX_NUMBER = 9_999
_BARE_HEADING = re.compile(r"\s*(?:PHẦN|PART)\s+[IVX]{1,4}\s*[.:]?\s*")


@dataclass(frozen=True)
class Part:
    """A part of the paper (``PHẦN II``); numbering starts again in each."""

    number: str = ""
    kind: PartKind | None = None


@dataclass(frozen=True)
class Preamble:
    """What stands above a question: an instruction, perhaps with a passage, for the numbers ``first`` to ``last``."""

    line: int
    instruction: str
    passage: str = ""
    first: int | None = None
    last: int | None = None

    def covers(self, number: int) -> bool:
        return self.last is None or (self.first or 0) <= number <= self.last


@dataclass(frozen=True)
class Block:
    """The lines of one question. ``label`` is empty for a stray piece that looks like one without a header."""

    label: str
    number: int
    part: Part
    lines: tuple[Line, ...]
    preamble: Preamble | None = None
    is_glued: bool = False
    stray_text: str = ""


@dataclass(frozen=True)
class _Header:
    row: int
    start: int
    end: int
    label: str
    number: int
    is_glued: bool = False


def cut_paper(lines: Sequence[Line]) -> tuple[Block, ...]:
    """The blocks of a paper whose key tables and page lines are cut off already."""
    headers = _headers_of(lines)
    blocks: list[Block] = []
    above: list[Line] = list(lines[: headers[0].row]) if headers else list(lines)
    part = Part()
    for position, header in enumerate(headers):
        following = headers[position + 1] if position + 1 < len(headers) else None
        part = _part_in(above, part)
        own = _lines_between(lines, header, following)
        own, below = _split_below(own, following.number if following else None)
        preamble = _preamble_of(above, header.number)
        stray_text = _stray_text(above, preamble, header, lines)
        block = Block(header.label, header.number, part, tuple(own), preamble, header.is_glued, stray_text)
        blocks += _without_strays(block)
        above = below
    if headers and any(not (line.is_blank or part_number_of(line.text)) for line in above):
        blocks.append(Block("", headers[-1].number, _part_in(above, part), tuple(above)))
    return tuple(blocks)


def _headers_of(lines: Sequence[Line]) -> list[_Header]:
    found = [(row, match) for row, line in enumerate(lines) if (match := HEADER.match(line.text))]
    words = {_word(match) for _, match in found}
    if "câu" in words or "question" in words:
        first = _row_of_exercises(lines, found)
        found = [(row, match) for row, match in found if _word(match) != "bài" or row > first]
    if not found:
        return _plainly_numbered(lines)
    headers: list[_Header] = []
    for row, match in found:
        number, last = int(match["number"].split(".")[0]), headers[-1].number if headers else 0
        if headers and number == last and _is_below_explanation(lines, row):
            continue
        if match["mark"] or number in (last + 1, 1) or not headers:
            headers.append(_Header(row, match.start(), match.end(), match.group().strip(" \t*#_.:：．;,)]/–-"), number))
    return _with_glued(lines, headers)


def _row_of_exercises(lines: Sequence[Line], found: Sequence[tuple[int, re.Match[str]]]) -> int:
    """The heading of essays below which every header is ``Bài 1``, ``Bài 2``; beyond the last row without one."""
    last = max((row for row, match in found if _word(match) != "bài"), default=-1)
    rows = (row for row, line in enumerate(lines) if row > last and is_essay_heading(line.text))
    return next(rows, len(lines))


def _is_below_explanation(lines: Sequence[Line], row: int) -> bool:
    """Whether the line above is ``Lời giải`` alone: the number below it is that of the question being explained."""
    above = next((lines[place].text for place in range(row - 1, -1, -1) if not lines[place].is_blank), "")
    heading = EXPLANATION.match(above)
    return heading is not None and not above[heading.end() :].strip() and not above.isupper()


def _word(match: re.Match[str]) -> str:
    return match["word"].lower().split()[0]


def _plainly_numbered(lines: Sequence[Line]) -> list[_Header]:
    """``1. …``, ``2. …`` in papers without the word ``Câu``; each part may begin at 1 again."""
    headers: list[_Header] = []
    last = 0
    for row, line in enumerate(lines):
        match = NUMBERED.match(line.text)
        if match and int(match["number"]) == last + 1:
            last += 1
            headers.append(_Header(row, 0, match.end(), match["number"], last))
        elif part_number_of(line.text):
            following = next((found for other in lines[row:] if (found := NUMBERED.match(other.text))), None)
            last = 0 if following and following["number"] == "1" else last
    return headers


def _with_glued(lines: Sequence[Line], headers: list[_Header]) -> list[_Header]:
    """Add the header in the middle of a line where, and only where, the numbering shows that one is missing."""
    found: list[_Header] = []
    for header, following in zip(headers, [*headers[1:], None], strict=True):
        found.append(header)
        if following is not None and following.number != header.number + 2:
            continue
        last = following.row if following is not None else len(lines)
        for row in range(header.row, last):
            start = header.end if row == header.row else 0
            inner = next(
                (m for m in INNER_HEADER.finditer(lines[row].text, start) if int(m["number"]) == header.number + 1),
                None,
            )
            if inner:
                label = inner.group().rstrip(" .:)")
                found.append(_Header(row, inner.start(), inner.end(), label, header.number + 1, True))
                break
    return found


def _lines_between(lines: Sequence[Line], header: _Header, following: _Header | None) -> list[Line]:
    """The lines of a question, the first without its header."""
    if following is None:
        return [lines[header.row].after(header.end), *lines[header.row + 1 :]]
    if following.row == header.row:
        return [replace(lines[header.row], text=lines[header.row].text[header.end : following.start])]
    own = [lines[header.row].after(header.end), *lines[header.row + 1 : following.row]]
    return (
        [*own, replace(lines[following.row], text=lines[following.row].text[: following.start])]
        if following.is_glued
        else own
    )


def _split_below(lines: list[Line], next_number: int | None) -> tuple[list[Line], list[Line]]:
    """Split off headings and instructions that stand below a question but speak of the next ones."""
    answer = next(
        (row for row, line in enumerate(lines) if row and (KEY.match(line.text) or EXPLANATION.match(line.text))),
        None,
    )
    is_marked = answer is None
    answer = _row_of_last_option(lines) if answer is None else answer
    for row in range(1, len(lines)):
        text = lines[row].text
        starts = lines[row - 1].is_blank or row == len(lines) - 1
        starts = starts or (INSTRUCTION.match(text) is not None and (is_marked or RANGE.search(text) is not None))
        starts = starts or PASSAGE_HEADING.fullmatch(text) is not None
        if (
            ESSAY_HEADING.match(text)
            or _BARE_HEADING.fullmatch(text)
            or (PART_HEADING.match(text) and ((row > answer and starts) or kind_of_heading(text)))
        ):
            return lines[:row], lines[row:]
        if starts and row > answer and next_number is not None and _speaks_of(text, next_number):
            return lines[:row], lines[row:]
    return lines, []


def _row_of_last_option(lines: Sequence[Line]) -> int:
    """The row where ``D`` stands behind ``A`` to ``C``, in a question without a key; else beyond the last row."""
    wanted = "A"
    for row, line in enumerate(lines):
        found = {match["letter"] for match in OPTION_INNER.finditer(line.text)}
        start = OPTION_START.match(line.text)
        found |= {start["letter"]} if start else set()
        while wanted in found:
            if wanted == "D":
                return row
            wanted = chr(ord(wanted) + 1)
    return len(lines)


def _speaks_of(text: str, next_number: int) -> bool:
    if PASSAGE_HEADING.fullmatch(text) and (named := re.search(r"\d+", text)) and int(named[0]) == next_number:
        return True
    numbers = RANGE.search(text)
    if numbers:
        return int(numbers["first"]) <= next_number <= int(numbers["last"])
    return bool(INSTRUCTION.match(text)) and not re.match(r"\s*(?:đọc|dựa|sử|căn|dùng|cho)\b", text, re.IGNORECASE)


def _part_in(above: Sequence[Line], part: Part) -> Part:
    for row, line in enumerate(above):
        number = part_number_of(line.text)
        if number:
            part = Part(number, kind_of_heading(" ".join(other.text for other in above[row : row + 4])))
    return part


def _preamble_of(above: Sequence[Line], number: int) -> Preamble | None:
    start = next(
        (row for row, line in enumerate(above) if INSTRUCTION.match(line.text) or _is_range_for(line.text, number)),
        None,
    )
    reading = next((row for row in range(len(above)) if _is_reading(above, row)), None)
    start = min((row for row in (start, reading) if row is not None), default=None)
    if start is None:
        return None
    texts = [line.text for line in above[start:]]
    numbers = RANGE.search(texts[0])
    first, last = (int(numbers["first"]), int(numbers["last"])) if numbers else (None, None)
    if numbers is None and _is_reading(above, start):
        first, last = number, MAX_NUMBER
    own = texts[1:] if PASSAGE_HEADING.fullmatch(texts[0]) else texts
    passage = tidy(own) if sum(bool(text.strip()) for text in texts) > 1 else ""
    return Preamble(above[start].number, tidy(texts[:1]), passage, first, last)


def _is_reading(above: Sequence[Line], row: int) -> bool:
    """Whether a passage for all questions of the part begins on that line: with words that ask something of it."""
    if READING.match(above[row].text) is None:
        return False
    return any(DEMAND.search(line.text) for line in above[row:]) or any(_is_of_literature(line.text) for line in above)


def _is_of_literature(text: str) -> bool:
    return part_number_of(text) is not None and re.search(r"đọc\s?[–-]?\s?hiểu", text, re.IGNORECASE) is not None


def _is_range_for(text: str, number: int) -> bool:
    numbers = RANGE.search(text)
    is_heading = PART_HEADING.match(text) or re.search(r"thí sinh", text, re.IGNORECASE)
    return bool(numbers) and not is_heading and int(numbers["first"]) <= number <= int(numbers["last"])  # type: ignore[index]


def _stray_text(above: Sequence[Line], preamble: Preamble | None, header: _Header, lines: Sequence[Line]) -> str:
    """Text that abuts a header from above, below a blank line, in a place where only an instruction belongs."""
    if preamble or header.is_glued or header.row < 2 or lines[header.row - 1].is_blank:
        return ""
    paragraph = [lines[header.row - 1].text]
    for row in range(header.row - 2, max(header.row - 12, -1), -1):
        if lines[row].is_blank:
            break
        if HEADER.match(lines[row].text):
            return ""
        paragraph.insert(0, lines[row].text)
    else:
        return ""
    first = paragraph[0]
    is_heading = any(part_number_of(line.text) for line in above)
    known = (
        is_heading
        or PART_HEADING.match(first)
        or EXPLANATION.match(first)
        or KEY.match(first)
        or HEADER.match(first)
        or re.match(r"\s*\(?[A-H][.)]", first)
    )
    return "" if known else first.strip()[:60]


def _without_strays(block: Block) -> list[Block]:
    """Cut off a second explanation, below a blank line, in one block: its question has lost its header."""
    headings = [
        row
        for row, line in enumerate(block.lines)
        if EXPLANATION.match(line.text) and line.text.lstrip().lower().startswith("lời")
    ]
    last = headings[0] if headings else 0
    for row in headings[1:]:
        blank = next((above for above in range(row - 1, last, -1) if block.lines[above].is_blank), None)
        last = row
        if blank is not None:
            stray = Block("", block.number, block.part, block.lines[blank + 1 :])
            return [replace(block, lines=block.lines[:blank]), stray]
    return [block]
