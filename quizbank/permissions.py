"""Who may do what in the question bank: one page. The grammar is that of ``repository.permissions``."""

from typing import Any

from repository.permissions import Actor, Permission, Role, is_own


def teaches(actor: Actor) -> bool:
    """Whether the actor prepares papers: teachers, and those who prepare or review content."""
    return actor.has(Role.TEACHER, Role.EDITOR, Role.REVIEWER)


def may_see_own(actor: Actor, thing: Any) -> bool:
    return is_own(actor, thing) or Role.ADMINISTRATOR in actor.roles


# Matrices and quizzes: those who teach make them, and see and change their own.

MAKE_MATRIX = Permission("make exam matrix", lambda actor, _: teaches(actor))
SEE_MATRIX = Permission("see exam matrix", lambda actor, matrix: teaches(actor) and may_see_own(actor, matrix))
EDIT_MATRIX = Permission("edit exam matrix", lambda actor, matrix: teaches(actor) and is_own(actor, matrix))

MAKE_QUIZ = Permission("make quiz", lambda actor, _: teaches(actor))
SEE_QUIZ = Permission("see quiz", lambda actor, quiz: teaches(actor) and may_see_own(actor, quiz))
SEE_QUIZ_KEYS = Permission("see quiz keys", lambda actor, quiz: teaches(actor) and may_see_own(actor, quiz))
EDIT_QUIZ = Permission("edit quiz", lambda actor, quiz: teaches(actor) and is_own(actor, quiz))
