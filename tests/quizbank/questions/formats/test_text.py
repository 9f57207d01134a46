"""Plain-text papers: what is read, and what becomes a problem instead of a guess."""

from quizbank.questions.formats.text import ParsedQuestion, parse_paper
from quizbank.questions.problems import Verdict
from quizbank.questions.rules import AnswerKind, QuestionType

OPTIONS = "A. một\nB. hai\nC. ba\nD. bốn"
PLAIN = f"Câu 1. Chọn số hai.\n{OPTIONS}\nĐáp án: B\nLời giải: Vì thế.\nChọn B"


def read_one(text: str) -> ParsedQuestion:
    questions = parse_paper(text).questions
    assert len(questions) == 1, [question.label for question in questions]
    return questions[0]


def codes_of(question: ParsedQuestion) -> set[str]:
    return {problem.code for problem in question.problems}


def texts_of(question: ParsedQuestion) -> list[str]:
    assert question.draft is not None
    return [part.text for part in question.draft.parts]


def test_a_plain_question_is_read_without_doubts() -> None:
    question = read_one(PLAIN)
    assert question.content is not None
    assert (question.content.stem, question.content.key) == ("Chọn số hai.", "B")
    assert texts_of(question) == ["một", "hai", "ba", "bốn"]
    assert question.content.explanation == "Vì thế.\nChọn B"
    assert question.problems == ()


def test_headers_come_in_many_shapes() -> None:
    for header in (
        "Câu 7)",
        "Câu 7.",
        "Câu 7:",
        "CÂU 7 :",
        "Câu\u00a07.",
        "Câu 7:.",
        "Question 7:",
        "Bài 7.",
        "Câu hỏi 7:",
        "Câu 7\n",
        "**Câu 7.**",
    ):
        question = read_one(f"{header} Chọn số hai.\n{OPTIONS}\nĐáp án: B")
        assert question.number == 7, header
        assert question.verdict is Verdict.NOTE, header


def test_papers_without_the_word_are_numbered_plainly() -> None:
    paper = parse_paper(f"1. Một?\n{OPTIONS}\nĐáp án: B\n\n2. Hai?\n{OPTIONS}\nĐáp án: C")
    assert [question.content.key for question in paper.questions if question.content] == ["B", "C"]


def test_the_place_is_the_line_in_the_source() -> None:
    paper = parse_paper(f"Đề thi thử\n\n{PLAIN}\n\nCâu 2. Ba?\n{OPTIONS}\nĐáp án: C")
    assert [question.lines for question in paper.questions] == [(3, 10), (12, 17)]
    assert paper.questions[1].source.startswith("Câu 2. Ba?")


def test_a_lesson_number_in_an_explanation_starts_no_question() -> None:
    paper = parse_paper(f"{PLAIN}\nBài 2- GDCD 11\n\nCâu 2: Hai?\n{OPTIONS}\nĐáp án: A")
    assert [question.number for question in paper.questions] == [1, 2]


def test_options_may_share_a_line() -> None:
    for line in (
        "\tA. một \tB. hai \tC. ba \tD. bốn",
        "A. một  B. hai  C. ba  D. bốn",
        "A. một B. hai C. ba D. bốn",
        "A. một\tB. hai\nC. ba\tD. bốn",
    ):
        question = read_one(f"Câu 1. Hai?\n{line}\nĐáp án: B")
        assert texts_of(question) == ["một", "hai", "ba", "bốn"], line
        assert question.verdict is Verdict.NOTE


def test_options_may_stand_on_the_stems_line() -> None:
    question = read_one("Câu 1. Hai?   A. một   B. hai   C. ba   D. bốn\nĐáp án: B")
    assert texts_of(question) == ["một", "hai", "ba", "bốn"]
    assert question.content is not None and question.content.stem == "Hai?"


def test_persons_named_by_letters_are_not_options() -> None:
    stem = "Anh A mắng chị B. Chị C. bênh ông D. Những ai sai?"
    options = "A. Anh A và chị B.\nB. Chị B, chị C và ông D.\nC. Anh A.\nD. Ông D."
    question = read_one(f"Câu 1. {stem}\n{options}\nĐáp án: C")
    assert texts_of(question) == [line[3:] for line in options.split("\n")]
    assert question.problems == ()


def test_blank_lines_between_options_are_ignored() -> None:
    question = read_one("Câu 1. Hai?\n\nA. một\n\nB. hai\n\nC. ba\n\nD. bốn\n\nĐáp án: B")
    assert texts_of(question) == ["một", "hai", "ba", "bốn"]


def test_options_out_of_order_are_sorted_by_their_letters() -> None:
    question = read_one("Câu 1. Hai?\nA. một\nC. ba\nB. hai\nD. bốn\nĐáp án: B")
    assert texts_of(question) == ["một", "hai", "ba", "bốn"]
    assert codes_of(question) == {"option-order"}


def test_a_letter_without_its_dot_is_read_and_noted() -> None:
    for options in ("A một\nB. hai\nC. ba\nD. bốn", "A. một\nB. hai\nC ba\nD. bốn", "A. một\nB. hai\nC. ba\nD, bốn"):
        question = read_one(f"Câu 1. Hai?\n{options}\nĐáp án: B")
        assert texts_of(question) == ["một", "hai", "ba", "bốn"]
        assert codes_of(question) == {"option-mark"}


def test_a_glued_option_is_a_problem() -> None:
    glued = (
        "Hai?A. một\nB. hai\nC. ba\nD. bốn",
        "Hai?\nA. một\nB. hai\nC. ba. D bốn",
        "Hai? A. một\nB. hai\nC. ba\nD. bốn",
    )
    for body in glued:
        question = read_one(f"Câu 1. {body}\nĐáp án: B")
        assert codes_of(question) == {"glued-option"}, body
        assert question.content is None


def test_a_missing_option_is_named_when_the_paper_has_four() -> None:
    paper = parse_paper(f"{PLAIN}\n\nCâu 2. Hai?\nA. một\nB. hai\nC. ba\nĐáp án: B\n\nCâu 3. Ba?\n{OPTIONS}\nĐáp án: C")
    assert [str(problem) for problem in paper.questions[1].problems] == ["Thiếu phương án D."]


def test_a_letter_used_twice_leaves_the_question_out() -> None:
    question = read_one("Câu 1. Hai?\nA. một\nB. hai\nC. ba\nC. bốn\nĐáp án: B")
    assert "repeated-option" in codes_of(question)
    assert question.content is None


def test_identical_options_are_a_problem_but_genotypes_differ() -> None:
    assert codes_of(read_one("Câu 1. Hai?\nA. AaBb.\nB. AABb\nC. aaBb\nD. AaBb\nĐáp án: B")) == {"identical-options"}
    assert codes_of(read_one("Câu 1. Hai?\nA. AaBb\nB. AABb\nC. aaBb\nD. aabb\nĐáp án: B")) == set()


def test_a_line_after_a_finished_option_is_a_problem() -> None:
    assert codes_of(read_one(f"Câu 1. Hai?\n{OPTIONS}.\nng tốt nghiệp.\nĐáp án: B")) == {"runaway-option"}


def test_an_option_may_go_on_in_the_next_line() -> None:
    question = read_one("Câu 1. Hai?\nA. x^2\n+ y^2 = 1.\nB. hai\nC. ba\nD. bốn\nĐáp án: B")
    assert texts_of(question)[0] == "x^2\n+ y^2 = 1."
    assert codes_of(question) == {"continued-option"}


def test_an_empty_stem_is_a_problem() -> None:
    assert "empty-stem" in codes_of(read_one(f"Câu 40:{OPTIONS}\nĐáp án: B"))


def test_a_header_without_options_is_reported() -> None:
    assert codes_of(read_one("Câu 1. Chỉ có lời dẫn.\nĐáp án: A\nLời giải: Vì thế.")) == {"no-options"}
    assert codes_of(read_one("Câu 1. Chỉ có lời dẫn.")) == {"not-a-question"}


def test_an_explanation_without_its_question_is_reported() -> None:
    paper = parse_paper(f"{PLAIN}\n\nCâu nói của Bác có nghĩa là\nLời giải: .\n\nCâu 2. Ba?\n{OPTIONS}\nĐáp án: C")
    assert [codes_of(question) for question in paper.questions] == [set(), {"not-a-question"}, set()]


def test_no_key_is_a_problem_even_when_the_explanation_names_one() -> None:
    paper = parse_paper(f"{PLAIN}\n\nCâu 2. Hai?\n{OPTIONS}\nLời giải: Vì thế.\nChọn B")
    assert codes_of(paper.questions[1]) == {"no-key"}


def test_a_paper_whose_only_keys_are_in_the_explanations_is_read() -> None:
    question = read_one(f"Câu 1. Hai?\n{OPTIONS}\nLời giải: Vì thế.\nChọn B.")
    assert question.content is not None and question.content.key == "B"
    assert codes_of(question) == {"key-from-explanation"}


def test_keys_come_in_many_shapes() -> None:
    for key in (
        "Đáp án: B",
        "Đáp án B",
        "Chọn B",
        "Đáp án đúng: B.",
        "=> Chọn đáp án B",
        "Đáp án: b",
        "ĐÁP ÁN: B",
        "Đáp án:\nB",
    ):
        question = read_one(f"Câu 1. Hai?\n{OPTIONS}\n{key}\nLời giải: Vì thế.")
        assert question.content is not None and question.content.key == "B", key
        assert question.content.explanation == "Vì thế.", key


def test_keys_may_stand_in_a_table_at_the_end() -> None:
    paper = parse_paper(
        f"Câu 1. Một?\n{OPTIONS}\n\nCâu 2. Hai?\n{OPTIONS}\n\nCâu 3. Ba?\n{OPTIONS}\n\nBẢNG ĐÁP ÁN\n1.A 2.B\n3-C"
    )
    assert [question.content.key for question in paper.questions if question.content] == ["A", "B", "C"]


def test_a_table_that_contradicts_the_question_is_two_keys() -> None:
    paper = parse_paper(
        f"Câu 1. Một?\n{OPTIONS}\nĐáp án: B\n\nCâu 2. Hai?\n{OPTIONS}\n\nCâu 3. Ba?\n{OPTIONS}\n\nĐÁP ÁN\n1A 2B 3C"
    )
    assert [codes_of(question) for question in paper.questions] == [{"two-keys"}, set(), set()]


def test_an_explanation_that_chooses_another_letter_is_two_keys() -> None:
    question = read_one(f"Câu 1. Hai?\n{OPTIONS}\nĐáp án: B\nLời giải: Vì thế. Chọn đáp án C.")
    assert codes_of(question) == {"two-keys"}


def test_letters_inside_an_explanation_choose_nothing() -> None:
    explanation = "Nhà trường quyết định chọn A và không chọn B vì dân tộc. Đáp án C: loại."
    assert codes_of(read_one(f"Câu 1. Hai?\n{OPTIONS}\nĐáp án: B\nLời giải: {explanation}")) == set()


def test_two_letters_are_two_keys_unless_the_question_asks_for_several() -> None:
    assert codes_of(read_one(f"Câu 1. Hai?\n{OPTIONS}\nĐáp án: A, C")) == {"two-keys"}
    several = read_one(f"Câu 1. Chọn các đáp án đúng.\n{OPTIONS}\nĐáp án: A, C")
    assert several.content is not None
    assert (several.content.type, several.content.key) == (QuestionType.MULTIPLE_RESPONSE, "AC")


def test_a_key_without_its_option_is_a_problem() -> None:
    assert codes_of(read_one(f"Câu 1. Hai?\n{OPTIONS}\nĐáp án: E")) == {"key-not-an-option"}


def test_the_2025_form_has_true_false_clusters() -> None:
    statements = "a) Một là lẻ.\nb) Hai là lẻ.\nc) Ba là lẻ.\nd) Bốn là lẻ."
    for key in (
        "Đ S Đ S",
        "ĐSĐS",
        "Đúng, Sai, Đúng, Sai",
        "a) Đúng; b) Sai; c) Đúng; d) Sai",
        "\na) Đúng\nb) Sai\nc) Đúng\nd) Sai",
        "a-Đ, b-S, c-Đ, d-S",
    ):
        question = read_one(
            f"PHẦN II. Câu trắc nghiệm đúng sai.\n\nCâu 1. Xét các số.\n{statements}\nĐáp án: {key}\nLời giải: Vì thế."
        )
        assert question.content is not None, (key, question.problems)
        assert (question.content.type, question.content.key) == (QuestionType.TRUE_FALSE, "TFTF"), key
        assert question.content.explanation == "Vì thế."


def test_a_true_false_key_of_three_does_not_fit() -> None:
    question = read_one("PHẦN II. Đúng sai\n\nCâu 1. Xét.\na) x\nb) y\nc) z\nd) t\nĐáp án: Đ S Đ")
    assert codes_of(question) == {"key-does-not-fit"}


def test_the_2025_form_has_short_answers() -> None:
    question = read_one(
        "PHẦN III. Câu trắc nghiệm trả lời ngắn.\n\nCâu 1. Một nửa của năm?\nĐáp án: 2,5\nLời giải: Chia đôi."
    )
    assert question.content is not None
    assert (question.content.type, question.content.key) == (QuestionType.SHORT_ANSWER, "2,5")
    assert question.content.answer_kind is AnswerKind.NUMERIC


def test_a_short_answer_may_accept_several_values() -> None:
    question = read_one("PHẦN III. Trả lời ngắn\n\nCâu 1. Thủ đô?\nĐáp án: Hà Nội hoặc thành phố Hà Nội")
    assert texts_of(question) == ["Hà Nội", "thành phố Hà Nội"]


def test_numbering_starts_again_in_each_part() -> None:
    paper = parse_paper(
        f"PHẦN I. Trắc nghiệm\n\n{PLAIN}\n\nPHẦN III. Trả lời ngắn\nThí sinh trả lời từ câu 1 đến câu 2.\n\n"
        "Câu 1. 1 + 1?\nĐáp án: 2\n\nCâu 2. 1 + 2?\nĐáp án: 3"
    )
    assert [(question.part, question.number) for question in paper.questions] == [("I", 1), ("III", 1), ("III", 2)]
    assert all(not question.problems for question in paper.questions)
    assert paper.questions[0].draft is not None and "PHẦN" not in paper.questions[0].draft.explanation


def test_a_number_used_twice_is_noted() -> None:
    paper = parse_paper(f"{PLAIN}\n\nCâu 1. Ba?\n{OPTIONS}\nĐáp án: C")
    assert [codes_of(question) for question in paper.questions] == [set(), {"repeated-number"}]


def test_a_skipped_number_is_noted() -> None:
    paper = parse_paper(f"{PLAIN}\n\nCâu 3. Ba?\n{OPTIONS}\nĐáp án: C")
    assert codes_of(paper.questions[1]) == {"skipped-number"}


def test_a_header_inside_a_line_starts_a_question_where_one_is_missing() -> None:
    paper = parse_paper(f"{PLAIN}. Câu 2. Ba?\n{OPTIONS}\nĐáp án: C\n\nCâu 3. Tư?\n{OPTIONS}\nĐáp án: D")
    assert [question.number for question in paper.questions] == [1, 2, 3]
    assert codes_of(paper.questions[1]) == {"glued-question"}
    assert paper.questions[1].verdict is Verdict.HOLD


def test_text_is_normalised_but_not_altered() -> None:
    question = read_one(f"Câu 1. Tính\u00a0 x²  +\ty\u0302 và ${{a}}_2$ ﬁ\n{OPTIONS}\nĐáp án: B")
    assert question.content is not None and question.content.stem == "Tính x² +\tŷ và ${a}_2$ ﬁ"


def test_windows_line_ends_and_byte_order_marks_are_ignored() -> None:
    assert read_one("\ufeff" + PLAIN.replace("\n", "\r\n")).problems == ()


def test_portions_in_a_chemistry_stem_are_no_parts_of_the_paper() -> None:
    stem = "Chia X thành hai phần:\n\nPhần 1: tác dụng với nước.\n\nPhần 2. đốt cháy.\n\nGiá trị của m là"
    paper = parse_paper(
        f"Câu 1. {stem}\n{OPTIONS}\nĐáp án: B\nLời giải: Ta có\n\nPhần 1: 2 mol.\n\nCâu 2. Hai?\n{OPTIONS}\nĐáp án: C"
    )
    assert [question.part for question in paper.questions] == ["", ""]
    assert paper.questions[0].content is not None and paper.questions[0].content.stem == stem
    assert paper.questions[0].content.explanation == "Ta có\n\nPhần 1: 2 mol."
