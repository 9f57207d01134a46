"""Levels of statements that come in with a file: what the programme knows, what it calls otherwise, what it lacks."""

from dataclasses import replace

from quizbank.questions.formats.paper_json import content_from, json_of_content
from quizbank.questions.placing import with_placed_levels
from quizbank.questions.rules import QuestionContent
from tests.quizbank.questions.builders import a_choice, a_cluster


def levelled(*levels: str | None) -> QuestionContent:
    content = a_cluster("Xét.")
    parts = (replace(part, level=level) for part, level in zip(content.parts, levels, strict=True))
    return replace(content, parts=tuple(parts))


def test_levels_of_the_programme_stay() -> None:
    content = levelled("biet", None, "hieu", "van-dung")
    assert with_placed_levels(content, "gdpt-2018") == (content, ())


def test_codes_become_levels_of_the_programme() -> None:
    placed, problems = with_placed_levels(levelled("NB", "TH", None, "B"), "gdpt-2018")
    assert ([part.level for part in placed.parts], problems) == (["biet", "hieu", None, "biet"], ())
    old, _ = with_placed_levels(levelled("NB", "VDC", None, None), "ct-2006")
    assert [part.level for part in old.parts] == ["nhan-biet", "van-dung-cao", None, None]


def test_a_level_that_the_programme_lacks_is_told_and_left_out() -> None:
    placed, [found] = with_placed_levels(levelled("biet", "rất khó", None, None), "gdpt-2018")
    assert [part.level for part in placed.parts] == ["biet", None, None, None]
    assert (found.code, found.facts) == ("not-in-curriculum", {"text": "rất khó"})


def test_questions_without_levels_are_left_alone() -> None:
    for content in (a_choice(), a_cluster()):
        assert with_placed_levels(content, "gdpt-2018") == (content, ())


def test_the_desk_keeps_levels() -> None:
    for content in (levelled("biet", None, "hieu", "van-dung"), a_cluster(), a_choice()):
        assert content_from(json_of_content(content)) == content
