"""Cut the key tables off a paper, and say to which question each of their keys belongs."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from quizbank.questions.formats.text_blocks import Block
from quizbank.questions.formats.text_key_rows import is_filling, numbers_of, read_grid, read_pairs
from quizbank.questions.formats.text_keys import is_key
from quizbank.questions.formats.text_lines import EXPLANATION, HEADER, INSTRUCTION, NUMBERED, Line, part_number_of
from quizbank.questions.formats.text_noise import is_noise
from quizbank.questions.problems import Problem, problem
from quizbank.questions.rules import NUMBER

_NAME = r"(?:đáp án|đ/a|answer keys?|answers|keys?|hướng dẫn (?:giải|chấm)|lời giải|giải chi tiết)"
HEADING = re.compile(
    rf"\W*(?:phần\s+[ivx\d]{{1,4}}\W+|phần\s+|(?:[IVX]{{1,4}}|[A-E])\s*[.)/–-]+\s*)?(?:bảng\s+)?{_NAME}"
    rf"(?:\W+(?:và|{_NAME}|tham khảo|chi tiết|phần\s+(?P<part>[ivx]{{1,4}}|\d)\b|trắc nghiệm"
    r"|đề\s.{0,40}|môn\s.{0,40}|(?:lớp|khối)\s.{0,40}|mã đề\s*\d+))*\W*",
    re.IGNORECASE,
)
_INLINE = re.compile(r"\W*(?:BẢNG\s+)?(?:ĐÁP ÁN|Bảng đáp án|(?:ANSWER\s+)?KEYS?)(?:\s+THAM KHẢO)?\s*[:.]?\s*(?=\d)")
_STRONG = re.compile(r"\W*(?:bảng\b|(?-i:ĐÁP ÁN|HƯỚNG DẪN CHẤM|KEYS?\b|ANSWER)).*|\W*h[ếê]t\W*", re.IGNORECASE)
_END = re.compile(r"\W*h[ếê]t\W*", re.IGNORECASE)
MAX_GAP = 40
"""Lines between a heading and the first row of its table, at most."""
_ROMANS = {"1": "I", "2": "II", "3": "III", "4": "IV"}


@dataclass(frozen=True)
class TableKey:
    """One key of a table. ``part`` is ``II`` below ``PHẦN II``, or empty."""

    part: str
    number: int
    value: str


@dataclass(frozen=True)
class KeyTable:
    """A table: all of its lines, its keys, and the lines nobody can read."""

    lines: tuple[Line, ...]
    keys: tuple[TableKey, ...]
    unread: tuple[Line, ...] = ()


@dataclass(frozen=True)
class Assignment:
    """Which keys the tables give to which block, by its position; ``unclear`` blocks share a number with others."""

    keys: dict[int, tuple[str, ...]]
    unclear: frozenset[int]
    problems: tuple[tuple[KeyTable, tuple[Problem, ...]], ...]


def split_key_tables(lines: Sequence[Line]) -> tuple[list[Line], list[KeyTable]]:
    """Split off every table below a heading such as ``BẢNG ĐÁP ÁN``, and one without heading at the very end."""
    body: list[Line] = []
    tables: list[KeyTable] = []
    row, part, is_by_place = 0, "", False
    last_header = max((place for place, line in enumerate(lines) if HEADER.match(line.text)), default=0)
    while row < len(lines):
        table = _table_at(lines, row)
        if table is None:
            part = _roman(part_number_of(lines[row].text)) or part
            body.append(lines[row])
            row += 1
        else:
            row += len(table.lines)
            tables.append(_placed(table, part if row < last_header or is_by_place else ""))
            is_by_place = is_by_place or row < last_header
            _drop_headings(body)
            body.append(Line(table.lines[0].number, ""))
    _drop_headings(body)
    tail = _tail_table(body) if not tables else None
    return (body[: -len(tail.lines)], [tail]) if tail else (body, tables)


def _placed(table: KeyTable, part: str) -> KeyTable:
    """The table with its keys in the part it stands in, where it names none and more questions follow."""
    return replace(table, keys=tuple(key if key.part else replace(key, part=part) for key in table.keys))


def _drop_headings(body: list[Line]) -> None:
    """Drop the headings just above a table's own: ``HẾT``, then ``ĐÁP ÁN``."""
    while body and (body[-1].is_blank or (_STRONG.fullmatch(body[-1].text) and HEADING.fullmatch(body[-1].text))):
        body.pop()


def _table_at(lines: Sequence[Line], row: int) -> KeyTable | None:
    text = lines[row].text
    if len(text) > 2_000:
        return None
    if inline := _INLINE.match(text):
        rest = lines[row].after(inline.end())
        return (
            _read_table([lines[row]], [rest, *_following(lines, row)], "") if len(read_pairs(rest.text)) > 1 else None
        )
    heading = HEADING.fullmatch(text) if text.strip() else None
    if heading is None and not (text.strip() and _END.fullmatch(text)):
        return None
    if EXPLANATION.match(text) and not (text.isupper() and ":" not in text):
        return None
    below = next((lines[place].text for place in range(row + 1, len(lines)) if not lines[place].is_blank), "")
    if not below or HEADING.fullmatch(below) or _END.fullmatch(below):
        return None
    table = _read_table([lines[row]], _following(lines, row), _roman(heading["part"]) if heading else "")
    return None if table and _are_solutions(table) else table


def _are_solutions(table: KeyTable) -> bool:
    """Whether the rows are solutions that begin with their letter: ``Câu 1. A``, and a reason below it, one by one."""
    reasons = {line.number for line in table.unread}
    headed = [line.number for line in table.lines[1:] if HEADER.match(line.text)]
    return len(headed) > 1 and 2 * sum(number + 1 in reasons for number in headed) > len(headed)


def _following(lines: Sequence[Line], row: int) -> Sequence[Line]:
    """At most 2,000 lines: a longer table there is not."""
    return lines[row + 1 : row + 2_001]


def _roman(part: str | None) -> str:
    return _ROMANS.get(part or "", (part or "").upper())


def _read_table(head: list[Line], lines: Sequence[Line], part: str) -> KeyTable | None:
    """Read on below a heading until a question begins; None when what stands there is no table."""
    is_strong = bool(_STRONG.fullmatch(head[0].text)) or bool(_INLINE.match(head[0].text))
    is_inline = bool(_INLINE.match(head[0].text))
    keys: list[TableKey] = []
    unread: list[Line] = []
    row, end = 0, 0
    while row < len(lines) and (end or row < MAX_GAP):
        text = lines[row].text
        if is_filling(text) or is_noise(text):
            row += 1
        elif heading := HEADING.fullmatch(text):
            part = _roman(heading["part"]) or part
            row += 1
        elif named := part_number_of(text):
            part = _roman(named)
            row += 1
        elif taken := _read_row(lines, row, part, keys, is_strong):
            row = end = row + taken
        elif _stops(text) or not (keys or unread or _may_be_unread(head[0].text, lines[row:])):
            break
        else:
            unread.append(lines[row])
            row = end = row + 1
    if not (keys or unread) or (len(keys) < 2 and not unread and not is_strong):
        return None
    own = [*head, *(lines[1:end] if is_inline else lines[:end])]
    return KeyTable(tuple(own), tuple(keys), tuple(unread))


def _read_row(lines: Sequence[Line], row: int, part: str, keys: list[TableKey], is_strong: bool) -> int:
    """Add the keys of a row or of a grid; how many lines they took, 0 when it's neither."""
    text = lines[row].text
    if numbers := numbers_of(text):
        below = [place for place in range(row + 1, min(row + 12, len(lines))) if not is_filling(lines[place].text)][:4]
        pairs, used = read_grid(numbers, [lines[place].text for place in below])
        if used:
            keys += [TableKey(part, pair.number, pair.value) for pair in pairs]
            return below[used - 1] + 1 - row
    pairs = read_pairs(text) or (
        read_pairs(text, with_words=True) if _is_among_rows(lines, row, keys, is_strong) else []
    )
    keys += [TableKey(part, pair.number, pair.value) for pair in pairs]
    return 1 if pairs else 0


def _is_among_rows(lines: Sequence[Line], row: int, keys: Sequence[TableKey], is_strong: bool) -> bool:
    """Whether words behind a number are a short answer here: no question follows that they could begin."""
    following = next((line.text for line in lines[row + 1 :] if not is_filling(line.text)), "")
    return (bool(keys) or is_strong) and bool(
        not following
        or HEADING.fullmatch(following)
        or is_noise(following)
        or read_pairs(following, with_words=True)
        or part_number_of(following)
    )


def _stops(text: str) -> bool:
    is_header = HEADER.match(text) and not numbers_of(text)
    return bool(is_header or INSTRUCTION.match(text) or (NUMBERED.match(text) and text.rstrip().endswith("?")))


def _may_be_unread(heading: str, lines: Sequence[Line]) -> bool:
    """Whether rows below ``BẢNG ĐÁP ÁN`` that nobody can read are a table all the same, and no key of one question."""
    if re.match(r"\W*bảng\b", heading, re.IGNORECASE):
        return True
    if not re.match(r"\W*ĐÁP ÁN\W*$", heading) or ":" in heading:
        return False
    more: list[str] = []
    for line in lines:
        if _stops(line.text) or len(more) > 1:
            break
        more += [line.text] if line.text.strip() else []
    return len(more) > 1 and not is_key(more[0]) and not NUMBER.fullmatch(more[0].strip())


def _tail_table(lines: Sequence[Line]) -> KeyTable | None:
    """Rows of keys at the very end without a heading: they count when they name all questions and no other."""
    start = len(lines)
    while start and (_is_row(lines[start - 1].text) or is_filling(lines[start - 1].text)):
        start -= 1
    while start < len(lines) and lines[start].is_blank:
        start += 1
    if start in (0, len(lines)):
        return None
    table = _read_table([Line(lines[start].number, "ĐÁP ÁN")], lines[start:], "")
    numbers = {int(found["number"].split(".")[0]) for line in lines[:start] if (found := HEADER.match(line.text))}
    if table is None or table.unread or len(table.keys) < 2 or {key.number for key in table.keys} != numbers:
        return None
    return KeyTable(tuple(lines[start:]), table.keys)


def _is_row(text: str) -> bool:
    return len(text) < 2_000 and bool(
        numbers_of(text) or read_pairs(text) or re.fullmatch(r"\s*(?:[A-H][\s|]+)*[A-H]\s*", text)
    )


def assign_keys(tables: Sequence[KeyTable], blocks: Sequence[Block]) -> Assignment:
    """Give every key of the tables to the one question it names; where there's no such one, a problem."""
    places: dict[int, list[int]] = defaultdict(list)
    for position, block in enumerate(blocks):
        if block.label:
            places[block.number].append(position)
    found: dict[int, list[str]] = defaultdict(list)
    unclear: set[int] = set()
    named: dict[tuple[str, int], list[int]] = {}
    problems = []
    for table in tables:
        values: dict[tuple[str, int], list[str]] = defaultdict(list)
        for key in table.keys:
            values[key.part, key.number].append(key.value)
        doubts = [problem("unread-key-row", text=line.text.strip()[:60]) for line in table.unread]
        for (part, number), said in values.items():
            if (part, number) not in named:
                named[part, number] = _named(part, places.get(number, []), blocks)
                unclear.update(named[part, number] if len(named[part, number]) > 1 else ())
            if len(named[part, number]) == 1:
                found[named[part, number][0]] += dict.fromkeys(said)
            elif not named[part, number]:
                doubts.append(problem("key-of-no-question", number=f"{part}.{number}" if part else number))
        problems += [(table, tuple(doubts))] if doubts else []
    return Assignment({place: tuple(said) for place, said in found.items()}, frozenset(unclear), tuple(problems))


def _named(part: str, positions: Sequence[int], blocks: Sequence[Block]) -> list[int]:
    own = [position for position in positions if _roman(blocks[position].part.number) == part]
    return own if part and own else [position for position in positions if not part or not blocks[position].part.number]
