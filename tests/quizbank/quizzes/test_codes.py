import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizbank.quizzes.codes import codes_from
from repository.errors import Invalid


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("101", ["101"]),
        ("101-104", ["101", "102", "103", "104"]),
        ("101–103", ["101", "102", "103"]),
        ("0101, 0205", ["0101", "0205"]),
        ("098-101", ["098", "099", "100", "101"]),
        (" 201 ;301\n401 ", ["201", "301", "401"]),
        ("101 - 102, 102", ["101", "102"]),
        ("A1, A2", ["A1", "A2"]),
        ("a08-a11", ["A08", "A09", "A10", "A11"]),
        ("0101-0103", ["0101", "0102", "0103"]),
        ("A, B", ["A", "B"]),
    ],
)
def test_codes_are_read_as_people_write_them(text: str, codes: list[str]) -> None:
    assert list(codes_from(text)) == codes


@pytest.mark.parametrize(
    "text", ["", " , ", "104-101", "101-", "mã đề", "1234567", "101-999", "A1-B4", "AB99999-AB100001", "<b>"]
)
def test_what_is_no_list_of_codes_is_refused(text: str) -> None:
    with pytest.raises(Invalid):
        codes_from(text)


@given(st.integers(0, 900), st.integers(1, 90))
def test_a_range_has_every_code_once(first: int, count: int) -> None:
    codes = codes_from(f"{first:03}-{first + count - 1:03}")
    assert len(set(codes)) == count
    assert all(len(code) >= 3 for code in codes)
