"""Doubts at their places in the source."""

from quizbank.questions.pointing import letters_of, marked_source
from quizbank.questions.problems import Problem, problem

SOURCE = "Câu 2. Theo hình vẽ, số nào là số nguyên tố?\nA. 4.  B. 9.\tC. 4.\nD. 7.\nĐáp án: E"


def marked(*problems: Problem) -> list[tuple[str, str]]:
    return [(text.strip(), numbers) for text, numbers in marked_source(SOURCE, problems) if numbers]


def test_the_pieces_are_the_source() -> None:
    problems = [problem("identical-options", letters="A, C"), problem("key-not-an-option", key="E")]
    assert "".join(text for text, _numbers in marked_source(SOURCE, problems)) == SOURCE


def test_options_are_marked_where_they_stand() -> None:
    assert marked(problem("identical-options", letters="A, C")) == [("A. 4.", "1"), ("C. 4.", "1")]


def test_a_key_that_is_no_option_is_marked() -> None:
    assert marked(problem("no-subject"), problem("key-not-an-option", key="E")) == [("Đáp án: E", "2")]


def test_the_word_that_promises_a_figure_is_marked() -> None:
    assert marked(problem("missing-figure")) == [("hình vẽ", "1")]


def test_words_are_found_though_they_were_cut_short() -> None:
    assert marked(problem("runaway-option", letters="", text="số nguyên tố…")) == [("số nguyên tố", "1")]


def test_two_doubts_may_speak_of_one_place() -> None:
    both = marked(problem("empty-option", letters="D"), problem("continued-option", letters="D"))
    assert both == [("D. 7.", "1 2")]


def test_what_is_not_there_marks_nothing() -> None:
    assert marked_source(SOURCE, [problem("no-key")]) == ((SOURCE, ""),)
    assert marked_source("", [problem("empty-stem")]) == (("", ""),)


def test_letters_are_those_of_options() -> None:
    assert letters_of(problem("missing-option", letters="A, D")) == "AD"
    assert letters_of(problem("no-key")) == ""
