"""QTI 1.2 and 1.1 as Canvas, Blackboard, Respondus, OLAT and Common Cartridges write it."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from lxml import etree

from quizbank.questions.formats.foreign_question import (
    BLANK,
    Draft,
    are_truths,
    finished,
    letter_of,
    truth_in,
    unsupported,
)
from quizbank.questions.formats.package_files import Files
from quizbank.questions.formats.paper import ParsedQuestion, Said
from quizbank.questions.formats.qti12_scoring import TESTS, Scoring12
from quizbank.questions.formats.qti12_texts import RESPONSES, gather_feedback, html_of_material, html_with_blank
from quizbank.questions.formats.qti12_values import short_answer_of
from quizbank.questions.formats.qti_grading import choice_probes, note_otherwise, statement_probes
from quizbank.questions.formats.qti_keys import Key, multiple_key, single_key, with_letters
from quizbank.questions.formats.qti_names import all_of, attribute, child, children, name_of, with_plain_names, words_of
from quizbank.questions.formats.qti_values import Declared, Value
from quizbank.questions.formats.xml_source import line_of, local_name, source_of
from quizbank.questions.rules import MAX_OPTIONS, Part, QuestionContent, QuestionType

KINDS = {
    "calculated_question": "câu có tham số",
    "categorization_question": "phân loại",
    "file_upload_question": "nộp tệp",
    "fill_in_multiple_blanks_question": "nhiều chỗ trống",
    "hot_spot_question": "chọn trên hình",
    "matching_question": "ghép cặp",
    "multiple_dropdowns_question": "nhiều danh sách chọn",
    "ordering_question": "sắp thứ tự",
    "text_only_question": "không có phần trả lời",
}
_KINDS_ELSEWHERE = {
    "arithmetic": "câu có tham số",
    "calculated": "câu có tham số",
    "calculated formula": "câu có tham số",
    "file response": "nộp tệp",
    "file upload": "nộp tệp",
    "fill in the blank plus": "nhiều chỗ trống",
    "hot spot": "chọn trên hình",
    "jumbled sentence": "nhiều danh sách chọn",
    "matching": "ghép cặp",
    "opinion scale": "thăm dò",
    "ordering": "sắp thứ tự",
    "significant figures": "câu có tham số",
}
"""What Blackboard and Brightspace call what the bank has no type for."""
_ESSAYS = ("essay", "essay_question", "cc.essay.v0p1", "long answer", "written response", "short response")
_WITH_KEY = (
    *("short_answer_question", "numerical_question", "fill_in_multiple_blanks_question", "cc.fib.v0p1"),
    *("cc.pattern_match.v0p1", "fill in the blank", "fill in the blanks", "numeric", "short answer"),
)
_EITHER_OR = {
    "agree_disagree.true": "Đồng ý",
    "agree_disagree.false": "Không đồng ý",
    "right_wrong.true": "Đúng",
    "right_wrong.false": "Sai",
    "true_false.true": "Đúng",
    "true_false.false": "Sai",
    "yes_no.true": "Có",
    "yes_no.false": "Không",
}
"""What Blackboard shows for the options of its Either/Or."""
_TAG_FIELDS = ("qmd_keywords", "qmd_topic", "qmd_keyword")
_PASSAGE_FIELD = "parent_stimulus_item_ident"


class Unsupported(Exception):
    """The bank has no type for this; the message says what it is."""


def read_questestinterop(root: etree._Element, files: Files, path: str, number: int) -> Iterator[ParsedQuestion]:
    """Every item of a file, wherever it stands: in sections, object banks or by itself."""
    passages: dict[str, str] = {}
    found = [
        (element, source_of(element, limit=1 << 20), line_of(element))
        for element in root.iter()
        if local_name(element) in ("item", "bankentry_item")
    ]
    with_plain_names(root)
    parents = {_field(item, _PASSAGE_FIELD) for item, _, _ in found} - {""}
    for item, source, line in found:
        identifier = attribute(item, "ident") or attribute(item, "item_ref")
        at = f"item {identifier}" + (f" in {path}" if path else "")
        label = attribute(item, "title") or attribute(item, "ident")
        draft = Draft(files, path, at, line, label, number, source, Said(tags=_tags_of(item)))
        if attribute(item, "ident") in parents:
            passages[attribute(item, "ident")] = _passage(item, draft)
            if not list(all_of(item, *RESPONSES)):
                continue
        draft.passage = passages.get(_field(item, _PASSAGE_FIELD), "")
        yield _read_item(item, draft)
        number += 1


def _passage(item: etree._Element, draft: Draft) -> str:
    texts = [f"<div>{html_of_material(found, RESPONSES)}</div>" for found in children(item, "presentation")]
    return draft.source_of("".join(texts))


def _tags_of(item: etree._Element) -> tuple[str, ...]:
    return tuple(tag.strip() for name in _TAG_FIELDS for tag in _field(item, name).split(",") if tag.strip())


def _read_item(item: etree._Element, draft: Draft) -> ParsedQuestion:
    try:
        content = _content(item, draft)
    except Unsupported as error:
        return unsupported(draft, str(error))
    content = replace(content, explanation="\n\n".join(draft.explanation))
    return finished(draft, content)


def _content(item: etree._Element, draft: Draft) -> QuestionContent:
    if name_of(item) == "bankentry_item":
        raise Unsupported("câu ở một ngân hàng khác")
    kind = _kind_in(item)
    presentations = children(item, "presentation")
    responses = [found for part in presentations for found in all_of(part, *RESPONSES)]
    scoring = Scoring12(item)
    if not responses and kind in _ESSAYS:
        stem = draft.source_of("".join(map(html_of_material, presentations)))
        gather_feedback(item, {}, scoring, draft)
        return QuestionContent(QuestionType.ESSAY, stem, ())
    if not responses:
        raise Unsupported({**KINDS, **_KINDS_ELSEWHERE}.get(kind, "không có phần trả lời"))
    _with_own_names(item, responses)
    if len(responses) > 1:
        return _cluster(item, kind, responses, scoring, draft)
    response = responses[0]
    if kind in ("calculated_question", "hot_spot_question", "file_upload_question") or _is_of_another_kind(response):
        raise Unsupported(KINDS.get(kind, _kind_of(response)))
    if kind in _KINDS_ELSEWHERE or _boxes_of(response) > 1:
        raise Unsupported(_KINDS_ELSEWHERE.get(kind, "nhiều chỗ trống"))
    is_choice = next(all_of(response, "render_choice"), None) is not None
    if is_choice and kind in ("fill_in_multiple_blanks_question", "multiple_dropdowns_question"):
        return _in_brackets(kind, presentations, response, scoring, draft)
    if is_choice:
        content = _choice(response, scoring, draft)
    else:
        short = short_answer_of(item, response, scoring, draft)
        is_essay = short is None and kind not in _WITH_KEY and not scoring.tests_values
        content = short or QuestionContent(QuestionType.ESSAY if is_essay else QuestionType.SHORT_ANSWER, "", ())
    gather_feedback(item, _places_of(response), scoring, draft)
    if content.type is QuestionType.SHORT_ANSWER:
        html = "".join(html_with_blank(part, response) for part in presentations)
    else:
        html = "".join(html_of_material(part, ("render_choice", "render_fib")) for part in presentations)
    return replace(content, stem=draft.source_of(html))


def _kind_in(item: etree._Element) -> str:
    """What the tool that wrote an item calls its type."""
    own = _field(item, "question_type") or _field(item, "cc_profile")
    names = ("bbmd_questiontype", "qmd_questiontype", "qmd_itemtype")
    return own or next((found.lower() for name in names if (found := _field(item, name))), "")


def _with_own_names(item: etree._Element, responses: list[etree._Element]) -> None:
    """Brightspace compares the one blank of a response under the name of the blank: it becomes that of the response.

    Raises:
        Unsupported: there are several.
    """
    owners: dict[str, str] = {}
    for response in responses:
        if name_of(response) in ("response_str", "response_num"):
            labels = _labels_of(response)
            owners |= {attribute(label, "ident"): attribute(response, "ident") for label in labels}
    owners = {name: owner for name, owner in owners.items() if name and name != owner}
    tests = [test for test in all_of(item, *TESTS) if attribute(test, "respident") in owners]
    if len({attribute(test, "respident") for test in tests}) > len(responses):
        raise Unsupported("nhiều chỗ trống")
    for test in tests:
        test.set("respident", owners[attribute(test, "respident")])


def _boxes_of(response: etree._Element) -> int:
    """Into how many boxes several answers are to be written, as Brightspace says it."""
    said = (
        value
        for found in all_of(response, "render_fib")
        for key, value in found.attrib.items()
        if str(key).endswith("input_boxes")
    )
    return max((int(number) for number in said if str(number).isdecimal()), default=1)


def _is_of_another_kind(response: etree._Element) -> bool:
    is_ordered = attribute(response, "rcardinality").lower() == "ordered"
    is_typed = next(all_of(response, "render_choice"), None) is None and _renders(response)
    return (
        (is_ordered and not is_typed) or name_of(response) in ("response_xy", "response_grp") or not _renders(response)
    )


def _renders(response: etree._Element) -> bool:
    return next(all_of(response, "render_choice", "render_fib"), None) is not None


def _kind_of(response: etree._Element) -> str:
    if attribute(response, "rcardinality").lower() == "ordered":
        return "sắp thứ tự"
    return {"response_xy": "chọn trên hình", "response_grp": "ghép cặp"}.get(name_of(response), "tương tác riêng")


def _labels_of(response: etree._Element) -> list[etree._Element]:
    return list(all_of(response, "response_label"))


def _places_of(response: etree._Element) -> dict[str, int]:
    return {attribute(label, "ident"): place for place, label in enumerate(_labels_of(response))}


def _declared(response: etree._Element, kind: str = "") -> Declared:
    said = attribute(response, "rcardinality").lower()
    is_multiple = said == "multiple" or (not said and kind.startswith(("multiple response", "multiple answer")))
    return Declared(attribute(response, "ident"), "multiple" if is_multiple else "single", "identifier", None, None)


def _choice(response: etree._Element, scoring: Scoring12, draft: Draft) -> QuestionContent:
    labels, declared = _labels_of(response), _declared(response, _kind_in(scoring.item))
    names = [attribute(label, "ident") for label in labels]
    is_single = declared.cardinality == "single"
    if is_single:
        key = single_key(scoring, declared, names, {})
    else:
        key = multiple_key(scoring, declared, names, {}, scoring.named_sets)
    letters = {name: letter_of(place) for place, name in enumerate(names)}
    _note_key(key, letters, draft)
    if not key.problems and key.right and set(key.right) <= set(letters) and len(labels) <= MAX_OPTIONS:
        probes = choice_probes(declared.identifier, letters, key.right, is_single=is_single)
        note_otherwise(scoring, declared, probes, draft)
    if len(labels) > MAX_OPTIONS:
        draft.say("too-many-options", limit=MAX_OPTIONS)
    parts = tuple(
        Part(_option(label, draft), name in key.right, _is_locked(label))
        for name, label in zip(names, labels, strict=True)
    )
    render = next(all_of(response, "render_choice"))
    keeps_order = attribute(render, "shuffle").lower() == "no" or are_truths(part.text for part in parts)
    kind = QuestionType.SINGLE_CHOICE if is_single else QuestionType.MULTIPLE_RESPONSE
    return QuestionContent(kind, "", parts, keeps_order=keeps_order)


def _option(label: etree._Element, draft: Draft) -> str:
    text = draft.source_of(html_of_material(label))
    if text not in _EITHER_OR:
        return text
    draft.say("changed", what=f"Phương án “{text}”", meant=_EITHER_OR[text])
    return _EITHER_OR[text]


def _is_locked(label: etree._Element) -> bool:
    return attribute(label, "rshuffle").lower() == "no" or attribute(label, "lock").lower() == "yes"


def _note_key(key: Key, letters: dict[str, str], draft: Draft) -> None:
    for doubt in key.problems:
        draft.note(with_letters(doubt, letters))


def _in_brackets(
    kind: str, presentations: list[etree._Element], response: etree._Element, scoring: Scoring12, draft: Draft
) -> QuestionContent:
    """Canvas writes one blank, or one list to choose from, as its name in brackets within the text."""
    if kind == "multiple_dropdowns_question":
        draft.say("changed", what="Danh sách chọn trong câu", meant="các phương án")
        content = _choice(response, scoring, draft)
    else:
        content = _accepted_labels(response, scoring, draft)
    html = "".join(html_of_material(part, RESPONSES) for part in presentations)
    names = (attribute(response, "ident").removeprefix("response_"), words_of(child(response, "material")))
    for name in names:
        html = html.replace(f"[{name}]", BLANK, 1) if name else html
    gather_feedback(scoring.item, _places_of(response), scoring, draft)
    return replace(content, stem=draft.source_of(html))


def _accepted_labels(response: etree._Element, scoring: Scoring12, draft: Draft) -> QuestionContent:
    """Canvas writes the accepted answers of one blank as the options of a choice."""
    labels = _labels_of(response)
    names = [attribute(label, "ident") for label in labels]
    earned = single_key(scoring, _declared(response), names, {}).right
    chosen = earned or tuple(name for name in names if len(names) == 1)
    values = [words_of(label) for name, label in zip(names, labels, strict=True) if name in chosen]
    draft.say("changed", what="Chỗ trống trong câu", meant="câu trả lời ngắn")
    return short_answer_of(None, response, scoring, draft, values) or QuestionContent(
        QuestionType.SHORT_ANSWER, "", tuple(Part(value, is_true=True) for value in values)
    )


def _cluster(
    item: etree._Element, kind: str, responses: list[etree._Element], scoring: Scoring12, draft: Draft
) -> QuestionContent:
    """Several choices between “true” and “false” are statements; anything else with several parts is none of ours."""
    options = [[html_of_material(label) for label in _labels_of(response)] for response in responses]
    is_of_another_kind = kind in KINDS and kind != "matching_question"
    if is_of_another_kind or not all(are_truths(texts) for texts in options):
        raise Unsupported({**KINDS, **_KINDS_ELSEWHERE}.get(kind, "nhiều phần trả lời"))
    parts = []
    answers: list[tuple[Mapping[str, Value], Mapping[str, Value]]] = []
    for response, texts in zip(responses, options, strict=True):
        names = [attribute(label, "ident") for label in _labels_of(response)]
        right = single_key(scoring, _declared(response), names, {}).right
        wrong = tuple(name for name in names if name not in right)
        answers.append(({attribute(response, "ident"): right}, {attribute(response, "ident"): wrong}))
        truth = next((truth_in(text) for name, text in zip(names, texts, strict=True) if name in right), None)
        if truth is None:
            draft.say("no-key")
        parts.append(Part(draft.source_of(html_of_material(response, ("render_choice",))), bool(truth)))
    stem = draft.source_of("".join(html_of_material(part, RESPONSES) for part in children(item, "presentation")))
    gather_feedback(item, {}, scoring, draft)
    if not draft.problems:
        probes = statement_probes([right for right, _ in answers], [wrong for _, wrong in answers])
        note_otherwise(scoring, _declared(responses[0]), probes, draft)
    return QuestionContent(QuestionType.TRUE_FALSE, stem, tuple(parts))


def _field(item: etree._Element, label: str) -> str:
    """A field of the item's metadata."""
    places = [found for place in children(item, "itemmetadata", "qtimetadata") for found in place.iter()]
    for found in places:
        if found.tag in ("qtimetadatafield", "qti_metadatafield") and any(
            words_of(name) == label for name in children(found, "fieldlabel")
        ):
            return words_of(next(iter(children(found, "fieldentry")), None))
    return (
        next((words_of(found) for found in places if found.tag == label), "")
        if label.startswith(("qmd_", "bbmd_"))
        else ""
    )
