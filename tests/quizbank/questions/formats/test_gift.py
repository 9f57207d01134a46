from decimal import Decimal
from pathlib import Path

import pytest

from quizbank.questions.formats.gift import read_gift
from quizbank.questions.problems import Verdict
from quizbank.questions.rules import AnswerKind, QuestionContent, QuestionType
from repository.errors import Invalid
from tests.quizbank.questions.formats.reading import Read, codes, damaged, draft_of, ends_well, options, reader_of, told
from tests.shared_data import SHARED, needs_shared_data

PIXEL = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"


@pytest.fixture
def read(tmp_path: Path) -> Read:
    return reader_of(read_gift, tmp_path / "q.gift")


def test_one_right_option(read: Read) -> None:
    [question] = read("::Câu một::Thủ đô của Việt Nam?{=Hà Nội ~Huế ~Đà Nẵng}")
    assert (question.label, question.lines, question.problems) == ("Câu một", (1, 1), ())
    assert (draft_of(question).type, draft_of(question).stem) == (QuestionType.SINGLE_CHOICE, "Thủ đô của Việt Nam?")
    assert options(question) == ["*Hà Nội", "Huế", "Đà Nẵng"]


def test_equal_shares_make_several_right_options(read: Read) -> None:
    [question] = read("Số nguyên tố?{~%50%2 ~%50%3 ~4 ~%0%6}")
    assert draft_of(question).type is QuestionType.MULTIPLE_RESPONSE
    assert (options(question), codes(question)) == (["*2", "*3", "4", "6"], [])


def test_unequal_shares_are_named(read: Read) -> None:
    [question] = read("Chọn{~%70%a ~%30%b ~%-50%c}")
    assert options(question) == ["*a", "*b", "c"]
    assert told(question, "dropped") == ["điểm riêng của từng phương án: A 70%, B 30%, C -50%"]


def test_a_wrong_option_that_costs_the_whole_mark_loses_nothing(read: Read) -> None:
    assert codes(read("Chọn{~%50%a ~%50%b ~%-100%c}")[0]) == []


def test_two_full_options_where_one_may_be_chosen_are_left_out(read: Read) -> None:
    [question] = read("Chọn{=a =b ~c}")
    assert (question.verdict, codes(question)) == (Verdict.LEAVE_OUT, ["two-keys"])


@pytest.mark.parametrize("key", ["T", "TRUE", "true"])
def test_a_true_statement_becomes_two_options_in_order(read: Read, key: str) -> None:
    [question] = read(f"Nước sôi ở 100 độ.{{{key}#sai rồi#đúng rồi}}")
    assert (options(question), draft_of(question).keeps_order) == (["*Đúng", "Sai"], True)
    assert draft_of(question).explanation == "A: đúng rồi\nB: sai rồi"
    assert codes(question) == ["changed", "changed"]


@pytest.mark.parametrize(
    ("answers", "values", "tolerance"),
    [
        ("#1822", ["1822"], None),
        ("#3.14:0.01", ["3.14"], Decimal("0.01")),
        ("#1..5", ["3"], Decimal(2)),
        ("#=2,5:0 =5/2", None, None),
        ("#-0.5", ["-0.5"], None),
        ("#=7 =8", ["7", "8"], None),
    ],
)
def test_numbers(read: Read, answers: str, values: list[str] | None, tolerance: Decimal | None) -> None:
    [question] = read(f"Bao nhiêu?{{{answers}}}")
    if values is None:
        assert codes(question) == ["not-a-question", "unreadable-part"]
        return
    content = draft_of(question)
    assert [part.text for part in content.parts] == values
    assert (content.answer_kind, content.tolerance) == (AnswerKind.NUMERIC, tolerance)


def test_numbers_with_different_tolerances_wait_for_a_person(read: Read) -> None:
    [question] = read("Bao nhiêu?{#=1:0.1 =2:0.5}")
    assert (question.verdict, told(question, "unreadable-part")) == (
        Verdict.HOLD,
        ["sai số khác nhau của các đáp số: 0.1, 0.5"],
    )


def test_answers_worth_less_and_patterns_are_named(read: Read) -> None:
    [question] = read("Con vật?{=ếch =%50%cóc#gần đúng =%0%*#sai =%100%nhái*}")
    assert options(question) == ["*ếch"]
    assert told(question, "dropped") == ["câu trả lời không được trọn điểm: “cóc” 50%"]
    assert told(question, "unreadable-part") == ["mẫu trả lời có dấu *: “nhái*”"]
    assert draft_of(question).explanation == "cóc: gần đúng\nCâu trả lời khác: sai"


def test_feedback_becomes_the_explanation(read: Read) -> None:
    [question] = read("Chọn{=a#đúng vì một ~b#sai vì hai\n####Lời giải chung}")
    assert draft_of(question).explanation == "Lời giải chung\n\nA: đúng vì một\nB: sai vì hai"


def test_a_matching_with_true_and_false_is_a_cluster(read: Read) -> None:
    [question] = read("Xét:{=một -> Đúng =hai -> Sai =ba -> đúng =bốn -> S = -> Sai}")
    assert (draft_of(question).type, draft_of(question).key) == (QuestionType.TRUE_FALSE, "TFTF")


def test_a_question_with_nothing_between_the_braces_is_an_essay(read: Read) -> None:
    [bare, guided] = read("Viết bài văn.{}\n\nPhân tích bài thơ.{####Nêu được ba ý.}")
    assert draft_of(bare) == QuestionContent(QuestionType.ESSAY, "Viết bài văn.", ())
    assert draft_of(guided) == QuestionContent(QuestionType.ESSAY, "Phân tích bài thơ.", (), "Nêu được ba ý.")
    assert (bare.problems, guided.problems) == ((), ())


@pytest.mark.parametrize(
    ("text", "kind"),
    [("Nối{=a -> 1 =b -> 2}", "ghép đôi"), ("Đọc kĩ đề.", "đoạn mô tả")],
)
def test_other_kinds_are_kept_whole(read: Read, text: str, kind: str) -> None:
    [question] = read(text)
    assert (question.verdict, question.source) == (Verdict.LEAVE_OUT, text)
    assert told(question, "unsupported-type") == [kind]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Chọn {=a ~b", "câu GIFT: thiếu dấu { hoặc }"),
        ("Chọn =a ~b}", "câu GIFT: thiếu dấu { hoặc }"),
        ("Nước {=a ~b} và lửa {=c ~d}", "câu GIFT: có thêm dấu { hoặc } chưa được viết thành \\{ hoặc \\}"),
        ("Bao nhiêu?{#năm}", "câu GIFT: “năm” không phải là số"),
    ],
)
def test_a_broken_question_is_told_with_its_lines(read: Read, text: str, said: str) -> None:
    questions = read(f"Một?{{T}}\n\n{text}\n\nHai?{{F}}")
    assert [question.lines for question in questions] == [(1, 1), (3, 3), (5, 5)]
    assert (codes(questions[1]), told(questions[1], "unreadable-part")) == (
        ["not-a-question", "unreadable-part"],
        [said],
    )


def test_formulas_with_escaped_and_with_bare_signs(read: Read) -> None:
    escaped, bare = read(
        "Tính $\\\\frac\\{1\\}\\{2\\}$?{=$x\\=1$ ~\\~}\n\nTính $\\frac{1}{2} \\neq 0$?{=$\\{x=1\\}$ ~b}"
    )
    assert (draft_of(escaped).stem, options(escaped), codes(escaped)) == (r"Tính $\frac{1}{2}$?", ["*$x=1$", "~"], [])
    assert (draft_of(bare).stem, codes(bare)) == (r"Tính $\frac{1}{2} \neq 0$?", ["changed"])


def test_blank_lines_inside_braces_and_forgotten_ones_between_titles(read: Read) -> None:
    questions = read("::1::Một?{\n=a\n\n~b\n}\n::2::Hai?{=a ~b}\n$CATEGORY: x\n::3::Ba?{=a ~b}")
    assert [(question.label, question.lines) for question in questions] == [("1", (1, 5)), ("2", (6, 6)), ("3", (8, 8))]


def test_questions_without_blank_lines_between_them(read: Read) -> None:
    questions = read("// một\nMột?{\n\n\n=a\n\n~b}\nHai\nlà {=a ~b}\n\nBa {=a ~b} là\nbốn.")
    assert [(question.lines, draft_of(question).stem) for question in questions] == [
        ((2, 7), "Một?"),
        ((8, 9), "Hai là"),
        ((11, 12), "Ba _____ là bốn."),
    ]
    assert told(questions[1], "changed") == ["Đoạn không có dòng trống ngăn với câu trước, câu riêng"]


def test_an_open_brace_does_not_swallow_the_rest(read: Read) -> None:
    questions = read("Một?{=a ~b\n\nHai?{=a ~b}\n\nBa?{=a ~b}")
    assert [codes(question) for question in questions] == [["not-a-question", "unreadable-part"], [], []]


def test_a_comment_below_a_blank_line_belongs_to_what_follows(read: Read) -> None:
    questions = read("Một?{\n=a\n\n// ghi chú\n~b\n}\n\nHai?{=a\n\n// [id:3]\nBa?{=a ~b}")
    assert [(question.label, question.lines) for question in questions] == [
        ("Câu 1", (1, 6)),
        ("Câu 2", (8, 8)),
        ("3", (11, 11)),
    ]


def test_a_large_picture_and_a_block_beyond_all_bounds(read: Read) -> None:
    uri = "data\\:image/png;base64," + "A" * 11_000_000
    questions = read(f'Một <img src\\="{uri}">{{T}}\n\nHai{{=a\n' + ("~" + "b" * 8_000_000 + "\n") * 4 + "}\n\nBa{T}")
    assert [codes(question) for question in questions] == [["changed"], ["too-long"], ["changed"]]
    assert [len(question.source) < 21_000 for question in questions] == [True, True, True]
    assert len(next(iter(questions[0].pictures.values()))) == 8_250_000


def test_categories_and_tags_say_where_a_question_belongs(read: Read) -> None:
    text = (
        "$CATEGORY: $course$/top/Default for Lí/Dao động//Sóng\n\n// [id:7] [tag:VD] [tag:grade=12] [tag:HK1]\nMột?{T}"
    )
    [question] = read(text)
    assert (question.label, question.said.level_code, question.said.grade) == ("7", "VD", 12)
    assert question.said.tags == ("HK1", "Dao động/Sóng")


def test_pictures_in_the_text_come_along(read: Read) -> None:
    uri = PIXEL.replace(":", "\\:").replace("=", "\\=")
    [question] = read(f'[html]<img src\\="{uri}"> <img src\\="@@PLUGINFILE@@/b.png">?{{T}}')
    [target] = question.pictures
    assert question.pictures[target].startswith(b"GIF89a")
    assert question.images == (target, "b.png")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings_and_line_ends(read: Read, encoding: str) -> None:
    questions = read("Một?{T}\r\n\r\nHai?{F}\r\n".encode(encoding))
    assert [question.lines for question in questions] == [(1, 1), (3, 3)]


@pytest.mark.parametrize("data", [b"M\xf4t?{T}\n", "Một?\n\n\x00{T}".encode(), b"a\n" + b"x" * 17_000_000])
def test_a_file_that_is_no_text_is_refused_with_its_line(read: Read, data: bytes) -> None:
    with pytest.raises(Invalid) as refusal:
        read(data)
    assert str(refusal.value.facts["place"]).startswith("line ")


@needs_shared_data
def test_damaged_files_end_in_questions_or_a_refusal(read: Read) -> None:
    paths = sorted((SHARED / "formats/gift").rglob("*.gift"))
    assert paths
    assert all(
        ends_well(read, data)
        for number, path in enumerate(paths)
        for data in damaged(path.read_bytes(), 12, seed=number)
    )
