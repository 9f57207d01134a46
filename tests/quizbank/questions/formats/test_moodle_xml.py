import base64
from pathlib import Path

import pytest

from quizbank.questions.formats.moodle_xml import read_moodle
from quizbank.questions.problems import Verdict
from quizbank.questions.rules import QuestionType
from repository.errors import Invalid
from tests.quizbank.questions.formats.reading import (
    Read,
    codes,
    damaged,
    draft_of,
    ends_well,
    options,
    reader_of,
    told,
)
from tests.shared_data import SHARED, needs_shared_data

FOLDER = SHARED / "formats/moodlexml"
GIF = base64.b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")
PACKED = f'<file name="a b.gif" path="/" encoding="base64">{base64.b64encode(GIF).decode()}</file>'


def answer(fraction: str, text: str, more: str = "") -> str:
    return f'<answer fraction="{fraction}" format="html"><text>{text}</text><feedback><text/></feedback>{more}</answer>'


def question(kind: str, body: str, stem: str = "Hỏi?") -> str:
    return (
        f'<quiz><question type="{kind}"><name><text>Câu một</text></name>'
        f'<questiontext format="html"><text>{stem}</text></questiontext>{body}</question></quiz>'
    )


CHOICES = "<single>true</single>" + answer("100", "a") + answer("0", "b")


@pytest.fixture
def read(tmp_path: Path) -> Read:
    return reader_of(read_moodle, tmp_path / "q.xml")


def test_one_right_option(read: Read) -> None:
    [found] = read(question("multichoice", CHOICES, "<![CDATA[<p>Tính \\(x^2\\)</p>]]>"))
    assert (found.label, draft_of(found).stem, options(found)) == ("Câu một", "Tính $x^2$", ["*a", "b"])
    assert (found.problems, draft_of(found).keeps_order, found.lines) == ((), False, (1, 1))


def test_tags_that_were_not_packed(read: Read) -> None:
    [found] = read(question("multichoice", CHOICES, "Tính <b>x</b> và <p>y</p> z"))
    assert draft_of(found).stem == "Tính <b>x</b> và\n\ny\n\nz"


def test_several_right_options_in_fixed_order(read: Read) -> None:
    body = "<single>false</single><shuffleanswers>0</shuffleanswers>" + "".join(
        [answer("50", "a"), answer("50", "b"), answer("-100", "c")]
    )
    [found] = read(question("multichoice", body))
    assert (draft_of(found).type, options(found)) == (QuestionType.MULTIPLE_RESPONSE, ["*a", "*b", "c"])
    assert (draft_of(found).keeps_order, codes(found)) == (True, [])


def test_all_or_nothing_sets(read: Read) -> None:
    body = answer("100", "a") + answer("100", "b") + answer("0", "c")
    [found] = read(question("multichoiceset", body))
    assert (draft_of(found).key, codes(found)) == ("AB", [])


def test_rows_judged_true_or_false(read: Read) -> None:
    rows = "".join(
        f'<row number="{n}"><optiontext format="html"><text>ý {n}</text></optiontext></row>' for n in range(1, 5)
    )
    columns = "".join(
        f'<column number="{n}"><responsetext format="plain_text"><text>{word}</text></responsetext></column>'
        for n, word in ((1, "Đúng"), (2, "Sai"))
    )
    weights = "".join(
        f'<weight rownumber="{n}" columnnumber="{1 if n % 2 else 2}"><value>1.000</value></weight>' for n in range(1, 5)
    )
    [found] = read(question("kprime", rows + columns + weights))
    assert (draft_of(found).type, options(found)) == (QuestionType.TRUE_FALSE, ["*ý 1", "ý 2", "*ý 3", "ý 4"])


def test_numbers_with_tolerance_and_units(read: Read) -> None:
    units = "<units><unit><multiplier>1</multiplier><unit_name>m/s</unit_name></unit></units>"
    [found] = read(question("numerical", answer("100", "9.8", "<tolerance>0.1</tolerance>") + units))
    assert (options(found), str(draft_of(found).tolerance)) == (["*9.8"], "0.1")
    assert told(found, "dropped") == ["đơn vị của đáp số: m/s"]


def test_typed_answers_are_plain_text(read: Read) -> None:
    body = "<usecase>1</usecase>" + answer("100", "a &lt;b&gt; $5") + answer("0", "*")
    [found] = read(question("shortanswer", body))
    assert (options(found), told(found, "dropped")) == (["*a <b> $5"], ["yêu cầu phân biệt chữ hoa, chữ thường"])


def test_what_stands_beside_a_question_is_named(read: Read) -> None:
    body = (
        CHOICES + "<defaultgrade>2.5</defaultgrade><penalty>0.4</penalty><hidden>1</hidden>"
        "<answernumbering>iii</answernumbering><hint><text>gợi ý</text></hint>"
        "<correctfeedback><text>Giỏi</text></correctfeedback>" + PACKED
    )
    [found] = read(question("multichoice", body))
    assert told(found, "dropped") == [
        "điểm 2.5; điểm phạt 0.4; 1 gợi ý; nhận xét chung khi đúng, khi đúng một phần, khi sai; dấu ẩn; "
        "kiểu đánh số iii; tệp a b.gif"
    ]


def test_usual_settings_are_not_worth_a_word(read: Read) -> None:
    body = (
        CHOICES + "<defaultgrade>1.0000000</defaultgrade><penalty>0.3333333</penalty><hidden>0</hidden>"
        "<answernumbering>abc</answernumbering><shownumcorrect/>"
    )
    assert codes(read(question("multichoice", body))[0]) == []


def test_pictures_packed_in_the_question(read: Read) -> None:
    stem = f'<![CDATA[<img src="@@PLUGINFILE@@/a%20b.gif" alt="hình">]]></text>{PACKED}<text>'
    [found] = read(question("multichoice", CHOICES, stem))
    [(target, data)] = found.pictures.items()
    assert (data, draft_of(found).stem, codes(found)) == (GIF, f"![hình]({target})", [])


def test_a_question_about_a_recording_waits_for_a_person(read: Read) -> None:
    [found] = read(question("multichoice", CHOICES, '<![CDATA[<a href="@@PLUGINFILE@@/a.mp3">Nghe</a>]]>'))
    assert (found.verdict, codes(found)) == (Verdict.HOLD, ["unreadable-part"])


def test_an_essay_has_what_its_markers_are_told_as_marking_guide(read: Read) -> None:
    guide = '<graderinfo format="html"><text>Nêu được hai ý.</text></graderinfo>'
    after = '<generalfeedback format="html"><text>Xem lại bài 5.</text></generalfeedback>'
    [alone, both] = read(question("essay", guide).removesuffix("</quiz>") + question("essay", guide + after)[6:])
    assert (draft_of(alone).type, draft_of(alone).explanation) == (QuestionType.ESSAY, "Nêu được hai ý.")
    assert (draft_of(both).explanation, codes(both)) == ("Nêu được hai ý.\n\nXem lại bài 5.", ["changed"])


def test_what_an_essay_asks_for_beside_its_text_is_named(read: Read) -> None:
    more = "<attachments>2</attachments><responsetemplate><text>Kính gửi</text></responsetemplate>"
    [found] = read(question("essay", more))
    said = [one.facts["what"] for one in found.problems]
    assert said == ["bài viết sẵn trong ô trả lời", "tệp nộp kèm"]


@pytest.mark.parametrize("kind", ["ddmarker", "cloze", "ordering", "description", "coderunner", ""])
def test_other_types_are_kept_whole(read: Read, kind: str) -> None:
    written = question(kind, PACKED + "<x>" + "y" * 3000 + "</x>")
    [found] = read(written)
    assert (found.verdict, codes(found)) == (Verdict.LEAVE_OUT, ["unsupported-type"])
    assert found.source == written.removeprefix("<quiz>").removesuffix("</quiz>")


def test_categories_and_tags_say_where_a_question_belongs(read: Read) -> None:
    category = '<question type="category"><category><text>$course$/top/Toán/Hàm số</text></category></question>'
    tags = "<tags><tag><text>TH</text></tag><tag><text>HK1</text></tag></tags>"
    [found] = read(question("multichoice", CHOICES + tags).replace("<quiz>", "<quiz>" + category))
    assert (found.said.level_code, found.said.tags) == ("TH", ("HK1", "Toán", "Hàm số"))


@pytest.mark.parametrize(
    ("format", "text", "expected"),
    [
        ("moodle_auto_format", "Một\nhai", "Một\nhai"),
        ("plain_text", "a &lt;b&gt;\nc", "a &lt;b>\nc"),
        ("markdown", "**Một**\n\n- hai\n- ba", "<b>Một</b>\n\n<ul><li>hai</li><li>ba</li></ul>"),
    ],
)
def test_formats_of_texts(read: Read, format: str, text: str, expected: str) -> None:
    written = question("multichoice", CHOICES, text).replace(
        'questiontext format="html"', f'questiontext format="{format}"'
    )
    assert draft_of(read(written)[0]).stem.replace("strong>", "b>") == expected


def test_a_broken_file_gives_what_stands_before_the_fault_and_its_line(tmp_path: Path) -> None:
    read = reader_of(read_moodle, tmp_path / "q.xml")
    with pytest.raises(Invalid) as refusal:
        read("<quiz>\n" + question("multichoice", CHOICES)[6:-7] + "\n<question></quiz>")
    assert refusal.value.facts["place"] == "line 3"


@needs_shared_data
def test_damaged_files_end_in_questions_or_a_refusal(read: Read) -> None:
    paths = [path for path in sorted(FOLDER.rglob("*.xml")) if path.stat().st_size < 10_000]
    assert paths
    assert all(ends_well(read, data) for n, path in enumerate(paths) for data in damaged(path.read_bytes(), 25, seed=n))
