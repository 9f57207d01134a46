"""Questions drawn from templates: of every type, by chance and by number."""

import dataclasses
from random import Random
from typing import Any

import pytest

from quizbank.item_templates.drawing import Prepared, draw, prepare
from quizbank.item_templates.errors import TemplateError
from quizbank.item_templates.operations import Run
from quizbank.item_templates.rules import ItemTemplate, TemplatePart, fingerprint_of
from quizbank.item_templates.trying import clone_of, drawer_of
from quizbank.questions.rules import AnswerKind, QuestionContent, QuestionType, check_content

SUM = ItemTemplate(
    QuestionType.SINGLE_CHOICE,
    "Tính ${@ a @} + {@ b @}$.",
    "a = integer(2, 9)\nb = integer(2, 9)\nrequire a != b",
    TemplatePart(value="a + b"),
    (
        TemplatePart(value="a * b", why="nhân thay vì cộng"),
        TemplatePart(value="a - b", why="trừ thay vì cộng", when="a > b"),
        TemplatePart(value="b - a", why="trừ ngược", when="a < b"),
        TemplatePart(value="b + a", why="trùng với đáp án"),
        TemplatePart(value="a + b + 1", why="đếm thừa {@ 1 @}"),
        TemplatePart(value="10 * a + b", why="viết liền hai số"),
    ),
    explanation="${@ a @} + {@ b @} = {@ a + b @}$.",
)


def some_of(template: ItemTemplate, draws: int = 60) -> list[QuestionContent]:
    drawn = (draw(template, Random(seed)) for seed in range(draws))
    return [content for content in drawn if content]


def first_of(template: ItemTemplate) -> QuestionContent:
    return some_of(template)[0]


def test_a_choice_has_its_computed_key_and_the_misconceptions_behind_its_options() -> None:
    content = first_of(SUM)
    key = next(part.text for part in content.parts if part.is_true)
    a, b = content.stem.removeprefix("Tính $").removesuffix("$.").split(" + ")
    assert int(key) == int(a) + int(b)
    assert len(content.parts) == 4
    assert "Nhầm lẫn thường gặp" in content.explanation
    assert "nhân thay vì cộng" in content.explanation
    assert check_content(content) == ()


def test_an_option_like_another_is_left_out_and_one_that_does_not_apply_too() -> None:
    for seed in range(60):
        content = draw(SUM, Random(seed))
        if content:
            texts = [part.text for part in content.parts]
            assert len(set(texts)) == 4
            assert "trùng với đáp án" not in content.explanation
            assert not any(text.startswith("-") for text in texts)


def test_an_unmet_requirement_gives_no_question() -> None:
    hopeless = dataclasses.replace(SUM, parameters="a = 2\nb = 2\nrequire a != b")
    assert draw(hopeless, Random(1)) is None
    assert clone_of(hopeless, 1).content is None


def clone(template: ItemTemplate, number: int) -> QuestionContent:
    content = clone_of(template, number).content
    assert content is not None
    return content


def test_a_numbered_question_is_the_same_for_ever() -> None:
    assert clone(SUM, 7) == clone(SUM, 7) == drawer_of(SUM)(7)
    assert clone(SUM, 7).stem == "Tính $4 + 6$."
    assert len({clone(SUM, number).stem for number in range(40)}) > 20


def test_a_changed_template_has_other_numbered_questions() -> None:
    other = dataclasses.replace(SUM, explanation="khác")
    assert fingerprint_of(other) != fingerprint_of(SUM)
    assert [clone(other, n).stem for n in range(9)] != [clone(SUM, n).stem for n in range(9)]


def test_tables_count_in_what_a_template_is() -> None:
    named = dataclasses.replace(SUM, tables={"ROWS": [1, 2]})
    assert fingerprint_of(named) != fingerprint_of(dataclasses.replace(SUM, tables={"ROWS": [1, 3]}))


def test_equal_tables_of_other_values_are_compiled_apart() -> None:
    one, truth = (dataclasses.replace(SUM, tables={"T": value}) for value in (1, True))
    assert one == truth
    assert prepare(one) is prepare(one) is not prepare(truth)


def test_show_writes_key_and_distractors_alike() -> None:
    shown = dataclasses.replace(SUM, show="$x = {@ value / 2 @}$")
    content = first_of(shown)
    assert all(part.text.startswith("$x = ") for part in content.parts)
    assert any(r"\frac" in content.parts[0].text for content in some_of(shown))


def test_rows_compute_further_options() -> None:
    template = dataclasses.replace(SUM, parts=(), rows="[(a + b + step, f'lệch {step}') for step in (1, 2, 3)]")
    assert "lệch 2" in first_of(template).explanation


def test_statements_are_filled_by_chance_or_have_a_truth_of_their_own() -> None:
    template = ItemTemplate(
        QuestionType.TRUE_FALSE,
        "Xét số {@ n @}.",
        "n = integer(10, 99)",
        parts=(
            TemplatePart("Số đó chia cho 2 dư {@ ? @}.", right="{@ n % 2 @}", wrong="{@ 1 - n % 2 @}", why="thử"),
            TemplatePart("Số đó lớn hơn 50.", truth="n > 50", why="vì bằng {@ n @}"),
            TemplatePart("Số đó có {@ ? @} chữ số.", right="2", wrong="3", why="đếm"),
        ),
        rows="[('Số đó là số nguyên tố.', is_prime(n), 'thử chia')]",
    )
    for content in some_of(template):
        n = int(content.stem.removeprefix("Xét số ").rstrip("."))
        first, second, third, _ = content.parts
        assert first.is_true is (first.text == f"Số đó chia cho 2 dư {n % 2}.")
        assert second.is_true is (n > 50)
        assert third.is_true is ("2" in third.text)
        assert content.explanation.startswith(f"a) {'Đúng' if first.is_true else 'Sai'}. thử")
        assert content.keeps_order


def test_options_of_several_have_their_truths_computed() -> None:
    template = ItemTemplate(
        QuestionType.MULTIPLE_RESPONSE,
        "Chọn các số chẵn.",
        "n = sample(span(1, 40), 4)",
        parts=(TemplatePart("{@ n[0] @}", truth="n[0] % 2 == 0"), TemplatePart(value="n[1]", truth="n[1] % 2 == 0")),
        rows="[(str(x), x % 2 == 0) for x in n[2:]]",
    )
    assert all(part.is_true is (int(part.text) % 2 == 0) for part in first_of(template).parts)


def test_a_short_answer_fits_the_answer_sheet_or_is_no_question() -> None:
    template = ItemTemplate(QuestionType.SHORT_ANSWER, "s", "n = integer(1, 9)", TemplatePart(value="n / 3"))
    assert {content.key for content in some_of(template)} == {"1", "2", "3"}
    assert "0,33" in {content.key for content in some_of(dataclasses.replace(template, places=2))}


def test_a_short_answer_may_be_words() -> None:
    template = ItemTemplate(
        QuestionType.SHORT_ANSWER,
        "Viết quá khứ của {@ verb.base @}.",
        "verb = pick(VERBS)",
        TemplatePart("{@ verb.past @}"),
        (TemplatePart("{@ upper(verb.past) @}"),),
        answer_kind=AnswerKind.TEXT,
        tables={"VERBS": [{"base": "go", "past": "went"}]},
    )
    content = first_of(template)
    assert [part.text for part in content.parts] == ["went", "WENT"]
    assert content.answer_kind is AnswerKind.TEXT


def test_definitions_are_computed_once_and_serve_texts_and_parameters() -> None:
    template = dataclasses.replace(
        SUM,
        definitions="PAIRS = [(a, b) for a in span(1, 9) for b in span(a + 1, 9)]\nboth(p) = f'{p[0]} và {p[1]}'",
        parameters="p = pick(PAIRS)\na, b = p",
        stem="Cộng {@ both(p) @}.",
    )
    assert " và " in first_of(template).stem


def test_a_text_without_insertions_stays_as_it_is() -> None:
    plain = dataclasses.replace(SUM, stem=r"Tính $\frac{1}{2}$ của {x} {@ 1 @}{{@ 2 @}}")
    assert first_of(plain).stem == r"Tính $\frac{1}{2}$ của {x} 1{2}"


def test_every_option_is_computed_when_asked_to() -> None:
    parts = (*(TemplatePart(value=f"a + b + {n}") for n in (1, 2, 3)), TemplatePart(value="1 / 0"))
    prepared = Prepared(dataclasses.replace(SUM, parts=parts, parameters="a = 1\nb = 2"))
    assert prepared.draw(Random(1))
    run = Run(prepared.names.size[0], Random(1))
    run.is_thorough = True
    with pytest.raises(TemplateError, match="Chia cho 0"):
        prepared.draw(Random(1), run)


WRONG: dict[str, dict[str, Any]] = {
    "stem": {"stem": ""},
    "parts[0].value": {"parts": (TemplatePart(value="missing"),)},
    "parts[0].why": {"parts": (TemplatePart(value="1", why="{@ missing @}"),)},
    "parts[0].when": {"parts": (TemplatePart(value="1", when="1 +"),)},
    "key.value": {"key": TemplatePart(value="key")},
    "explanation": {"explanation": "{@ 1"},
    "rows": {"parts": (), "rows": "5"},
    "show": {"show": "{@ values @}"},
    "definitions": {"definitions": "x = integer(1, 2)"},
    "tables.1x": {"tables": {"1x": 1}},
    "tables.X": {"tables": {"X": {"a": [None]}}},
    "parts": {"parts": (TemplatePart(value="1"),) * 25},
    "stem ": {"stem": "{@ ? @}"},
}


@pytest.mark.parametrize("field", WRONG)
def test_a_fault_names_its_field(field: str) -> None:
    with pytest.raises(TemplateError) as caught:
        for seed in range(20):
            draw(dataclasses.replace(SUM, **WRONG[field]), Random(seed))
    assert caught.value.place.field == field.strip()


def test_a_true_false_template_has_four_statements() -> None:
    template = ItemTemplate(QuestionType.TRUE_FALSE, "s", parts=(TemplatePart("một", truth="1 == 1"),))
    with pytest.raises(TemplateError, match="bốn ý"):
        draw(template, Random(1))
