import pytest

from quizbank.quizzes.anchors import anchored_places, letters_named

BY_LETTER = [
    ("Cả A và B", {0, 1}),
    ("Cả A và B đều đúng", {0, 1}),
    ("Cả A, B và C", {0, 1, 2}),
    ("A và C đúng", {0, 2}),
    ("A, B, C đều đúng.", {0, 1, 2}),
    ("Cả đáp án A và đáp án B", {0, 1}),
    ("Câu B và C sai", {1, 2}),
    ("Chỉ A đúng", {0}),
    ("B đúng, ", {1}),
    ("Hai phương án A và B đều sai vì thiếu dữ kiện", {0, 1}),
    ("cả a và b", {0, 1}),
    ("Both A and B", {0, 1}),
    ("A and C are correct", {0, 2}),
    ("Neither A nor B", {0, 1}),
    ("Either A or C", {0, 2}),
]
BY_PLACE = [
    "Tất cả các đáp án trên",
    "Tất cả các phương án trên đều đúng.",
    "Tất cả đều đúng",
    "Tất cả các ý trên",
    "Cả ba đáp án trên",
    "Cả ba ý trên đều sai",
    "Cả 3 phương án còn lại",
    "Các đáp án trên đều sai",
    "Các ý trên đều đúng",
    "Hai ý kiến trên",
    "Không có đáp án nào đúng",
    "Không đáp án nào đúng",
    "Không phương án nào",
    "Không có đáp án đúng",
    "Không có trường hợp nào kể trên",
    "Đáp án khác",
    "Một kết quả khác",
    "All of the above",
    "None of the above.",
    "All the above",
    "None of these",
    "All are correct",
    "None of the other options",
]
ORDINARY = [
    "Anh B, C và D.",
    "Cả than và điện đều tăng.",
    "Cả hai nước đều muốn làm bá chủ thế giới.",
    "Các ngành kinh tế trên biển",
    "Cả nước được giải phóng.",
    "A",
    "Đường thẳng AB",
    "Không khí bị ô nhiễm",
    "Bà C và anh D",
    "all the people in the room",
    "above the table",
    "Không có nghiệm nào",
    "Vitamin A và vitamin D giúp chắc xương",
    "",
    "h/f.",
    "a + b",
]


@pytest.mark.parametrize(("text", "places"), BY_LETTER)
def test_an_option_names_others_by_letter(text: str, places: set[int]) -> None:
    assert letters_named(text) == places


@pytest.mark.parametrize(("text", "places"), BY_LETTER)
def test_named_options_stay_with_the_one_that_names_them(text: str, places: set[int]) -> None:
    assert anchored_places(["một", "hai", "ba", text]) == places | {3}


@pytest.mark.parametrize("text", BY_PLACE)
def test_an_option_about_all_those_above_stays_last_while_they_move(text: str) -> None:
    assert anchored_places(["một", "hai", "ba", text]) == {3}


@pytest.mark.parametrize("text", BY_PLACE)
def test_nothing_moves_when_an_option_in_the_middle_speaks_of_those_above(text: str) -> None:
    assert anchored_places(["một", "hai", text, "bốn"]) == {0, 1, 2, 3}


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_options_move(text: str) -> None:
    assert anchored_places([text, "hai", "ba", text]) == frozenset()


def test_a_letter_beyond_the_options_anchors_only_those_there_are() -> None:
    assert anchored_places(["một", "Cả A và H"]) == {0, 1}
