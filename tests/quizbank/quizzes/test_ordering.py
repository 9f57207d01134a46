import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizbank.quizzes.ordering import is_sorted

SORTED = [
    ["1", "2", "3", "4"],
    ["4.", "3.", "2.", "1."],
    ["0,5", "1,25", "2", "10"],
    ["0.81.", "1.08.", "1.62.", "2.16."],
    ["-3", "-1", "1", "3"],
    ["$-2$", "$-1$", "$0$", "$1$"],
    ["1 000", "1 500", "2 000", "10 000"],
    ["1.000", "20.000", "300.000", "4.000.000"],
    ["1945", "1946", "1954", "1975"],
    ["2/9/1945", "19/12/1946", "7/5/1954", "30/4/1975"],
    ["Ngày 2 tháng 9 năm 1945.", "Ngày 6 tháng 3 năm 1946.", "Ngày 19 tháng 12 năm 1946."],
    ["tháng 9 năm 1945", "tháng 3 năm 1946", "tháng 12 năm 1946"],
    ["5%", "10%", "15%", "20%"],
    ["$5\\%$", "$10\\%$", "$15\\%$", "$20\\%$"],
    ["2 cm.", "4 cm.", "6 cm.", "8 cm."],
    ["500 g", "1 kg", "1,5 kg", "2 tạ"],
    ["30 giây", "1 phút", "90 giây", "1 giờ"],
    ["$\\frac{1}{4}$", "$\\frac{1}{3}$", "$\\frac{1}{2}$", "$\\frac{3}{4}$"],
    ["1/4", "1/3", "1/2", "3/4"],
    ["$10^{-3}$", "$10^{-2}$", "$10^{-1}$", "$10^{0}$"],
    ["$2.10^{5}$ V/m", "$4.10^{5}$ V/m", "$10^{6}$ V/m", "$2.10^{6}$ V/m"],
    ["$\\sqrt{2}$", "$\\sqrt{3}$", "$2$", "$2\\sqrt{2}$"],
    ["$\\frac{\\pi}{6}$", "$\\frac{\\pi}{4}$", "$\\frac{\\pi}{3}$", "$\\frac{\\pi}{2}$"],
    ["$\\pi$ Hz", "$2\\pi$ Hz", "$10$ Hz", "$4\\pi$ Hz"],
    ["x=3", "x=2", "x=1", "x=-1"],
    ["đủ 14 tuổi trở lên", "đủ 16 tuổi trở lên", "đủ 18 tuổi trở lên", "đủ 21 tuổi trở lên"],
    ["XVIII.", "XIX.", "XX.", "XXI."],
    ["Thế kỉ IX", "Thế kỉ X", "Thế kỉ XI", "Thế kỉ XII"],
    ["Một.", "Hai.", "Ba.", "Bốn."],
    ["từ 5 đến 10", "từ 10 đến 15", "từ 15 đến 20"],
    ["1 nghiệm", "2 nghiệm", "3 nghiệm"],
]
NOT_SORTED = [
    ["2.", "4.", "3.", "1."],
    ["x = -3", "x = 1", "x = 2", "x = -2"],
    ["4435,7 MeV.", "195,615 MeV.", "4435,7 J.", "195,615 J."],
    ["1,3,2,4", "2,3,4,1", "3,1,2,4", "4,1,2,3."],
    ["1 kg", "500 g", "1,5 kg", "2 tạ"],
    ["7/5/1954", "2/9/1945", "30/4/1975", "19/12/1946"],
    ["(1;2)", "(2;1)", "(3;0)", "(4;2)"],
    ["xanh", "đỏ", "tím", "vàng"],
    ["1 đỉnh", "2 cạnh", "3 mặt", "4 góc"],
    ["1", "2"],
    ["1", "1", "1"],
    ["hf.", "h/f.", "f/h.", "hf^{2}."],
    ["", "", "", ""],
    ["0/0", "1/0", "2/0"],
]


@pytest.mark.parametrize("texts", SORTED, ids=" | ".join)
def test_options_in_order_were_sorted_on_purpose(texts: list[str]) -> None:
    assert is_sorted(texts)
    assert is_sorted(texts[::-1])


@pytest.mark.parametrize("texts", NOT_SORTED, ids=" | ".join)
def test_options_out_of_order_or_of_several_kinds_were_not(texts: list[str]) -> None:
    assert not is_sorted(texts)


@settings(deadline=None)
@given(st.lists(st.decimals(-1000, 1000, places=2), min_size=3, max_size=8, unique=True), st.sampled_from(["", " cm"]))
def test_numbers_are_sorted_exactly_when_they_rise_or_fall(numbers: list[object], unit: str) -> None:
    texts = [f"{number}{unit}".replace(".", ",") for number in numbers]
    assert is_sorted(texts) == (numbers in (sorted(numbers), sorted(numbers, reverse=True)))  # type: ignore[type-var]


@settings(deadline=None)
@given(st.lists(st.text(max_size=40), max_size=8))
def test_whatever_options_say_nothing_breaks(texts: list[str]) -> None:
    assert is_sorted(texts) in (True, False)


@pytest.mark.parametrize(
    "text", ["9" * 5000, "2^{999}" * 50, "\\sqrt{2" * 500, "1/" * 3000, "-" * 9999, "1 000 " * 999]
)
def test_long_options_take_no_time(text: str) -> None:
    assert is_sorted([text, text + "1", text + "2"]) in (True, False)
