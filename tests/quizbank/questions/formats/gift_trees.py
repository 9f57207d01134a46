"""Our trees of GIFT questions in the shape of fuhrmanator's, to compare the two."""

from typing import Any

from quizbank.questions.formats.gift_cutting import Block, cut_gift
from quizbank.questions.formats.gift_tree import GiftChoice, GiftNumber, GiftQuestion, GiftText, parse_gift

ANSWERED = {"MC", "TF", "Short", "Numerical", "Matching", "Essay"}


def trees_of(text: str) -> list[dict[str, Any]]:
    return [_tree_of(block) for block in cut_gift(text.splitlines())]


def _tree_of(block: Block) -> dict[str, Any]:
    if block.is_category:
        return {"type": "Category", "title": block.text}
    question = parse_gift(block.text)
    tree: dict[str, Any] = {
        "id": block.id or None,
        "tags": list(block.tags) or None,
        "type": question.type,
        "title": question.title,
        "stem": _text(question.stem),
        "hasEmbeddedAnswers": question.has_embedded_answers,
    }
    if question.type in ANSWERED:
        tree["globalFeedback"] = _text(question.global_feedback)
    return tree | _answers_of(question)


def _answers_of(question: GiftQuestion) -> dict[str, Any]:
    match question.type:
        case "TF":
            feedbacks = [*question.feedbacks, None, None]
            return {
                "isTrue": question.is_true,
                "trueFeedback": _text(feedbacks[0]),
                "falseFeedback": _text(feedbacks[1]),
            }
        case "Matching":
            pairs = [{"subquestion": _text(pair.subquestion), "subanswer": pair.subanswer} for pair in question.pairs]
            return {"matchPairs": pairs}
        case "Numerical" if question.is_one_number:
            return {"choices": _value(question.choices[0].text)}
        case "MC" | "Short" | "Numerical":
            return {"choices": [_choice(choice) for choice in question.choices]}
        case _:
            return {}


def _choice(choice: GiftChoice) -> dict[str, Any]:
    return {
        "isCorrect": choice.is_correct,
        "weight": None if choice.weight is None else float(choice.weight),
        "text": _value(choice.text),
        "feedback": _text(choice.feedback),
    }


def _value(value: GiftText | GiftNumber) -> dict[str, Any] | None:
    if isinstance(value, GiftText):
        return _text(value)
    match value.type:
        case "high-low":
            return {"type": value.type, "numberHigh": float(value.high), "numberLow": float(value.low)}
        case "range":
            return {"type": value.type, "number": float(value.number), "range": float(value.range)}
        case _:
            return {"type": value.type, "number": float(value.number)}


def _text(text: GiftText | None) -> dict[str, str] | None:
    return {"format": text.format, "text": text.text} if text else None
