"""A job as its page's script reads it."""

from apiflask import Schema
from apiflask.fields import Boolean, Integer, String


class JobOut(Schema):
    id = Integer()
    kind = String()
    state = String()
    done_count = Integer()
    total_count = Integer()
    message = String()
    error = String()
    is_over = Boolean(metadata={"description": "Whether it is done or has failed for good."})
