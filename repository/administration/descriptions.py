"""What kinds of jobs, their states and the trail's words are called."""

from repository.jobs import JobState

STATE_LABELS = {
    JobState.QUEUED: "Đang chờ",
    JobState.RUNNING: "Đang chạy",
    JobState.DONE: "Xong",
    JobState.FAILED: "Không làm được",
}
JOB_LABELS = {
    "search.update": "Cập nhật chỉ mục tìm kiếm",
    "search.rebuild": "Dựng lại chỉ mục tìm kiếm",
    "files.sweep": "Dọn tệp không còn dùng",
    "lectures.process": "Xử lí tệp bài giảng",
    "publishing.deliver": "Gửi bản ghi tới nền tảng",
    "attempts.close": "Nộp bài hết giờ",
    "questions.import": "Nhập câu hỏi",
    "quizzes.export": "Xuất đề",
}
THING_LABELS = {
    "person": "Người dùng",
    "organisation": "Đơn vị",
    "api token": "Mã truy cập API",
    "job": "Công việc",
    "lecture": "Bài giảng",
    "upload": "Tệp tải lên",
    "question": "Câu hỏi",
    "import": "Đợt nhập câu hỏi",
    "matrix": "Ma trận đề",
    "quiz": "Đề",
    "class": "Lớp học",
    "assignment": "Bài giao",
    "attempt": "Lượt làm bài",
    "record": "Bản ghi",
}
ADDRESSES = {
    "person": "/admin/people/{id}",
    "job": "/jobs/{id}",
    "lecture": "/lectures/{id}",
    "question": "/questions/{id}",
    "matrix": "/matrices/{id}",
    "quiz": "/quizzes/{id}",
    "class": "/classes/{id}",
    "record": "/records/{id}",
}


def address_of(thing_kind: str, thing_id: int | None) -> str | None:
    """Where a thing of the trail can be seen."""
    pattern = ADDRESSES.get(thing_kind)
    return pattern.format(id=thing_id) if pattern and thing_id is not None else None
