r"""Papers of the LaTeX package ``ex_test``, read and written."""

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizbank.questions.formats.extest import read_extest
from quizbank.questions.formats.extest_writer import write_extest
from quizbank.questions.formats.paper import ParsedQuestion, SourceFile
from quizbank.questions.formats.writing import Export, Loss
from quizbank.questions.rules import NewQuestion, Part, Placement, QuestionContent, QuestionType
from repository.errors import Invalid
from tests.quizbank.questions.formats.new_questions import contents

CHOICE = r"\choice{Một}{\True Hai}{Ba}{Bốn}"


def read(tmp_path: Path, text: str) -> list[ParsedQuestion]:
    path = tmp_path / "de.tex"
    path.write_text(text, encoding="utf-8")
    return list(read_extest(SourceFile(path, "de.tex")))


def one(tmp_path: Path, body: str, head: str = "") -> ParsedQuestion:
    [question] = read(tmp_path, f"\\begin{{ex}}{head}\n{body}\n\\end{{ex}}\n")
    return question


def content(question: ParsedQuestion) -> QuestionContent:
    assert question.draft is not None
    return question.draft


def codes(question: ParsedQuestion) -> list[str]:
    return [found.code for found in question.problems]


def stem(tmp_path: Path, text: str) -> str:
    question = one(tmp_path, f"{text}\n{CHOICE}")
    assert codes(question) == []
    return content(question).stem


def test_a_choice_has_its_true_option(tmp_path: Path) -> None:
    question = one(tmp_path, "Hỏi gì?\n\\choice\n{Một}\n{\\True $\\dfrac{1}{2}$}\n{Ba}\n{Bốn}\n\\loigiai{Vì thế.}")
    assert [part.text for part in content(question).parts] == ["Một", r"$\dfrac{1}{2}$", "Ba", "Bốn"]
    assert (content(question).key, content(question).explanation, question.problems) == ("B", "Vì thế.", ())


def test_statements_are_true_or_false(tmp_path: Path) -> None:
    question = one(tmp_path, r"Xét các ý:\choiceTF[t]{\True a}{b}{\True c}{d}")
    assert (content(question).type, content(question).key) == (QuestionType.TRUE_FALSE, "TFTF")


@pytest.mark.parametrize(("written", "value"), [("12", "12"), (r"$2{,}5$", "2,5"), ("[oly]{-3}", "-3")])
def test_a_short_answer_is_a_bare_number(tmp_path: Path, written: str, value: str) -> None:
    argument = written if written.startswith("[") else f"{{{written}}}"
    question = one(tmp_path, f"Bao nhiêu?\\shortans{argument}")
    assert [part.text for part in content(question).parts] == [value]


@pytest.mark.parametrize(
    ("code", "grade", "level"),
    [("2D1V3-4", 12, "VD"), ("1H2N1-1", 11, "NB"), ("0D3K2-5", 10, "VD"), ("2D1G5", 12, "VDC")],
)
def test_the_code_says_grade_and_level_and_is_kept(tmp_path: Path, code: str, grade: int, level: str) -> None:
    said = one(tmp_path, f"Hỏi?{CHOICE}", f"%[{code}]").said
    assert (said.grade, said.level_code, said.tags) == (grade, level, (f"ID6:{code}",))


def test_the_source_in_brackets_is_kept(tmp_path: Path) -> None:
    assert one(tmp_path, f"Hỏi?{CHOICE}", "%[2D1V3-4]%[Đề thi 2024]").said.source == "Đề thi 2024"


@pytest.mark.parametrize(
    ("tex", "source"),
    [
        (r"Cho \textbf{hàm số} $y=x^2$.", "Cho <b>hàm số</b> $y=x^2$."),
        (r"Tăng 5\% và \$3", r"Tăng 5% và \$3"),
        (r"\(a<b\) và \[c>d\]", "$a<b$ và $c>d$"),
        (r"Hệ $\heva{&x+y=1\\&x-y=2}$", r"Hệ $\left\{\begin{array}{l}x+y=1\\x-y=2\end{array}\right.$"),
        (r"$\hoac{&x=1\\&x=2}$", r"$\left[\begin{array}{l}x=1\\x=2\end{array}\right.$"),
        ("một % ghi chú\nhai", "một hai"),
        (r"``trích'' -- hết~rồi", "“trích” – hết rồi"),
        (r"dòng một\\ dòng hai", "dòng một\ndòng hai"),
        ("đoạn một\n\nđoạn hai", "đoạn một\n\nđoạn hai"),
        (r"H\textsubscript{2}O", "H<sub>2</sub>O"),
        (r"\begin{itemize}\item một \item hai\end{itemize}", "<ul><li>một</li><li>hai</li></ul>"),
        (r"\begin{tabular}{|c|c|}\hline a&$b$\\ \hline c&d\\ \hline\end{tabular}",
         "<table><tr><td>a</td><td>$b$</td></tr><tr><td>c</td><td>d</td></tr></table>"),
        (r"\begin{align*}a&=b\\c&=d\end{align*}", r"$\begin{aligned}a&=b\\c&=d\end{aligned}$"),
        (r"\begin{center}giữa\end{center}", "giữa"),
        (r"\immini{Theo hình}{\includegraphics[width=3cm]{hinh/a.png}}", "Theo hình\n\n![](hinh/a.png)"),
    ],
)  # fmt: skip
def test_running_text_becomes_markup(tmp_path: Path, tex: str, source: str) -> None:
    assert stem(tmp_path, tex) == source


def test_a_drawing_is_reported_and_stays_in_the_source(tmp_path: Path) -> None:
    question = one(tmp_path, rf"Theo hình \begin{{tikzpicture}}\draw(0,0);\end{{tikzpicture}}{CHOICE}")
    assert codes(question) == ["drawn-figure"] and r"\draw(0,0);" in question.source


def test_an_unknown_command_is_named_and_kept(tmp_path: Path) -> None:
    question = one(tmp_path, rf"Cho \lenhla{{x}} nhé {CHOICE}")
    assert [str(found) for found in question.problems] == [r"Không đọc được \lenhla."]
    assert content(question).stem == r"Cho \lenhla{x} nhé"


def test_a_picture_below_the_options_belongs_to_the_stem(tmp_path: Path) -> None:
    question = one(tmp_path, rf"Hỏi?{CHOICE}\begin{{center}}\includegraphics{{a.png}}\end{{center}}")
    assert codes(question) == ["image-after-options"] and question.images == ("a.png",)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (r"Hỏi?\choice{Một}{Hai}", "no-key"),
        (r"Hỏi?\choice{\True Một}{\True Hai}", "two-keys"),
        (r"Hỏi?\choiceTF{\True a}{b}{c}", "wrong-statement-count"),
        (r"\choice{\True Một}{Hai}", "empty-stem"),
        (rf"Hỏi?{CHOICE} chữ thừa", "runaway-option"),
        (rf"Hỏi?{CHOICE} \shortans{{2}}", "two-answers"),
        (r"Hỏi?\choice{\True Một}{Hai", "unclosed-tex"),
    ],
)
def test_faults_are_problems(tmp_path: Path, body: str, code: str) -> None:
    assert code in codes(one(tmp_path, body))


@pytest.mark.parametrize("environment", ["ex", "bt"])
def test_an_exercise_without_answers_is_an_essay(tmp_path: Path, environment: str) -> None:
    text = f"\\begin{{{environment}}}Chứng minh rằng $x=1$.\\loigiai{{Ta có…}}\\end{{{environment}}}"
    [question] = read(tmp_path, text)
    assert question.draft == QuestionContent(QuestionType.ESSAY, "Chứng minh rằng $x=1$.", (), "Ta có…")
    assert codes(question) == []


def test_a_worked_example_is_no_question(tmp_path: Path) -> None:
    [question] = read(tmp_path, r"\begin{vd}Chứng minh rằng…\loigiai{Ta có…}\end{vd}")
    assert (question.draft, codes(question)) == (None, ["unsupported-type"])


def test_an_exercise_that_never_ends_is_reported_with_its_line(tmp_path: Path) -> None:
    questions = read(tmp_path, f"\\begin{{ex}}Hỏi?{CHOICE}\\end{{ex}}\n\n\\begin{{ex}}Hết")
    found = [(question.place, codes(question)) for question in questions]
    assert found == [("line 1", []), ("line 3", ["unclosed-tex"])]


def test_exercises_in_comments_are_no_questions(tmp_path: Path) -> None:
    assert read(tmp_path, f"%\\begin{{ex}}Hỏi?{CHOICE}\n%\\end{{ex}}\n") == []


def test_what_is_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "de.tex").write_bytes(b"\\begin{ex}C\xe2u\\end{ex}")
    with pytest.raises(Invalid, match="Unicode"):
        list(read_extest(SourceFile(tmp_path / "de.tex", "de.tex")))


def written(*questions: NewQuestion) -> tuple[str, list[Loss]]:
    output = io.BytesIO()
    named = ((f"q-{number}", new) for number, new in enumerate(questions))
    losses = write_extest(Export("Đề thử", named, lambda _: b""), output)
    return output.getvalue().decode(), list(losses)


def is_held(content: QuestionContent) -> bool:
    return (
        content.type is not QuestionType.MULTIPLE_RESPONSE
        and (content.type is not QuestionType.SHORT_ANSWER or len(content.parts) == 1)
        and content.tolerance is None
        and not content.keeps_order
        and not any(part.is_locked or part.level for part in content.parts)
    )


@given(contents().filter(is_held))
def test_what_is_written_comes_back(tmp_path_factory: pytest.TempPathFactory, content: QuestionContent) -> None:
    placement = Placement("toan", "gdpt-2018", 12, tags=("ID6:2D1V3-4",))
    text, _ = written(NewQuestion(content, placement))
    [question] = read(tmp_path_factory.mktemp("tex"), text)
    assert repr(question.draft) == repr(content).replace("&amp;", "&")
    assert question.said.tags == placement.tags


def test_what_cannot_be_held_is_said() -> None:
    content = QuestionContent(
        QuestionType.MULTIPLE_RESPONSE, "Hỏi?", (Part("1", True), Part("2", True, True), Part("![](media:x)"))
    )
    _, losses = written(NewQuestion(content, Placement("toan", "gdpt-2018"), "Ngữ liệu"))
    told = " ".join(str(loss.problem) for loss in losses)
    assert all(what in told for what in ("nhiều đáp án", "giữ chỗ", "hình", "ngữ liệu"))


@given(st.text(alphabet="\\{}[]$%&~ \nabegindx0", max_size=80))
def test_any_text_is_read(tmp_path_factory: pytest.TempPathFactory, body: str) -> None:
    read(tmp_path_factory.mktemp("any"), f"\\begin{{ex}}{body}\\choice{{{body}}}{{\\True x}}\\end{{ex}}")


def test_a_note_below_the_first_line_is_a_tag_or_the_source(tmp_path: Path) -> None:
    numbered = one(tmp_path, f"[TL.100024]\nHỏi gì?\n{CHOICE}", '%[Nguồn: "SGK Toán 8"]%[8P5N1]')
    assert (numbered.said.tags, numbered.said.source) == (("ID6:8P5N1", "TL.100024"), 'Nguồn: "SGK Toán 8"')
    assert content(numbered).stem == "Hỏi gì?"
    assert one(tmp_path, f"[Đề minh hoạ 2025]\nHỏi gì?\n{CHOICE}").said.source == "Đề minh hoạ 2025"


def test_units_quotation_marks_and_dots_are_text(tmp_path: Path) -> None:
    assert stem(
        tmp_path, r"Giá \num{15000}\,đồng, dài \SI{5}{km} hay \SI{5}{\kilo\meter}, \lq\lq sau\rq\rq{} là \dotfill"
    ) == ("Giá 15000 đồng, dài 5 km hay 5 km, “sau” là ……")
