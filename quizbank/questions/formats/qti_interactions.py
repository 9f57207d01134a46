"""The interactions of QTI 2.x and 3.0 that the bank can hold, as the content of a question."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from lxml import etree

from quizbank.questions.formats.foreign_question import BLANK, Draft, are_truths, letter_of, truth_in
from quizbank.questions.formats.qti_body import html_of, is_alone, words_of_all_but
from quizbank.questions.formats.qti_grading import choice_probes, note_otherwise, statement_probes
from quizbank.questions.formats.qti_keys import Key, multiple_key, single_key, with_letters
from quizbank.questions.formats.qti_names import all_of, attribute, child, children, name_of, words_of
from quizbank.questions.formats.qti_scoring import Scoring
from quizbank.questions.formats.qti_texts import short_answer_of
from quizbank.questions.formats.qti_values import Declared, Simple, Unscorable, Value
from quizbank.questions.rules import MAX_OPTIONS, Part, QuestionContent, QuestionType

KINDS = {
    "associateInteraction": "ghép đôi",
    "customInteraction": "tương tác riêng",
    "drawingInteraction": "vẽ hình",
    "endAttemptInteraction": "nút kết thúc lượt",
    "gapMatchInteraction": "kéo vào chỗ trống",
    "graphicAssociateInteraction": "ghép đôi trên hình",
    "graphicGapMatchInteraction": "kéo vào hình",
    "graphicOrderInteraction": "sắp thứ tự trên hình",
    "hotspotInteraction": "chọn trên hình",
    "hottextInteraction": "chọn trong văn bản",
    "matchInteraction": "ghép cặp",
    "mediaInteraction": "nghe nhìn",
    "orderInteraction": "sắp thứ tự",
    "portableCustomInteraction": "tương tác riêng (PCI)",
    "positionObjectInteraction": "đặt vật trên hình",
    "selectPointInteraction": "chấm điểm trên hình",
    "sliderInteraction": "thanh trượt",
    "uploadInteraction": "nộp tệp",
}
"""What people call an interaction that the bank has no type for."""
_SIGNS = {"+": True, "✓": True, "✔": True, "-": False, "−": False, "–": False, "✗": False, "✘": False}


class Unsupported(Exception):
    """The bank has no type for this; the message says what it is."""


def interactions_of(body: etree._Element) -> list[etree._Element]:
    return [found for found in body.iter() if name_of(found).endswith("Interaction")]


def content_of(item: etree._Element, body: etree._Element, scoring: Scoring, draft: Draft) -> QuestionContent:
    """The content of an item, its explanation still to come.

    Raises:
        Unsupported: the bank has no type for it.
    """
    found = interactions_of(body)
    if not found:
        raise Unsupported("không có phần trả lời")
    if len(found) > 1:
        return _cluster(body, found, scoring, draft)
    interaction = found[0]
    name = name_of(interaction)
    if name == "choiceInteraction":
        return _choice(body, interaction, scoring, draft)
    if name == "inlineChoiceInteraction":
        draft.say("changed", what="Danh sách chọn trong câu", meant="các phương án")
        return _choice(body, interaction, scoring, draft)
    if name in ("textEntryInteraction", "extendedTextInteraction"):
        return _text(item, body, interaction, scoring, draft)
    if name == "matchInteraction":
        return _match(body, interaction, scoring, draft)
    raise Unsupported(KINDS.get(name, name))


def choices_of(interaction: etree._Element) -> list[etree._Element]:
    return children(interaction, "simpleChoice", "inlineChoice")


def declared_for(interaction: etree._Element, scoring: Scoring) -> Declared:
    """The response variable of an interaction.

    Raises:
        Unsupported: the item declares none.
    """
    declared = scoring.declared.get(attribute(interaction, "responseIdentifier"))
    if declared is None:
        raise Unsupported("không khai báo câu trả lời")
    return declared


def stem_html(body: etree._Element, interaction: etree._Element) -> str:
    """The text around an interaction, with its prompt where it stands; a blank where it stands inside a sentence."""
    prompt = child(interaction, "prompt")
    is_inline = name_of(interaction) in ("textEntryInteraction", "inlineChoiceInteraction")
    if is_inline and is_alone(interaction):
        return html_of(body, {_own_block(interaction, body): ""})
    place = BLANK if is_inline else ""
    if prompt is not None:
        place = f"<p>{html_of(prompt)}</p>" if not children(prompt, "p", "div") else html_of(prompt)
    return html_of(body, {interaction: place})


def _own_block(interaction: etree._Element, body: etree._Element) -> etree._Element:
    """The paragraph that holds nothing but the interaction, or the interaction itself."""
    block = interaction
    while (parent := block.getparent()) is not None and parent is not body:
        if words_of_all_but(parent, interaction):
            break
        block = parent
    return block


def _choice(body: etree._Element, interaction: etree._Element, scoring: Scoring, draft: Draft) -> QuestionContent:
    declared, choices = declared_for(interaction, scoring), choices_of(interaction)
    names = [attribute(choice, "identifier") for choice in choices]
    is_single = declared.cardinality == "single" or (
        declared.cardinality == "multiple" and attribute(interaction, "maxChoices") == "1"
    )
    if declared.cardinality == "ordered":
        raise Unsupported(KINDS["orderInteraction"])
    key = (single_key if is_single else multiple_key)(scoring, declared, names, {})
    letters = {name: letter_of(place) for place, name in enumerate(names)}
    _note_key(key, letters, draft)
    if not key.problems and key.right and set(key.right) <= set(letters) and len(choices) <= MAX_OPTIONS:
        probes = choice_probes(declared.identifier, letters, key.right, is_single=is_single)
        note_otherwise(scoring, declared, probes, draft)
    if len(choices) > MAX_OPTIONS:
        draft.say("too-many-options", limit=MAX_OPTIONS)
    stem = draft.source_of(stem_html(body, interaction))
    parts = tuple(
        Part(draft.source_of(html_of(choice)), name in key.right, attribute(choice, "fixed").lower() == "true")
        for name, choice in zip(names, choices, strict=True)
    )
    shuffle = attribute(interaction, "shuffle").lower()
    keeps_order = shuffle == "false" or (not shuffle and are_truths(part.text for part in parts))
    kind = QuestionType.SINGLE_CHOICE if is_single else QuestionType.MULTIPLE_RESPONSE
    return QuestionContent(kind, stem, parts, keeps_order=keeps_order)


def _note_key(key: Key, letters: dict[str, str], draft: Draft) -> None:
    for doubt in key.problems:
        draft.note(with_letters(doubt, letters))
    if unknown := [name for name in key.right if name not in letters]:
        draft.say("key-not-an-option", key=", ".join(unknown))


def _text(
    item: etree._Element, body: etree._Element, interaction: etree._Element, scoring: Scoring, draft: Draft
) -> QuestionContent:
    declared = declared_for(interaction, scoring)
    if declared.cardinality != "single":
        raise Unsupported("nhiều đáp án viết")
    if declared.base_type in ("pair", "directedPair", "point"):
        raise Unsupported(KINDS["matchInteraction"])
    content = short_answer_of(item, interaction, declared, scoring, draft)
    if content is None and name_of(interaction) == "extendedTextInteraction":
        content = QuestionContent(QuestionType.ESSAY, "", ())
    if content is None:
        raise Unsupported("chỗ trống không có đáp án")
    return replace(content, stem=draft.source_of(stem_html(body, interaction)))


def _match(body: etree._Element, interaction: etree._Element, scoring: Scoring, draft: Draft) -> QuestionContent:
    """Four statements against “true” and “false”; any other match is none of ours."""
    sets = [children(found, "simpleAssociableChoice") for found in children(interaction, "simpleMatchSet")]
    meanings, place = next(
        ((found, place) for place in (1, 0) if (found := _meanings(sets[place : place + 1]))), ({}, 0)
    )
    if len(sets) != 2 or not meanings:
        raise Unsupported(KINDS["matchInteraction"])
    statements = sets[1 - place]
    declared = declared_for(interaction, scoring)
    pairs = _pairs_of(declared)
    judged: list[bool | None] = []
    for statement in statements:
        name = attribute(statement, "identifier")
        said = {meanings[other] for pair in pairs if name in pair for other in pair if other in meanings}
        judged.append(said.pop() if len(said) == 1 else None)
    if None in judged:
        draft.say("no-key")
    _check_pairs(declared, scoring, judged, draft)
    if None not in judged:
        _note_scale(declared, scoring, [attribute(found, "identifier") for found in statements], meanings, draft)
    parts = tuple(
        Part(draft.source_of(html_of(statement)), bool(is_true), attribute(statement, "fixed").lower() == "true")
        for statement, is_true in zip(statements, judged, strict=True)
    )
    keeps_order = attribute(interaction, "shuffle").lower() == "false"
    stem = draft.source_of(stem_html(body, interaction))
    return QuestionContent(QuestionType.TRUE_FALSE, stem, parts, keeps_order=keeps_order)


def _meanings(sets: Sequence[Sequence[etree._Element]]) -> dict[str, bool | None]:
    """What the choices of a set mean where they are “true” and “false”, as words or as signs; OpenOLAT adds one for
    no answer."""
    choices = [found for chosen in sets for found in chosen if attribute(found, "identifier") != "unanswered"]
    said = {attribute(found, "identifier"): _SIGNS.get(words_of(found), truth_in(html_of(found))) for found in choices}
    return said if len(choices) == 2 and set(said.values()) == {True, False} else {}


def _are_truths(choices: Sequence[etree._Element]) -> bool:
    return are_truths(html_of(choice) for choice in choices)


def _pairs_of(declared: Declared) -> list[tuple[str, ...]]:
    from_mapping = [key for key, worth, _ in declared.mapping.entries if worth > 0] if declared.mapping else []
    return [tuple(pair) for pair in declared.correct or from_mapping if isinstance(pair, (tuple, frozenset))]


def _check_pairs(declared: Declared, scoring: Scoring, judged: Sequence[bool | None], draft: Draft) -> None:
    """The declared pairs must earn more than none."""
    if declared.correct is None or None in judged:
        return
    all_right: dict[str, Value] = {declared.identifier: declared.correct}
    try:
        if scoring.score(all_right) <= scoring.score({}):
            draft.say("two-keys", keys="correctResponse; responseProcessing")
    except Unscorable:
        return


def _note_scale(
    declared: Declared,
    scoring: Scoring,
    names: Sequence[str],
    meanings: Mapping[str, bool | None],
    draft: Draft,
) -> None:
    """The bank scores statements by the scale of the exam, whatever the item says."""
    right: list[Mapping[str, Value]] = []
    wrong: list[Mapping[str, Value]] = []
    for name in names:
        pair = next((pair for pair in _pairs_of(declared) if name in pair), ())
        other = next((other for other in pair if other in meanings), "")
        opposite = next((found for found, truth in meanings.items() if truth is not meanings.get(other)), "")
        right.append({declared.identifier: (_pair(declared, name, other, pair),)})
        wrong.append({declared.identifier: (_pair(declared, name, opposite, pair),)})
    if not any(found.code == "two-keys" for found in draft.problems):
        note_otherwise(scoring, declared, statement_probes(right, wrong), draft)


def _pair(declared: Declared, statement: str, truth: str, like: tuple[str, ...]) -> Simple:
    if declared.base_type == "pair":
        return frozenset({statement, truth})
    return (statement, truth) if like[:1] == (statement,) else (truth, statement)


def _cluster(body: etree._Element, found: Sequence[etree._Element], scoring: Scoring, draft: Draft) -> QuestionContent:
    """Several choices between “true” and “false” are statements; anything else with several parts is none of ours."""
    names = {name_of(interaction) for interaction in found}
    is_cluster = names <= {"choiceInteraction", "inlineChoiceInteraction"} and all(
        _are_truths(choices_of(interaction)) for interaction in found
    )
    if not is_cluster:
        kinds = dict.fromkeys(name_of(interaction) for interaction in found)
        raise Unsupported("nhiều phần trả lời: " + ", ".join(kinds))
    all_right: dict[str, Value] = {
        one.identifier: one.correct for one in (declared_for(interaction, scoring) for interaction in found)
    }
    parts: list[Part] = []
    replaced: dict[etree._Element, str] = {}
    for interaction in found:
        declared, choices = declared_for(interaction, scoring), choices_of(interaction)
        right = _right_of(interaction, scoring, all_right, declared)
        truth = next((truth_in(html_of(one)) for one in choices if attribute(one, "identifier") in right), None)
        if truth is None:
            draft.say("no-key")
        statement, block = _statement_of(interaction)
        replaced[block] = ""
        parts.append(Part(draft.source_of(statement), bool(truth)))
    _note_cluster(found, scoring, all_right, draft)
    stem = draft.source_of(html_of(body, replaced))
    return QuestionContent(QuestionType.TRUE_FALSE, stem, tuple(parts))


def _note_cluster(
    found: Sequence[etree._Element], scoring: Scoring, all_right: Mapping[str, Value], draft: Draft
) -> None:
    if (draft.problems and any(problem.code == "no-key" for problem in draft.problems)) or None in all_right.values():
        return
    wrong: list[Mapping[str, Value]] = []
    for interaction in found:
        declared = declared_for(interaction, scoring)
        names = (attribute(choice, "identifier") for choice in choices_of(interaction))
        wrong.append({declared.identifier: tuple(name for name in names if (name,) != all_right[declared.identifier])})
    right = [{identifier: all_right[identifier] for identifier in answer} for answer in wrong]
    note_otherwise(scoring, declared_for(found[0], scoring), statement_probes(right, wrong), draft)


def _right_of(
    interaction: etree._Element, scoring: Scoring, all_right: dict[str, Value], declared: Declared
) -> tuple[str, ...]:
    names = [attribute(choice, "identifier") for choice in choices_of(interaction)]
    others = {name: value for name, value in all_right.items() if name != declared.identifier}
    return single_key(scoring, declared, names, others).right


def _statement_of(interaction: etree._Element) -> tuple[str, etree._Element]:
    """The HTML of the statement that a choice judges, and the element that goes from the stem with it."""
    prompt = child(interaction, "prompt")
    if prompt is not None:
        return html_of(prompt), interaction
    block = interaction
    while (parent := block.getparent()) is not None and name_of(block) not in ("p", "li", "tr", "div"):
        block = parent
    if len(list(all_of(block, "choiceInteraction", "inlineChoiceInteraction"))) > 1:
        return "", interaction
    return html_of(block, {interaction: ""}), block
