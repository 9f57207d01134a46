"""Shortages are true, and the relaxations that are offered are enough and none of them is idle."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizbank.matrices.rules import Cell
from quizbank.questions.rules import QuestionType
from quizbank.quizzes.assembly.assemble import common_of
from quizbank.quizzes.assembly.feasibility import report_of
from quizbank.quizzes.assembly.papers import papers_of
from quizbank.quizzes.assembly.relaxations import Request, applied, relaxation_of
from quizbank.quizzes.assembly.supplies import Supplies, material_of
from quizbank.quizzes.assembly.targets import NO_TARGETS, Targets
from quizbank.quizzes.selection import PoolTooSmall
from quizbank.quizzes.stock import Place, StockRow, stock_of
from repository.curriculum.queries import curriculum
from repository.errors import Invalid
from tests.quizbank.matrices.builders import a_cell, a_matrix
from tests.quizbank.quizzes.assembly.builders import every_paper, missing

STRAND = "toan.l12.dai-so-giai-tich"
TOPICS = (f"{STRAND}.nguyen-ham", f"{STRAND}.tich-phan", "toan.l12.hinh-hoc-do-luong.phuong-trinh-mat-phang")
LEVELS = ("biet", "hieu", "van-dung")
ME = 5
CHOICE, TRUE_FALSE = QuestionType.SINGLE_CHOICE, QuestionType.TRUE_FALSE
Question = tuple[str, str, str, bool, bool, int]
"""Topic, level, levels of statements, whether published, whether used lately, family."""

QUESTIONS = st.tuples(
    st.sampled_from(TOPICS),
    st.sampled_from(LEVELS),
    st.sampled_from(["", "", "", "biet:4", "biet:2 hieu:2", "hieu:3 van-dung:1"]),
    st.sampled_from([True, True, True, False]),
    st.sampled_from([False, False, True]),
    st.sampled_from([0, 0, 0, 1]),
)
PLAIN_CELLS = st.builds(
    a_cell,
    topic=st.sampled_from([*TOPICS, STRAND, None]),
    level=st.sampled_from([*LEVELS, None]),
    count=st.integers(1, 2),
)
CELLS = st.one_of(
    PLAIN_CELLS,
    st.sampled_from([(("biet", 4),), (("biet", 2), ("hieu", 2)), (("biet", 3), ("hieu", 4), ("van-dung", 1))]).map(
        lambda levels: replace(
            a_cell(type=TRUE_FALSE, count=sum(many for _, many in levels) // 4, topic=TOPICS[0]), statements=levels
        )
    ),
)
TARGETS = st.builds(Targets, last_quizzes=st.sampled_from([0, 5]), own_drafts=st.booleans())


def supplies_of(questions: Sequence[Question]) -> Supplies:
    rows = []
    for number, (topic, level, text, is_published, _, family) in enumerate(questions, 1):
        place = Place("gdpt-2018", 12, topic, level, str(TRUE_FALSE if text else CHOICE), text, False)
        rows.append(StockRow(number, number, is_published, ME, 0, family, 0, 0, 0.0, place))
    keys = np.array([-one[5] if one[5] else number for number, one in enumerate(questions, 1)], np.int64)
    return Supplies(stock_of("toan", rows), keys, ME, np.array([one[4] for one in questions], np.bool_))


def least_missing(supplies: Supplies, request: Request) -> int:
    material = material_of(supplies, request.matrix, request.targets, 3)
    return min(missing(material, paper) for paper in every_paper(material))


@settings(max_examples=150, deadline=None)
@given(st.lists(QUESTIONS, max_size=8), st.lists(CELLS, min_size=1, max_size=3), TARGETS)
def test_shortages_are_true_and_relaxations_enough(
    questions: list[Question], cells: list[Cell], targets: Targets
) -> None:
    supplies, request = supplies_of(questions), Request(a_matrix(*cells), targets)
    report = report_of(supplies, request)
    assert sum(one.missing for one in report.shortages) == least_missing(supplies, request)
    assert report.is_feasible == (not report.shortages)
    if not report.relaxations:
        assert report.is_feasible or can_give_nothing(supplies, request)
        return
    assert least_missing(supplies, report.relaxed) == 0
    assert report.relaxed == applied(request, [one.key for one in report.relaxations])
    for one in report.cells:
        steps = list(one.funnel)
        assert steps == sorted(steps, reverse=True)
        assert one.available <= one.funnel.reviewed


def can_give_nothing(supplies: Supplies, request: Request) -> bool:
    """Whether the bank has nothing for any cell, even used lately or in draft."""
    open_to_all = replace(request, targets=Targets(own_drafts=True))
    counts = [cell.count for cell in request.matrix.cells]
    return least_missing(supplies, open_to_all) == sum(counts)


@settings(max_examples=100, deadline=None)
@given(st.lists(QUESTIONS, min_size=2, max_size=8), st.lists(CELLS, min_size=1, max_size=3), TARGETS)
def test_no_relaxation_of_those_offered_is_idle(questions: list[Question], cells: list[Cell], targets: Targets) -> None:
    supplies, request = supplies_of(questions), Request(a_matrix(*cells), targets)
    report = report_of(supplies, request)
    keys = [one.key for one in report.relaxations]
    for place in range(len(keys)):
        others = applied(request, keys[:place] + keys[place + 1 :])
        assert least_missing(supplies, others) > 0


@settings(max_examples=80, deadline=None)
@given(
    st.lists(QUESTIONS.map(lambda one: (*one[:2], "", *one[3:5], 0)), max_size=7),
    st.lists(PLAIN_CELLS, min_size=1, max_size=2),
    TARGETS,
    st.integers(2, 4),
)
def test_what_several_forms_lack_is_true_and_the_relaxations_enough(
    questions: list[Question], cells: list[Cell], targets: Targets, forms: int
) -> None:
    supplies, request = supplies_of(questions), Request(a_matrix(*cells), targets, forms)
    report = report_of(supplies, request)
    big = [replace(cell, count=cell.count * forms) for cell in cells]
    least = least_missing(supplies, Request(a_matrix(*big), targets))
    assert sum(one.missing for one in report.shortages) == least
    keys = [one.key for one in report.relaxations]
    if not keys:
        assert not least or can_give_nothing(supplies, request)
        return
    papers = forms_of(supplies, report.relaxed)
    most = common_of(report.relaxed.matrix, report.relaxed.targets)
    assert all(len(one & other) <= most for place, one in enumerate(papers) for other in papers[:place])
    assert all(len(one) == sum(cell.count for cell in report.relaxed.matrix.cells) for one in papers)
    for place in range(len(keys)):
        with pytest.raises(PoolTooSmall):
            forms_of(supplies, applied(request, keys[:place] + keys[place + 1 :]))


def forms_of(supplies: Supplies, request: Request) -> list[set[int]]:
    material = material_of(supplies, request.matrix, request.targets, 3)
    made = papers_of(material, (), request.forms, common_of(request.matrix, request.targets))
    return [{row for row, _ in one.items} for one in made]


def a_bank(**counts: int) -> list[Question]:
    """So many questions of each level of the first topic."""
    return [
        (TOPICS[0], level.replace("_", "-"), "", True, False, 0) for level, many in counts.items() for _ in range(many)
    ]


def keys_for(questions: list[Question], *cells: Cell, targets: Targets = NO_TARGETS, forms: int = 1) -> list[str]:
    report = report_of(supplies_of(questions), Request(a_matrix(*cells), targets, forms))
    return [one.key for one in report.relaxations]


def test_what_a_topic_lacks_comes_from_its_nearest_level() -> None:
    cell = a_cell(topic=TOPICS[0], level="van-dung", count=5)
    report = report_of(supplies_of(a_bank(van_dung=3, hieu=4, biet=9)), Request(a_matrix(cell), NO_TARGETS))
    [short], [way] = report.shortages, report.relaxations
    assert (short.wanted, short.available, short.missing) == (5, 3, 2)
    assert tuple(short.funnel) == (16, 3, 3, 3, 3)
    assert way.message.format(**way.facts) == "Lấy 2 câu mức Hiểu thay cho mức Vận dụng: Nguyên hàm."
    assert [(one.level, one.count) for one in way.matrix.cells] == [("van-dung", 3), ("hieu", 2)]


def test_a_level_that_others_need_is_left_to_them() -> None:
    cells = [a_cell(topic=TOPICS[0], level=level, count=3) for level in ("van-dung", "hieu")]
    assert keys_for(a_bank(van_dung=1, hieu=3, biet=2), *cells) == ["level~0~2~biet"]


def test_a_wider_topic_comes_before_any_level() -> None:
    elsewhere = [(TOPICS[1], "van-dung", "", True, False, 0)] * 2
    cell = a_cell(topic=TOPICS[0], level="van-dung", count=2)
    assert keys_for([*a_bank(hieu=1, biet=1), *elsewhere], cell) == [f"topic~0~2~{STRAND}"]


def test_any_level_helps_where_no_single_level_has_enough() -> None:
    assert keys_for(a_bank(hieu=1, biet=1), a_cell(level="van-dung", count=2)) == ["any-level~0~2"]


def test_one_change_for_all_is_better_than_one_for_each_cell() -> None:
    lately = [(topic, level, "", True, True, 0) for topic in TOPICS[:2] for level in LEVELS]
    cells = [a_cell(topic=topic, level="biet", count=1) for topic in TOPICS[:2]]
    assert keys_for(lately, *cells, targets=Targets(last_quizzes=3)) == ["recent"]
    drafts = [(topic, "biet", "", False, False, 0) for topic in TOPICS[:2]]
    assert keys_for(drafts, *cells) == ["drafts"]


def test_where_nothing_else_helps_fewer_are_asked_for() -> None:
    assert keys_for(a_bank(hieu=1), a_cell(count=3)) == ["fewer~0~2"]


def test_statements_give_way_before_they_are_fewer() -> None:
    cell = replace(a_cell(topic=TOPICS[0], type=TRUE_FALSE, count=2), statements=(("biet", 4), ("hieu", 4)))
    two = [(TOPICS[0], "biet", "biet:4", True, False, 0)] * 2
    assert keys_for(two, cell) == ["statements~0"]
    assert keys_for(two[:1], cell) == ["fewer~0~1~biet:4"]


def test_forms_may_be_fewer_or_share_questions() -> None:
    cell = a_cell(count=4)
    assert keys_for(a_bank(hieu=10), cell, forms=3) == ["common~0.3"]
    assert keys_for(a_bank(hieu=8), cell, forms=3, targets=Targets(most_common=1.0)) == []
    assert keys_for(a_bank(hieu=4), cell, forms=3) == ["common~1.0"]


def test_another_level_gives_what_all_forms_lack_rounded_up_for_each() -> None:
    cell = a_cell(topic=TOPICS[0], level="van-dung", count=2)
    assert keys_for(a_bank(van_dung=1, hieu=9), cell, forms=2) == ["level~0~2~hieu"]


def test_a_target_out_of_reach_offers_a_tolerance_that_is_enough() -> None:
    request = Request(a_matrix(a_cell(level="biet", count=2)), Targets(difficulty=0.5, tolerance=0.01))
    supplies = supplies_of(a_bank(biet=4))
    report = report_of(supplies, request)
    assert not report.is_feasible and not report.shortages
    assert [one.code for one in report.relaxations] == ["tolerance"]
    assert report_of(supplies, report.relaxed).is_feasible


def test_a_feasible_matrix_says_so() -> None:
    report = report_of(supplies_of(a_bank(biet=4)), Request(a_matrix(a_cell(count=4)), NO_TARGETS))
    assert report.is_feasible
    assert report.to_data()["cells"][0]["funnel"] == {"topic": 4, "level": 4, "type": 4, "unused": 4, "reviewed": 4}
    assert report.to_data()["relaxations"] == []


@pytest.mark.parametrize(
    "key",
    *[
        [
            "",
            "nothing",
            "level",
            "level~0",
            "level~9~1~hieu",
            "level~-1~1~hieu",
            "level~0~9~hieu",
            "level~0~0~hieu",
            "level~0~x~hieu",
            "fewer~0~4",
            "fewer~0~-1",
            "forms~0",
            "forms~99",
            "common~2",
            "tolerance~nan",
            "recent~1",
        ]
    ],
)
def test_a_key_that_says_nothing_is_refused(key: str) -> None:
    with pytest.raises(Invalid):
        applied(Request(a_matrix(a_cell(level="biet", count=4)), NO_TARGETS), [key])


def test_every_relaxation_says_what_it_does() -> None:
    request = Request(a_matrix(a_cell(topic=TOPICS[0], level="biet", count=4)), NO_TARGETS)
    keys = ["any-level~0~1", "anything~0~1~-", f"topic~0~2~{STRAND}", "statements~0", "fewer~0~1", "recent", "often"]
    keys += ["drafts", "passages", "forms~1", "common~0.2", "tolerance~0.05", "goals"]
    for key in keys:
        one = relaxation_of(request, key, curriculum())
        assert "{" not in one.message.format(**one.facts)
