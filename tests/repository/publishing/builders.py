"""Records, a library to publish from, and a server that harvesters can reach."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from threading import Thread
from typing import Any

from sqlalchemy.orm import Session
from werkzeug.serving import make_server

from repository.permissions import SYSTEM
from repository.publishing.actions import publish_records
from repository.publishing.rules import RecordContent, RecordSource


def a_content(title: str = "Sóng cơ", *, thing_id: int = 1, **changes: Any) -> RecordContent:
    content = RecordContent(
        version_id=1,
        path=f"/lectures/{thing_id}",
        title=title,
        creators=("Nguyễn Thị Hoa",),
        date=dt.date(2026, 9, 1),
        description="Bài giảng về sóng cơ và sự truyền sóng.",
        publisher="Bộ Giáo dục và Đào tạo",
        subjects=("Vật lí", "Sóng"),
        languages=("vi",),
        rights=("https://creativecommons.org/licenses/by/4.0/",),
        sets=("subject:vat-li",),
        schema_org={"@type": ["LearningResource", "VideoObject"], "educationalLevel": ["Lớp 11"]},
    )
    return replace(content, **changes)


def some_records(session: Session, amount: int, now: dt.datetime, *, kind: str = "lecture", first: int = 1) -> None:
    """Publish ``amount`` lectures, of physics and mathematics in turn."""
    contents = {
        number: a_content(f"Bài {number}", thing_id=number, sets=("subject:vat-li" if number % 2 else "subject:toan",))
        for number in range(first, first + amount)
    }
    publish_records(session, SYSTEM, kind, contents, now=now)


def a_record_source(contents: dict[int, RecordContent]) -> RecordSource:
    """A source that reads a dictionary: change it as people would change the library."""

    def read(session: Session, ids: Sequence[int]) -> Mapping[int, RecordContent]:
        return {id: contents[id] for id in ids if id in contents}

    return RecordSource(lambda session: sorted(contents), read)


@contextmanager
def served(application: Any) -> Iterator[str]:
    """A WSGI application on a free port of this machine."""
    server = make_server("127.0.0.1", 0, application, threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
