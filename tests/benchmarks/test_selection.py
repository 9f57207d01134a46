"""Selection and variants alone, on a bank of 40,000 questions: ``pytest tests/benchmarks --benchmark-enable``."""

from typing import Any

from quizbank.questions.rules import Part, QuestionContent, QuestionType
from quizbank.quizzes.selection import Want, select_questions
from quizbank.quizzes.shuffling import Item
from quizbank.quizzes.variants import shuffle_variant

BANK = range(40_000)


def test_a_paper_of_twelve_cells_is_drawn_from_the_whole_bank(benchmark: Any) -> None:
    """The cells share out the bank between them."""
    pool = {cell: list(BANK[cell::12]) for cell in range(12)}
    wants = [Want(cell, 4) for cell in pool]
    assert len(benchmark(select_questions, wants, pool, 7)) == 48
    assert benchmark.stats is None or benchmark.stats.stats.median < 0.050


def test_a_paper_whose_cells_all_overlap_is_drawn(benchmark: Any) -> None:
    """Twelve cells of 3,000 questions, each of which lies in four cells."""
    pool = {cell: list(BANK[cell % 3 : 9_000 : 3]) for cell in range(12)}
    wants = [Want(cell, 4) for cell in pool]
    assert len(benchmark(select_questions, wants, pool, 7)) == 48
    assert benchmark.stats is None or benchmark.stats.stats.median < 0.050


def test_twenty_four_variants_of_forty_questions_are_shuffled(benchmark: Any) -> None:
    content = QuestionContent(
        QuestionType.SINGLE_CHOICE, "?", (Part("một", True), Part("hai"), Part("ba"), Part("bốn"))
    )
    items = [Item(place, 1, content) for place in range(1, 41)]
    variants = benchmark(lambda: [shuffle_variant(items, 7, str(code)) for code in range(101, 125)])
    assert len({tuple(one.option_order for one in variant) for variant in variants}) == 24
