"""The question types of H5P that the bank can hold: choices, true or false, blanks, summaries, flash cards."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from html import escape
from typing import Any

from quizbank.questions.formats.foreign_question import BLANK, Draft
from quizbank.questions.rules import MAX_OPTIONS, NUMBER, AnswerKind, Part, QuestionContent, QuestionType

Params = dict[str, Any]
_BLANK = re.compile(r"\*([^*\n]{1,500})\*")


class Unsupported(Exception):
    """The bank has no type for this; the message says what it is."""


@dataclass(frozen=True)
class Library:
    """A content of H5P: the name of its library without the version, its parameters, its title."""

    name: str
    params: Params
    title: str


@dataclass(frozen=True)
class Reader:
    """How a library is read: ``parts`` gives the parameters of each question in it."""

    read: Callable[[Params, Draft], QuestionContent]
    parts: Callable[[Params], list[Params]]


def text_of(value: Any) -> str:
    return value if isinstance(value, str) else ""


def dict_of(value: Any) -> Params:
    return value if isinstance(value, dict) else {}


def list_of(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _multi_choice(params: Params, draft: Draft) -> QuestionContent:
    behaviour = dict_of(params.get("behaviour"))
    answers = [dict_of(answer) for answer in list_of(params.get("answers"))]
    truths = [answer.get("correct") in (True, "true") for answer in answers]
    kind = text_of(behaviour.get("type")) or ("single" if behaviour.get("singleAnswer") else "auto")
    is_single = kind == "single" or (kind == "auto" and sum(truths) == 1)
    if len(answers) > MAX_OPTIONS:
        draft.say("too-many-options", limit=MAX_OPTIONS)
    parts = tuple(
        Part(draft.source_of(text_of(answer.get("text"))), is_true)
        for answer, is_true in zip(answers, truths, strict=True)
    )
    for place, answer in enumerate(answers):
        _option_feedback(place, dict_of(answer.get("tipsAndFeedback")), draft)
    _overall_feedback(params, draft)
    type_ = QuestionType.SINGLE_CHOICE if is_single else QuestionType.MULTIPLE_RESPONSE
    return _with_explanation(
        QuestionContent(type_, _stem(params, draft), parts, keeps_order=behaviour.get("randomAnswers") is False), draft
    )


def _option_feedback(place: int, said: Params, draft: Draft) -> None:
    draft.explain_option(place, draft.source_of(text_of(said.get("chosenFeedback"))))
    draft.explain_option(place, draft.source_of(text_of(said.get("notChosenFeedback"))))
    if tip := draft.source_of(text_of(said.get("tip"))):
        draft.say("dropped", what=f"gợi ý “{tip[:200]}”")


def _overall_feedback(params: Params, draft: Draft) -> None:
    for band in list_of(params.get("overallFeedback")):
        if text := draft.source_of(text_of(dict_of(band).get("feedback"))):
            draft.explain(text)
            draft.say("changed", what="Phản hồi theo điểm", meant="lời giải")


def _true_false(params: Params, draft: Draft) -> QuestionContent:
    is_true = params.get("correct") in (True, "true")
    behaviour = dict_of(params.get("behaviour"))
    draft.say("changed", what="Câu đúng/sai một ý", meant="câu một phương án")
    for name in ("feedbackOnCorrect", "feedbackOnWrong"):
        if text := draft.source_of(text_of(behaviour.get(name))):
            draft.explain(text)
            draft.say("changed", what="Phản hồi đúng, sai", meant="lời giải")
    parts = (Part("Đúng", is_true, is_locked=True), Part("Sai", not is_true, is_locked=True))
    content = QuestionContent(QuestionType.SINGLE_CHOICE, _stem(params, draft), parts, keeps_order=True)
    return _with_explanation(content, draft)


def _first_is_right(params: Params, draft: Draft) -> QuestionContent:
    """Single Choice Set and Summary: the right answer is written first, and players always shuffle."""
    answers = [text_of(answer) for answer in list_of(params.get("answers"))]
    if len(answers) > MAX_OPTIONS:
        draft.say("too-many-options", limit=MAX_OPTIONS)
    if tip := draft.source_of(text_of(params.get("tip"))):
        draft.say("dropped", what=f"gợi ý “{tip[:200]}”")
    parts = tuple(Part(draft.source_of(answer), place == 0) for place, answer in enumerate(answers))
    return QuestionContent(QuestionType.SINGLE_CHOICE, draft.source_of(text_of(params.get("question"))), parts)


def _blank(params: Params, draft: Draft) -> QuestionContent:
    html = text_of(params.get("question"))
    blanks = _BLANK.findall(html)
    if len(blanks) != 1:
        raise Unsupported("nhiều chỗ trống" if blanks else "không có phần trả lời")
    answer, _, tip = blanks[0].partition(":")
    if tip.strip():
        draft.say("dropped", what=f"gợi ý “{tip.strip()[:200]}”")
    values = [draft.source_of(value) for value in answer.split("/") if value.strip()]
    if dict_of(params.get("behaviour")).get("caseSensitive"):
        draft.say("dropped", what="phân biệt chữ hoa, chữ thường")
    stem = text_of(params.get("text")) + _media(params) + _BLANK.sub(BLANK, html)
    return _short_answer(draft.source_of(stem), values)


def _card(params: Params, draft: Draft) -> QuestionContent:
    answer = text_of(params.get("answer"))
    image = text_of(dict_of(params.get("image")).get("path"))
    html = (f'<p><img src="{escape(image)}" alt=""/></p>' if image else "") + text_of(params.get("text"))
    if tip := text_of(dict_of(params.get("tip")).get("tip") or params.get("tip")):
        draft.say("dropped", what=f"gợi ý “{tip[:200]}”")
    return _short_answer(draft.source_of(html), [draft.source_of(value) for value in re.split(r"\s*\|\s*|/", answer)])


def _essay(params: Params, draft: Draft) -> QuestionContent:
    solution = dict_of(params.get("solution"))
    for part in ("introduction", "sample"):
        draft.explain(draft.source_of(text_of(solution.get(part))))
    keywords = [text_of(dict_of(one).get("keyword")) for one in list_of(params.get("keywords"))]
    if named := [word for word in keywords if word.strip()]:
        draft.say("dropped", what=f"từ khoá để chấm bằng máy: {', '.join(named)[:200]}")
    _overall_feedback(params, draft)
    stem = draft.source_of(_media(params) + text_of(params.get("taskDescription")))
    return _with_explanation(QuestionContent(QuestionType.ESSAY, stem, ()), draft)


def _guess(params: Params, draft: Draft) -> QuestionContent:
    """The answer is shown at a press of a button; nobody types it."""
    draft.say("changed", what="Câu đoán rồi bấm xem đáp án", meant="câu trả lời ngắn")
    stem = draft.source_of(_media(params) + text_of(params.get("taskDescription")))
    return _short_answer(stem, [draft.source_of(text_of(params.get("solutionText")))])


def _open(params: Params, draft: Draft) -> QuestionContent:
    return QuestionContent(QuestionType.ESSAY, _stem(params, draft), ())


def _short_answer(stem: str, values: list[str]) -> QuestionContent:
    values = [value for value in dict.fromkeys(values) if value.strip()]
    is_number = bool(values) and all(NUMBER.fullmatch(value) for value in values)
    kind = AnswerKind.NUMERIC if is_number else AnswerKind.TEXT
    parts = tuple(Part(value, is_true=True) for value in values)
    return QuestionContent(QuestionType.SHORT_ANSWER, stem, parts, answer_kind=kind)


def _with_explanation(content: QuestionContent, draft: Draft) -> QuestionContent:
    return replace(content, explanation="\n\n".join(draft.explanation))


def _stem(params: Params, draft: Draft) -> str:
    return draft.source_of(_media(params) + text_of(params.get("question")))


def _media(params: Params) -> str:
    """The picture that stands above a question; films and sounds are left to the converter to name."""
    media = dict_of(params.get("media"))
    inner = dict_of(media.get("type")) or media
    shown = dict_of(inner.get("params"))
    if path := text_of(dict_of(shown.get("file")).get("path")):
        return f'<p><img src="{escape(path)}" alt="{escape(text_of(shown.get("alt")))}"/></p>'
    sources = list_of(shown.get("sources")) + list_of(shown.get("files"))
    return "".join(f'<video src="{escape(text_of(dict_of(one).get("path")))}"></video>' for one in sources)


def _itself(params: Params) -> list[Params]:
    return [params]


def _of_choices(params: Params) -> list[Params]:
    return [dict_of(choice) for choice in list_of(params.get("choices"))]


def _of_summaries(params: Params) -> list[Params]:
    intro = text_of(params.get("intro"))
    groups = [dict_of(group) for group in list_of(params.get("summaries"))]
    return [
        {"question": intro, "answers": list_of(group.get("summary")), "tip": text_of(group.get("tip"))}
        for group in groups
    ]


def _of_blanks(params: Params) -> list[Params]:
    shared: Params = {name: params[name] for name in ("text", "media", "behaviour") if name in params}
    return [{**shared, "question": text_of(block)} for block in list_of(params.get("questions"))]


def _of_cards(params: Params) -> list[Params]:
    return [dict_of(card) for card in list_of(params.get("cards"))]


READERS: Mapping[str, Reader] = {
    "H5P.MultiChoice": Reader(_multi_choice, _itself),
    "H5P.TrueFalse": Reader(_true_false, _itself),
    "H5P.SingleChoiceSet": Reader(_first_is_right, _of_choices),
    "H5P.Summary": Reader(_first_is_right, _of_summaries),
    "H5P.Blanks": Reader(_blank, _of_blanks),
    "H5P.Flashcards": Reader(_card, _of_cards),
    "H5P.Essay": Reader(_essay, _itself),
    "H5P.FreeTextQuestion": Reader(_open, _itself),
    "H5P.GuessTheAnswer": Reader(_guess, _itself),
    "H5P.OpenEndedQuestion": Reader(_open, _itself),
}
