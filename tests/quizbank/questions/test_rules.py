"""What makes a question sound, and when two are the same."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizbank.questions.problems import PROBLEMS, Verdict, problem, verdict_of
from quizbank.questions.rules import (
    AnswerKind,
    Part,
    QuestionContent,
    QuestionType,
    body_of,
    check_content,
    fingerprint_of,
    levels_from,
    levels_text,
    statement_levels_of,
)
from repository.i18n import translations_of
from repository.settings import PROJECT_ROOT
from tests.quizbank.questions.builders import a_choice, a_cluster, a_short_answer, an_essay


def codes_of(content: QuestionContent) -> list[str]:
    return [found.code for found in check_content(content)]


@pytest.mark.parametrize("content", [a_choice(), a_choice(key="AC"), a_cluster(), a_short_answer()])
def test_sound_questions_have_no_problems(content: QuestionContent) -> None:
    assert codes_of(content) == []


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (replace(a_choice(), stem=" "), "empty-stem"),
        (a_choice(key="X"), "no-key"),
        (replace(a_choice(key="AB"), type=QuestionType.SINGLE_CHOICE), "two-keys"),
        (a_choice(options=("một",), key="A"), "missing-option"),
        (a_choice(options=()), "no-options"),
        (a_choice(options=("một", "hai", " hai. ", "")), "empty-option"),
        (a_choice(options=("một", "hai", "hai.", "ba")), "identical-options"),
        (replace(a_choice(), parts=tuple(Part(text, text == "1") for text in "123456789")), "too-many-options"),
        (a_cluster(truths="TFT"), "wrong-statement-count"),
        (replace(a_short_answer(), parts=()), "no-key"),
        (a_short_answer("Số?", "hai"), "not-a-number"),
        (replace(a_choice(), explanation="x" * 20_001), "too-long"),
    ],
)
def test_faults_are_named(content: QuestionContent, code: str) -> None:
    assert code in codes_of(content)


def test_text_answers_need_not_be_numbers() -> None:
    assert codes_of(a_short_answer("Thủ đô?", "Hà Nội", answer_kind=AnswerKind.TEXT)) == []


def test_fingerprints_ignore_white_space_but_not_case() -> None:
    assert fingerprint_of(a_choice("Kiểu gen  AaBb?")) == fingerprint_of(a_choice("Kiểu gen AaBb? "))
    assert fingerprint_of(a_choice("Kiểu gen AaBb?")) != fingerprint_of(a_choice("Kiểu gen AABb?"))


def test_equal_stems_with_other_options_passages_or_types_are_different() -> None:
    same = a_choice("Câu?")
    others = [
        a_choice("Câu?", options=("một", "hai", "ba", "năm")),
        a_choice("Câu?", options=("hai", "một", "ba", "bốn")),
    ]
    prints = {body_of(fingerprint_of(content)) for content in (same, *others)}
    assert len(prints | {body_of(fingerprint_of(same, "Đoạn"))}) == 4


def test_contradicting_twins_share_their_body() -> None:
    one, other = fingerprint_of(a_choice("Câu?", key="A")), fingerprint_of(a_choice("Câu?", key="B"))
    assert one != other and body_of(one) == body_of(other)


def test_the_explanation_does_not_count() -> None:
    assert fingerprint_of(a_choice("Câu?", explanation="x")) == fingerprint_of(a_choice("Câu?", explanation="y"))


def test_the_gravest_problem_decides() -> None:
    assert verdict_of([]) is Verdict.NOTE
    assert verdict_of([problem("option-order"), problem("missing-figure")]) is Verdict.HOLD
    assert verdict_of([problem("missing-figure"), problem("no-key")]) is Verdict.LEAVE_OUT


def test_every_message_can_be_said() -> None:
    for code, (_, message) in PROBLEMS.items():
        facts = dict.fromkeys(re.findall(r"{(\w+)}", message), "x")
        assert "x" in str(problem(code, **facts)) if facts else str(problem(code)) == message


def test_the_order_of_parts_counts_only_where_it_is_asked() -> None:
    values = (Part("0,5", is_true=True), Part("1/2", is_true=True))
    one = replace(a_short_answer("Nửa?"), parts=values)
    assert fingerprint_of(one) == fingerprint_of(replace(one, parts=values[::-1]))


def test_every_problem_is_documented_with_its_verdict() -> None:
    guide = (PROJECT_ROOT / "docs" / "formats.md").read_text(encoding="utf-8")
    words = {"left out": Verdict.LEAVE_OUT, "held": Verdict.HOLD, "noted": Verdict.NOTE}
    told = {code: words[word] for code, word in re.findall(r"^\| `([a-z0-9-]+)` \| ([a-z ]+) \|", guide, re.MULTILINE)}
    assert told == {code: verdict for code, (verdict, _) in PROBLEMS.items()}


def test_every_problem_speaks_english() -> None:
    english = translations_of("en")
    assert [message for _, message in PROBLEMS.values() if english.gettext(message) == message] == []


def test_an_essay_has_a_stem_and_nothing_to_choose() -> None:
    essay = an_essay(explanation="Nêu được hai ý.")
    assert check_content(essay) == ()
    assert essay.key == ""
    assert [found.code for found in check_content(replace(essay, stem=" "))] == ["empty-stem"]
    assert [found.code for found in check_content(replace(essay, parts=(Part("A"),)))] == ["essay-with-options"]


def test_a_marking_guide_does_not_make_another_question_of_an_essay() -> None:
    essay = an_essay()
    assert fingerprint_of(essay) == fingerprint_of(replace(essay, explanation="Hướng dẫn khác."))
    assert fingerprint_of(essay) != fingerprint_of(essay, "Một ngữ liệu.")


def with_levels(*levels: str | None) -> QuestionContent:
    content = a_cluster()
    parts = (replace(part, level=level) for part, level in zip(content.parts, levels, strict=True))
    return replace(content, parts=tuple(parts))


@pytest.mark.parametrize(
    ("levels", "own", "text"),
    [
        (("biet", "van-dung", "biet", "hieu"), None, "biet:2 hieu:1 van-dung:1"),
        (("biet", None, None, "van-dung"), "hieu", "biet:1 hieu:2 van-dung:1"),
        ((None, None, None, None), "hieu", "hieu:4"),
        (("biet", "biet", "biet", None), None, ""),
        ((None, None, None, None), None, ""),
    ],
)
def test_statements_without_a_level_count_at_that_of_their_question(
    levels: tuple[str | None, ...], own: str | None, text: str
) -> None:
    assert statement_levels_of(with_levels(*levels), own) == text
    assert sum(levels_from(text).values()) in (0, 4)


def test_only_statements_have_levels() -> None:
    assert statement_levels_of(a_choice(), "biet") == ""
    assert statement_levels_of(an_essay(), "biet") == ""


@given(st.dictionaries(st.from_regex(r"[a-z][a-z-]{0,30}", fullmatch=True), st.integers(1, 4), max_size=4))
def test_counts_of_levels_have_one_form(counts: dict[str, int]) -> None:
    assert levels_from(levels_text(counts)) == counts
    assert levels_text(dict(reversed(counts.items()))) == levels_text(counts)


def test_levels_of_statements_do_not_make_another_question() -> None:
    content = a_cluster()
    parts = tuple(replace(part, level="biet") for part in content.parts)
    assert fingerprint_of(content) == fingerprint_of(replace(content, parts=parts))
