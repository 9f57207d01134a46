"""Repairs of keys as other programs order and read them."""

from apiflask import Schema
from apiflask.fields import DateTime, Decimal, Integer, List, Nested, String
from apiflask.validators import Length, OneOf, Range
from marshmallow import EXCLUDE

from quizbank.questions.rulings import CHOOSABLE

TREATMENTS = [str(one) for one in CHOOSABLE]


class WishIn(Schema):
    """What is to count as right."""

    treatment = String(required=True, validate=OneOf(TREATMENTS))
    key = String(
        load_default="",
        validate=Length(max=5_000),
        metadata={"description": "For `key`: letters, `ĐSĐS`, or accepted values one a line. Letters are the bank's."},
    )
    to_version = Integer(
        load_default=None, allow_none=True, metadata={"description": "For `version`: the number of the version."}
    )
    from_version = Integer(
        load_default=None,
        allow_none=True,
        metadata={"description": "In the bank: the version that was asked, the published one unless told otherwise."},
    )


class PreviewIn(WishIn):
    class Meta:
        unknown = EXCLUDE

    after = Integer(load_default=None, validate=Range(0), metadata={"description": "The `next` of the page before."})


class RepairIn(WishIn):
    reason = String(required=True, validate=Length(1, 2_000), metadata={"description": "Students will read it."})


class UndoIn(Schema):
    reason = String(required=True, validate=Length(1, 2_000))


class RepairsIn(Schema):
    class Meta:
        unknown = EXCLUDE

    after = Integer(load_default=None, validate=Range(0), metadata={"description": "The `next` of the page before."})


class RepairOut(Schema):
    """A repair. ``left``: sittings yet to be looked at again; null in lists."""

    id = Integer()
    question_id = Integer()
    quiz_id = Integer(allow_none=True, metadata={"description": "Null: wherever the question was asked."})
    treatment = String(metadata={"description": "key, version, all-right, left-out or undo"})
    rules = String(metadata={"description": "The same in words."})
    key = String()
    reason = String()
    made_by = String()
    made_at = DateTime()
    undoes_id = Integer(allow_none=True)
    undone_by_id = Integer(allow_none=True)
    finished_at = DateTime(allow_none=True)
    gains = Integer()
    losses = Integer()
    stays = Integer()
    left = Integer(allow_none=True)


class MadeRepairOut(RepairOut):
    """A repair that was just made."""


class ListedRepairOut(RepairOut):
    """A repair among others."""


class RepairsOut(Schema):
    repairs = List(Nested(ListedRepairOut))
    next = Integer(allow_none=True)


class ChangeOut(Schema):
    attempt_id = Integer()
    name = String(metadata={"description": "Empty for those who do not teach the class."})
    old = Decimal(as_string=True, allow_none=True, metadata={"description": "Of the question; null: does not count."})
    new = Decimal(as_string=True, allow_none=True)
    old_mark = Decimal(as_string=True, metadata={"description": "Of the whole sitting, on the scale of 0 to 10."})
    new_mark = Decimal(as_string=True)


class PreviewedChangeOut(ChangeOut):
    """A change that a repair would make."""


class RepairPreviewOut(Schema):
    """Who would gain or lose. ``before`` and ``after`` count marks in 0 to under 1 ... 9 to 10."""

    gains = Integer()
    losses = Integer()
    stays = Integer()
    running = Integer(metadata={"description": "Sittings under way that have this question marked already."})
    before = List(Integer())
    after = List(Integer())
    changes = List(Nested(PreviewedChangeOut))
    next = Integer(allow_none=True)


class ChangesOut(Schema):
    changes = List(Nested(ChangeOut))
    next = Integer(allow_none=True)
