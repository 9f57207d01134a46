"""Is all well? Each check says so, or what is wrong and what to do."""

import datetime as dt
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from repository.administration import queries
from repository.jobs import Job, JobState
from repository.migrations import is_current
from repository.search.queries import lag_of
from repository.services import Services

LEAST_FREE_BYTES = 1_000_000_000
LONGEST_WAIT = dt.timedelta(minutes=5)
LONGEST_LAG = dt.timedelta(minutes=1)
MOST_NAMED = 5
CHECK_MESSAGES = {
    "database-well": "Cơ sở dữ liệu trả lời và các bảng ở phiên bản mới nhất.",
    "database-silent": "Cơ sở dữ liệu không trả lời: {error}",
    "database-old": "Các bảng chưa ở phiên bản mới nhất: hãy chạy hoclieu db upgrade.",
    "jobs-well": "Không có công việc nào bị hỏng.",
    "jobs-failed": "{count} công việc không làm được: hãy xem lỗi rồi chạy lại.",
    "worker-well": "Công việc được chạy đúng lúc.",
    "worker-late": "Có công việc chờ đã {minutes} phút: hãy xem bộ chạy công việc (hoclieu worker) có đang chạy không.",
    "search-well": "Chỉ mục tìm kiếm có {count} tài liệu.",
    "search-missing": "Chưa có chỉ mục tìm kiếm: hãy chạy hoclieu search rebuild.",
    "search-corrupt": "Chỉ mục tìm kiếm bị hỏng: hãy chạy hoclieu search rebuild.",
    "search-partial": "Chỉ mục tìm kiếm thiếu {count} mục không đọc được: {names}.",
    "search-late": "Chỉ mục tìm kiếm chậm {minutes} phút, {count} thay đổi chưa vào: hãy xem hoclieu worker.",
    "index-well": "Chỉ mục khớp: {held} tài liệu, {published} mục đã xuất bản, {waiting} việc đang chờ.",
    "index-astray": "Chỉ mục có {held} tài liệu nhưng {published} mục đã xuất bản: hãy chạy hoclieu search rebuild.",
    "stored-well": "{count} tệp đã lưu đều còn đủ.",
    "stored-wrong": "{count} tệp đã lưu bị mất hoặc sai: {names}. Hãy khôi phục từ bản sao lưu.",
    "log-well": "Sổ xuất bản nguyên vẹn: {count} dòng.",
    "log-broken": "Sổ xuất bản bị sửa từ dòng {line}: hãy so với bản sao lưu.",
    "files-well": "Ổ đĩa còn {free_gb} GB.",
    "files-full": "Ổ đĩa chỉ còn {free_gb} GB: hãy thêm chỗ trước khi tải lên tiếp.",
}


@dataclass(frozen=True)
class Check:
    """One thing that was looked at; ``code`` is a key of ``CHECK_MESSAGES``."""

    code: str
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def is_well(self) -> bool:
        return self.code.endswith("-well")

    @property
    def message(self) -> str:
        """A msgid with ``{name}`` places for ``facts``."""
        return CHECK_MESSAGES[self.code]


Looking = Callable[[Session, Services, dt.datetime], Check]


def all_checks(session: Session, services: Services, now: dt.datetime) -> list[Check]:
    """Every check, none of which changes anything."""
    return [look(session, services, now) for look in (database, failed_jobs, waiting_jobs, search_index, disk)]


def database(session: Session, services: Services, _now: dt.datetime) -> Check:
    try:
        session.execute(select(1))
        return Check("database-well" if is_current(services.engine) else "database-old")
    except SQLAlchemyError as error:
        return Check("database-silent", {"error": str(error)[:200]})


def failed_jobs(session: Session, _services: Services, _now: dt.datetime) -> Check:
    failed = queries.count_jobs(session)[JobState.FAILED]
    return Check("jobs-failed", {"count": failed}) if failed else Check("jobs-well")


def waiting_jobs(session: Session, _services: Services, now: dt.datetime) -> Check:
    """A job that is long due and still queued means that no worker runs."""
    due = select(func.min(Job.run_after)).where(Job.state == JobState.QUEUED, Job.run_after < now - LONGEST_WAIT)
    oldest = session.scalar(due)
    if oldest is None:
        return Check("worker-well")
    return Check("worker-late", {"minutes": int((now - oldest).total_seconds() // 60)})


def search_index(session: Session, services: Services, now: dt.datetime) -> Check:
    state = services.search.state()
    if state.problem:
        return Check(f"search-{state.problem}")
    lag = lag_of(session, services.search)
    if lag.since is not None and now - lag.since > LONGEST_LAG:
        return Check("search-late", {"count": lag.changes, "minutes": int((now - lag.since).total_seconds() // 60)})
    if state.left_out:
        names = ", ".join(f"{one.kind} {one.id} ({one.reason})" for one in state.left_out[:MOST_NAMED])
        return Check("search-partial", {"count": len(state.left_out), "names": names})
    return Check("search-well", {"count": state.documents})


def disk(_session: Session, services: Services, _now: dt.datetime) -> Check:
    free = shutil.disk_usage(services.settings.data_dir).free
    return Check("files-full" if free < LEAST_FREE_BYTES else "files-well", {"free_gb": round(free / 1e9, 1)})
