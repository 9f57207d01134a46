"""Read the content of one question: type, stem, options or statements, and what is right."""

import re
from dataclasses import replace

from quizbank.questions.formats.text_blocks import Block, Part, Preamble
from quizbank.questions.formats.text_keys import Answer, judgements_in, letters_of, truths_of, values_of
from quizbank.questions.formats.text_lines import PartKind, tidy
from quizbank.questions.formats.text_options import Options, read_options, read_statements
from quizbank.questions.problems import Problem, problem
from quizbank.questions.rules import NUMBER, OPTION_LETTERS, AnswerKind, QuestionContent, QuestionType, check_content
from quizbank.questions.rules import Part as Choice

FEWEST_OPTIONS = 3
"""So many options make a question under a heading of essays a choice all the same."""
_MULTIPLE = re.compile(
    r"chọn (?:các|nhiều|hai|ba|những) (?:đáp án|phương án|câu|ý|khẳng định|phát biểu|mệnh đề)"
    r"|(?:^|[.?!:;(]\s{0,3})(?:hãy )?chọn (?:tất cả )?(?:các|những|hai|ba)\b"
    r"|nhiều (?:đáp án|phương án|lựa chọn) đúng|select all|choose (?:two|three)",
    re.IGNORECASE | re.MULTILINE,
)
_ERROR_HUNT = re.compile(
    r"underlined part that needs correct|gạch chân.{0,200}?(?:cần|phải) sửa|lỗi sai", re.IGNORECASE
)
_ALL_OF_THEM = re.compile(
    r"(?:cả|tất cả|đáp án|phương án|ý|câu)\b.{0,80}?\b[A-D]\b\s*(?:,|và|đều|hoặc)"
    r"|(?:both|all|none|neither)\b.{0,80}?\b(?:above|[A-D] and [A-D])\b",
    re.IGNORECASE,
)
_ABOVE = re.compile(
    r"(?:tất cả|cả|không|các) .{0,80}?(?:phương án|đáp án|ý|câu)\b.{0,80}?(?:trên|còn lại|đều)"
    r"|all of the above|none of the above",
    re.IGNORECASE,
)


def content_of(
    block: Block, answer: Answer, preamble: Preamble | None, usual: int
) -> tuple[QuestionContent | None, list[Problem]]:
    """The best reading of one question, or None where there is none, and what is doubtful about it."""
    if not block.label:
        return None, [problem("not-a-question")]
    options, kind = _read_parts(answer, block.part, usual)
    if kind is QuestionType.ESSAY:
        return _essay(options, answer, preamble, block.number)
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
    truths = truths_of(answer.key or judgements_in(answer.explanation))
    choice = read_options(answer.body, usual)
    if part.kind is PartKind.ESSAY and len(choice.texts) < FEWEST_OPTIONS:
        return Options(tuple(line.text for line in answer.body)), QuestionType.ESSAY
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


def _essay(
    options: Options, answer: Answer, preamble: Preamble | None, number: int
) -> tuple[QuestionContent, list[Problem]]:
    """What stands under a heading of essays; its result and its solution are the marking guide."""
    stem, problems = _stem_of(options, preamble, number)
    results = [f"Đáp án: {key}" for key in dict.fromkeys(answer.keys)]
    content = QuestionContent(QuestionType.ESSAY, stem, (), tidy([*results, *answer.explanation]))
    return content, [*problems, *check_content(content)]


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
    judged_below = judgements_in(answer.explanation)
    if answer.key is None and judged_below:
        answer = replace(answer, key=judged_below, keys=(judged_below,))
        doubts = [problem("key-from-statements", key=judged_below)]
    else:
        doubts = []
    truths = truths_of(answer.key or "")
    doubts += _key_doubts(answer, truths is not None, len(truths or ()) == len(options.texts))
    keys = [*answer.keys, *([judged_below] if judged_below else [])]
    if len(set(filter(None, map(truths_of, keys)))) > 1:
        doubts.append(problem("two-keys", keys="; ".join(keys)))
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
        Choice(text, is_true=letter in (letters or ""), is_locked=letter in answer.locked or bool(_ABOVE.search(text)))
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
    named = {letters_of(key) or key[:60] for key in answer.keys} | ({*answer.said[-1:]} if not is_multiple else set())
    if len(named) > 1 or (len(letters) > 1 and not is_multiple):
        return [problem("two-keys", keys=", ".join(sorted(named | {letters})))]
    return [problem("key-from-explanation", key=letters)] if answer.is_key_from_explanation else []
