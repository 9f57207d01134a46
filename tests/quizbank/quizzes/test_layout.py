import pytest

from quizbank.quizzes.layout import option_columns


@pytest.mark.parametrize(
    ("texts", "columns"),
    [
        (["1", "2", "3", "4"], 4),
        (["$\\frac{1}{2}$", "$x^2$", "$\\sqrt{3}$", "$-1$"], 4),
        (["một phương án vừa", "hai", "ba", "bốn"], 2),
        (["một phương án dài hơn bốn mươi chữ thì đứng riêng một dòng", "hai", "ba", "bốn"], 1),
        (["![đồ thị](media:0123)", "hai", "ba", "bốn"], 2),
        (["1", "2", "3", "4", "5"], 2),
        ([], 4),
    ],
)
def test_options_stand_in_as_many_columns_as_fit(texts: list[str], columns: int) -> None:
    assert option_columns(texts) == columns
