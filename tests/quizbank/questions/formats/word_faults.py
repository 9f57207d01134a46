"""Word papers with something wrong: what must be said of which question, at which place."""

from collections.abc import Mapping
from dataclasses import dataclass

from tests.quizbank.questions.formats.word_documents import (
    PIXEL,
    docx,
    equation_object,
    lines,
    m,
    p,
    picture,
    r,
    tbl,
    tc,
)
from tests.quizbank.questions.formats.word_fixtures import (
    CLUSTER,
    KEY,
    PLAIN,
    SECOND,
    STEM,
    WORDS,
    options,
    statements,
)

GOOD = STEM + PLAIN + KEY
DRAWN = "<w:r><w:pict><v:line from='0,0' to='9,9'/></w:pict></w:r>"
CHART = (
    "<w:r><w:drawing><wp:inline><a:graphic><a:graphicData>"
    "<c:chart xmlns:c='http://schemas.openxmlformats.org/drawingml/2006/chart'/>"
    "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
)


@dataclass(frozen=True)
class Fault:
    """``codes`` of the question at ``at``; ``is_in``: whether it may come in all the same."""

    document: bytes
    at: str
    codes: frozenset[str]
    is_in: bool = False


def fault(body: str, at: str, *codes: str, is_in: bool = False, media: dict[str, bytes] | None = None) -> Fault:
    return Fault(docx(body, media=media), at, frozenset(codes), is_in)


def _letters(**looks: Mapping[str, object]) -> str:
    return "".join(p(r(a, **looks.get(a, {})), f". {w}") for a, w in zip("ABCD", WORDS, strict=True))


FAULTS = {
    "no key": fault(GOOD + SECOND + PLAIN, "paragraph 7", "no-key"),
    "underlined B, key line C": fault(STEM + options(letter={"u": 1}) + p("Đáp án: C"), "paragraph 1", "two-keys"),
    "underlined B, red C": fault(STEM + _letters(B={"u": 1}, C={"color": "FF0000"}), "paragraph 1", "two-keys"),
    "key B with the text of C": fault(STEM + PLAIN + p("Đáp án: B. ba"), "paragraph 1", "key-not-an-option"),
    "key of two letters": fault(STEM + PLAIN + p("Đáp án: A/B"), "paragraph 1", "key-not-an-option"),
    "reason for B, chosen C": fault(STEM + PLAIN + lines("Chọn B vì đếm.\nChọn C"), "paragraph 1", "two-keys"),
    "bold B, star at C": fault(
        STEM + _letters(B={"b": 1}).replace("ba", "ba").replace(p(r("C"), ". ba"), p("*C. ba")),
        "paragraph 1",
        "two-keys",
    ),
    "underlined B, key table C": fault(
        STEM + options(letter={"u": 1}) + p("BẢNG ĐÁP ÁN") + tbl(["Câu", "1"], ["Đáp án", "C"]),
        "paragraph 1",
        "two-keys",
    ),
    "underlined B, solution says C": fault(
        STEM + options(letter={"u": 1}) + p("Lời giải") + p("Chọn C"), "paragraph 1", "two-keys"
    ),
    "two letters underlined": fault(STEM + _letters(B={"u": 1}, C={"u": 1}), "paragraph 1", "two-keys"),
    "all letters underlined": fault(STEM + _letters(**{a: {"u": 1} for a in "ABCD"}), "paragraph 1", "no-key"),
    "all letters bold": fault(STEM + _letters(**{a: {"b": 1} for a in "ABCD"}), "paragraph 1", "no-key"),
    "all options red": fault(
        STEM + "".join(p(r(f"{a}. {w}", color="FF0000")) for a, w in zip("ABCD", WORDS, strict=True)),
        "paragraph 1",
        "no-key",
    ),
    "bold letters, one forgotten, no key": fault(
        STEM
        + _letters(**{a: {"b": 1} for a in "ABCD"})
        + SECOND
        + _letters(**{a: {"b": 1} for a in "ABCD"})
        + p("Câu 3. Bốn là?")
        + _letters(**{a: {"b": 1} for a in "ABD"}),
        "paragraph 11",
        "no-key",
    ),
    "missing option": fault(
        GOOD + SECOND + lines("A. một\nB. hai\nD. bốn") + p("Đáp án: B"), "paragraph 7", "missing-option"
    ),
    "two options alike": fault(
        STEM + lines("A. một\nB. hai\nC. hai\nD. bốn") + KEY, "paragraph 1", "identical-options"
    ),
    "two formulas alike": fault(
        STEM + "".join(p(f"{a}. ", m(f"{{{n}}}")) for a, n in zip("ABCD", "1223", strict=True)) + KEY,
        "paragraph 1",
        "identical-options",
    ),
    "empty option": fault(STEM + lines("A. một\nB. hai\nC.\nD. bốn") + KEY, "paragraph 1", "empty-option"),
    "key beyond the options": fault(STEM + PLAIN + p("Đáp án: E"), "paragraph 1", "key-not-an-option"),
    "repeated letter": fault(
        STEM + lines("A. một\nB. hai\nB. ba\nD. bốn") + KEY, "paragraph 1", "repeated-option", "missing-option"
    ),
    "three statements": fault(
        CLUSTER + lines("a) x\nb) y\nc) z") + p("Đáp án: Đ S Đ"), "paragraph 2", "missing-option"
    ),
    "statements without any mark": fault(CLUSTER + statements(), "paragraph 2", "no-key"),
    "statements marked twice": fault(CLUSTER + statements(u=1) + p("Đáp án: Đ Đ S S"), "paragraph 2", "two-keys"),
    "key table names a question that is not there": fault(
        GOOD + p("BẢNG ĐÁP ÁN") + tbl(["Câu", "1", "2"], ["Đáp án", "B", "C"]), "paragraph 7", "key-of-no-question"
    ),
    "a key table of two variants": fault(
        GOOD.replace(KEY, "") + p("ĐÁP ÁN") + tbl(["Câu", "101", "102"], ["1", "B", "C"]),
        "paragraph 6",
        "unread-key-row",
    ),
    "no questions": fault(lines("Kính gửi\nquý thầy cô"), "paragraph 1", "no-questions"),
    "nothing at all": fault("", "paragraph 1", "no-questions"),
    "a picture that is not there": fault(STEM + p(picture("m9")) + PLAIN + KEY, "paragraph 1", "missing-image"),
    "a picture that is none": fault(
        STEM + p(picture("m1")) + PLAIN + KEY, "paragraph 1", "missing-image", media={"m2:media/image1.png": b"x"}
    ),
    "a metafile nobody can draw": fault(
        STEM + p(picture("m1")) + PLAIN + KEY,
        "paragraph 1",
        "unreadable-part",
        is_in=True,
        media={"m1:media/image1.wmf": b"\xd7\xcd\xc6\x9a" + bytes(40)},
    ),
    "an equation object nobody can read": fault(
        p("Câu 1. Tính ", equation_object("e1", "m1"), "?") + PLAIN + KEY,
        "paragraph 1",
        "unreadable-part",
        is_in=True,
        media={"e1:embeddings/oleObject1.bin": b"broken", "m1:media/image1.png": PIXEL},
    ),
    "a drawing of Word": fault(p("Câu 1. Hai là?", DRAWN) + PLAIN + KEY, "paragraph 1", "unreadable-part", is_in=True),
    "an object without a picture": fault(
        p("Câu 1. Hai là?", "<w:r><w:object><o:OLEObject Type='Embed' ProgID='Package' r:id='e1'/></w:object></w:r>")
        + PLAIN
        + KEY,
        "paragraph 1",
        "unreadable-part",
        is_in=True,
    ),
    "a chart": fault(p("Câu 1. Hai là?", CHART) + PLAIN + KEY, "paragraph 1", "unreadable-part", is_in=True),
    "figure spoken of and missing": fault(
        p("Câu 1. Cho đồ thị như hình vẽ bên. Hai là?") + PLAIN + KEY, "paragraph 1", "missing-figure", is_in=True
    ),
    "glued question": fault(
        STEM + lines("A. một\nB. hai\nC. ba\nD. bốn Câu 2. Ba là?") + PLAIN + p("Đáp án: C"),
        "paragraph 5",
        "glued-question",
        is_in=True,
    ),
    "in a row of a table": fault(
        tbl(
            ["STT", "Câu hỏi", "A", "B", "C", "D", "Đáp án"], ["1", "Hai là?", *WORDS, "B"], ["2", "Ba là?", *WORDS, ""]
        ),
        "table 1, row 3",
        "no-key",
    ),
    "stray cell of a table": fault(
        tbl(["Câu hỏi", "A", "B", "Đáp án", "Ghi chú"], ["Hai là?", "một", "hai", "B", "xem lại"]),
        "table 1, row 2",
        "dropped",
        is_in=True,
    ),
    "option in a cell twice": fault(
        STEM + tbl(["A. một", "B. hai"], ["B. ba", tc("D. bốn")]) + KEY,
        "paragraph 1",
        "repeated-option",
        "missing-option",
    ),
}
