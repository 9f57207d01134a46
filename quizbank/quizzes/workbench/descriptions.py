"""The workbench as data."""

from typing import Any

from quizbank.questions.models import QuestionVersion
from quizbank.quizzes.descriptions import item_data
from quizbank.quizzes.estimates import Estimate, Prediction
from quizbank.quizzes.workbench.queries import BenchItem, BenchView
from quizbank.quizzes.workbench.rules import CellStanding


def bench_data(view: BenchView, *, with_keys: bool) -> dict[str, Any]:
    """Everything that the workbench shows; keys only where they may be seen."""
    quiz = view.quiz
    return {
        "id": quiz.id,
        "title": quiz.title,
        "revision": quiz.revision,
        "is_assigned": quiz.assigned_at is not None,
        "codes": [variant.code for variant in quiz.variants],
        "marks": str(view.marks),
        "parts": [{"part": one.part, "count": one.count, "marks": str(one.marks)} for one in view.parts],
        "cells": [_cell_data(one) for one in view.standing],
        "levels": [{"level": level, "share": float(share)} for level, share in view.levels.items()],
        "prediction": prediction_data(view.prediction),
        "known": view.known,
        "forms": [
            {"quiz_id": one.quiz_id, "form": one.number, "prediction": prediction_data(one.prediction)}
            for one in view.forms
        ],
        "undo": view.undo,
        "redo": view.redo,
        "items": [_item_data(one, with_keys) for one in view.items],
    }


def _item_data(one: BenchItem, with_keys: bool) -> dict[str, Any]:
    return {
        **item_data(one.paper, with_keys),
        "is_locked": one.paper.item.is_locked,
        "estimate": estimate_data(one.estimate),
        "origin": one.why.kind,
        "instead_of": one.why.instead_of,
    }


def _cell_data(one: CellStanding) -> dict[str, Any]:
    cell = one.cell
    return {
        "cell": one.number,
        "topic": cell.topic if cell else None,
        "level": cell.level if cell else None,
        "type": str(cell.type) if cell else None,
        "wanted": one.wanted,
        "count": one.count,
        "wanted_marks": str(one.wanted_marks),
        "marks": str(one.marks),
    }


def prediction_data(known: Prediction | None) -> dict[str, float] | None:
    return None if known is None else {name: round(value, 4) for name, value in vars(known).items()}


def estimate_data(known: Estimate | None) -> dict[str, Any] | None:
    if known is None:
        return None
    figures = {name: round(getattr(known, name), 4) for name in ("right_fraction", "error", "minutes")}
    return {**figures, "answers": known.answers}


def version_data(version: QuestionVersion, estimate: Estimate | None) -> dict[str, Any]:
    """A question that might be put on the paper."""
    return {
        "question_id": version.question_id,
        "version_id": version.id,
        "stem": version.stem,
        "topic": version.topic,
        "level": version.level,
        "type": str(version.type),
        "estimate": estimate_data(estimate),
    }
