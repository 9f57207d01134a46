"""Ways to make a paper possible: each a small change of the matrix or the targets, named by a key that pages can post.

===========================  ===============================================================
``level~C~N~LEVEL``          N questions of cell C come from another level
``topic~C~N~TOPIC``          N questions of cell C come from a wider topic; ``-`` is any
``any-level~C~N``            N questions of cell C are of any level
``anything~C~N~TOPIC``       N questions of cell C are of any level of a wider topic
``statements~C``             the statements of cell C may be of any levels
``fewer~C~N[~LEVELS]``       cell C asks for N fewer; the levels of the statements that stay
``recent``, ``often``        questions used lately; questions used often
``drafts``, ``passages``     one's own drafts; a part of a passage's questions
``forms~K``, ``common~X``    only K forms; forms that share up to that share of questions
``tolerance~X``, ``goals``   a wider tolerance; no goals at all
===========================  ===============================================================
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from quizbank.matrices.rules import Cell, Matrix, statements_from
from quizbank.quizzes.assembly.targets import MOST_FORMS, Passages, Targets, checked
from repository.curriculum.rules import Curriculum, grade_id_of
from repository.errors import Invalid

MARK = "~"
ANY = "-"
MESSAGES = {
    "level": "Lấy {count} câu mức {level} thay cho mức {old}: {topic}.",
    "topic": "Lấy {count} câu ở phạm vi rộng hơn “{topic}”: {wider}.",
    "any-level": "Lấy {count} câu ở mọi mức độ: {topic}.",
    "anything": "Lấy {count} câu ở mọi mức độ, phạm vi rộng hơn “{topic}”: {wider}.",
    "statements": "Bỏ yêu cầu về mức độ của từng ý: {topic}.",
    "fewer": "Bớt {count} câu, tổng điểm giảm theo: {topic}.",
    "recent": "Cho dùng lại những câu đã ra gần đây.",
    "often": "Cho dùng cả những câu đã dùng nhiều lần.",
    "drafts": "Lấy cả câu hỏi chưa xuất bản của tôi.",
    "passages": "Cho lấy một phần câu hỏi của một ngữ liệu.",
    "forms": "Chỉ tạo {count} đề khác nhau.",
    "common": "Cho hai đề trùng nhau tới {percent} % số câu.",
    "tolerance": "Nới sai số của điểm trung bình dự kiến thành ± {tolerance} (thang 10).",
    "goals": "Bỏ yêu cầu về độ khó và lượng thông tin.",
}


@dataclass(frozen=True)
class Request:
    """What was asked for: a matrix, targets, and how many forms."""

    matrix: Matrix
    targets: Targets
    forms: int = 1


@dataclass(frozen=True)
class Relaxation:
    """A change that helps: what it changes is ``before``, what it leads to ``request``.

    ``message`` is a msgid with places for ``facts``.
    """

    key: str
    before: Request
    request: Request
    cell: int | None = None
    facts: dict[str, str] = field(default_factory=dict)

    @property
    def code(self) -> str:
        return self.key.partition(MARK)[0]

    @property
    def message(self) -> str:
        return MESSAGES[self.code]

    @property
    def matrix(self) -> Matrix:
        return self.request.matrix


def relaxation_of(request: Request, key: str, curriculum: Curriculum) -> Relaxation:
    """The relaxation that a key names, with what it leads to."""
    code, *values = key.split(MARK)
    after = applied(request, [key])
    cell = _cell_number(request, values) if code in OF_CELL else None
    return Relaxation(key, request, after, cell, facts_of(request, key, curriculum))


def facts_of(request: Request, key: str, curriculum: Curriculum, locale: str = "vi") -> dict[str, str]:
    """What the sentence of a relaxation speaks of."""
    code, *values = key.split(MARK)
    if code not in OF_CELL:
        return _facts_of_all(code, values[0] if values else "", locale)
    cell = request.matrix.cells[_cell_number(request, values)]

    def named(id: str | None) -> str:
        return curriculum.name_of(id, locale) if id else ""

    return {
        "topic": named(cell.topic or _any_topic(request.matrix)),
        "old": named(cell.level),
        "count": values[1] if len(values) > 1 else str(cell.count),
        "level": named(values[2] if code == "level" else None),
        "wider": named(_any_topic(request.matrix) if values[-1] == ANY else values[-1]),
    }


def _facts_of_all(code: str, value: str, locale: str) -> dict[str, str]:
    match code:
        case "forms":
            return {"count": value}
        case "common":
            return {"percent": f"{float(value) * 100:.0f}"}
        case "tolerance":
            marks = f"{float(value) * 10:g}"
            return {"tolerance": marks if locale.startswith("en") else marks.replace(".", ",")}
        case _:
            return {}


def _any_topic(matrix: Matrix) -> str:
    return grade_id_of(matrix.subject, matrix.grade) if matrix.grade else matrix.subject


def applied(request: Request, keys: Iterable[str]) -> Request:
    """What is asked for after these relaxations, one after the other.

    Raises:
        Invalid: a key that says nothing, or does not fit the matrix.
    """
    for key in keys:
        code, *values = key.split(MARK)
        change = OF_ALL.get(code)
        try:
            if change is not None:
                request = change(request, *values)
            else:
                cell = _cell_number(request, values)
                request = _with_cells(request, cell, OF_CELL[code](request, request.matrix.cells[cell], *values[1:]))
        except (KeyError, IndexError, TypeError, ValueError) as error:
            raise Invalid("Cách nới “{key}” không dùng được cho ma trận này.", key=key) from error
    return request


def _cell_number(request: Request, values: list[str]) -> int:
    number = int(values[0])
    if not 0 <= number < len(request.matrix.cells):
        raise IndexError
    return number


def _with_cells(request: Request, number: int, instead: list[Cell]) -> Request:
    """The request with other cells in place of one; those without questions fall out, like ones become one."""
    cells = list(request.matrix.cells)
    kept = [one for one in instead if one.count > 0]
    merged: list[Cell] = []
    for one in [*cells[:number], *kept, *cells[number + 1 :]]:
        same = next((place for place, other in enumerate(merged) if one in kept and _is_like(one, other)), None)
        if same is None:
            merged.append(one)
        else:
            merged[same] = replace(merged[same], count=merged[same].count + one.count)
    if not merged:
        raise ValueError
    return replace(request, matrix=replace(request.matrix, cells=tuple(merged)))


def _is_like(one: Cell, other: Cell) -> bool:
    return not one.statements and replace(one, count=other.count) == other


def _part(cell: Cell, count: str, **changes: Any) -> list[Cell]:
    """The cell without so many questions, and a cell of these that asks otherwise."""
    number = int(count)
    if not 1 <= number <= cell.count or cell.statements:
        raise ValueError
    return [replace(cell, count=cell.count - number), replace(cell, count=number, **changes)]


def _level(request: Request, cell: Cell, count: str, level: str) -> list[Cell]:
    return _part(cell, count, level=level)


def _any_level(request: Request, cell: Cell, count: str) -> list[Cell]:
    return _part(cell, count, level=None)


def _topic(request: Request, cell: Cell, count: str, topic: str) -> list[Cell]:
    wider = None if topic == ANY else topic
    if cell.statements:
        return [replace(cell, topic=wider)]
    return _part(cell, count, topic=wider)


def _anything(request: Request, cell: Cell, count: str, topic: str) -> list[Cell]:
    return _part(cell, count, topic=None if topic == ANY else topic, level=None)


def _no_statements(request: Request, cell: Cell) -> list[Cell]:
    return [replace(cell, statements=(), level=None)]


def _fewer(request: Request, cell: Cell, count: str, statements: str = "") -> list[Cell]:
    left = cell.count - int(count)
    if not 1 <= int(count) <= cell.count:
        raise ValueError
    return [replace(cell, count=left, statements=statements_from(statements) if cell.statements else ())]


def _forms(request: Request, count: str) -> Request:
    if not 1 <= int(count) <= MOST_FORMS:
        raise ValueError
    return replace(request, forms=int(count))


def _aims(**changes: Any) -> Callable[..., Request]:
    def change(request: Request) -> Request:
        return replace(request, targets=replace(request.targets, **changes))

    return change


def _common(request: Request, share: str) -> Request:
    return replace(request, targets=checked(replace(request.targets, most_common=float(share))))


def _tolerance(request: Request, share: str) -> Request:
    return replace(request, targets=checked(replace(request.targets, tolerance=float(share))))


OF_CELL: dict[str, Callable[..., list[Cell]]] = {
    "level": _level,
    "topic": _topic,
    "any-level": _any_level,
    "anything": _anything,
    "statements": _no_statements,
    "fewer": _fewer,
}
OF_ALL: dict[str, Callable[..., Request]] = {
    "recent": _aims(unused_since=None, last_quizzes=0),
    "often": _aims(most_uses=None),
    "drafts": _aims(own_drafts=True),
    "passages": _aims(passages=Passages.NONE),
    "forms": _forms,
    "common": _common,
    "tolerance": _tolerance,
    "goals": lambda request: replace(request, targets=request.targets.without_goals()),
}


def for_cell(request: Request, number: int, lack: int, curriculum: Curriculum, levels: list[str]) -> list[str]:
    """What may help a cell that lacks so many questions, the gentlest first; ``fewer`` is not among it.

    Args:
        levels: those of the programme, from the easiest on.
    """
    cell = request.matrix.cells[number]
    wider = wider_topics(cell.topic, request.matrix, curriculum)
    head = f"{number}{MARK}{min(lack, cell.count)}"
    if cell.statements:
        return [*(f"topic~{head}~{topic}" for topic in wider), f"statements~{number}"]
    keys = []
    if cell.level in levels:
        place = levels.index(cell.level)
        near = sorted((one for one in levels if one != cell.level), key=lambda one: abs(levels.index(one) - place))
        keys += [f"level~{head}~{level}" for level in near]
    keys += [f"topic~{head}~{topic}" for topic in wider]
    if cell.level:
        keys += [f"any-level~{head}", *(f"anything~{head}~{topic}" for topic in wider)]
    return keys


def wider_topics(topic: str | None, matrix: Matrix, curriculum: Curriculum) -> list[str]:
    """The strand and the grade that a topic lies in, the nearest first; the last is any topic of the matrix."""
    if topic is None:
        return []
    steps = topic.split(".")
    above = [".".join(steps[:length]) for length in range(len(steps) - 1, 1, -1)]
    own = grade_id_of(matrix.subject, matrix.grade) if matrix.grade else ""
    named = [one for one in above if curriculum.has(one) and one != own]
    return [*named, ANY]


def for_all(request: Request, *, has_drafts: bool) -> list[str]:
    """What may help everywhere at once."""
    targets = request.targets
    ways = {
        "recent": bool(targets.unused_since or targets.last_quizzes),
        "often": targets.most_uses is not None,
        "passages": targets.passages is not Passages.NONE,
        "drafts": has_drafts and not targets.own_drafts,
    }
    return [key for key, is_open in ways.items() if is_open]
