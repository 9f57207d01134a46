"""Papers for screen readers: one file, sound, in headings and lists, with words for every picture."""

import io
import re
from collections.abc import Callable
from dataclasses import replace

from lxml import html
from PIL import Image

from quizbank.questions.rules import QuestionType
from quizbank.quizzes.papers.html_paper import html_papers
from quizbank.quizzes.papers.paper import Block, Paper
from repository.errors import NotFound
from tests.quizbank.quizzes.papers.builders import a_paper, a_paper_part, a_paper_question

SHA = "cd" * 32


def no_media(sha256: str) -> bytes:
    raise NotFound("Không có tệp này.")


def a_picture(_sha256: str) -> bytes:
    output = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(output, "PNG")
    return output.getvalue()


def written(paper: Paper, media: Callable[[str], bytes] = no_media) -> str:
    return html_papers([paper], media)[0].decode()


def three_parts(**options: object) -> Paper:
    cluster = a_paper_question(type=QuestionType.TRUE_FALSE, options=("một", "hai", "ba", "bốn"), key="ĐSĐS")
    short = a_paper_question(type=QuestionType.SHORT_ANSWER, options=(), key="2,5", explanation="Vì $x=2$.")
    return a_paper(
        a_paper_part(1, Block((a_paper_question(stem="Tính $x^2$."),), "Một đoạn văn.", "Đọc:", "Trả lời:")),
        a_paper_part(2, Block((cluster,))),
        a_paper_part(3, Block((short,))),
        **options,  # type: ignore[arg-type]
    )


def test_headings_lead_through_the_paper_without_a_gap() -> None:
    root = html.document_fromstring(written(three_parts()))
    levels = [int(one.tag[1]) for one in root.iter("h1", "h2", "h3")]
    assert levels == [1, 2, 3, 2, 3, 2, 3]


def test_the_only_part_has_no_heading_and_its_questions_stand_below_the_title() -> None:
    paper = a_paper(a_paper_part(1, Block((a_paper_question(),)), present=(1,)))
    root = html.document_fromstring(written(paper))
    assert [one.tag for one in root.iter("h1", "h2", "h3")] == ["h1", "h2"]


def test_options_and_statements_are_ordered_lists() -> None:
    root = html.document_fromstring(written(three_parts()))
    assert [(one.get("type"), len(one)) for one in root.iter("ol")] == [("A", 4), ("a", 4)]


def test_formulas_are_mathml_and_nothing_runs_or_is_fetched() -> None:
    said = written(three_parts())
    assert "<msup>" in said and "<script" not in said and "href=" not in said and "url(" not in said
    assert not re.search(r'src="(?!data:)', said)


def test_a_picture_is_inside_with_words_of_its_own_or_those_of_its_question() -> None:
    stem = f"![tam giác](media:{SHA}) và ![](media:{SHA})"
    paper = a_paper(a_paper_part(1, Block((a_paper_question(stem=stem),))))
    found = html.document_fromstring(written(paper, a_picture)).iter("img")
    assert [(one.get("alt"), str(one.get("src"))[:22]) for one in found] == [
        ("tam giác", "data:image/png;base64,"),
        ("Hình không có lời mô tả (Câu 1)", "data:image/png;base64,"),
    ]


def test_a_picture_that_is_gone_leaves_its_words() -> None:
    paper = a_paper(a_paper_part(1, Block((a_paper_question(stem=f"Xem ![tam giác](media:{SHA})."),))))
    assert "Xem tam giác." in written(paper)


def test_large_print_begins_larger() -> None:
    sizes = [re.search(r"font-size: (\d+%)", written(three_parts(font_size_pt=size))) for size in (12, 18)]
    assert [size and size[1] for size in sizes] == ["100%", "150%"]


def test_solutions_stand_below_their_questions_and_nowhere_else() -> None:
    said = written(three_parts(with_keys=True))
    assert "Đáp án: 2,5" in said and "Vì <math" in said
    assert "Đáp án" not in written(three_parts())


def test_english_parts_say_so() -> None:
    question = a_paper_question(label="Question 1", stem="Choose.")
    said = written(a_paper(a_paper_part(1, Block((question,), "A passage."))))
    assert said.count('lang="en"') == 3 and '<html lang="vi">' in said


def test_hostile_headings_are_text() -> None:
    paper = three_parts()
    heading = replace(paper.heading, school="<script>alert(1)</script>", exam='"><img src=x>')
    said = written(replace(paper, heading=heading))
    assert "<script" not in said and "<img" not in said


def test_the_same_paper_is_the_same_bytes() -> None:
    assert written(three_parts()) == written(three_parts())
