"""Parse plain-text papers as teachers paste them: ``Câu 1. …``, ``A.`` to ``D.``, ``Đáp án: B``, ``Lời giải: …``.

Nothing is guessed. What can't be read safely becomes a problem with its line; ``rules.PROBLEMS`` decides which
problems leave a question out.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from quizbank.questions.formats.text_blocks import Block, Part, Preamble, cut_paper
from quizbank.questions.formats.text_keys import Answer, letters_of, read_answer, truths_of, values_of
from quizbank.questions.formats.text_lines import (
    FIGURE,
    IMAGE,
    RANGE,
    TABLE_LINE,
    TABLE_NAMED,
    PartKind,
    lines_of,
    tidy,
)
from quizbank.questions.formats.text_options import Options, read_options, read_statements
from quizbank.questions.rules import (
    NUMBER,
    OPTION_LETTERS,
    AnswerKind,
    Problem,
    QuestionContent,
    QuestionType,
    Verdict,
    check_content,
    problem,
    verdict_of,
)
from quizbank.questions.rules import Part as Choice

_MULTIPLE = re.compile(
    r"chọn (?:các|nhiều|hai|ba|những) (?:đáp án|phương án|câu|ý)"
    r"|nhiều (?:đáp án|phương án) đúng|select all|choose (?:two|three)",
    re.IGNORECASE,
)
_ERROR_HUNT = re.compile(r"underlined part that needs correct|gạch chân.*(?:cần|phải) sửa|lỗi sai", re.IGNORECASE)
_ALL_OF_THEM = re.compile(
    r"(?:cả|tất cả|đáp án|phương án|ý|câu)\b.*\b[A-D]\b\s*(?:,|và|đều|hoặc)"
    r"|(?:both|all|none|neither)\b.*\b(?:above|[A-D] and [A-D])\b",
    re.IGNORECASE,
)
_ABOVE = re.compile(
    r"(?:tất cả|cả|không|các) .*(?:phương án|đáp án|ý|câu)\b.*(?:trên|còn lại|đều)|all of the above|none of the above",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class ParsedQuestion:
    """One question as read.

    ``draft`` is the best reading even when ``problems`` leave the question out, so that a person can mend it;
    ``lines`` are the first and last line in the source, counted from 1, ``source`` the text between.
    """

    label: str
    part: str
    number: int
    lines: tuple[int, int]
    source: str
    draft: QuestionContent | None
    problems: tuple[Problem, ...] = ()
    passage: str = ""
    is_passage_shared: bool = False
    images: tuple[str, ...] = ()

    @property
    def content(self) -> QuestionContent | None:
        """What may be stored, or None when the question is left out."""
        return None if self.verdict is Verdict.LEAVE_OUT else self.draft

    @property
    def verdict(self) -> Verdict:
        return verdict_of(self.problems) if self.draft else Verdict.LEAVE_OUT

    @property
    def place(self) -> str:
        return f"line {self.lines[0]}"


@dataclass(frozen=True)
class ParsedPaper:
    questions: tuple[ParsedQuestion, ...]

    @property
    def images(self) -> tuple[str, ...]:
        """The image targets, each once, in order."""
        return tuple(dict.fromkeys(image for question in self.questions for image in question.images))


@dataclass(frozen=True)
class _Raw:
    """A block with its answer split off; what the paper as a whole must know before questions are built."""

    block: Block
    answer: Answer


def parse_paper(text: str) -> ParsedPaper:
    """Read every question of a paper; each header is a question or a problem."""
    cut = cut_paper(lines_of(text))
    raws = [_Raw(block, read_answer(block.lines)) for block in cut.blocks]
    has_key_lines = bool(cut.key_table) or any(raw.answer.key for raw in raws)
    usual = _usual_count(raws)
    questions: list[ParsedQuestion] = []
    preamble: Preamble | None = None
    for raw in raws:
        preamble = _preamble_for(raw.block, preamble)
        raw = _with_table_key(raw, cut.key_table, has_key_lines)
        questions.append(_parse_question(raw, preamble, usual))
    return ParsedPaper(tuple(_compare_neighbours(questions)))


def _usual_count(raws: Iterable[_Raw]) -> int:
    counts = Counter(len(read_options(raw.answer.body).texts) for raw in raws)
    counts.pop(0, None)
    return counts.most_common(1)[0][0] if counts else 0


def _preamble_for(block: Block, last: Preamble | None) -> Preamble | None:
    if block.preamble is not None:
        same = last if last and last.passage and not block.preamble.passage and last.covers(block.number) else None
        return same or block.preamble
    return last if last and last.covers(block.number) and not (last.passage and last.last is None) else None


def _with_table_key(raw: _Raw, table: dict[int, str], has_key_lines: bool) -> _Raw:
    """Take the key from the answer table, or from “Chọn B” where the whole paper has no other keys."""
    answer, number = raw.answer, raw.block.number
    keys, is_said = answer.keys, False
    if not raw.block.part.number and number in table:
        keys = (*keys, table[number])
    elif not keys and not has_key_lines and len(set(answer.chosen)) == 1:
        keys, is_said = answer.chosen[:1], True
    return _Raw(raw.block, replace(answer, key=keys[0] if keys else None, keys=keys, is_key_from_explanation=is_said))


def _parse_question(raw: _Raw, preamble: Preamble | None, usual: int) -> ParsedQuestion:
    block = raw.block
    content, problems = _content_of(raw, preamble, usual)
    last = max((line.number for line in block.lines if not line.is_blank), default=block.lines[0].number)
    passage = preamble.passage if preamble and block.label else ""
    texts = [passage, *([content.stem, content.explanation, *(part.text for part in content.parts)] if content else [])]
    images = tuple(dict.fromkeys(found["target"] for text in texts for found in IMAGE.finditer(text)))
    if block.is_glued:
        problems.append(problem("glued-question"))
    if block.stray_text:
        problems.append(problem("text-before-question", text=block.stray_text))
    source = "\n".join(line.text for line in block.lines).strip()
    return ParsedQuestion(
        label=block.label,
        part=block.part.number,
        number=block.number,
        lines=(block.lines[0].number, last),
        source=f"{block.label}. {source}" if block.label else source,
        draft=content,
        problems=tuple(problems),
        passage=passage,
        is_passage_shared=bool(passage),
        images=images,
    )


def _content_of(raw: _Raw, preamble: Preamble | None, usual: int) -> tuple[QuestionContent | None, list[Problem]]:
    block, answer = raw.block, raw.answer
    if not block.label:
        return None, [problem("not-a-question")]
    options, kind = _read_parts(answer, block.part, usual)
    if not options.texts and answer.key is None and not answer.explanation:
        return None, [problem("not-a-question")]
    stem, problems = _stem_of(options, preamble, block.number)
    if kind is QuestionType.SHORT_ANSWER:
        content, doubts = _short_answer(stem, answer)
    elif kind is QuestionType.TRUE_FALSE:
        content, doubts = _true_false(stem, options, answer)
    else:
        content, doubts = _choice(stem, options, answer, block.part)
    found = [*problems, *options.problems, *doubts]
    codes = {doubt.code for doubt in found}
    found += [doubt for doubt in check_content(content) if doubt.code not in codes and not _is_explained(doubt, codes)]
    return content, found


def _is_explained(doubt: Problem, codes: set[str]) -> bool:
    """Whether a problem of the content only repeats what the reader already said of the source."""
    if doubt.code == "no-key":
        return bool(codes & {"two-keys", "key-not-an-option", "key-does-not-fit"})
    return doubt.code in ("missing-option", "wrong-statement-count") and bool(
        codes & {"missing-option", "glued-option"}
    )


def _read_parts(answer: Answer, part: Part, usual: int) -> tuple[Options, QuestionType]:
    """Which type the question is, from its part's heading, its key and the marks it has."""
    truths = truths_of(answer.key) if answer.key else None
    choice = read_options(answer.body, usual)
    statements = read_statements(answer.body)
    lettered = answer.key is not None and letters_of(answer.key) is not None
    if part.kind is PartKind.TRUE_FALSE or (truths and len(truths) > 1 and statements.texts and not choice.texts):
        return statements, QuestionType.TRUE_FALSE
    none = Options(tuple(line.text for line in answer.body))
    numeric = bool(answer.key) and all(NUMBER.fullmatch(value) for value in values_of(answer.key or ""))
    if not choice.texts and (part.kind is PartKind.SHORT or numeric):
        return none, QuestionType.SHORT_ANSWER
    if not choice.texts and statements.texts and lettered:
        return statements, QuestionType.SINGLE_CHOICE
    return choice, QuestionType.SINGLE_CHOICE


def _stem_of(options: Options, preamble: Preamble | None, number: int) -> tuple[str, list[Problem]]:
    stem = tidy([*options.stem, *options.moved_images])
    if preamble is None:
        return stem, []
    if not preamble.passage:
        return tidy([preamble.instruction, *([stem] if stem else [])]), _doubt_of_passage(preamble)
    if not stem and re.search(rf"\({number}\)", preamble.passage):
        return f"({number})", [problem("stem-from-blank", number=number)]
    return stem, []


def _doubt_of_passage(preamble: Preamble) -> list[Problem]:
    speaks = re.search(
        r"\bpassage|\bđoạn|văn bản|ngữ liệu|bảng số liệu|thông tin sau", preamble.instruction, re.IGNORECASE
    )
    return [problem("missing-passage")] if speaks else []


def _short_answer(stem: str, answer: Answer) -> tuple[QuestionContent, list[Problem]]:
    values = values_of(answer.key or "")
    kind = AnswerKind.NUMERIC if values and all(NUMBER.fullmatch(value) for value in values) else AnswerKind.TEXT
    doubts = [problem("two-keys", keys=", ".join(answer.keys))] if len(set(answer.keys)) > 1 else []
    parts = tuple(Choice(value, is_true=True) for value in values)
    return QuestionContent(QuestionType.SHORT_ANSWER, stem, parts, tidy(answer.explanation), kind), doubts


def _true_false(stem: str, options: Options, answer: Answer) -> tuple[QuestionContent, list[Problem]]:
    truths = truths_of(answer.key or "")
    doubts = _key_doubts(answer, truths is not None, len(truths or ()) == len(options.texts))
    if len(set(filter(None, map(truths_of, answer.keys)))) > 1:
        doubts.append(problem("two-keys", keys="; ".join(answer.keys)))
    judged = [*(truths or ()), *([False] * len(options.texts))]
    parts = tuple(Choice(text, is_true) for text, is_true in zip(options.texts, judged, strict=False))
    return QuestionContent(QuestionType.TRUE_FALSE, stem, parts, tidy(answer.explanation)), doubts


def _key_doubts(answer: Answer, is_key: bool, fits: bool) -> list[Problem]:
    if answer.key is None:
        return [problem("no-key")]
    if not is_key:
        return [problem("key-not-an-option", key=answer.key[:60])]
    return [] if fits else [problem("key-does-not-fit", key=answer.key[:60])]


def _choice(stem: str, options: Options, answer: Answer, part: Part) -> tuple[QuestionContent, list[Problem]]:
    letters = letters_of(answer.key) if answer.key else None
    allowed = OPTION_LETTERS[: len(options.texts)]
    is_multiple = part.kind is PartKind.MULTIPLE or bool(_MULTIPLE.search(stem))
    doubts = _choice_doubts(answer, letters, allowed, is_multiple)
    parts = tuple(
        Choice(text, is_true=letter in (letters or ""), is_locked=bool(_ABOVE.search(text)))
        for letter, text in zip(OPTION_LETTERS, options.texts, strict=False)
    )
    keeps_order = bool(_ERROR_HUNT.search(stem)) or any(_ALL_OF_THEM.match(part.text) for part in parts)
    many = part.kind is PartKind.MULTIPLE or (is_multiple and len(letters or "") > 1)
    kind = QuestionType.MULTIPLE_RESPONSE if many else QuestionType.SINGLE_CHOICE
    return QuestionContent(kind, stem, parts, tidy(answer.explanation), keeps_order=keeps_order), doubts


def _choice_doubts(answer: Answer, letters: str | None, allowed: str, is_multiple: bool) -> list[Problem]:
    if answer.key is None:
        return [problem("no-key")]
    if not allowed:
        return []
    if letters is None or not set(letters) <= set(allowed):
        return [problem("key-not-an-option", key=answer.key[:60])]
    named = {key for key in map(letters_of, answer.keys) if key} | ({*answer.said[-1:]} if not is_multiple else set())
    if len(named) > 1 or (len(letters) > 1 and not is_multiple):
        return [problem("two-keys", keys=", ".join(sorted(named | {letters})))]
    return [problem("key-from-explanation", key=letters)] if answer.is_key_from_explanation else []


def _compare_neighbours(questions: list[ParsedQuestion]) -> Iterable[ParsedQuestion]:
    """Add the problems that only show beside other questions: figures, shared texts, numbering."""
    seen: set[tuple[str, int]] = set()
    shared_until = 0
    for previous, question, following in zip([None, *questions], questions, [*questions[1:], None], strict=False):
        found = list(question.problems)
        if question.label and question.draft:
            found += _figure_problems(question, following)
            found += [problem("repeated-number")] if (question.part, question.number) in seen else []
            found += [problem("missing-passage")] if question.number <= shared_until and not question.passage else []
            shared_until = _shared_until(question, shared_until)
        if previous and question.label and previous.part == question.part and question.number == previous.number + 2:
            found.append(problem("skipped-number", number=previous.number + 1))
        seen.add((question.part, question.number))
        yield replace(question, problems=tuple(found))


def _shared_until(question: ParsedQuestion, last: int) -> int:
    """The last number that a text inside this question's stem is meant for, as its first line says."""
    first_line = question.draft.stem.split("\n")[0] if question.draft else ""
    numbers = RANGE.search(first_line)
    if numbers and int(numbers["first"]) == question.number:
        return int(numbers["last"])
    return last if question.number < last else 0


def _figure_problems(question: ParsedQuestion, following: ParsedQuestion | None) -> list[Problem]:
    if _lacks_figure(question):
        return [problem("missing-figure")]
    if following and _lacks_figure(following) and _has_needless_figure(question):
        return [problem("unclear-image")]
    return []


def _has_needless_figure(question: ParsedQuestion) -> bool:
    stem = question.draft.stem if question.draft else ""
    return bool(IMAGE.search(stem)) and not FIGURE.search(stem) and not TABLE_NAMED.search(stem)


def _lacks_figure(question: ParsedQuestion) -> bool:
    stem = question.draft.stem if question.draft else ""
    return bool(FIGURE.search(stem)) and not (question.images or TABLE_NAMED.search(stem) or TABLE_LINE.search(stem))
