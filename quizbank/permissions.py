"""Who may do what in the question bank: one page. The grammar is that of ``repository.permissions``."""

from typing import Any

from repository.errors import NotSignedIn
from repository.permissions import (
    Actor,
    Permission,
    Role,
    is_own,
    is_staff,
    may_change_content,
    may_review_content,
    may_see_content,
)


def teaches(actor: Actor) -> bool:
    """Whether the actor prepares papers: teachers, and those who prepare or review content."""
    return actor.has(Role.TEACHER, Role.EDITOR, Role.REVIEWER)


def may_see_own(actor: Actor, thing: Any) -> bool:
    return is_own(actor, thing) or Role.ADMINISTRATOR in actor.roles


def may_change_own(actor: Actor, thing: Any) -> bool:
    """What a command made is nobody's: administrators look after it."""
    is_nobodys = thing.created_by_id is None and Role.ADMINISTRATOR in actor.roles
    return is_own(actor, thing) or is_nobodys


# Matrices and quizzes: those who teach make them, and see and change their own. A matrix may be shared to be read.


def may_see_matrix(actor: Actor, matrix: Any) -> bool:
    is_near = actor.organisation_id is not None and matrix.organisation_id == actor.organisation_id
    is_shared = matrix.sharing == "everyone" or (matrix.sharing == "organisation" and is_near)
    return teaches(actor) and (is_shared or may_see_own(actor, matrix))


MAKE_MATRIX = Permission("make exam matrix", lambda actor, _: teaches(actor))
SEE_MATRIX = Permission("see exam matrix", may_see_matrix)
EDIT_MATRIX = Permission("edit exam matrix", lambda actor, matrix: teaches(actor) and is_own(actor, matrix))

MAKE_QUIZ = Permission("make quiz", lambda actor, _: teaches(actor))
SEE_QUIZ = Permission("see quiz", lambda actor, quiz: teaches(actor) and may_see_own(actor, quiz))
SEE_QUIZ_KEYS = Permission("see quiz keys", lambda actor, quiz: teaches(actor) and may_see_own(actor, quiz))
SEE_PAPER_BUILD = Permission("see printed papers", lambda actor, made: teaches(actor) and is_own(actor, made))
EDIT_QUIZ = Permission("edit quiz", lambda actor, quiz: teaches(actor) and may_change_own(actor, quiz))


# Questions: those who teach make them and see the bank with its keys; publication takes a second pair of eyes.

SEE_QUESTION_BANK = Permission("see question bank", lambda actor, _: teaches(actor))
SEE_QUESTION = Permission("see question", may_see_content)
SEE_KEY = Permission("see key", lambda actor, question: teaches(actor) and may_see_content(actor, question))
CREATE_QUESTION = Permission("create question", lambda actor, _: actor.has(Role.TEACHER, Role.EDITOR))
EDIT_QUESTION = Permission("edit question", may_change_content)
SUBMIT_QUESTION = Permission("submit question", may_change_content)
REVIEW_QUESTION = Permission("review question", may_review_content)
WITHDRAW_QUESTION = Permission("withdraw question", lambda actor, _: actor.has(Role.REVIEWER))
COMMENT_QUESTION = Permission("comment question", lambda actor, thing: is_own(actor, thing) or is_staff(actor))
SEE_USES = Permission("see uses of question", lambda actor, thing: is_own(actor, thing) or is_staff(actor))
COMPARE_QUESTIONS = Permission("compare questions", lambda actor, _: is_staff(actor))
IMPORT_QUESTIONS = Permission("import questions", lambda actor, _: actor.has(Role.TEACHER, Role.EDITOR))
PUBLISH_IMPORT = Permission("publish an import at once", lambda actor, _: actor.has(Role.ADMINISTRATOR))
SEE_IMPORT = Permission("see import", lambda actor, made: is_own(actor, made) or is_staff(actor))
UNDO_IMPORT = Permission("undo import", lambda actor, made: is_own(actor, made) or actor.has(Role.EDITOR))
BULK_EDIT_QUESTIONS = Permission("edit questions in bulk", lambda actor, _: actor.has(Role.TEACHER, Role.EDITOR))
SEE_BULK_EDIT = Permission("see bulk edit", lambda actor, made: is_own(actor, made) or is_staff(actor))
PLAN_BULK_EDIT = Permission("plan and apply bulk edit", is_own)
UNDO_BULK_EDIT = Permission("undo bulk edit", lambda actor, made: is_own(actor, made) or actor.has(Role.EDITOR))
MOVE_QUESTIONS = Permission("move questions to another organisation", lambda actor, _: actor.has(Role.EDITOR))
SEE_EXPORT = Permission("see export", lambda actor, made: teaches(actor) and is_own(actor, made))
EXPORT_QUESTIONS = Permission("export questions with keys", lambda actor, _: is_staff(actor))


# Item templates: those who write questions write them. An organisation shares its own, the product those it brings.


def may_see_template(actor: Actor, template: Any) -> bool:
    is_shared = template.created_by_id is None
    is_near = actor.organisation_id is not None and template.organisation_id == actor.organisation_id
    return teaches(actor) and (is_shared or is_near or is_own(actor, template) or is_staff(actor))


SEE_ITEM_TEMPLATES = Permission("see item templates", lambda actor, _: teaches(actor))
SEE_ITEM_TEMPLATE = Permission("see item template", may_see_template)
WRITE_ITEM_TEMPLATE = Permission("write item template", lambda actor, _: CREATE_QUESTION.allows(actor))
EDIT_ITEM_TEMPLATE = Permission(
    "edit item template", lambda actor, template: CREATE_QUESTION.allows(actor) and may_change_content(actor, template)
)
GENERATE_QUESTIONS = Permission(
    "generate questions", lambda actor, template: CREATE_QUESTION.allows(actor) and may_see_template(actor, template)
)


# Classes and sittings: marks are confidential, so a class belongs to its teacher, a sitting to the one who sits.


def is_sitter(actor: Actor, attempt: Any) -> bool:
    """Whether this person, or this stranger's browser, started the attempt."""
    if attempt.person_id is not None:
        return actor.is_signed_in and attempt.person_id == actor.person_id
    return actor.browser_key is not None and attempt.browser_key == actor.browser_key


def signed_in_id(actor: Actor) -> int:
    """The id of the person who acts.

    Raises:
        NotSignedIn: nobody is signed in.
    """
    if actor.person_id is None:
        raise NotSignedIn("Hãy đăng nhập để làm việc này.")
    return actor.person_id


def may_scan(actor: Actor, quiz: Any) -> bool:
    """Marks of a quiz on paper are its maker's; of a quiz that a command made, an administrator's."""
    is_nobodys = quiz.created_by_id is None and Role.ADMINISTRATOR in actor.roles
    return teaches(actor) and (is_own(actor, quiz) or is_nobodys)


HAVE_CLASSES = Permission("have classes", lambda actor, _: actor.is_signed_in)
MAKE_CLASS = Permission("make class", lambda actor, _: actor.is_signed_in and teaches(actor))
TEACH_CLASS = Permission("teach class", lambda actor, found: actor.is_signed_in and found.teacher_id == actor.person_id)
PRACTISE = Permission("practise", lambda actor, _: actor.is_signed_in or actor.browser_key is not None)
SIT_ATTEMPT = Permission("sit attempt", is_sitter)
SCAN_SHEETS = Permission("scan answer sheets", may_scan)
REPAIR_BANK_KEY = Permission("repair key in the bank", lambda actor, _: is_staff(actor))
REPAIR_QUIZ_KEY = Permission("repair key of quiz", lambda actor, quiz: teaches(actor) and may_see_own(actor, quiz))
SEE_REPAIRS = Permission("see repairs of keys", lambda actor, _: actor.is_signed_in and teaches(actor))
SEE_OWN_PROGRESS = Permission("see own progress", lambda actor, _: actor.is_signed_in or actor.browser_key is not None)
