"""Instructions, shared passages, figures: what stands around a question."""

from quizbank.questions.formats.text import parse_paper
from quizbank.questions.problems import Verdict
from quizbank.questions.rules import QuestionType

WORDS = "A. one\nB. two\nC. three\nD. four"
MARK = "Mark the letter A, B, C, or D to indicate the correct answer to each of the following questions."
READ = "Read the following passage and mark the letter A, B, C, or D for each of the numbered blanks from 5 to 6."


def a_question(number: int, stem: str = "", key: str = "B") -> str:
    return f"Question {number}: {stem}\n{WORDS}\nĐáp án: {key}\n"


def test_an_instruction_is_the_stem_of_a_question_that_has_none() -> None:
    paper = parse_paper(f"{MARK}\n\nQuestion 1: \n{WORDS}\nĐáp án: B\n")
    assert [question.content.stem for question in paper.questions if question.content] == [MARK]


def test_an_instruction_holds_until_the_next_one() -> None:
    other = MARK.replace("correct answer", "underlined part that needs correction")
    paper = parse_paper(
        f"{MARK}\n{a_question(1, 'I …')}\n{a_question(2, 'You …')}"
        f"Lời giải: Vì thế.\n\n{other}\n{a_question(3, 'He go.')}"
    )
    stems = [question.content.stem for question in paper.questions if question.content]
    assert stems == [f"{MARK}\nI …", f"{MARK}\nYou …", f"{other}\nHe go."]
    assert [question.content.keeps_order for question in paper.questions if question.content] == [False, False, True]


def test_an_instruction_is_no_part_of_the_explanation_above_it() -> None:
    paper = parse_paper(f"{a_question(1, 'I …')}Lời giải: Vì thế.\n\nVà nữa.\n\n{MARK}\n\n{a_question(2, 'You …')}")
    assert paper.questions[0].draft is not None and paper.questions[0].draft.explanation == "Vì thế.\n\nVà nữa."


def test_a_passage_is_shared_by_the_numbers_it_names() -> None:
    paper = parse_paper(
        f"{READ}\n\nTom (5) ____ and (6) ____.\n\n{a_question(5)}\n{a_question(6)}\n{a_question(7, 'Alone?')}"
    )
    assert [bool(question.passage) for question in paper.questions] == [True, True, False]
    assert paper.questions[0].passage == paper.questions[1].passage == f"{READ}\n\nTom (5) ____ and (6) ____."
    assert [question.content.stem for question in paper.questions if question.content] == ["(5)", "(6)", "Alone?"]


def test_a_passage_repeated_above_each_question_is_one_passage() -> None:
    above = f"{READ}\n\nTom (5) ____ and  (6) ____."
    paper = parse_paper(
        f"{above}\nQuestion 5: \n{WORDS}\nĐáp án: B\n\n{above.replace('  ', ' ')}\nQuestion 6: \n{WORDS}\nĐáp án: C"
    )
    assert len({question.passage for question in paper.questions}) == 1


def test_a_vietnamese_passage_names_its_questions() -> None:
    paper = parse_paper(
        f"Đọc đoạn tư liệu sau và trả lời câu 1 đến câu 2\nHiệp định Giơnevơ…\n\n{a_question(1, 'Một?')}\n"
        f"{a_question(2, 'Hai?')}"
    )
    assert [question.passage.split("\n")[1] for question in paper.questions] == ["Hiệp định Giơnevơ…"] * 2


def test_a_passage_hidden_in_a_stem_holds_the_questions_that_need_it() -> None:
    stem = "Dựa vào đoạn tư liệu sau để trả lời câu 1 và câu 2\nHiệp định…\nMột?"
    paper = parse_paper(
        f"Câu 1:\n{stem}\n{WORDS}\nĐáp án: A\n\nCâu 2: Hai?\n{WORDS}\nĐáp án: B\n\nCâu 3: Ba?\n{WORDS}\nĐáp án: B"
    )
    assert [question.verdict for question in paper.questions] == [Verdict.NOTE, Verdict.HOLD, Verdict.NOTE]


def test_unknown_text_that_abuts_a_header_holds_the_question() -> None:
    paper = parse_paper(f"{a_question(1, 'I …')}Lời giải: Vì thế.\n\nListen to the teacher.\n{a_question(2, 'You …')}")
    assert [problem.code for problem in paper.questions[1].problems] == ["text-before-question"]


def test_images_are_named_by_their_targets() -> None:
    paper = parse_paper(f"Câu 1. Theo hình vẽ\n![](De/a.png)\n{WORDS}\nĐáp án: A\nLời giải: ![](De/b.png)")
    assert paper.images == ("De/a.png", "De/b.png")
    assert paper.questions[0].problems == ()


def test_an_image_below_the_options_belongs_to_the_stem() -> None:
    paper = parse_paper(f"Câu 1. Theo hình vẽ\n{WORDS}\n![](De/a.png)\nĐáp án: A")
    content = paper.questions[0].content
    assert content is not None and content.stem == "Theo hình vẽ\n![](De/a.png)"
    assert content.parts[3].text == "four"


def test_options_may_be_images() -> None:
    paper = parse_paper("Câu 1. Hình nào?\nA.\n![](a.png)\nB.\n![](b.png)\nC. ![](c.png)\nD.\n![](d.png)\nĐáp án: A")
    content = paper.questions[0].content
    assert content is not None and [part.text for part in content.parts] == [f"![]({name}.png)" for name in "abcd"]


def test_a_chart_that_is_spoken_of_but_absent_holds_the_question() -> None:
    paper = parse_paper(f"Câu 1. Cho biểu đồ:\nTheo biểu đồ, nhận xét nào đúng?\n{WORDS}\nĐáp án: A")
    assert [problem.code for problem in paper.questions[0].problems] == ["missing-figure"]


def test_a_solid_is_no_figure() -> None:
    paper = parse_paper(f"Câu 1. Cho hình chóp S.ABCD. Theo hình thức nào?\n{WORDS}\nĐáp án: A")
    assert paper.questions[0].problems == ()


def test_an_image_that_the_next_question_needs_is_unclear() -> None:
    paper = parse_paper(
        f"Câu 1. Tính tổng.\n![](a.png)\n{WORDS}\nĐáp án: A\n\nCâu 2. Đồ thị như hình vẽ bên.\n{WORDS}\nĐáp án: A"
    )
    assert [[problem.code for problem in question.problems] for question in paper.questions] == [
        ["unclear-image"],
        ["missing-figure"],
    ]


LITERATURE = """I. ĐỌC HIỂU (6,0 điểm)
Đọc đoạn trích sau:
Quê hương là chùm khế ngọt

Cho con trèo hái mỗi ngày
Thực hiện các yêu cầu:
Câu 1. Thể thơ?
A. tự do
B. sáu chữ
C. lục bát
D. bảy chữ
Đáp án: B
Câu 2. Nêu chủ đề.
II. VIẾT (4,0 điểm)
Câu 1 (2,0 điểm)
Viết đoạn văn.
"""


def test_the_text_of_a_paper_of_literature_is_shared_by_its_part_and_no_other() -> None:
    first, second, third = parse_paper(LITERATURE).questions
    assert first.passage == second.passage and first.passage.startswith("Đọc đoạn trích sau:\nQuê hương")
    assert first.passage.endswith("mỗi ngày\nThực hiện các yêu cầu:") and third.passage == ""
    assert [question.content and question.content.type for question in (first, second, third)] == [
        QuestionType.SINGLE_CHOICE,
        QuestionType.ESSAY,
        QuestionType.ESSAY,
    ]
    assert third.content is not None and third.content.stem == "Viết đoạn văn."


def test_text_below_the_last_heading_without_a_number_is_told() -> None:
    *_, last = parse_paper(f"{a_question(1, 'Một?')}\nII. VIẾT (4,0 điểm)\nViết bài văn về quê hương.").questions
    assert last.draft is None and [found.code for found in last.problems] == ["not-a-question"]
    assert "Viết bài văn" in last.source


def test_a_heading_alone_at_the_end_is_no_question() -> None:
    assert len(parse_paper(f"{a_question(1, 'Một?')}\nII. TỰ LUẬN (4,0 điểm)\n").questions) == 1


def test_a_blank_line_in_a_passage_is_no_doubt_about_the_next_question() -> None:
    paper = parse_paper(f"{READ}\nTom.\n\nHe.\n{a_question(5, 'One?')}{a_question(6, 'Two?')}")
    assert [question.problems for question in paper.questions] == [(), ()]


def test_a_passage_for_one_question_is_no_part_of_the_explanation_above_it() -> None:
    above = f"{a_question(1, 'One?')}Lời giải: Vì thế.\nĐọc đoạn sau và trả lời câu 2:\nTom đi học.\n"
    first, second = parse_paper(above + a_question(2, "Two?")).questions
    assert first.draft is not None and first.draft.explanation == "Vì thế."
    assert (first.passage, second.passage) == ("", "Tom đi học.")
