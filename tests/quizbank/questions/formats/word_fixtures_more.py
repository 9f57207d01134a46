"""More Word papers: formulas, tables, fonts, pictures and what else stands in documents."""

from dataclasses import replace

from tests.quizbank.questions.formats.word_documents import (
    PIXEL,
    docx,
    footnotes,
    level,
    lines,
    m,
    numbering,
    p,
    picture,
    r,
    rpr,
    styles,
    tbl,
    tc,
    text_box,
)
from tests.quizbank.questions.formats.word_fixtures import (
    CLUSTER,
    JUDGED,
    KEY,
    PLAIN,
    SECOND,
    STEM,
    WORDS,
    Expected,
    Paper,
    options,
    paper,
    statements,
)

FRACTION = "<m:f><m:num>{1}</m:num><m:den>{2}</m:den></m:f>"
INTERVAL = "<m:d><m:dPr><m:begChr m:val='['/><m:endChr m:val=')'/></m:dPr><m:e>{0;1}</m:e></m:d>"
DROPPED, CHANGED = frozenset({"dropped"}), frozenset({"changed"})


def floating(rel: str) -> str:
    return picture(rel).replace("wp:inline>", "wp:anchor>")


def field(instruction: str, result: str = "") -> str:
    shown = f"<w:r><w:fldChar w:fldCharType='separate'/></w:r>{r(result)}" if result else ""
    return (
        "<w:r><w:fldChar w:fldCharType='begin'/></w:r>"
        f"<w:r><w:instrText xml:space='preserve'>{instruction}</w:instrText></w:r>{shown}"
        "<w:r><w:fldChar w:fldCharType='end'/></w:r>"
    )


FORMULAS: dict[str, Paper] = {
    "in stem and options": paper(
        p("Câu 1. Tính ", m(FRACTION), " + 1?")
        + p("A. ", m("{x}"), "\tB. ", m(FRACTION), "\tC. ", m(INTERVAL), "\tD. ", m("{α}"))
        + KEY,
        Expected("B", r"Tính $\frac{1}{2}$ + 1?", ("$x$", r"$\frac{1}{2}$", r"$\left[0;1\right)$", r"$\alpha$")),
    ),
    "key is a number in a formula": paper(
        p("PHẦN III. Câu trắc nghiệm trả lời ngắn") + p("Câu 1. Tính?") + p("Đáp án: ", m("{−2,5}")),
        Expected("-2,5", "Tính?", ("-2,5",), at="paragraph 2", part="III"),
    ),
    "key is a fraction": paper(
        p("PHẦN III. Câu trắc nghiệm trả lời ngắn") + p("Câu 1. Tính?") + p("Đáp án: ", m(FRACTION)),
        Expected("1/2", "Tính?", ("1/2",), at="paragraph 2", part="III"),
    ),
    "paragraph of its own": paper(
        p("Câu 1. Giải") + p(f"<m:oMathPara>{m('{x=1}')}</m:oMathPara>") + PLAIN + KEY, Expected("B", "Giải\n$x=1$")
    ),
    "underlined letters, options all formulas": paper(
        STEM + p("A. ", m("{1}"), "\t", r("B", u=1), ". ", m("{2}"), "\tC. ", m("{3}"), "\tD. ", m("{4}")),
        Expected("B", parts=("$1$", "$2$", "$3$", "$4$")),
    ),
    "colour on a formula": paper(
        STEM
        + p("A. ", m("{1}"))
        + p("B. ", f"<m:oMath><m:r>{rpr(color='FF0000')}<m:t>2</m:t></m:r></m:oMath>")
        + p("C. ", m("{3}"))
        + p("D. ", m("{4}")),
        Expected("B", parts=("$1$", "$2$", "$3$", "$4$")),
    ),
    "a field with an equation": paper(
        p("Câu 1. Tính ", field(r" EQ \f(1;2) "), "?") + PLAIN + KEY, Expected("B", r"Tính $\frac{1}{2}$?")
    ),
    "a symbol of the Symbol font": paper(
        p("Câu 1. Góc ", "<w:r><w:sym w:font='Symbol' w:char='F061'/></w:r>", r("b", font="Symbol"), "?") + PLAIN + KEY,
        Expected("B", "Góc αβ?"),
    ),
    "LaTeX as text": paper(p("Câu 1. Tính $x^2$?") + PLAIN + KEY, Expected("B", "Tính $x^2$?")),
}

TABLES: dict[str, Paper] = {
    "of data in the stem": paper(
        p("Câu 1. Cho bảng sau:") + tbl(["x", "1"], ["y", m("{2}")]) + p("Hỏi?") + PLAIN + KEY,
        Expected(
            "B",
            "Cho bảng sau:\n<table><tbody><tr><td>x</td><td>1</td></tr>"
            "<tr><td>y</td><td>$2$</td></tr></tbody></table>\nHỏi?",
        ),
    ),
    "with joined cells": paper(
        p("Câu 1. Cho bảng sau:")
        + tbl([tc("a", span=2)], [tc("b", merge="restart"), "c"], [tc("", merge="continue"), "d"])
        + PLAIN
        + KEY,
        Expected(
            "B",
            'Cho bảng sau:\n<table><tbody><tr><td colspan="2">a</td></tr><tr><td rowspan="2">b</td><td>c</td></tr>'
            "<tr><td>d</td></tr></tbody></table>",
        ),
    ),
    "one question a row": paper(
        tbl(
            ["STT", "Nội dung câu hỏi", "A", "B", "C", "D", "Đáp án"],
            ["1", "Hai là?", *WORDS, "B"],
            ["2", "Ba là?", *WORDS, "C"],
        ),
        Expected("B", at="table 1, row 2"),
        Expected("C", "Ba là?", label="Câu 2", at="table 1, row 3"),
    ),
    "one question a row, all in one cell": paper(
        tbl(["Câu", "Nội dung", "Đáp án"], ["1", tc(p("Hai là?"), PLAIN), "B"]), Expected("B", at="table 1, row 2")
    ),
    "one question a row with level and solution": paper(
        tbl(
            ["Câu hỏi", "Các phương án", "Đáp án", "Mức độ", "Lời giải"],
            ["Hai là?", tc(*map(p, WORDS)), "B", "Nhận biết", "Đếm."],
        ),
        Expected("B", at="table 1, row 2", explanation="Đếm.", level="NB", codes=frozenset({"tag-before-stem"})),
    ),
    "one question a row, key by colour": paper(
        tbl(
            ["TT", "Câu hỏi", "A", "B", "C", "D"], ["1", "Hai là?", "một", tc(p(r("hai", color="FF0000"))), "ba", "bốn"]
        ),
        Expected("B", at="table 1, row 2"),
    ),
    "one field a row": paper(
        tbl(["Câu hỏi", "Hai là?"], *([a, w] for a, w in zip("ABCD", WORDS, strict=True)), ["Đáp án", "B"]),
        Expected("B", at="table 1, row 1"),
    ),
    "one field a row, headed by the number": paper(
        tbl(["Câu 1", "Hai là?"], *([f"{a}.", w] for a, w in zip("ABCD", WORDS, strict=True)), ["Đáp án", "B"]),
        Expected("B", at="table 1, row 1"),
    ),
    "all questions in one layout table": paper(
        tbl([tc(STEM, PLAIN, KEY), tc(SECOND, PLAIN, p("Đáp án: C"))]),
        Expected("B", at="table 1, row 1"),
        Expected("C", "Ba là?", label="Câu 2", at="table 1, row 1"),
    ),
    "letterhead above": paper(tbl(["SỞ GIÁO DỤC VÀ ĐÀO TẠO", "ĐỀ KIỂM TRA"]) + STEM + PLAIN + KEY, Expected("B")),
}

TCVN3 = "C©u 1: Cho hµm sè cã ®å thÞ nh­ h×nh?"
VNI = "Caâu 1: Cho haøm soá coù ñoà thò nhö hình?"
MEANT = Expected("B", "Cho hàm số có đồ thị như hình?", codes=frozenset({"missing-figure"}))

FONTS: dict[str, Paper] = {
    "TCVN3": paper(p(r(TCVN3, font=".VnTime")) + PLAIN + KEY, MEANT),
    "VNI": paper(p(r(VNI, font="VNI-Times")) + PLAIN + KEY, MEANT),
    "VNI, a vowel and its tone in two runs": paper(
        p("Câu 1. H", r("a", font="VNI-Times"), r("ø", font="VNI-Times", b=1), "m?") + PLAIN + KEY,
        Expected("B", "Hàm?"),
    ),
    "capitals of TCVN3": paper(
        p(r("PHÇN iii. c©u tr¾c nghiÖm tr¶ lêi ng¾n", font=".VnTimeH")) + p("Câu 1. Tính?") + p("Đáp án: 2"),
        Expected("2", "Tính?", ("2",), at="paragraph 2", part="III"),
    ),
    "from a style": paper(
        p(r(TCVN3), style="Cu") + PLAIN + KEY,
        MEANT,
        styles=styles(
            "<w:style w:type='paragraph' w:styleId='Cu'><w:name w:val='Cu'/>" + rpr(font=".VnTime") + "</w:style>"
        ),
    ),
    "only the letters of one word": paper(
        p("Câu 1. ", r("Hai", font=".VnTime"), " là ", r("®óng", font=".VnTime"), " ©?") + PLAIN + KEY,
        Expected("B", "Hai là đúng ©?"),
    ),
    "decomposed letters": paper(p("Câu 1. Hai la\u0300?") + PLAIN + KEY),
}

STRUCTURE: dict[str, Paper] = {
    "inserted stays, deleted goes": paper(
        p("Câu 1. ", f"<w:ins>{r('Hai')}</w:ins>", "<w:del><w:r><w:delText>Ba</w:delText></w:r></w:del>", " là?")
        + PLAIN
        + KEY,
        Expected("B", codes=DROPPED),
    ),
    "a paragraph's end deleted": paper(
        p("Câu 1. Hai ", mark="<w:rPr><w:del/></w:rPr>") + p("là?") + PLAIN + KEY, Expected("B", at="paragraph 2")
    ),
    "moved text once": paper(
        p("Câu 1. ", f"<w:moveTo>{r('Hai')}</w:moveTo>", f"<w:moveFrom>{r('Hai')}</w:moveFrom>", " là?") + PLAIN + KEY
    ),
    "a link": paper(p("Câu 1. ", f"<w:hyperlink>{r('Hai')}</w:hyperlink>", " là?") + PLAIN + KEY),
    "a field with its result": paper(p("Câu 1. ", field(" REF x ", "Hai"), " là?") + PLAIN + KEY),
    "a field that never ends": paper(
        p("<w:r><w:fldChar w:fldCharType='begin'/></w:r>", "<w:r><w:instrText>PAGE</w:instrText></w:r>")
        + p("Câu 1. Hai là?")
        + PLAIN
        + KEY,
        Expected("B", at="paragraph 2"),
    ),
    "a footnote": paper(
        p("Câu 1. Hai", "<w:r><w:footnoteReference w:id='2'/></w:r>", " là?") + PLAIN + KEY,
        Expected("B", "Hai (số chẵn) là?", codes=CHANGED),
        footnotes=footnotes(n2=p("số chẵn")),
    ),
    "a comment": paper(
        p("Câu 1. Hai là?", "<w:r><w:commentReference w:id='0'/></w:r>") + PLAIN + KEY, Expected("B", codes=DROPPED)
    ),
    "hidden text": paper(p("Câu 1. Hai là?", r(" ẩn", vanish=1)) + PLAIN + KEY, Expected("B", codes=DROPPED)),
    "smart tags and bookmarks": paper(
        p("Câu 1. ", f"<w:smartTag>{r('Hai')}</w:smartTag>", "<w:bookmarkStart w:id='0' w:name='x'/>", " là?")
        + PLAIN
        + KEY
    ),
    "an alternative is read once": paper(
        p("Câu 1. Hai là?", text_box(p("Chú ý số chẵn."))) + PLAIN + KEY, Expected("B", "Hai là?\nChú ý số chẵn.")
    ),
    "blanks to fill in": paper(
        p("Câu 1. Hai ", r("          ", u=1), " là?") + PLAIN + KEY, Expected("B", "Hai __________ là?")
    ),
    "a list inside the stem": paper(
        STEM + p("số chẵn", num=(1, 0)) + p("số lẻ", num=(1, 0)) + PLAIN + KEY,
        Expected("B", "Hai là?\n• số chẵn\n• số lẻ"),
        numbering=numbering({1: [level(0, "", "bullet")]}),
    ),
    "ticked boxes": paper(STEM + lines("☐ A. một\n☒ B. hai\n☐ C. ba\n☐ D. bốn")),
    "what looks like a tag is text": paper(
        p("Câu 1. Cho x<b>y và &amp; là?") + PLAIN + KEY, Expected("B", "Cho x&lt;b>y và &amp;amp; là?")
    ),
    "line ends in the XML are blanks": paper(
        p("Câu 1.", "<w:r><w:t xml:space='preserve'>\n  Hai\tlà?</w:t></w:r>") + PLAIN + KEY
    ),
    "odd blanks and hyphens": paper(
        p("Câu\u00a01.\u2003Hai", "<w:r><w:noBreakHyphen/></w:r>", "số\u200b là?") + PLAIN + KEY,
        Expected("B", "Hai-số là?"),
    ),
    "a passage for two questions": paper(
        p(r("Đọc đoạn văn sau và trả lời câu 1 đến câu 2", b=1, i=1))
        + p("Số đếm được.")
        + STEM
        + options(letter={"u": 1})
        + SECOND
        + options(mark="C", letter={"u": 1}),
        Expected("B", at="paragraph 3"),
        Expected("C", "Ba là?", label="Câu 2", at="paragraph 8"),
    ),
    "a passage between questions, keys by looks": paper(
        STEM
        + options(letter={"u": 1})
        + p(r("Read the following passage and answer questions 2 to 2", b=1))
        + p("Numbers are counted.")
        + SECOND
        + options(mark="C", letter={"u": 1}),
        Expected("B"),
        Expected("C", "Ba là?", label="Câu 2", at="paragraph 8"),
    ),
}

PICTURES: dict[str, Paper] = {
    "beside the stem in a table": Paper(
        lambda: docx(
            p("Câu 1. Xét hình vẽ bên:") + tbl(["Hai là?", tc(p(picture("m1")))]) + PLAIN + KEY,
            media={"m1:media/image1.png": PIXEL},
        ),
        (
            Expected(
                "B",
                "Xét hình vẽ bên:\n<table><tbody><tr><td>Hai là?</td><td>![](image1.png)</td></tr></tbody></table>",
            ),
        ),
    ),
    "floating beside an option": Paper(
        lambda: docx(
            p("Câu 1. Hình bên là?") + p("A. một", floating("m1")) + lines("B. hai\nC. ba\nD. bốn") + KEY,
            media={"m1:media/image1.png": PIXEL},
        ),
        (Expected("B", "Hình bên là?\n![](image1.png)", codes=frozenset({"image-after-options"})),),
    ),
    "floating before options on one line": Paper(
        lambda: docx(
            p("Câu 1. Hình bên là?") + p(floating("m1"), "A. một\tB. hai\tC. ba\tD. bốn") + KEY,
            media={"m1:media/image1.png": PIXEL},
        ),
        (Expected("B", "Hình bên là?\n![](image1.png)", codes=frozenset({"image-after-options"})),),
    ),
    "before options on one line": Paper(
        lambda: docx(
            p("Câu 1. Hình bên là?") + p(picture("m1"), "A. một\tB. hai\tC. ba\tD. bốn") + KEY,
            media={"m1:media/image1.png": PIXEL},
        ),
        (Expected("B", "Hình bên là?\n![](image1.png)"),),
    ),
    "in the stem": Paper(
        lambda: docx(
            p("Câu 1. Hình bên là?", picture("m1", "tam giác")) + PLAIN + KEY, media={"m1:media/image1.png": PIXEL}
        ),
        (Expected("B", "Hình bên là?![tam giác](image1.png)"),),
    ),
    "below the options": Paper(
        lambda: docx(p("Câu 1. Hình bên là?") + PLAIN + p(picture("m1")) + KEY, media={"m1:media/image1.png": PIXEL}),
        (Expected("B", "Hình bên là?\n![](image1.png)", codes=frozenset({"image-after-options"})),),
    ),
    "as options": Paper(
        lambda: docx(
            STEM + "".join(p(f"{a}. ", picture(f"m{place}")) for place, a in enumerate("ABCD")) + KEY,
            media={f"m{place}:media/image{place}.png": PIXEL for place in range(4)},
        ),
        (Expected("B", parts=tuple(f"![](image{place}.png)" for place in range(4))),),
    ),
    "beside the options in a table": Paper(
        lambda: docx(
            p("Câu 1. Hình bên là?") + tbl([tc(PLAIN), tc(p(picture("m1")))]) + KEY,
            media={"m1:media/image1.png": PIXEL},
        ),
        (Expected("B", "Hình bên là?\n![](image1.png)", codes=frozenset({"image-after-options"})),),
    ),
}

WAYS: dict[str, Paper] = {
    "a level before the header": paper(
        p("[NB] Câu 1. Hai là?") + PLAIN + KEY, Expected("B", level="NB", codes=frozenset({"tag-before-stem"}))
    ),
    "questions without numbers for a mixing program": paper(
        p("Hai là?")
        + options(letter={"u": 1})
        + p("[<br>]")
        + p("Ba là?")
        + options(mark="C", letter={"u": 1})
        + p("[<br>]"),
        Expected("B"),
        Expected("C", "Ba là?", label="Câu 2", at="paragraph 7"),
    ),
    "the solution judges each statement": paper(
        CLUSTER + statements() + p("Lời giải") + lines("a) Đúng.\nb) Sai: vì chẵn.\nc) Đúng.\nd) Sai."),
        replace(
            JUDGED,
            explanation="a) Đúng.\nb) Sai: vì chẵn.\nc) Đúng.\nd) Sai.",
            codes=frozenset({"key-from-statements"}),
        ),
    ),
    "an answer called Trả lời": paper(
        p("PHẦN III. Câu trắc nghiệm trả lời ngắn") + p("Câu 1. Tính?") + p("Trả lời: ", m("{2,5}")),
        Expected("2,5", "Tính?", ("2,5",), at="paragraph 2", part="III"),
    ),
    "an answer in boxes": paper(
        p("PHẦN III. Câu trắc nghiệm trả lời ngắn") + p("Câu 1. Tính?") + p("Đáp án:") + tbl(["2", ",", "5", ""]),
        Expected("2,5", "Tính?", ("2,5",), at="paragraph 2", part="III"),
    ),
    "the number in a column of its own": paper(
        tbl(["Câu 1.", tc(p("Hai là?"), options(letter={"u": 1}))]), Expected("B", at="table 1, row 1")
    ),
    "underlined sounds, the key in red": paper(
        p(
            r("Question 1. ", b=1),
            "A. h",
            r("ea", u=1),
            "t\t",
            r("B", color="FF0000"),
            ". h",
            r("ea", u=1),
            "d\tC. s",
            r("ea", u=1),
            "t\tD. m",
            r("ea", u=1),
            "t",
        ),
        Expected(
            "B",
            "",
            ("h<u>ea</u>t", "h<u>ea</u>d", "s<u>ea</u>t", "m<u>ea</u>t"),
            label="Question 1",
            codes=frozenset({"empty-stem"}),
        ),
    ),
    "a solution that repeats the number": paper(
        STEM
        + options(letter={"u": 1})
        + p("Lời giải")
        + p("Câu 1: Đếm.")
        + SECOND
        + options(mark="C", letter={"u": 1}),
        Expected("B", explanation="Câu 1: Đếm."),
        Expected("C", "Ba là?", label="Câu 2", at="paragraph 8"),
    ),
}

GROUPS = {
    "ways": WAYS,
    "formulas": FORMULAS,
    "tables": TABLES,
    "fonts": FONTS,
    "structure": STRUCTURE,
    "pictures": PICTURES,
}
