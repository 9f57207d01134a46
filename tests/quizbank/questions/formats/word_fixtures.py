"""Papers as Vietnamese teachers write them in Word, one document for each convention, and what must come out of it.

Every paper asks the same simple things, so that what differs is the convention alone. ``SOUND`` import exactly;
``FAULTY`` (in ``word_faults``) name the problem at its place.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from tests.quizbank.questions.formats.word_documents import (
    docx,
    level,
    lines,
    m,
    numbering,
    p,
    r,
    styles,
    tbl,
    tc,
    text_box,
)

WORDS = ("một", "hai", "ba", "bốn")
STATEMENTS = ("Một là lẻ.", "Hai là lẻ.", "Ba là lẻ.", "Bốn là lẻ.")


@dataclass(frozen=True)
class Expected:
    """What a question must be. ``key``: ``B``, ``AC``, ``TFTF`` or the accepted value; ``codes``: all of its notes."""

    key: str
    stem: str = "Hai là?"
    parts: tuple[str, ...] = WORDS
    label: str = "Câu 1"
    at: str = "paragraph 1"
    part: str = ""
    explanation: str = ""
    locked: str = ""
    level: str = ""
    codes: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Paper:
    document: Callable[[], bytes]
    questions: tuple[Expected, ...] = field(default=())


def paper(body: str, *questions: Expected, **parts: str) -> Paper:
    return Paper(lambda: docx(body, media=None, **parts), questions or (Expected("B"),))


def options(*, mark: str = "B", letter: dict[str, object] | None = None, whole: dict[str, object] | None = None) -> str:
    """Four options on lines of their own; the marked one has the look on its letter or as a whole."""
    written = []
    for name, word in zip("ABCD", WORDS, strict=True):
        own, all_of_it = (letter or {}, whole or {}) if name == mark else ({}, {})
        written.append(p(r(name, **own, **all_of_it), r(f". {word}", **all_of_it)))
    return "".join(written)


def auto(kind: str = "upperLetter", text: str = "%1.", questions: str = "Câu %1.") -> str:
    return numbering({1: [level(0, questions), level(1, text.replace("%1", "%2"), kind)]})


STEM = p("Câu 1. Hai là?")
KEY = p("Đáp án: B")
PLAIN = lines("A. một\nB. hai\nC. ba\nD. bốn")
SECOND = p("Câu 2. Ba là?")
TWO = (Expected("B"), Expected("C", "Ba là?", label="Câu 2", at="paragraph 6"))
CLUSTER = p("PHẦN II. Câu trắc nghiệm đúng sai.") + p("Câu 1. Xét các số.")
JUDGED = Expected("TFTF", "Xét các số.", STATEMENTS, at="paragraph 2", part="II")


def statements(**look: object) -> str:
    return "".join(
        p(r(f"{letter})", **(look if letter in "ac" else {})), f" {text}")
        for letter, text in zip("abcd", STATEMENTS, strict=True)
    )


def _auto_questions(look: dict[str, object] | None = None) -> str:
    body = ""
    for stem, right in (("Hai là?", "hai"), ("Ba là?", "ba")):
        body += p(stem, num=(1, 0))
        body += "".join(p(r(word, **(look or {}) if word == right else {}), num=(1, 1)) for word in WORDS)
    return body


AUTO_TWO = (Expected("B"), Expected("C", "Ba là?", label="Câu 2", at="paragraph 6"))

NUMBERING = {
    "typed, with a dot": paper(STEM + PLAIN + KEY),
    "typed, with a colon and bold": paper(p(r("Câu 1: ", b=True), "Hai là?") + PLAIN + KEY),
    "typed, the whole line bold": paper(p(r("Câu 1: Hai là?", b=True)) + PLAIN + KEY),
    "typed in two runs": paper(p(r("Câ", b=True), r("u 1", b=True, color="0000FF"), r(". Hai là?")) + PLAIN + KEY),
    "automatic, from the list": paper(_auto_questions({"color": "FF0000"}), *AUTO_TWO, numbering=auto()),
    "automatic, without a dot": paper(_auto_questions({"b": 1}), *AUTO_TWO, numbering=auto(questions="Câu %1")),
    "automatic, letters with brackets": paper(_auto_questions({"hl": "yellow"}), *AUTO_TWO, numbering=auto(text="%1)")),
    "automatic, underlined texts": paper(_auto_questions({"u": 1}), *AUTO_TWO, numbering=auto()),
    "automatic, from a style": paper(
        p("Hai là?", style="Cau") + PLAIN + KEY,
        numbering=numbering({1: [level(0, "Câu %1.")]}),
        styles=styles(
            "<w:style w:type='paragraph' w:styleId='Cau'><w:name w:val='Cau'/><w:pPr><w:numPr>"
            "<w:numId w:val='1'/></w:numPr></w:pPr></w:style>"
        ),
    ),
    "automatic, from styles that levels name": paper(
        p("Hai là?", style="Cau") + "".join(p(word, style="PA") for word in WORDS) + KEY,
        numbering=numbering(
            {
                1: [
                    level(0, "Câu %1.", look="<w:pStyle w:val='Cau'/>"),
                    level(1, "%2.", "upperLetter", look="<w:pStyle w:val='PA'/>"),
                ]
            }
        ),
        styles=styles(
            *(
                f"<w:style w:type='paragraph' w:styleId='{name}'><w:name w:val='{name}'/><w:pPr><w:numPr>"
                "<w:numId w:val='1'/></w:numPr></w:pPr></w:style>"
                for name in ("Cau", "PA")
            )
        ),
    ),
    "automatic questions, typed options": paper(
        p("Hai là?", num=(1, 0)) + PLAIN + KEY, numbering=numbering({1: [level(0, "Câu %1:")]})
    ),
    "automatic, restarted by an override": paper(
        p("Hai là?", num=(1, 0))
        + "".join(p(word, num=(2, 0)) for word in WORDS)
        + KEY
        + p("Ba là?", num=(1, 0))
        + "".join(p(word, num=(3, 0)) for word in WORDS)
        + p("Đáp án: C"),
        Expected("B"),
        Expected("C", "Ba là?", label="Câu 2", at="paragraph 7"),
        numbering=numbering(
            {1: [level(0, "Câu %1.")], 2: [level(0, "%1.", "upperLetter")]},
            "<w:num w:numId='3'><w:abstractNumId w:val='2'/><w:lvlOverride w:ilvl='0'><w:startOverride w:val='1'/>"
            "</w:lvlOverride></w:num>",
        ),
    ),
    "numbers without the word": paper(
        p("Hai là?", num=(1, 0)) + PLAIN + KEY + p("Ba là?", num=(1, 0)) + PLAIN + p("Đáp án: C"),
        Expected("B", label="1"),
        Expected("C", "Ba là?", label="2", at="paragraph 7"),
        numbering=numbering({1: [level(0, "%1.")]}),
    ),
    "question in Roman parts": paper(
        p("PHẦN I. Câu trắc nghiệm nhiều phương án lựa chọn")
        + STEM
        + PLAIN
        + KEY
        + p("PHẦN III. Câu trắc nghiệm trả lời ngắn")
        + p("Câu 1. Một cộng một?")
        + p("Đáp án: 2"),
        Expected("B", at="paragraph 2", part="I"),
        Expected("2", "Một cộng một?", ("2",), at="paragraph 9", part="III"),
    ),
}

OPTIONS = {
    "with tabs on one line": paper(STEM + p("A. một\tB. hai\tC. ba\tD. bốn") + KEY),
    "with tabs on two lines": paper(STEM + p("A. một\tB. hai") + p("C. ba\tD. bốn") + KEY),
    "with blanks on one line": paper(STEM + p("A. một    B. hai    C. ba    D. bốn") + KEY),
    "below each other by line breaks": paper(STEM + p("A. một\nB. hai\nC. ba\nD. bốn") + KEY),
    "stem and options by line breaks": paper(p("Câu 1. Hai là?\nA. một\nB. hai\nC. ba\nD. bốn") + KEY),
    "in a table of one row": paper(STEM + tbl(["A. một", "B. hai", "C. ba", "D. bốn"]) + KEY),
    "in a table of two rows": paper(STEM + tbl(["A. một", "B. hai"], ["C. ba", "D. bốn"]) + KEY),
    "in a table of four rows": paper(STEM + tbl(*([f"{a}. {w}"] for a, w in zip("ABCD", WORDS, strict=True))) + KEY),
    "in a table, letters in cells of their own": paper(
        STEM + tbl(["A.", "một", "B.", "hai"], ["C.", "ba", "D.", "bốn"]) + KEY
    ),
    "in a table, one below the other with letters apart": paper(
        STEM + tbl(*([letter, word] for letter, word in zip("ABCD", WORDS, strict=True))) + KEY
    ),
    "in a table down the columns": paper(
        STEM + tbl(["A. một", "C. ba"], ["B. hai", "D. bốn"]) + KEY,
        Expected("B", codes=frozenset({"option-order"})),
    ),
    "in automatic letters inside a table": paper(
        STEM
        + tbl([tc(p("một", num=(1, 0))), tc(p("hai", num=(1, 0)))], [tc(p("ba", num=(1, 0))), tc(p("bốn", num=(1, 0)))])
        + KEY,
        numbering=numbering({1: [level(0, "%1.", "upperLetter")]}),
    ),
    "question and options in one cell": paper(tbl([tc(STEM, PLAIN, KEY)]), Expected("B", at="table 1, row 1")),
    "question in a text box": paper(p(text_box(STEM, PLAIN, KEY))),
    "question in a content control": paper(f"<w:sdt><w:sdtPr/><w:sdtContent>{STEM}{PLAIN}{KEY}</w:sdtContent></w:sdt>"),
    "letters with brackets": paper(STEM + lines("(A) một\n(B) hai\n(C) ba\n(D) bốn") + KEY),
    "formatted inside": paper(
        p("Câu 1. Chất ", r("nào", i=True), " là H", r("2", vert="subscript"), "SO", r("4", vert="subscript"), "?")
        + p("A. Na", r("+", vert="superscript"), "\tB. x", r("2", position="6"), "\tC. ", r("un", u=True), "do\tD. a")
        + KEY,
        Expected(
            "B",
            "Chất <i>nào</i> là H<sub>2</sub>SO<sub>4</sub>?",
            ("Na<sup>+</sup>", "x<sup>2</sup>", "<u>un</u>do", "a"),
        ),
    ),
}

KEYS = {
    "underlined letter": paper(STEM + options(letter={"u": 1})),
    "underlined letter and dot": paper(STEM + options().replace(r("B") + r(". hai"), r("B.", u=1) + r(" hai"))),
    "underlined option": paper(STEM + options(whole={"u": 1})),
    "underlined on a shared line": paper(STEM + p("A. một\t", r("B", u=1), ". hai\tC. ba\tD. bốn")),
    "underlined in a table": paper(STEM + tbl(["A. một", tc(p(r("B", u=1), ". hai")), "C. ba", "D. bốn"])),
    "bold letter": paper(STEM + options(letter={"b": 1})),
    "bold option": paper(STEM + options(whole={"b": 1})),
    "red letter": paper(STEM + options(letter={"color": "FF0000"})),
    "red option": paper(STEM + options(whole={"color": "FF0000"})),
    "red text, all letters blue": paper(
        STEM
        + "".join(
            p(r(f"{a}. ", color="0000FF", b=1), r(w, color="FF0000") if a == "B" else r(w))
            for a, w in zip("ABCD", WORDS, strict=True)
        )
    ),
    "red letter, the others blue": paper(
        STEM
        + "".join(
            p(r(f"{a}. ", color="FF0000" if a == "B" else "0000FF"), r(w)) for a, w in zip("ABCD", WORDS, strict=True)
        )
    ),
    "underlined, one text copied from the web": paper(
        STEM + options(letter={"u": 1}).replace(r(". ba"), r(". ba", color="333333", shd="F8F9FA"))
    ),
    "highlighted letter": paper(STEM + options(letter={"hl": "yellow"})),
    "highlighted option": paper(STEM + options(whole={"hl": "yellow"})),
    "shaded option": paper(STEM + options(whole={"shd": "FFFF00"})),
    "shaded paragraph": paper(STEM + PLAIN.replace(p("B. hai"), p("B. hai", shd="FFFF00"))),
    "shaded cell": paper(STEM + tbl(["A. một", tc("B. hai", shd="FFFF00"), "C. ba", "D. bốn"])),
    "framed letter": paper(STEM + options(letter={"border": "single"})),
    "a star": paper(STEM + PLAIN.replace("B. hai", "*B. hai")),
    "key line": paper(STEM + PLAIN + p(r("Đáp án: ", b=1), r("B", b=1))),
    "key line with Chọn": paper(STEM + PLAIN + p("Chọn B")),
    "key line, the letter a formula": paper(STEM + PLAIN + p("Đáp án: ", m("{B}"))),
    "key and solution": paper(
        STEM + PLAIN + p(r("Lời giải", b=1, u=1)) + p("Đếm: một, hai.") + p(r("Chọn B", b=1)),
        Expected("B", explanation="Đếm: một, hai.\nChọn B", codes=frozenset({"key-from-explanation"})),
    ),
    "underlined and in a key line": paper(STEM + options(letter={"u": 1}) + KEY),
    "underlined, all letters bold": paper(
        STEM + "".join(p(r(a, b=1, u=a == "B"), r(f". {w}")) for a, w in zip("ABCD", WORDS, strict=True))
    ),
    "all letters bold and blue, key line": paper(
        STEM + "".join(p(r(f"{a}. ", b=1, color="0000FF"), r(w)) for a, w in zip("ABCD", WORDS, strict=True)) + KEY
    ),
    "key table of two rows": paper(
        STEM + PLAIN + SECOND + PLAIN + p("BẢNG ĐÁP ÁN") + tbl(["1", "2"], ["B", "C"]), *TWO
    ),
    "key table with names": paper(
        STEM + PLAIN + SECOND + PLAIN + p(r("ĐÁP ÁN", b=1)) + tbl(["Câu", "1", "2"], ["Đáp án", "B", "C"]), *TWO
    ),
    "key table down": paper(STEM + PLAIN + SECOND + PLAIN + tbl(["Câu", "Đáp án"], ["1", "B"], ["2", "C"]), *TWO),
    "key table of pairs": paper(STEM + PLAIN + SECOND + PLAIN + p("ĐÁP ÁN") + tbl(["1.B", "2.C"]), *TWO),
    "key row as text": paper(STEM + PLAIN + SECOND + PLAIN + p("BẢNG ĐÁP ÁN") + p("1.B\t2.C"), *TWO),
    "key table and underlined": paper(
        STEM
        + options(letter={"u": 1})
        + SECOND
        + options(mark="C", letter={"u": 1})
        + p("BẢNG ĐÁP ÁN")
        + tbl(["1", "2"], ["B", "C"]),
        *TWO,
    ),
    "solutions below the paper": paper(
        STEM
        + PLAIN
        + SECOND
        + PLAIN
        + p("HƯỚNG DẪN GIẢI CHI TIẾT")
        + p("Câu 1. Chọn B")
        + p("Đếm.")
        + p("Câu 2. Chọn C"),
        Expected("B", explanation="Đếm."),
        Expected("C", "Ba là?", label="Câu 2", at="paragraph 6"),
    ),
    "several right on purpose": paper(
        p("Câu 1. Chọn các số chẵn.")
        + "".join(p(r(a, u=a in "BD"), f". {w}") for a, w in zip("ABCD", WORDS, strict=True)),
        Expected("BD", "Chọn các số chẵn."),
    ),
    "italic letter keeps its place": paper(
        STEM + p(r("A", u=1), ". một\tB. hai\tC. ba\t", r("D", i=1), ". bốn"), Expected("A", locked="D")
    ),
    "level tag": paper(
        p(r("Câu 1. ", b=1), r("[NB] ", b=1, color="FF0000"), "Hai là?") + PLAIN + KEY,
        Expected("B", level="NB", codes=frozenset({"tag-before-stem"})),
    ),
}

CLUSTERS = {
    "underlined statements": paper(CLUSTER + statements(u=1), JUDGED),
    "red statements": paper(CLUSTER + statements(color="FF0000"), JUDGED),
    "bold statements": paper(CLUSTER + statements(b=1), JUDGED),
    "key line": paper(CLUSTER + statements() + p("Đáp án: Đ S Đ S"), JUDGED),
    "key line by statement": paper(CLUSTER + statements() + p("Đáp án: a) Đúng  b) Sai  c) Đúng  d) Sai"), JUDGED),
    "table with ticks": paper(
        CLUSTER
        + tbl(
            ["Phát biểu", "Đúng", "Sai"],
            *(
                [f"{a}) {t}", "x" if a in "ac" else "", "" if a in "ac" else "x"]
                for a, t in zip("abcd", STATEMENTS, strict=True)
            ),
        ),
        JUDGED,
    ),
    "table with letters apart": paper(
        CLUSTER
        + tbl(
            ["", "Phát biểu", "Đ", "S"],
            *(
                [a, t, "✓" if a in "ac" else "", "" if a in "ac" else "✓"]
                for a, t in zip("abcd", STATEMENTS, strict=True)
            ),
        ),
        JUDGED,
    ),
    "automatic letters": paper(
        CLUSTER
        + "".join(
            p(r(t, **({"hl": "green"} if a in "ac" else {})), num=(1, 0))
            for a, t in zip("abcd", STATEMENTS, strict=True)
        ),
        JUDGED,
        numbering=numbering({1: [level(0, "%1)", "lowerLetter")]}),
    ),
    "key table": paper(
        CLUSTER
        + statements()
        + p("ĐÁP ÁN PHẦN II")
        + tbl(["Câu", "Đáp án"], ["1", "a) Đ b) S c) Đ d) S"], ["2", "a) Đ b) S c) Đ d) S"]).replace(
            "<w:tr>" + tc("2"), "<w:tr>" + tc("1")
        ),
        JUDGED,
    ),
}

GROUPS = {"numbering": NUMBERING, "options": OPTIONS, "keys": KEYS, "clusters": CLUSTERS}
