"""What codes make of the questions of real papers."""

import re
from collections import Counter
from functools import cache

import pytest

from quizbank.questions.formats.text import parse_paper
from quizbank.questions.rules import OPTION_LETTERS, QuestionContent
from quizbank.quizzes.anchoring import Kept, why_options_stay
from quizbank.quizzes.anchors import anchored_places
from quizbank.quizzes.explanations import explanation_for
from quizbank.quizzes.shuffling import Item
from quizbank.quizzes.variants import deal_variants, shown_key
from tests.shared_data import SHARED, needs_shared_data

pytestmark = [needs_shared_data, pytest.mark.slow]
CHOSEN = re.compile(r"(?:^|\n)\s*Chọn(?: đáp án)? ([A-D])\b")


@cache
def real_questions() -> tuple[QuestionContent, ...]:
    """Those with four options and one key."""
    papers = (path.read_text(encoding="utf-8") for path in sorted((SHARED / "exams").glob("*/*.txt")))
    drafts = (question.draft for paper in papers for question in parse_paper(paper).questions)
    return tuple(draft for draft in drafts if draft is not None and len(draft.parts) == 4 and len(draft.key) == 1)


def test_options_that_stay_are_those_that_a_person_would_keep() -> None:
    kept = Counter(why_options_stay(content) for content in real_questions())
    assert (kept[Kept.SORTED], kept[Kept.ASKED], kept[Kept.UNDERLINED]) == (52, 9, 4)
    assert kept[Kept.NAMED] == kept[Kept.LETTERED] == 0


def test_no_option_of_these_papers_speaks_of_others() -> None:
    assert not [one.stem for one in real_questions() if anchored_places([part.text for part in one.parts])]


def test_explanations_choose_the_key_that_is_shown() -> None:
    checked = 0
    for content in real_questions():
        said = CHOSEN.findall(content.explanation)
        if said == [content.key]:
            shown = CHOSEN.findall(explanation_for(content, "CADB").text)
            assert shown == [OPTION_LETTERS["CADB".index(content.key)]]
            checked += 1
    assert checked > 4000


def test_codes_of_real_questions_keep_the_right_option() -> None:
    contents = real_questions()[:2000]
    for start in range(0, len(contents), 40):
        items = [Item(place, 1, content) for place, content in enumerate(contents[start : start + 40], 1)]
        [variant] = deal_variants(items, start, ["101"])
        used: Counter[str] = Counter()
        for one in variant:
            content = items[one.item_position - 1].content
            key = shown_key(content, one.option_order)
            right = content.parts[OPTION_LETTERS.index(one.option_order[OPTION_LETTERS.index(key)])]
            assert right.is_true
            used[key] += 1
        assert max(used.values()) - min(used[letter] for letter in "ABCD") <= 1
