"""Read one row of a table as a question."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from quizbank.questions.formats.paper import ParsedQuestion, Said
from quizbank.questions.formats.spreadsheet_cells import options_in, without_labels
from quizbank.questions.formats.spreadsheet_columns import OPTIONS, Column, ColumnMapping, Row, folded
from quizbank.questions.formats.text_lines import IMAGE
from quizbank.questions.problems import Problem, problem
from quizbank.questions.rules import (
    NUMBER,
    OPTION_LETTERS,
    AnswerKind,
    Part,
    QuestionContent,
    QuestionType,
    check_content,
    fold_spaces,
)
from repository.curriculum.queries import curriculum

TYPES: Mapping[str, QuestionType] = {
    name: kind
    for kind, names in {
        QuestionType.SINGLE_CHOICE: "single choice|single selection|single select|single answer|single correct|single"
        "|singlechoice|mot dap an|trac nghiem|tn|tnkq|mcq|mc|multiple choice|multiplechoice|mot lua chon|radio|dropdown"
        "|trac nghiem mot dap an|nhieu phuong an lua chon|trac nghiem nhieu phuong an lua chon|chon mot|nhieu lua chon"
        "|trac nghiem nhieu lua chon|trac nghiem khach quan|mot dap an dung",
        QuestionType.MULTIPLE_RESPONSE: "multiple response|multiple selection|multiple select|multi select|multiselect"
        "|multiple answer|multiple answers|multiple correct|checkbox|checkboxes|select all that apply|msq|nhieu dap an"
        "|trac nghiem nhieu dap an|chon nhieu|nhieu dap an dung",
        QuestionType.TRUE_FALSE: "true false|truefalse|true or false|tf|yes no|dung sai|ds|trac nghiem dung sai"
        "|cum dung sai|dung hoac sai",
        QuestionType.SHORT_ANSWER: "short answer|shortanswer|short|input question|tra loi ngan|tln|dien dap an"
        "|dien khuyet|numeric|numerical|integer|trac nghiem tra loi ngan|tu luan ngan|fill in the blank|fill in"
        "|fill in the blanks"
        "|fill in blank|fill blank|fib|identification|typing|type answer|dien vao cho trong|dien tu|nhap dap an",
        QuestionType.ESSAY: "tu luan|essay|tl|cau tu luan|tu luan dai|extended response|open ended|long answer"
        "|paragraph|subjective|descriptive|open question",
    }.items()
    for name in names.split("|")
}
SEVERAL_MAY_BE_RIGHT = frozenset({"multiple choice", "multiplechoice", "mcq", "mc", "trac nghiem", "tn", "tnkq"})
"""Names of types that tables use for one right option and for several alike."""

CLUSTER_SIZE = 4
TRUTHS = {"dung": True, "d": True, "true": True, "t": True, "yes": True, "sai": False, "s": False, "false": False,
          "f": False, "no": False}  # fmt: skip
_LETTERS = re.compile(r"[A-Ha-h](?:\s*[,;/&+.\s]\s*[A-Ha-h])*\.?|[A-H]{2,8}")
_NUMBERS = re.compile(r"[1-8](?:\s*(?:[,;/&+]|và|and)\s*[1-8])+")
_LABELLED = re.compile(r"\s*(?P<letter>[A-Ha-h])\s*[.):]\s*(?P<text>\S.*)", re.DOTALL)
_NAMED = re.compile(r"\s*(?:phương án|đáp án|câu|option|chọn)\s+", re.IGNORECASE)
_JUDGEMENT = re.compile(r"(?:[a-d]\s*[).:\-]?\s*)?(Đúng|Sai|True|False|Đ|S|T|F|D)\b", re.IGNORECASE)
_LEVELS = {"nb": "NB", "nhan biet": "NB", "th": "TH", "thong hieu": "TH", "vd": "VD", "van dung": "VD"}
_LEVELS |= {"vdc": "VDC", "van dung cao": "VDC", "van dung thap": "VD", "b": "B", "biet": "B", "h": "H", "hieu": "H"}
_YES = frozenset({"co", "x", "1", "dung", "true", "yes"})
_SEPARATED = re.compile(r"\s*(?:\n|;|\||\bhoặc\b)\s*")


@dataclass
class _Reading:
    """A row while it is read; what is doubted is collected."""

    options: list[str]
    keys: list[str]
    convention: str = ""
    keeps_order: bool = False
    problems: list[Problem] = field(default_factory=list)


def convention_of(rows: Iterable[Row], mapping: ColumnMapping) -> str:
    """How a table names the right option where its key could be read two ways: ``text``, ``number`` or unknown.

    Evidence is a key that can only be the text of an option, or only its number; where a table has both, nothing is
    assumed.
    """
    found = set()
    for row in rows:
        options = {fold_spaces(mapping.one(row, column)) for column in OPTIONS} - {""}
        for key in mapping.of(row, Column.KEY):
            if fold_spaces(key) in options and not key.isdecimal() and not _letters(key):
                found.add("text")
            elif key.isdecimal() and 1 <= int(key) <= len(options) and fold_spaces(key) not in options:
                found.add("number")
    return found.pop() if len(found) == 1 else ""


def question_of(row: Row, mapping: ColumnMapping, *, place: str, number: int, convention: str = "") -> ParsedQuestion:
    """The question of a row.

    Args:
        row: its cells as text.
        mapping: what the columns mean.
        place: where the row stands, for reports.
        number: its number, where the table gives none.
        convention: see ``convention_of``.
    """
    reading = _reading_of(row, mapping, convention)
    stem = _with_image(mapping.one(row, Column.STEM), mapping.one(row, Column.IMAGE))
    kind = _type_of(mapping.one(row, Column.TYPE), reading)
    content = _content(kind, stem, row, mapping, reading)
    passage = mapping.one(row, Column.PASSAGE)
    said = _said(row, mapping, reading)
    _note_others(row, mapping, reading)
    if hints := mapping.of(row, Column.HINT):
        reading.problems.append(problem("dropped", what=f"gợi ý “{'; '.join(hints)[:200]}”"))
    known = {found.code for found in reading.problems}
    reading.problems += [found for found in check_content(content) if found.code not in known]
    shown = mapping.one(row, Column.NUMBER)
    texts = (stem, content.explanation, passage, *(part.text for part in content.parts))
    return ParsedQuestion(
        label=f"Câu {shown or number}",
        part="",
        number=int(shown) if shown.isdecimal() and len(shown) < 9 else number,
        lines=(0, 0),
        source="\n".join(f"{column}: {row[at]}" for at, column in mapping.columns.items() if at < len(row) and row[at]),
        draft=content,
        problems=tuple(reading.problems),
        passage=passage,
        images=tuple(dict.fromkeys(found["target"] for text in texts for found in IMAGE.finditer(text))),
        level_code=said.level_code,
        said=said,
        at=place,
    )


def _reading_of(row: Row, mapping: ColumnMapping, convention: str) -> _Reading:
    """The options of a row, wherever they stand, and its keys."""
    options = [mapping.one(row, column) for column in OPTIONS]
    while options and not options[-1]:
        options.pop()
    keys = mapping.of(row, Column.KEY)
    if listed := mapping.one(row, Column.CHOICES):
        options = [*options, *options_in(listed)]
    wrong = [option for cell in mapping.of(row, Column.WRONG) for option in options_in(cell)]
    if wrong and not options:
        options = [*keys, *wrong]
        convention = "text"
    elif wrong:
        options += [option for option in wrong if option not in options]
    is_ours = Column.KEEPS_ORDER in mapping.columns.values()
    return _Reading(options if is_ours else without_labels(options), keys, convention)


def _note_others(row: Row, mapping: ColumnMapping, reading: _Reading) -> None:
    """Name what stands in columns that mean nothing to us."""
    found = {name: row[at] for at, name in mapping.others.items() if at < len(row) and row[at]}
    if found:
        told = "; ".join(f"{name}: {value}" for name, value in found.items())
        reading.problems.append(problem("dropped", what=f"cột không nhận ra: {told[:300]}"))


def _with_image(stem: str, image: str) -> str:
    return f"{stem}\n![]({image})" if image and not IMAGE.search(stem) else stem


def _type_of(said: str, reading: _Reading) -> QuestionType:
    """What the table calls the question; else what its options and key look like."""
    name = folded(said)
    named = TYPES.get(name) or next((kind for kind in QuestionType if kind == said.strip().lower()), None)
    if named is QuestionType.TRUE_FALSE and len(reading.options) != CLUSTER_SIZE and _is_one_judgement(reading):
        return QuestionType.SINGLE_CHOICE
    is_several = len(reading.keys) > 1 or (len(reading.keys) == 1 and len(_named_options(reading.keys[0], reading)) > 1)
    if named is QuestionType.SINGLE_CHOICE and is_several and name in SEVERAL_MAY_BE_RIGHT:
        return QuestionType.MULTIPLE_RESPONSE
    if named is not None:
        return named
    if said.strip():
        reading.problems.append(problem("unsupported-type", kind=said.strip()))
    if not reading.options:
        return QuestionType.SHORT_ANSWER
    if len(reading.options) == CLUSTER_SIZE and _judgements(reading.keys) is not None:
        return QuestionType.TRUE_FALSE
    is_text = len(reading.keys) == 1 and reading.keys[0] in reading.options
    return QuestionType.MULTIPLE_RESPONSE if is_several and not is_text else QuestionType.SINGLE_CHOICE


def _is_one_judgement(reading: _Reading) -> bool:
    """Whether one statement is to be judged: two options, or none and a key that says true or false."""
    if reading.options:
        return len(reading.options) == 2
    truth = TRUTHS.get(folded(reading.keys[0])) if len(reading.keys) == 1 else None
    if truth is None:
        return False
    reading.options, reading.keys = ["Đúng", "Sai"], ["A" if truth else "B"]
    reading.keeps_order = True
    reading.problems.append(problem("changed", what="Câu đúng/sai một ý", meant="câu hai phương án Đúng, Sai"))
    return True


def _named_options(key: str, reading: _Reading) -> list[str]:
    """The letters that a key names, by letters or by numbers (``1,3``)."""
    if any(fold_spaces(option) == fold_spaces(key) for option in reading.options):
        return []
    numbers = _NUMBERS.fullmatch(_NAMED.sub("", key, count=1).strip())
    if not numbers:
        return _letters(key)
    found = [int(number) for number in re.findall(r"\d", key)]
    is_fit = len(set(found)) == len(found) and all(1 <= number <= len(reading.options) for number in found)
    return [OPTION_LETTERS[number - 1] for number in found if number <= len(OPTION_LETTERS)] if is_fit else []


def _letters(key: str) -> list[str]:
    """The letters of a key such as ``B``, ``A, C`` or ``AC``; none where it is something else."""
    letters = _NAMED.sub("", key, count=1).strip()
    return re.findall(r"[A-H]", letters.upper()) if _LETTERS.fullmatch(letters) else []


def _judgements(keys: list[str]) -> tuple[bool, ...] | None:
    """Right or wrong for each of four statements: ``Đ S Đ S``, ``TFTF``, ``a) Đúng b) Sai …``."""
    text = " ".join(keys).strip()
    if re.fullmatch(r"[ĐSTFDđstfd]{4}", text):
        text = " ".join(text)
    found = _JUDGEMENT.findall(text)
    rest = re.sub(r"[\s,;./|\-]+", "", _JUDGEMENT.sub("", text))
    if len(found) != CLUSTER_SIZE or rest:
        return None
    return tuple(word[0].upper() in "ĐDT" for word in found)


def _content(kind: QuestionType, stem: str, row: Row, mapping: ColumnMapping, reading: _Reading) -> QuestionContent:
    parts: tuple[Part, ...]
    answer_kind = tolerance = None
    if kind is QuestionType.SHORT_ANSWER:
        values = _values(reading)
        parts = tuple(Part(value, is_true=True) for value in dict.fromkeys(values))
        is_number = bool(values) and all(NUMBER.fullmatch(value) for value in values)
        answer_kind = AnswerKind.NUMERIC if is_number else AnswerKind.TEXT
        tolerance = _tolerance(mapping.one(row, Column.TOLERANCE), reading)
    elif kind is QuestionType.ESSAY:
        return _essay(stem, row, mapping, reading)
    else:
        right = _right_options(kind, reading)
        locked = set(_letters(mapping.one(row, Column.LOCKED)))
        levels = _levels(mapping.one(row, Column.STATEMENT_LEVELS)) if kind is QuestionType.TRUE_FALSE else []
        parts = tuple(
            Part(text, is_true=letter in right, is_locked=letter in locked, level=level)
            for letter, text, level in zip(
                OPTION_LETTERS, reading.options, [*levels, *[None] * len(OPTION_LETTERS)], strict=False
            )
        )
    keeps_order = reading.keeps_order or folded(mapping.one(row, Column.KEEPS_ORDER)) in _YES
    explanation = mapping.one(row, Column.EXPLANATION)
    return QuestionContent(kind, stem, parts, explanation, answer_kind, tolerance, keeps_order)


def _values(reading: _Reading) -> list[str]:
    """The accepted values of a short answer; options of a question to be typed are such values."""
    options = [option for option in reading.options if option]
    if options and all(_named_options(key, reading) or key.isdecimal() or key in options for key in reading.keys):
        return options
    if options:
        reading.problems.append(problem("dropped", what="các phương án của câu trả lời ngắn"))
    return [value for key in reading.keys for value in _SEPARATED.split(key) if value]


def _essay(stem: str, row: Row, mapping: ColumnMapping, reading: _Reading) -> QuestionContent:
    """An essay; what stands in the column of keys belongs to its marking guide, options are named as dropped."""
    if any(reading.options):
        reading.problems.append(problem("dropped", what="các phương án của câu tự luận"))
    if reading.keys:
        reading.problems.append(problem("changed", what="Đáp án của câu tự luận", meant="hướng dẫn chấm"))
    guide = "\n\n".join(filter(None, (*reading.keys, mapping.one(row, Column.EXPLANATION))))
    return QuestionContent(QuestionType.ESSAY, stem, (), guide)


def _levels(text: str) -> list[str | None]:
    """The level of each statement, written one after the other: ids or codes, a dash for that of the question."""
    if not text:
        return []
    said = [level.strip() for level in re.split(r"[,;\n]", text)]
    return [
        level if curriculum().find_level(level) else _LEVELS.get(folded(level), level) if folded(level) else None
        for level in said
    ]


def _tolerance(text: str, reading: _Reading) -> Decimal | None:
    if not text:
        return None
    try:
        found = Decimal(text.replace(",", "."))
    except InvalidOperation:
        found = Decimal(-1)
    if not found.is_finite() or found < 0:
        reading.problems.append(problem("not-a-number", key=text))
        return None
    return found


def _right_options(kind: QuestionType, reading: _Reading) -> set[str]:
    """The letters of what is right; a key that names none of the options is a problem."""
    if kind is QuestionType.TRUE_FALSE:
        judged = _judgements(reading.keys)
        if judged is None:
            code = "key-does-not-fit" if reading.keys else "no-key"
            reading.problems.append(problem(code, key=", ".join(reading.keys)) if reading.keys else problem(code))
        return {letter for letter, is_true in zip(OPTION_LETTERS, judged or (), strict=False) if is_true}
    right: set[str] = set()
    for key in reading.keys:
        right |= _options_meant(key, reading)
    return right


def _options_meant(key: str, reading: _Reading) -> set[str]:
    """What a key means: letters, the text of an option, or its number. Two that differ are a problem."""
    letters = OPTION_LETTERS[: len(reading.options)]
    texts = [fold_spaces(option) for option in reading.options]
    by_text = {letter for letter, text in zip(letters, texts, strict=False) if text and text == fold_spaces(key)}
    labelled = _LABELLED.fullmatch(key)
    if labelled and not by_text:
        letter = labelled["letter"].upper()
        is_same = letter in letters and texts[letters.index(letter)] == fold_spaces(labelled["text"])
        key = letter if is_same else key
    bare = _NAMED.sub("", key, count=1).strip()
    by_letter = set(_letters(key))
    is_number = len(bare) == 1 and bare.isdecimal() and 1 <= int(bare) <= len(letters)
    by_number = {letters[int(bare) - 1]} if is_number else set()
    if _NUMBERS.fullmatch(bare) and not by_text:
        by_number = set(_named_options(key, reading))
    if by_text and by_number and reading.convention:
        by_text, by_number = (by_text, set()) if reading.convention == "text" else (set(), by_number)
    readings = [found for found in (by_letter & set(letters), by_text, by_number) if found]
    if not readings or by_letter - set(letters):
        reading.problems.append(problem("key-not-an-option", key=key))
        return set()
    if any(found != readings[0] for found in readings[1:]):
        reading.problems.append(problem("two-keys", keys=", ".join(sorted(set().union(*readings)))))
        return set()
    if by_number and readings == [by_number]:
        meant = ", ".join(sorted(by_number))
        reading.problems.append(problem("changed", what=f"đáp án {key}", meant=f"phương án {meant}"))
    return readings[0]


def _said(row: Row, mapping: ColumnMapping, reading: _Reading) -> Said:
    level = mapping.one(row, Column.LEVEL)
    code = "" if curriculum().find_level(level) else _LEVELS.get(folded(level), "")
    grade = re.sub(r"^\s*(?:lớp|khối)\s*", "", mapping.one(row, Column.GRADE), flags=re.IGNORECASE)
    is_grade = grade.isdecimal() and 1 <= int(grade) <= 12
    if grade and not is_grade:
        reading.problems.append(problem("dropped", what=f"lớp “{grade}”"))
    tags = [tag.strip() for tags in mapping.of(row, Column.TAGS) for tag in re.split(r"[,;]", tags) if tag.strip()]
    return Said(
        subject=mapping.one(row, Column.SUBJECT),
        programme=mapping.one(row, Column.PROGRAMME),
        grade=int(grade) if is_grade else None,
        topic=mapping.one(row, Column.TOPIC),
        level="" if code else level,
        level_code=code,
        tags=tuple(dict.fromkeys(tags)),
        licence=mapping.one(row, Column.LICENCE),
        source=mapping.one(row, Column.SOURCE),
    )
