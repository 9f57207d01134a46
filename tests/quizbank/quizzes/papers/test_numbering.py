from quizbank.quizzes.papers.numbering import numbered_anew, own_intro, with_blanks, with_span
from quizbank.quizzes.papers.paper import Block
from tests.quizbank.quizzes.papers.builders import a_paper_question

CLOZE = "It is (25) ……. not surprising that (26) _____ are eager (27) ... to know in (1999)."


def test_blanks_get_the_numbers_of_their_questions() -> None:
    text, offset = with_blanks(CLOZE, [7, 8, 9])
    assert text == "It is (7) ……. not surprising that (8) _____ are eager (9) ... to know in (1999)."
    assert offset == -18


def test_blanks_that_are_not_the_questions_stay() -> None:
    for numbers in ([7, 8], [7, 8, 9, 10]):
        assert with_blanks(CLOZE, numbers) == (CLOZE, 0)
    out_of_order = CLOZE.replace("(26)", "(29)")
    assert with_blanks(out_of_order, [7, 8, 9]) == (out_of_order, 0)


def test_an_instruction_names_the_span_of_this_code() -> None:
    english = "Read the passage and choose for each of the numbered blanks from 25 to 29.\nText."
    assert "from 7 to 11." in with_span(english, [7, 8, 9, 10, 11])
    assert with_span(english, [7, 8]) == english
    vietnamese = "Sử dụng thông tin sau cho câu 3 và câu 4\nKhí."
    assert with_span(vietnamese, [17, 18]) == "Sử dụng thông tin sau cho câu 17 và câu 18\nKhí."


def test_years_and_other_numbers_of_a_passage_stay() -> None:
    told = "Chiến tranh từ 18 đến 19.\nHết."
    assert with_span(told, [1, 2]) == told


def test_a_stem_that_is_only_a_number_moves_with_its_blank() -> None:
    questions = tuple(a_paper_question(number, f"({old})") for number, old in ((7, 25), (8, 26), (9, 27)))
    moved = numbered_anew(Block(questions, CLOZE))
    assert [one.stem for one in moved.questions] == ["(7)", "(8)", "(9)"]
    spoken = numbered_anew(Block((a_paper_question(7, "Câu nào?"), *questions[1:]), CLOZE))
    assert spoken.questions[0].stem == "Câu nào?"


def test_the_instruction_of_a_passage_is_taken_from_it() -> None:
    assert own_intro("Đọc đoạn trích sau:\n\nSông chảy.") == ("Đọc đoạn trích sau:", "Sông chảy.")
    for passage in ("Sông chảy.\nNúi đứng.", "Đọc đoạn trích.", "Cho $x$ là số:\nthực."):
        assert own_intro(passage) == ("", passage)
