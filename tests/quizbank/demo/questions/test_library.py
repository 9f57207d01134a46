"""The demo's questions: all different, all sound, all on real topics, all readable."""

import re
from collections import Counter, defaultdict
from itertools import islice

import pytest
from math_core import LatexToMathML

from quizbank.demo.questions.library import all_templates, generate_questions
from quizbank.demo.questions.readings import all_readings
from quizbank.questions.rules import (
    AnswerKind,
    NewQuestion,
    QuestionType,
    check_content,
    fingerprint_of,
    levels_from,
    statement_levels_of,
)
from repository.curriculum.queries import curriculum

SMALL = 2_000
SHEET_ANSWER = re.compile(r"-?\d+(,\d+)?")


@pytest.fixture(scope="module")
def questions() -> list[NewQuestion]:
    return list(generate_questions(SMALL, seed=1))


def texts_of(question: NewQuestion) -> list[str]:
    content = question.content
    return [content.stem, content.explanation, *(part.text for part in content.parts)]


def test_no_two_questions_are_alike(questions: list[NewQuestion]) -> None:
    assert len({fingerprint_of(question.content) for question in questions}) == SMALL


def test_every_question_is_sound(questions: list[NewQuestion]) -> None:
    assert [question.source_place for question in questions if check_content(question.content)] == []


def test_every_question_explains_its_key(questions: list[NewQuestion]) -> None:
    assert [question.source_place for question in questions if len(question.content.explanation) < 10] == []


def test_a_single_choice_has_four_options(questions: list[NewQuestion]) -> None:
    choices = [question for question in questions if question.content.type is QuestionType.SINGLE_CHOICE]
    assert {len(question.content.parts) for question in choices} == {4}


def test_options_differ_beyond_case(questions: list[NewQuestion]) -> None:
    alike = [
        question.source_place
        for question in questions
        if len({part.text.casefold() for part in question.content.parts}) < len(question.content.parts)
    ]
    assert alike == []


def test_every_question_stands_on_a_topic_of_its_grade(questions: list[NewQuestion]) -> None:
    for question in questions:
        topic = curriculum().get_topic(question.placement.topic or "")
        assert (topic.subject, topic.grade) == (question.placement.subject, question.placement.grade)


def test_levels_are_those_of_the_programme(questions: list[NewQuestion]) -> None:
    levels = {level.id for level in curriculum().levels_of("gdpt-2018")}
    assert {question.placement.level for question in questions} == levels


def test_numeric_answers_fit_the_answer_sheet(questions: list[NewQuestion]) -> None:
    answers = [question.content.key for question in questions if question.content.answer_kind is AnswerKind.NUMERIC]
    assert answers and all(len(answer) <= 4 and SHEET_ANSWER.fullmatch(answer) for answer in answers)


def test_every_formula_renders(questions: list[NewQuestion]) -> None:
    converter = LatexToMathML()
    for question in questions:
        for text in texts_of(question):
            assert text.count("$") % 2 == 0, question.source_place
            for formula in re.findall(r"\$([^$]+)\$", text):
                converter.convert_with_local_state(formula, displaystyle=False)


def test_no_template_leaves_its_seams_showing(questions: list[NewQuestion]) -> None:
    seams = re.compile(r"<[A-Za-z\\]|\bNone\b|Fraction|@|\?\?|[^.]\.\.(?!\.)|  ")
    found = [
        (question.source_place, text) for question in questions for text in texts_of(question) if seams.search(text)
    ]
    assert found == []


def test_subjects_topics_and_types_are_broad(questions: list[NewQuestion]) -> None:
    assert len({question.placement.subject for question in questions}) >= 8
    assert len({question.placement.topic for question in questions}) >= 120
    assert set(Counter(question.content.type for question in questions)) == set(QuestionType)


def test_there_are_templates_of_two_levels_or_more_for_most_topics() -> None:
    levels = defaultdict(set)
    for _, template in all_templates():
        levels[template.topic].add(template.level)
    assert sum(len(found) >= 2 for found in levels.values()) >= 120


def test_templates_have_names_of_their_own() -> None:
    names = [name for name, _ in all_templates()]
    assert len(names) == len(set(names)) >= 250


def test_the_same_seed_gives_the_same_questions() -> None:
    assert list(generate_questions(300, seed=5)) == list(generate_questions(300, seed=5))


def test_a_smaller_library_is_the_beginning_of_a_larger_one(questions: list[NewQuestion]) -> None:
    assert list(generate_questions(200, seed=1)) == questions[:200]


def test_another_seed_gives_other_questions(questions: list[NewQuestion]) -> None:
    other = {fingerprint_of(question.content) for question in islice(generate_questions(200, seed=2), 200)}
    assert len(other & {fingerprint_of(question.content) for question in questions[:200]}) < 60


def test_clusters_of_most_subjects_have_statements_of_several_levels(questions: list[NewQuestion]) -> None:
    clusters = [question for question in questions if question.content.type is QuestionType.TRUE_FALSE]
    mixed = [one for one in clusters if len(levels_from(levels_of(one))) > 1]
    assert len(mixed) > len(clusters) * 0.4
    assert {one.placement.subject for one in mixed} >= {"toan", "vat-li", "hoa-hoc", "sinh-hoc", "dia-li", "lich-su"}


def levels_of(question: NewQuestion) -> str:
    return statement_levels_of(question.content, question.placement.level)


def test_a_passage_has_five_questions_as_in_a_paper_of_2025(questions: list[NewQuestion]) -> None:
    by_passage = defaultdict(list)
    for question in questions:
        if question.passage:
            by_passage[question.passage].append(question.placement.level)
    whole = [levels for levels in by_passage.values() if len(levels) == 5]
    assert len(whole) >= 8
    assert {tuple(levels) for levels in whole} == {("biet", "biet", "hieu", "hieu", "van-dung")}
    assert all(len(reading.questions) == 5 for reading in all_readings())


def test_essays_are_written_for_every_subject_of_2025_that_has_them() -> None:
    subjects = {template.subject for name, template in all_templates() if name.startswith("tu_luan/")}
    assert subjects == {
        *("toan", "vat-li", "hoa-hoc", "sinh-hoc", "lich-su", "dia-li"),
        *("gd-kinh-te-phap-luat", "tin-hoc", "cong-nghe", "ngu-van"),
    }


MARKS = re.compile(r"(\d+,\d+) điểm(?!\))")
"""Marks of a point, but for those that stand in brackets behind its parts: 2.5 more in a long essay."""


def test_the_marks_of_a_guide_add_up(questions: list[NewQuestion]) -> None:
    guides = [one for one in questions if one.content.type is QuestionType.ESSAY and not one.passage]
    for question in guides:
        marks = sum(float(found.replace(",", ".")) for found in MARKS.findall(question.content.explanation))
        is_long = "600 chữ" in question.content.stem
        assert marks == 1.5 if is_long else marks in (1.0, 2.0), (question.source_place, marks)
