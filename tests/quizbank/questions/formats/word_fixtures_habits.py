"""Habits of writing: how teachers number questions, letter options, and say what is right."""

from dataclasses import replace

from tests.quizbank.questions.formats.word_documents import DECLARED, PIXEL, docx, lines, p, picture, r, tbl, tc
from tests.quizbank.questions.formats.word_fixtures import PLAIN, STEM, WORDS, Expected, Paper, options, paper

NOTED = frozenset({"key-from-explanation"})
MARKED = frozenset({"option-mark"})
TAGGED = frozenset({"tag-before-stem"})


def numbered(header: str, label: str) -> Paper:
    return paper(p(f"{header} Hai là?") + PLAIN + p("Đáp án: B"), Expected("B", label=label))


HEADERS = {
    "Câu I.1.": numbered("Câu I.1.", "Câu I.1"),
    "Câu số 1:": numbered("Câu số 1:", "Câu số 1"),
    "Câu.1:": numbered("Câu.1:", "Câu.1"),
    "Câu 1;": numbered("Câu 1;", "Câu 1"),
    "Câu 1*.": numbered("Câu 1*.", "Câu 1"),
    "Câu 1．": numbered("Câu 1．", "Câu 1"),
    "1/": numbered("1/", "1"),
}


def lettered(text: str, codes: frozenset[str] = frozenset()) -> Paper:
    return paper(STEM + lines(text) + p("Đáp án: B"), Expected("B", codes=codes))


OPTIONS = {
    "A/ on one line": lettered("A/ một\tB/ hai\tC/ ba\tD/ bốn"),
    "A: on one line": lettered("A: một    B: hai    C: ba    D: bốn"),
    "A . with tabs": lettered("A . một\tB . hai\tC . ba\tD . bốn"),
    "small letters on one line": lettered("a) một\tb) hai\tc) ba\td) bốn"),
    "small letters with strokes": lettered("a/ một\nb/ hai\nc/ ba\nd/ bốn"),
    "a bullet before each": lettered("- A. một\n- B. hai\n- C. ba\n- D. bốn"),
    "A.)": lettered("A.) một\nB.) hai\nC.) ba\nD.) bốn"),
    "A- without a dot": lettered("A- một\nB- hai\nC- ba\nD- bốn", MARKED),
    "A – without a dot": lettered("A – một\nB – hai\nC – ba\nD – bốn", MARKED),
    "[A]": lettered("[A] một\n[B] hai\n[C] ba\n[D] bốn", MARKED),
    "A/ without a blank": lettered("A/một\nB/hai\nC/ba\nD/bốn", MARKED),
    "letters alone": lettered("A một\nB hai\nC ba\nD bốn", MARKED),
    "Cyrillic letters": lettered("А. một\nВ. hai\nС. ba\nD. bốn"),
    "Greek letters": lettered("Α. một\tΒ. hai\tC. ba\tD. bốn"),
    "full-width letters": lettered("Ａ．một\nＢ．hai\nＣ．ba\nＤ．bốn"),
    "ideographic blanks": lettered("A.　một　　B.　hai　　C.　ba　　D.　bốn"),
    "soft hyphens": lettered("A\u00ad. m\u00adột\nB. hai\nC. ba\nD. bốn"),
    "decomposed": lettered("A. mô\u0323t\nB. hai\nC. ba\nD. bô\u0301n"),
    "a dialogue in the stem": paper(
        p("Câu 1. Hai là?") + lines("A: “Một?”\nB: “_____”\nA. một\tB. hai\tC. ba\tD. bốn\nĐáp án: B"),
        Expected("B", "Hai là?\nA: “Một?”\nB: “_____”"),
    ),
    "underlined Cyrillic letter": paper(STEM + options(letter={"u": 1}).replace(r("B", u=1), r("В", u=1))),
}


def keyed(text: str, explanation: str = "", codes: frozenset[str] = frozenset(), level: str = "") -> Paper:
    return paper(STEM + PLAIN + lines(text), Expected("B", explanation=explanation, codes=codes, level=level))


KEYS = {
    "Phương án đúng: B": keyed("Phương án đúng: B"),
    "Đáp án chính xác: B": keyed("Đáp án chính xác: B"),
    "Câu trả lời đúng là: B": keyed("Câu trả lời đúng là: B"),
    "Trả lời: B": keyed("Trả lời: B"),
    "[Đáp án: B]": keyed("[Đáp án: B]"),
    "(Đáp án: B)": keyed("(Đáp án: B)"),
    "Đáp án: “B”": keyed("Đáp án: “B”"),
    "Đáp án: B;": keyed("Đáp án: B;"),
    "Đáp án: В": keyed("Đáp án: В"),
    "Ta chọn B": keyed("Ta chọn B"),
    "Vậy đáp án đúng là B.": keyed("Vậy đáp án đúng là B."),
    "the option behind the letter": keyed("Đáp án: B. hai"),
    "a reason behind the letter": keyed("Đáp án: B. Đếm.", "Đếm."),
    "Chọn B vì": keyed("Chọn B vì đếm.", "vì đếm."),
    "Giải: Chọn B": keyed("Giải: Chọn B", "Chọn B", NOTED),
    "HD": keyed("HD: Đếm. Chọn B", "Đếm. Chọn B", NOTED),
    "Gợi ý": keyed("Đáp án: B\nGợi ý: Đếm.", "Đếm."),
    "Phương pháp giải": keyed("Phương pháp giải: đếm.\nĐáp án: B", "Phương pháp giải: đếm."),
    "an arrow at the end": keyed("Lời giải\nĐếm → Chọn B", "Đếm → Chọn B", NOTED),
    "a sentence at the end": keyed("Lời giải\nĐếm.\nVậy đáp án đúng là B.", "Đếm.\nVậy đáp án đúng là B.", NOTED),
    "“Phương án đúng là:” in the stem": paper(
        STEM + p("Phương án đúng là:") + PLAIN + p("Đáp án: B"), Expected("B", "Hai là?\nPhương án đúng là:")
    ),
}
LEVELS = {
    "(MĐ2)": paper(p("Câu 1 (MĐ2). Hai là?") + PLAIN + p("Đáp án: B"), Expected("B", level="TH", codes=TAGGED)),
    "[Mức độ: TH]": paper(
        p("Câu 1. [Mức độ: TH] Hai là?") + PLAIN + p("Đáp án: B"), Expected("B", level="TH", codes=TAGGED)
    ),
    "a line below the options": keyed("Mức độ: Vận dụng\nĐáp án: B", "", TAGGED, "VD"),
    "a line below the key": keyed("Đáp án: B\nMức độ nhận thức: Vận dụng cao", "", TAGGED, "VDC"),
    "behind the key": keyed("Đáp án: B (NB)", "", TAGGED, "NB"),
    "behind the key, named": keyed("Đáp án: B - Mức độ: Thông hiểu", "", TAGGED, "TH"),
}

MARKED_SENTENCE = (
    p("Câu 1. ", r("Hai", u=1), " are ", r("một", u=1), " ", r("ba", u=1), " and ", r("bốn", u=1), "."),
    "<u>Hai</u> are <u>một</u> <u>ba</u> and <u>bốn</u>.",
)
UNDERLINED = ("Hai", "một", "ba", "bốn")
ERRORS = {
    "letters on a line below": paper(
        MARKED_SENTENCE[0] + p("\tA\tB\tC\tD") + p("Đáp án: B"), Expected("B", MARKED_SENTENCE[1], UNDERLINED)
    ),
    "letters on a line below, one of them red": paper(
        MARKED_SENTENCE[0] + p("A   ", r("B", color="FF0000"), "   C   D"),
        Expected("B", MARKED_SENTENCE[1], UNDERLINED),
    ),
    "letters in brackets behind": paper(
        p(
            "Câu 1. ",
            r("Hai", u=1),
            " (A) are ",
            r("một", u=1),
            " (B) ",
            r("ba", u=1),
            "(C) and ",
            r("bốn", u=1),
            " (D).",
        )
        + p("Đáp án: B"),
        Expected("B", "<u>Hai</u> (A) are <u>một</u> (B) <u>ba</u>(C) and <u>bốn</u> (D).", UNDERLINED),
    ),
}
FOOT = lines(
    "---------- HẾT ----------\nGhi chú: Thí sinh không sử dụng tài liệu.\nNgười ra đề\tNgười phản biện\nAn\tBình"
)
TOLD = frozenset({"page-line"})
SOLVED = (
    Expected("B", explanation="Đếm."),
    Expected("C", "Ba là?", label="Câu 2", at="paragraph 6", explanation="Nghĩ."),
)
BOTH = STEM + PLAIN + p("Câu 2. Ba là?") + PLAIN
ENDS = {
    "names below the end": paper(STEM + options(letter={"u": 1}) + FOOT, Expected("B", codes=TOLD)),
    "a key table and solutions below one heading": paper(
        BOTH + lines("ĐÁP ÁN VÀ HƯỚNG DẪN GIẢI\n1B 2C\nCâu 1: Chọn B\nĐếm.\nCâu 2: Chọn C\nNghĩ."), *SOLVED
    ),
    "solutions that begin with their letter": paper(
        BOTH + lines("ĐÁP ÁN CHI TIẾT\nCâu 1. B\nĐếm.\nCâu 2. C\nNghĩ."), *SOLVED
    ),
    "II. ĐÁP ÁN": paper(BOTH + lines("II. ĐÁP ÁN\n1.B 2.C"), Expected("B"), replace(SOLVED[1], explanation="")),
    "PHẦN ĐÁP ÁN": paper(BOTH + lines("PHẦN ĐÁP ÁN\n1.B 2.C"), Expected("B"), replace(SOLVED[1], explanation="")),
    "KEYS on one line": paper(BOTH + lines("KEYS: 1B 2C"), Expected("B"), replace(SOLVED[1], explanation="")),
}
HEAD = tbl(["SỞ GD&ĐT HÀ NỘI", tc(p("KÌ THI THỬ"), p("MÃ ĐỀ 102"), p("(Đề thi có 04 trang)"))])
OWN = replace(SOLVED[0], explanation=""), replace(SOLVED[1], explanation="")
ACROSS = tbl(["Câu", tc("Mã đề", span=2)], ["", "101", "102"], ["1", "D", "B"], ["2", "A", "C"])
DOWN = tbl(["Mã đề", "1", "2"], ["101", "D", "A"], ["102", "B", "C"])
FOOTER = f"<w:ftr {DECLARED}>{p('Trang 1/4 - Mã đề 102')}</w:ftr>"
CODES = {
    "variants across, ours in the head": paper(HEAD + BOTH + p("ĐÁP ÁN") + ACROSS, *OWN),
    "variants down, ours in the head": paper(HEAD + BOTH + p("ĐÁP ÁN") + DOWN, *OWN),
    "variants across, ours in the footer": paper(BOTH + p("ĐÁP ÁN") + ACROSS, *OWN, footer=FOOTER),
    "one variant down": paper(BOTH + p("ĐÁP ÁN") + tbl(["Mã đề", "1", "2"], ["102", "B", "C"]), *OWN),
    "a table of years": paper(
        p("Câu 1. Hai là?") + tbl(["STT", "2010"], ["1", "87"], ["2", "97"]) + PLAIN + p("Đáp án: B"),
        Expected(
            "B",
            "Hai là?\n<table><tbody><tr><td>STT</td><td>2010</td></tr><tr><td>1</td><td>87</td></tr>"
            "<tr><td>2</td><td>97</td></tr></tbody></table>",
        ),
    ),
}
MEDIA = {f"m{place}:media/i{place}.png": PIXEL + bytes([place]) for place in range(1, 5)}
ONE, TWO, THREE, FOUR = (picture(f"m{place}") for place in range(1, 5))
SHOWN = tuple(f"![](i{place}.png)" for place in range(1, 5))
RED_B = tc(p(r("B.", color="FF0000")))


def pictured(body: str, key: str = "Đáp án: B", **more: object) -> Paper:
    expected = Expected("B", parts=SHOWN)
    document = docx(STEM + body + (p(key) if key else ""), media=MEDIA)
    return Paper(lambda: document, (replace(expected, **more),))  # type: ignore[arg-type]


PICTURED = {
    "a row above a row of letters": pictured(
        tbl([tc(p(one)) for one in (ONE, TWO, THREE, FOUR)], ["A.", "B.", "C.", "D."])
    ),
    "a row below a row of letters": pictured(
        tbl(["A.", "B.", "C.", "D."], [tc(p(one)) for one in (ONE, TWO, THREE, FOUR)])
    ),
    "two rows above two of letters": pictured(
        tbl([tc(p(ONE)), tc(p(TWO))], ["A.", "B."], [tc(p(THREE)), tc(p(FOUR))], ["C.", "D."])
    ),
    "two rows below two of letters, key red": pictured(
        tbl(["A.", RED_B], [tc(p(ONE)), tc(p(TWO))], ["C.", "D."], [tc(p(THREE)), tc(p(FOUR))]), ""
    ),
    "each above its letter in a cell": pictured(
        tbl([tc(p(one), p(f"{letter}.")) for one, letter in zip((ONE, TWO, THREE, FOUR), "ABCD", strict=True)])
    ),
    "each before its letter in a cell": pictured(
        tbl([tc(p(one, f"{letter}.")) for one, letter in zip((ONE, TWO, THREE, FOUR), "ABCD", strict=True)])
    ),
    "a line above a line of letters": pictured(p(ONE, "\t", TWO, "\t", THREE, "\t", FOUR) + p("A.\tB.\tC.\tD.")),
    "a line below a line of bold letters, key underlined": pictured(
        p(r("A.", b=1), "\t", r("B.", b=1, u=1), "\t", r("C.", b=1), "\t", r("D.", b=1))
        + p(ONE, "\t", TWO, "\t", THREE, "\t", FOUR),
        "",
    ),
    "a paragraph above each letter": pictured(
        "".join(p(one) + p(f"{letter}.") for one, letter in zip((ONE, TWO, THREE, FOUR), "ABCD", strict=True))
    ),
    "the picture of the stem above all of them": pictured(
        p(ONE) + p(ONE, "\t", TWO, "\t", THREE, "\t", FOUR) + p("A.\tB.\tC.\tD."), stem="Hai là?\n![](i1.png)"
    ),
    "a picture beside options in rows": pictured(
        tbl(
            ["A. một", tc(p(ONE), merge="restart")],
            *([f"{letter}. {word}", tc(merge="continue")] for letter, word in zip("BCD", WORDS[1:], strict=True)),
        ),
        stem="Hai là?\n![](i1.png)",
        parts=WORDS,
        codes=frozenset({"image-after-options"}),
    ),
}
GROUPS = {"headers": HEADERS, "habits of options": OPTIONS, "habits of keys": KEYS, "habits of levels": LEVELS} | {
    "error hunts": ERRORS,
    "ends": ENDS,
    "variants": CODES,
    "pictured options": PICTURED,
}
