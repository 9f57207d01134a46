from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizbank.questions.rules import OPTION_LETTERS, Part, QuestionContent, QuestionType
from quizbank.quizzes.explanations import Explained, explanation_for

ORDER = "CADB"
SURE = [
    ("Chọn B.", "Chọn D."),
    ("Chọn đáp án B vì 1 + 1 = 2.", "Chọn đáp án D vì 1 + 1 = 2."),
    ("Đáp án cần chọn là: A", "Đáp án cần chọn là: B"),
    ("Đáp án đúng là C.", "Đáp án đúng là A."),
    ("A sai vì thiếu điều kiện.", "B sai vì thiếu điều kiện."),
    ("A, C loại vì chưa đúng.\nB chọn vì đủ.", "B, A loại vì chưa đúng.\nD chọn vì đủ."),
    ("A, B và D đều sai. Vậy C đúng.", "B, D và C đều sai. Vậy A đúng."),
    ("Loại A, B, C ⇒ chọn D.", "Loại B, D, A ⇒ chọn C."),
    ("A. Sai vì a > b.\nB. Đúng.", "B. Sai vì a > b.\nD. Đúng."),
    ("A- sai\nB - đúng", "B- sai\nD - đúng"),
    ("Tính được x = 2 → B", "Tính được x = 2 → D"),
    ("Đáp án A sai vì phương án C mới đủ.", "Đáp án B sai vì phương án A mới đủ."),
    ("The answer is B. Option A is wrong.", "The answer is D. Option B is wrong."),
    ("Chọn B vì A sai.", "Chọn D vì B sai."),
    ("Chọn B vì $A \\cap B$ rỗng.", "Chọn D vì $A \\cap B$ rỗng."),
]
OTHERS = [
    "Nồng độ ở 25°C không đổi.",
    "Tam giác ABC có điểm A nằm trên BC.",
    "Anh A và chị B cùng vi phạm.",
    "A book is on the table.",
    "Ta có $A = B$ và ![hình A](media:abc).",
    "Chọn H vì thế.",
    "Vitamin A tan trong dầu.",
]
UNSURE = ["Quy ước: A: thân cao, a: thân thấp.", "Suy ra A lớn hơn B.", "Theo A, ta thấy điều đó.", "Vì A to hơn."]


def a_content(explanation: str, kind: QuestionType = QuestionType.SINGLE_CHOICE, key: int = 1) -> QuestionContent:
    parts = tuple(Part(text, place == key) for place, text in enumerate(("xanh", "đỏ", "tím", "vàng")))
    return QuestionContent(kind, "?", parts, explanation)


@pytest.mark.parametrize(("said", "shown"), SURE)
def test_letters_of_options_become_those_shown(said: str, shown: str) -> None:
    assert explanation_for(a_content(said), ORDER) == Explained(shown)


@pytest.mark.parametrize("said", OTHERS)
def test_other_letters_stay_without_a_word(said: str) -> None:
    assert explanation_for(a_content(said), ORDER) == Explained(said)


@pytest.mark.parametrize("said", UNSURE)
def test_what_may_mean_options_stays_and_is_reported(said: str) -> None:
    found = explanation_for(a_content(said), ORDER)
    assert found.text == said
    assert found.doubtful


def test_letters_of_statements_become_those_shown() -> None:
    said = "a) Đúng. b) Sai vì f(a) > 0. Từ ý a và c suy ra phát biểu d."
    shown = "b) Đúng. d) Sai vì f(a) > 0. Từ ý b và a suy ra phát biểu c."
    assert explanation_for(a_content(said, QuestionType.TRUE_FALSE), ORDER) == Explained(shown)


@pytest.mark.parametrize("kind", [QuestionType.SHORT_ANSWER, QuestionType.ESSAY])
def test_what_has_no_options_keeps_its_explanation(kind: QuestionType) -> None:
    assert explanation_for(a_content("Chọn B.", kind), "") == Explained("Chọn B.")


@settings(deadline=None)
@given(st.sampled_from(["".join(order) for order in permutations("ABCD")]), st.integers(0, 3), st.text(max_size=20))
def test_the_explanation_names_the_key_that_is_shown(order: str, key: int, more: str) -> None:
    content = a_content(f"Chọn {OPTION_LETTERS[key]}.\n\n{more}", key=key)
    shown = OPTION_LETTERS[order.index(OPTION_LETTERS[key])]
    assert explanation_for(content, order).text.startswith(f"Chọn {shown}.")


PIECES = [*(said for said, _ in SURE), *OTHERS, *UNSURE]


@settings(deadline=None)
@given(
    st.lists(st.sampled_from(PIECES), max_size=5), st.sampled_from(["".join(order) for order in permutations("ABCD")])
)
def test_renaming_there_and_back_changes_nothing(pieces: list[str], order: str) -> None:
    said = "\n".join(pieces)
    there = explanation_for(a_content(said), order).text
    back = "".join("ABCD"[order.index(letter)] for letter in "ABCD")
    assert explanation_for(a_content(there), back).text == said


@settings(deadline=None)
@given(st.text(max_size=200))
def test_where_nothing_moved_nothing_is_rewritten(said: str) -> None:
    assert explanation_for(a_content(said), "ABCD") == explanation_for(a_content(said), "") == Explained(said)


@settings(deadline=None)
@given(st.text(alphabet="ABCD ,.:\nchọnđápánsai$()-", max_size=200), st.sampled_from(["BADC", "DCBA"]))
def test_only_letters_are_ever_changed(said: str, order: str) -> None:
    text = explanation_for(a_content(said), order).text
    assert len(text) == len(said)
    assert all(new == old or (old in "ABCDabcd" and new in "ABCDabcd") for old, new in zip(said, text, strict=True))
