"""Stars, tags, bold labels and the many spellings of headers, options and keys."""

import pytest

from quizbank.questions.placing import place
from quizbank.questions.problems import Verdict
from quizbank.questions.rules import Placement, QuestionType
from tests.quizbank.questions.formats.papers import OPTIONS, codes_of, read_one, texts_of

KEY = "\nĐáp án: B"


@pytest.mark.parametrize(
    "header",
    ["**Câu 1.**", "**Câu 1:**", "### Câu 1.", "Câu hỏi 1:", "CÂU 1/", "Câu 1：", "Câu  01", "Câu 1 (0,25 điểm)."],
)
def test_headers_leave_nothing_in_the_stem(header: str) -> None:
    question = read_one(f"{header} Hai là?\n{OPTIONS}{KEY}")
    assert question.content is not None and question.content.stem == "Hai là?"


@pytest.mark.parametrize(
    ("tag", "level", "kept"),
    [
        ("(NB)", "NB", ()),
        ("[TH]", "TH", ()),
        ("(Nhận biết)", "NB", ()),
        ("[Biết]", "NB", ()),
        ("[VDC]", "VDC", ()),
        ("[VD - 0,25 điểm]", "VD", ()),
        ("[0D1H1-2]", "", ("0D1H1-2",)),
        ("(THPT 2023)", "", ("THPT 2023",)),
        ("(TH) [2D1-1.1-2]", "TH", ("2D1-1.1-2",)),
    ],
)
def test_tags_are_kept_out_of_the_stem_and_told(tag: str, level: str, kept: tuple[str, ...]) -> None:
    for header in (f"Câu 1. {tag}", f"Câu 1 {tag}."):
        question = read_one(f"{header} Hai là?\n{OPTIONS}{KEY}")
        assert question.content is not None and question.content.stem == "Hai là?"
        assert (question.level_code, question.tags) == (level, kept)
        assert codes_of(question) == {"tag-before-stem"}


@pytest.mark.parametrize("words", ["(A)", "(VD: xe đạp)", "[vd]", "(1)", "(Hà Nội)", "[Cu(NH3)4]"])
def test_other_brackets_stay_in_the_stem(words: str) -> None:
    question = read_one(f"Câu 1. {words} là gì?\n{OPTIONS}{KEY}")
    assert question.content is not None and question.content.stem == f"{words} là gì?"
    assert codes_of(question) == set()


@pytest.mark.parametrize(
    ("programme", "tag", "level", "tags"),
    [
        ("gdpt-2018", "NB", "biet", ()),
        ("gdpt-2018", "VDC", "van-dung", ()),
        ("ct-2006", "VDC", "van-dung-cao", ()),
        ("nowhere", "VDC", None, ("VDC",)),
    ],
)
def test_a_level_tag_places_the_question(programme: str, tag: str, level: str | None, tags: tuple[str, ...]) -> None:
    question = read_one(f"Câu 1. [{tag}] Hai là?\n{OPTIONS}{KEY}")
    placed = place(question, Placement("toan", programme)).placement
    assert (placed.level, placed.tags) == (level, tags)


@pytest.mark.parametrize(
    "options",
    [
        "A) một\nB) hai\nC) ba\nD) bốn",
        "A/ một\nB/ hai\nC/ ba\nD/ bốn",
        "(A) một\n(B) hai\n(C) ba\n(D) bốn",
        "A: một\nB: hai\nC: ba\nD: bốn",
        "a. một\nb. hai\nc. ba\nd. bốn",
        "**A.** một\n**B.** hai\n**C.** ba\n**D.** bốn",
        "**A.** một **B.** hai **C.** ba **D.** bốn",
    ],
)
def test_options_have_many_marks(options: str) -> None:
    question = read_one(f"Câu 1. Hai là?\n{options}{KEY}")
    assert texts_of(question) == ["một", "hai", "ba", "bốn"]
    assert question.content is not None and question.content.key == "B"


def test_an_option_bold_as_a_whole_is_not_taken_for_the_key() -> None:
    question = read_one("Câu 1. Hai là?\nA. một\n**B. hai**\nC. ba\nD. bốn")
    assert question.content is None


@pytest.mark.parametrize(
    "key",
    [
        "Answer: B",
        "Key: B",
        "Correct answer: B",
        "ĐA: B",
        "ĐA B",
        "Đ/A: B",
        "=> B",
        "→ Chọn đáp án B.",
        "⇒ Chọn B",
        "Chọn đáp án: B",
        "Đáp án đúng là: B",
        "Đáp án đúng: B",
        "Đáp án - B",
        "**Đáp án: B**",
        "**Đáp án:** B",
    ],
)
def test_keys_have_many_names(key: str) -> None:
    question = read_one(f"Câu 1. Hai là?\n{OPTIONS}\n{key}")
    assert question.content is not None and question.content.key == "B"
    assert texts_of(question)[3] == "bốn"


def test_words_that_begin_like_a_key_are_none() -> None:
    question = read_one(f"Câu 1. Hai là?\nĐa dạng sinh học là\n{OPTIONS}{KEY}")
    assert question.content is not None and question.content.stem == "Hai là?\nĐa dạng sinh học là"


def test_a_short_answer_may_be_called_dap_so() -> None:
    question = read_one("Câu 1. Tính 1 + 1?\nĐáp số: 2\nLời giải: Cộng.")
    assert question.content is not None
    assert (question.content.type, question.content.key) == (QuestionType.SHORT_ANSWER, "2")


@pytest.mark.parametrize(
    "options",
    [
        "A. một\n*B. hai\nC. ba\nD. bốn",
        "A. một\nB*. hai\nC. ba\nD. bốn",
        "A. một\n#B. hai\nC. ba\nD. bốn",
        "[ ] A. một\n[x] B. hai\n[ ] C. ba\n[ ] D. bốn",
        "A. một\t*B. hai\tC. ba\tD. bốn",
        "A. một *B. hai C. ba D. bốn",
        "A. một\n*B. hai\nC. ba\nD. bốn\nĐáp án: B",
    ],
)
def test_a_star_marks_the_right_option(options: str) -> None:
    question = read_one(f"Câu 1. Hai là?\n{options}")
    assert question.content is not None and question.content.key == "B"
    assert texts_of(question) == ["một", "hai", "ba", "bốn"]


def test_two_stars_or_a_star_beside_another_key_are_two_keys() -> None:
    for options in ("A. một\n*B. hai\n*C. ba\nD. bốn", "A. một\n*B. hai\nC. ba\nD. bốn\nĐáp án: C"):
        assert codes_of(read_one(f"Câu 1. Hai là?\n{options}")) == {"two-keys"}, options


def test_stars_at_every_option_are_bullets() -> None:
    question = read_one("Câu 1. Hai là?\n* A. một\n* B. hai\n* C. ba\n* D. bốn\nĐáp án: B")
    assert question.content is not None and question.content.key == "B"


def test_a_star_behind_an_option_marks_nothing() -> None:
    assert codes_of(read_one("Câu 1. Hai là?\nA. một\nB. hai *\nC. ba\nD. bốn")) == {"no-key"}


@pytest.mark.parametrize("stem", ["Chọn các số chẵn.", "Chọn hai phương án đúng.", "Số nào? (nhiều đáp án đúng)"])
def test_several_right_letters_on_purpose_are_a_multiple_response(stem: str) -> None:
    for options in (f"{OPTIONS}\nĐáp án: B, D", "A. một\n*B. hai\nC. ba\n*D. bốn"):
        question = read_one(f"Câu 1. {stem}\n{options}")
        assert question.content is not None
        assert (question.content.type, question.content.key) == (QuestionType.MULTIPLE_RESPONSE, "BD")


def test_choosing_in_the_story_of_a_stem_asks_for_one_letter() -> None:
    question = read_one(f"Câu 1. Anh A chọn các mẫu đá nào?\n{OPTIONS}\nĐáp án: B, D")
    assert question.verdict is Verdict.LEAVE_OUT
    assert codes_of(question) == {"two-keys"}
