"""What an item of QTI 2.x or 3.0 says after the answer, as lines of the explanation."""

from lxml import etree

from quizbank.questions.formats.foreign_question import Draft
from quizbank.questions.formats.qti_body import html_of
from quizbank.questions.formats.qti_names import all_of, attribute, child, name_of, words_of

OURS = "HOCLIEU_EXPLANATION"
"""The outcome by which a file of the bank shows its explanation: nothing needs to be said of it."""
_FEEDBACK = ("modalFeedback", "feedbackBlock", "feedbackInline")


def gather_feedback(item: etree._Element, body: etree._Element, draft: Draft, *, is_essay: bool = False) -> None:
    """Every feedback goes into the explanation, that of an option under its letter.

    What an essay's scorers are told is its marking guide and comes first.
    """
    if is_essay:
        for rubric in all_of(item, "rubricBlock"):
            if "scorer" in attribute(rubric, "view").split():
                draft.explain(draft.source_of(_with_content(rubric)))
    letters = _places_of(body)
    for feedback in all_of(item, *_FEEDBACK):
        identifier = attribute(feedback, "identifier")
        if any(name_of(above) in _FEEDBACK for above in feedback.iterancestors()):
            continue
        text = draft.source_of(_with_content(feedback))
        if attribute(feedback, "outcomeIdentifier") == OURS:
            draft.explain(text)
            continue
        place = _choice_around(feedback, letters)
        if place is None and attribute(feedback, "showHide") != "hide":
            place = letters.get(identifier)
        if place is not None:
            draft.explain_option(place, text)
        elif text.strip():
            draft.explain(text)
            draft.say("changed", what=f"Phản hồi “{identifier}”", meant="lời giải")
    for rubric in all_of(item, "rubricBlock"):
        if not (is_essay and "scorer" in attribute(rubric, "view").split()):
            _rubric(rubric, draft)


def is_for_candidate(rubric: etree._Element) -> bool:
    return "candidate" in attribute(rubric, "view").split() or not attribute(rubric, "view")


def _rubric(rubric: etree._Element, draft: Draft) -> None:
    if is_for_candidate(rubric):
        return
    text = draft.source_of(_with_content(rubric))
    if text.strip():
        draft.explain(text)
        draft.say("changed", what=f"Hướng dẫn cho {attribute(rubric, 'view')}", meant="lời giải")


def _with_content(feedback: etree._Element) -> str:
    content = child(feedback, "contentBody")
    return html_of(content if content is not None else feedback)


def _places_of(body: etree._Element) -> dict[str, int]:
    found: dict[str, int] = {}
    for interaction in all_of(body, "choiceInteraction", "inlineChoiceInteraction"):
        choices = [one for one in interaction if name_of(one) in ("simpleChoice", "inlineChoice")]
        found |= {attribute(choice, "identifier"): place for place, choice in enumerate(choices)}
    return found


def _choice_around(feedback: etree._Element, letters: dict[str, int]) -> int | None:
    choice = next((above for above in feedback.iterancestors("simpleChoice", "inlineChoice")), None)
    return letters.get(attribute(choice, "identifier")) if choice is not None else None


def candidate_rubrics(body: etree._Element) -> str:
    """Instructions for the candidate, as HTML."""
    return "".join(
        _with_content(rubric) for rubric in all_of(body, "rubricBlock") if is_for_candidate(rubric) and words_of(rubric)
    )
