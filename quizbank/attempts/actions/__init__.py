"""Everything that changes a sitting."""

from quizbank.attempts.actions.answering import (
    check_answer,
    close_overdue,
    end_assignment,
    save_answer,
    submit_attempt,
)
from quizbank.attempts.actions.repairing import repair_key, undo_repair
from quizbank.attempts.actions.starting import start_assigned, start_practice

__all__ = [
    "check_answer",
    "close_overdue",
    "end_assignment",
    "repair_key",
    "save_answer",
    "start_assigned",
    "start_practice",
    "submit_attempt",
    "undo_repair",
]
