"""What a quiz remembers of its assembly: what was aimed at, what came of it, and why each question was taken."""

from typing import Any

from quizbank.quizzes.assembly.assemble import Form, Why
from quizbank.quizzes.assembly.targets import NO_TARGETS, Targets, targets_from
from quizbank.quizzes.models import Quiz


def record_of(targets: Targets, form: Form) -> dict[str, Any]:
    """For ``Quiz.targets``."""
    return {
        "wanted": targets.to_data(),
        "goals": dict(form.goals),
        "why": {str(one.candidate.version_id): list(one.why) for one in form.chosen},
    }


def targets_of(quiz: Quiz) -> Targets:
    """What the assembly of a quiz aimed at."""
    return targets_from((quiz.targets or {}).get("wanted", {})) if quiz.targets else NO_TARGETS


def why_of(quiz: Quiz) -> dict[int, Why]:
    """Question version -> why the assembly took it; what was put in by hand later is not there."""
    return {int(version_id): Why(*why) for version_id, why in (quiz.targets or {}).get("why", {}).items()}
