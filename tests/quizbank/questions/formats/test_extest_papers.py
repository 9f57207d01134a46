r"""Whole LaTeX papers as teachers write them: preambles, macros, comments, text between the exercises, odd answers."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizbank.questions.formats.paper import ParsedQuestion
from quizbank.questions.formats.tex_arguments import TexError
from quizbank.questions.formats.tex_formulas import written_out
from quizbank.questions.formats.tex_macros import expanded, macros_of
from quizbank.questions.problems import Verdict
from quizbank.questions.rules import AnswerKind, QuestionType
from repository.markup.maths import find_mathml
from tests.quizbank.questions.formats.test_extest import CHOICE, codes, content, one, read, stem


def paper(tmp_path: Path, body: str, preamble: str = "") -> list[ParsedQuestion]:
    return read(tmp_path, f"\\documentclass{{article}}\n{preamble}\n\\begin{{document}}\n{body}\n\\end{{document}}\n")


def test_the_macros_of_a_paper_are_written_out(tmp_path: Path) -> None:
    preamble = r"""\newcommand{\vt}[1]{\overrightarrow{#1}} \def\R{\mathbb{R}} \newcommand\doan[2][0]{[#1;#2]}
        \DeclareMathOperator{\ucln}{UCLN} \newcommand{\heva}[1]{\left\{\begin{aligned}#1\end{aligned}\right.}
        \newcommand{\be}{\begin{ex}} \newcommand{\ee}{\end{ex}}"""
    [question] = paper(
        tmp_path,
        rf"\begin{{ex}}Cho $\vt{{AB}}$, $x\in\R$, $\doan{{1}}\subset\doan[2]3$, $\ucln(a)$?{CHOICE}\end{{ex}}",
        preamble,
    )
    assert codes(question) == []
    assert content(question).stem == (
        r"Cho $\overrightarrow{AB}$, $x\in\mathbb{R}$, $[0;1]\subset[2;3]$, $\operatorname{UCLN}(a)$?"
    )


def test_macros_that_call_themselves_end() -> None:
    with pytest.raises(TexError):
        expanded(r"\a", macros_of(r"\def\a{\b\b}\def\b{\a\a}"))


def test_an_exercise_that_is_not_closed_costs_only_itself(tmp_path: Path) -> None:
    questions = paper(
        tmp_path, f"\\begin{{ex}}Một{CHOICE}\n\n\\begin{{ex}}Hai{CHOICE}\\end{{ex}}\n\\begin{{bt}}Ba\\end{{bt}}"
    )
    assert [codes(question) for question in questions] == [["unclosed-tex"], [], []]
    assert [question.lines[0] for question in questions] == [4, 6, 7]


@pytest.mark.parametrize(
    "skipped",
    [
        "\\begin{comment}\n\\begin{ex}Cũ\\end{ex}\n\\end{comment}",
        "\\iffalse\n\\begin{ex}Cũ\\end{ex}\n\\fi",
        "% \\begin{ex}Cũ\n% \\end{ex}",
    ],
)
def test_what_latex_passes_over_is_no_question(tmp_path: Path, skipped: str) -> None:
    [question] = paper(tmp_path, f"{skipped}\n\\begin{{ex}}Mới\n% \\end{{ex}}\n{CHOICE}\\end{{ex}}")
    assert (content(question).stem, codes(question)) == ("Mới", [])


def test_a_comment_of_its_own_line_parts_no_paragraphs(tmp_path: Path) -> None:
    assert stem(tmp_path, "Cho hàm số\n  % ghi chú\nnhư sau") == "Cho hàm số như sau"


def test_a_question_without_its_frame_is_told(tmp_path: Path) -> None:
    loose = "Tính $1+1$.\n\nA. $1$.\t B. *$2$.\t C. $3$.\t D. $4$."
    first, stray, second, command = paper(
        tmp_path, f"\\begin{{ex}}Một{CHOICE}\\end{{ex}}\n\n{loose}\n\n\\begin{{ex}}Hai{CHOICE}\\end{{ex}}\nBa {CHOICE}"
    )
    assert (codes(stray), stray.lines, stray.source) == (["not-a-question"], (6, 8), loose)
    assert codes(command) == ["not-a-question"] and (first.number, second.number) == (1, 2)


def test_headings_and_theory_between_exercises_are_no_questions(tmp_path: Path) -> None:
    heading = r"""\section{Bài 1} {\bf PHẦN II.} \textit{Thí sinh trả lời từ câu 1 đến câu 4. Trong mỗi ý a), b),
        c), d) chọn đúng hoặc sai.} \Opensolutionfile{ans}[ans/a] A. Lý thuyết. B. Bài tập."""
    [question] = paper(tmp_path, f"{heading}\\begin{{ex}}Một{CHOICE}\\end{{ex}}\\Closesolutionfile{{ans}}")
    assert (codes(question), question.passage) == ([], "")


def test_a_passage_above_exercises_belongs_to_as_many_as_it_says(tmp_path: Path) -> None:
    exercise = f"\\begin{{ex}}Hỏi?{CHOICE}\\end{{ex}}\n"
    passage = "\\textbf{Dùng thông tin sau để trả lời câu 3 và câu 4:} Một vật nặng 2 kg.\n\n"
    questions = paper(tmp_path, exercise + passage + exercise * 3)
    said = "<b>Dùng thông tin sau để trả lời câu 3 và câu 4:</b> Một vật nặng 2 kg."
    assert [question.passage for question in questions] == ["", said, said, ""]
    grouped = paper(tmp_path, "\\sochc{2}{Đoạn chung.}\n" + exercise * 3)
    assert [question.passage for question in grouped] == ["Đoạn chung.", "Đoạn chung.", ""]


def test_a_passage_whose_questions_are_not_clear_holds_the_next(tmp_path: Path) -> None:
    text = f"Đọc đoạn sau và làm các câu hỏi 9 – 3: Trời mưa.\n\\begin{{ex}}Hỏi?{CHOICE}\\end{{ex}}"
    [question] = paper(tmp_path, text)
    assert codes(question) == ["text-before-question"] and question.verdict is Verdict.HOLD


@pytest.mark.parametrize(
    ("answers", "key"),
    [
        (r"\choicefive{1}{2}{\True 3}{4}{5}", "C"),
        (r"\choicew{5cm}\choicefix{1}{\True 2}{3}{4}\vspace{0.3cm}", "B"),
        (r"\haicot{1}{\True 2}{3}{4}", "B"),
        (r"\motcot \choice[2]{A. 1}{B. \True 2}{C. 3}{D. 4}\par", "B"),
        (r"\choiceTFt{a) 1}{\True b) 2}{c) 3}{\True d) 4}", "FTFT"),
        (r"\choice{\True $2$ % đúng" + "\n}\n\n{3} % sai\n{4}{5}", "A"),
    ],
)
def test_answers_are_found_under_every_command(tmp_path: Path, answers: str, key: str) -> None:
    question = one(tmp_path, f"Hỏi?\n{answers}")
    assert (codes(question), content(question).key, content(question).stem) == ([], key, "Hỏi?")
    assert all("." not in part.text and ")" not in part.text for part in content(question).parts)


@pytest.mark.parametrize("environment", ["exrd", "bt", "vd", "vdex"])
def test_an_exercise_with_options_is_a_question_whatever_its_frame(tmp_path: Path, environment: str) -> None:
    [question] = read(tmp_path, f"\\begin{{{environment}}}Hỏi?{CHOICE}\\end{{{environment}}}")
    assert content(question).key == "B"


@pytest.mark.parametrize(
    ("written", "value", "told"),
    [
        ("'8'", "8", []),
        ("${19}$", "19", []),
        (r"$-\dfrac{1}{2}$", "-1/2", []),
        (r"$12{,}5$ cm", "12,5", ["dropped"]),
        (r"$12\,\text{km/h}$", "12", ["dropped"]),
        (r"$1\,500$", "1500", []),
        (r"$2\sqrt{3}$", r"$2\sqrt{3}$", []),
        (r"$3x$", "$3x$", []),
        ("Hà Nội", "Hà Nội", []),
    ],
)
def test_a_short_answer_is_the_number_that_is_meant(tmp_path: Path, written: str, value: str, told: list[str]) -> None:
    question = one(tmp_path, rf"Bao nhiêu?\\ \shortans[oly]{{{written}}}")
    assert ([part.text for part in content(question).parts], codes(question)) == ([value], told)


def test_an_answer_inside_its_sentence_leaves_a_blank(tmp_path: Path) -> None:
    question = one(tmp_path, r"Chiều cao là \shortans{7} mét.")
    assert (content(question).stem, content(question).answer_kind) == ("Chiều cao là _____ mét.", AnswerKind.NUMERIC)
    assert codes(question) == ["changed"]


@pytest.mark.parametrize(
    "solution", [r"\loigiai{Vì vậy.}", r"\begin{loigiai}Vì vậy.\end{loigiai}", r"\huongdan[2]{Vì vậy.}"]
)
def test_a_solution_is_the_explanation(tmp_path: Path, solution: str) -> None:
    question = one(tmp_path, f"Hỏi?{CHOICE}{solution}")
    assert (codes(question), content(question).explanation) == ([], "Vì vậy.")


@pytest.mark.parametrize("beside", [r"\immini[thm]", r"\impicinpar", r"\imminiL", r"\immini*[0.02]"])
def test_a_figure_beside_the_text_stands_below_it(tmp_path: Path, beside: str) -> None:
    question = one(tmp_path, rf"{beside}{{Theo hình, hỏi?{CHOICE}}}{{\includegraphics[width=3cm]{{a.png}}}}")
    assert content(question).type is QuestionType.SINGLE_CHOICE
    assert content(question).stem == "Theo hình, hỏi?\n![](a.png)"


@pytest.mark.parametrize(
    ("head", "tags", "level", "source"),
    [
        ("%[NB]", (), "NB", ""),
        ("%%[?]", (), "", ""),
        ("\n%[2D1V3-4]", ("ID6:2D1V3-4",), "VD", ""),
        ("\n[2D1V3-4]", ("ID6:2D1V3-4",), "VD", ""),
        ("%[Đề thi thử]%[2D1-3]", ("2D1-3",), "", "Đề thi thử"),
        ("\n% Mức: VDC\n% ID: 2D1N3-4", ("ID6:2D1N3-4",), "NB", ""),
        (" % Câu 1.", (), "", ""),
    ],
)
def test_what_stands_above_the_text_is_understood(
    tmp_path: Path, head: str, tags: tuple[str, ...], level: str, source: str
) -> None:
    question = one(tmp_path, f"Hỏi?{CHOICE}", head)
    assert (question.said.tags, question.said.level_code, question.said.source) == (tags, level, source)
    assert content(question).stem == "Hỏi?"


@pytest.mark.parametrize(
    ("tex", "source"),
    [
        (r"\begin{enumerate}[a)]\item một \item hai\end{enumerate}", "a) một\nb) hai"),
        (r"\begin{enumerate}[label=(\roman*)]\item một \item hai\end{enumerate}", "(i) một\n(ii) hai"),
        (r"\begin{enumerate}\item một \item hai\end{enumerate}", "<ol><li>một</li><li>hai</li></ol>"),
        (r"\begin{listEX}[2]\item một \item hai\end{listEX}", "a) một\nb) hai"),
        (r"\begin{enumEX}[1)]{2}\item một \item hai\end{enumEX}", "1) một\n2) hai"),
        (r"\begin{itemchoice}[T1,F2]\itemch một \itemch hai\end{itemchoice}", "a) một\nb) hai"),
        (r"\begin{tasks}(2)\task một \task hai\end{tasks}", "a) một\nb) hai"),
        (r"\begin{itemize}[leftmargin=*]\item một \begin{itemize}\item hai\end{itemize}\item ba\end{itemize}",
         "<ul><li>một\n<ul><li>hai</li></ul></li><li>ba</li></ul>"),
        (r"\begin{tabular}{|c|c|}\hline\multicolumn{2}{|c|}{G}&\multirow{2}{*}{Hai}\\ \cline{1-2} 1&2&\\\end{tabular}",
         '<table><tr><td colspan="2">G</td><td rowspan="2">Hai</td></tr><tr><td>1</td><td>2</td></tr></table>'),
        (r"\begin{tabularx}{5cm}{XX}a&\makecell{b\\c}\\\end{tabularx}",
         "<table><tr><td>a</td><td>b\nc</td></tr></table>"),
        (r"He \underline{\hspace{2cm}} is \rule{2cm}{0.4pt} and \rule{0pt}{3ex}so", "He _____ is _____ and so"),
        (r"{\bf đậm} và {\it nghiêng} vậy", "<b>đậm</b> và <i>nghiêng</i> vậy"),
        (r"\resizebox{3cm}{!}{Cho} \parbox{4cm}{hình}\footnote{Chú thích}", "Cho hình (Chú thích)"),
        (r"Chất \ce{H2O} sôi", r"Chất $\ce{H2O}$ sôi"),
        ("một\\\\[2mm] hai\\\\ [3] ba", "một\nhai\n[3] ba"),
        (r"$f(x)=\text{nếu $x>1$}$ và $a$$b$", r"$f(x)=\text{nếu }x>1$ và $a$$b$"),
    ],
)  # fmt: skip
def test_more_of_running_text(tmp_path: Path, tex: str, source: str) -> None:
    assert stem(tmp_path, tex) == source


def test_the_preamble_says_how_points_are_lettered(tmp_path: Path) -> None:
    body = rf"\begin{{ex}}Tính \begin{{enumerate}}\item một\end{{enumerate}}{CHOICE}\end{{ex}}"
    [question] = paper(tmp_path, body, r"\renewcommand{\labelenumi}{\alph{enumi})}")
    assert content(question).stem == "Tính\na) một"


@pytest.mark.parametrize(
    ("tex", "written"),
    [
        (r"\vv{AB}", r"\overrightarrow{AB}"),
        (r"\wideparen{AB}", r"\overparen{AB}"),
        (r"\mbox{ khi }x", r"\text{ khi }x"),
        (r"x=1\tag{1}", r"x=1\qquad(1)"),
        (r"\root 3 \of {x+1}", r"\sqrt[3]{{x+1}}"),
        (r"\SI{5}{\meter}", r"5\,\mathrm{m}"),
        (r"\mathop{\lim}\limits_{x\to0}", r"\lim\limits_{x\to0}"),
        (r"\allowdisplaybreaks x\label{a}", "x"),
        (r"\textcircled{1}", "①"),
    ],
)
def test_commands_of_other_packages_become_ones_that_pages_show(tex: str, written: str) -> None:
    assert written_out(tex) == written and find_mathml(written)


def test_a_formula_that_pages_cannot_show_holds_the_question(tmp_path: Path) -> None:
    question = one(tmp_path, rf"Cho $\lenhla{{x}}=1$ {CHOICE}")
    assert codes(question) == ["unreadable-part"] and question.verdict is Verdict.HOLD
    assert content(question).stem == r"Cho $\lenhla{x}=1$"


def test_a_dollar_that_ends_nothing_is_told(tmp_path: Path) -> None:
    assert codes(one(tmp_path, f"Giá $x là {CHOICE}")) == ["unreadable-part"]


@given(st.text(alphabet="\\{}[]$%&~ \n#1abegindxdfR", max_size=80))
def test_any_paper_is_read(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    read(tmp_path_factory.mktemp("any"), f"\\def\\R{{{text}}}\n\\begin{{ex}}\\R{text}\\end{{ex}}{text}")
