"""Did you mean."""

import pytest

from repository.search.suggestions.helper import Helper
from repository.search.suggestions.slips import slip_cost
from tests.repository.search.suggestions.builders import LiveDocuments, a_helper, a_library, questions_of


@pytest.fixture(scope="module")
def helper() -> Helper:
    return a_helper(a_library())


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("phuong trrinh", "phương trình"),
        ("dong bein", "đồng biến"),
        ("hàm số đồng biền", "hàm số đồng biến"),
        ("đường thẳng vuông gốc", "đường thẳng vuông góc"),
        ("phản ứn hoá học", "phản ứng hoá học"),
        ("Chiến trang lạnh", "Chiến tranh lạnh"),
        ("CHIẾN TRNH LẠNH", "CHIẾN TRANH LẠNH"),
    ],
)
def test_slips_are_mended(helper: Helper, typed: str, meant: str) -> None:
    assert helper.correct(typed) == meant


@pytest.mark.parametrize(
    "text",
    ["phuong trinh bac hai", "phương trình bậc hai", "Chiến tranh lạnh", "phản ứng hóa học", "H2O", "x2 + 1", "", "?"],
)
def test_what_is_well_written_is_left_alone(helper: Helper, text: str) -> None:
    assert helper.correct(text) is None


def test_operators_stay(helper: Helper) -> None:
    assert helper.correct('môn:toan "phuong trih" -xa') == 'môn:toan "phương trình" -xa'


def test_what_is_left_out_and_filtered_by_is_not_mended(helper: Helper) -> None:
    assert helper.correct("-phuogn môn:toasn") is None


def test_accents_stay_away_where_the_others_have_theirs(helper: Helper) -> None:
    assert helper.correct("phương trih bac hai") == "phương trình bac hai"


def test_what_stands_so_in_a_published_text_is_no_mistake() -> None:
    documents = [*a_library(), *questions_of("Phương trinh nữ.")]
    assert a_helper(documents).correct("phuong trinh nu") is None


def test_nobody_is_sent_where_there_is_nothing() -> None:
    documents = a_library()
    helper = a_helper(documents, LiveDocuments(document for document in documents if "trình" not in document.body))
    assert helper.correct("giai phuong trrinh") is None


@pytest.mark.parametrize(
    ("typed", "meant"), [("bein", "bien"), ("trih", "trinh"), ("trrinh", "trinh"), ("cien", "bien"), ("hien", "bien")]
)
def test_one_slip_costs_less_than_two(typed: str, meant: str) -> None:
    assert slip_cost(typed, meant) < slip_cost("abcd", "badc")


def test_a_known_word_that_no_neighbour_knows_is_doubted(helper: Helper) -> None:
    assert "dong" in helper.doubts("hàm số dòn biến trên khoảng")["don"]


def test_keywords_in_any_order_are_not_doubted(helper: Helper) -> None:
    assert helper.doubts("khoảng số nhiệt phường") == {}


def test_of_a_query_that_finds_enough_only_what_nobody_writes_is_doubted(helper: Helper) -> None:
    assert "phan" in helper.doubts("phả ứng hoá học", is_sound=True)["pha"]
    assert helper.doubts("pha ung hoa hoc", is_sound=True) == {}


def test_single_letters_get_no_accents() -> None:
    helper = a_helper([*a_library(), *questions_of(*["Hàm số đồng biến ở châu Á"] * 4)])
    assert helper.correct("dong bein o chau a") == "đồng biến o châu a"
