"""The path of a question from draft to published, the same as a lecture's."""

from enum import StrEnum

from repository.errors import Conflict


class QuestionState(StrEnum):
    """Where the newest version stands. A published version stays in use while a newer one is in the works."""

    DRAFT = "draft"
    IN_REVIEW = "in-review"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class ImportState(StrEnum):
    """How far a file on the import desk is. ``REFUSED``: nothing of it could be read."""

    READING = "reading"
    READY = "ready"
    STORING = "storing"
    DONE = "done"
    UNDONE = "undone"
    REFUSED = "refused"


class QuestionEvent(StrEnum):
    CREATED = "created"
    IMPORTED = "imported"
    GENERATED = "generated"
    REVISED = "revised"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"
    WITHDRAWN = "withdrawn"
    COMMENTED = "commented"
    BULK_EDITED = "bulk-edited"
    BULK_UNDONE = "bulk-undone"


MAY_FOLLOW: dict[QuestionEvent, frozenset[QuestionState]] = {
    QuestionEvent.REVISED: frozenset({QuestionState.DRAFT, QuestionState.PUBLISHED, QuestionState.WITHDRAWN}),
    QuestionEvent.SUBMITTED: frozenset({QuestionState.DRAFT}),
    QuestionEvent.RETURNED: frozenset({QuestionState.IN_REVIEW}),
    QuestionEvent.APPROVED: frozenset({QuestionState.IN_REVIEW}),
    QuestionEvent.COMMENTED: frozenset(QuestionState),
}
REFUSALS = {
    QuestionEvent.REVISED: "Câu hỏi đang chờ thẩm định; hãy đợi kết quả hoặc nhờ người thẩm định trả lại.",
    QuestionEvent.SUBMITTED: "Chỉ gửi thẩm định được bản nháp.",
    QuestionEvent.RETURNED: "Câu hỏi không còn ở bàn thẩm định.",
    QuestionEvent.APPROVED: "Câu hỏi không còn ở bàn thẩm định.",
}


def check_step(event: QuestionEvent, state: QuestionState) -> None:
    """Refuse a step that can't follow the state.

    Raises:
        Conflict: somebody was faster, or the page was old.
    """
    if state not in MAY_FOLLOW[event]:
        raise Conflict(REFUSALS[event], state=str(state))
