"""Pages of the question bank: the bank itself, the editor, the review, the import desk."""

from quizbank.questions.pages import (
    bank,
    bulk_editing,
    columns,
    coverage,
    duplicates,
    editing,
    exporting,
    importing,
    mending,
    reviewing,
)
from quizbank.questions.pages.blueprint import pages

__all__ = [
    "bank",
    "bulk_editing",
    "columns",
    "coverage",
    "duplicates",
    "editing",
    "exporting",
    "importing",
    "mending",
    "pages",
    "reviewing",
]
