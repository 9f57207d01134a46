import pytest

from quizbank.questions.rules import Part, QuestionContent, QuestionType
from quizbank.quizzes.key_files.values import accepted_of, answers_value, part_of, read_value


@pytest.mark.parametrize(
    ("texts", "value"),
    [
        (["2.5"], "2,5"),
        (["2,5", "5/2"], "2,5"),
        (["−1,5"], "-1,5"),
        (["+3"], "3"),
        (["1/3"], "1/3"),
        (["1/4", "0.25"], "0,25"),
        (["2 025"], "2025"),
        (["12", "12,0"], "12|12,0"),
        ([""], ""),
    ],
)
def test_numbers_are_written_with_decimal_comma(texts: list[str], value: str) -> None:
    assert answers_value(texts, is_number=True) == value


@pytest.mark.parametrize(
    ("texts", "value"), [(["Hà  Nội", "Ha Noi"], "Hà Nội|Ha Noi"), (["a|b"], "a｜b"), (["*"], "＊")]
)
def test_words_are_written_as_they_are(texts: list[str], value: str) -> None:
    assert answers_value(texts, is_number=False) == value
    assert accepted_of(value) == [" ".join(text.split()) for text in texts]


@pytest.mark.parametrize(
    "text", ["ĐSĐĐ", "DSDD", "1011", "TFTT", "Đ S Đ Đ", "Đ-S-Đ-Đ", "đsđđ", "Đ, S, Đ, Đ", "D/S/D/D"]
)
def test_every_spelling_of_statements_is_read(text: str) -> None:
    assert read_value(text, 2) == "ĐSĐĐ"


@pytest.mark.parametrize(
    ("text", "part", "value"),
    [
        ("b", 1, "B"),
        ("A, C", 1, "AC"),
        ("C/A", 1, "AC"),
        ("A+C", 1, "A+C"),
        ("c + a", 1, "A+C"),
        ("*", 1, "*"),
        ("*", 2, "*"),
        ("2.5", 3, "2,5"),
        (" 2,5 | 2.50 ", 3, "2,5|2,50"),
        ("1/3", 3, "1/3"),
        ("", 3, ""),
    ],
)
def test_keys_are_read_as_they_are_written(text: str, part: int, value: str) -> None:
    assert read_value(text, part) == value


@pytest.mark.parametrize(
    ("text", "part"),
    [("A", 1), ("AB", 1), ("A+B", 1), ("ĐSĐS", 2), ("2,5", 3), ("1011", None), ("*", None), ("", None)],
)
def test_the_part_shows_in_a_key_where_it_can(text: str, part: int | None) -> None:
    assert part_of(text) == part


def test_an_essay_has_no_key() -> None:
    content = QuestionContent(QuestionType.ESSAY, "Viết.", (Part("x"),))
    assert content.key == ""
