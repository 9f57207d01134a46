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
    "lectures.reread": "Đọc lại nội dung bài giảng",
    "publishing.deliver": "Gửi bản ghi tới nền tảng",
    "attempts.close": "Nộp bài hết giờ",
    "questions.import": "Nhập câu hỏi",
    "questions.export": "Xuất câu hỏi",
    "questions.expire_export": "Dọn tệp xuất hết hạn",
    "questions.bulk_edit": "Sửa câu hỏi hàng loạt",
    "attempts.remark": "Chấm lại theo đáp án đã sửa",
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
    "platform": "Nền tảng",
}
ACTION_LABELS = {
    "sign in": "Đăng nhập",
    "sign out": "Đăng xuất",
    "add": "Thêm",
    "update account": "Sửa tài khoản",
    "change password": "Đổi mật khẩu",
    "reset password": "Đặt lại mật khẩu",
    "set roles": "Đổi vai trò",
    "set organisation": "Đổi đơn vị",
    "activate": "Mở tài khoản",
    "deactivate": "Khoá tài khoản",
    "create token": "Tạo mã truy cập",
    "revoke token": "Thu hồi mã truy cập",
    "retry": "Chạy lại",
    "start upload": "Bắt đầu tải lên",
    "uploaded": "Tải lên",
    "created": "Tạo",
    "imported": "Nhập từ tệp",
    "revised": "Sửa, thành bản mới",
    "submitted": "Gửi thẩm định",
    "returned": "Trả lại",
    "approved": "Duyệt và xuất bản",
    "withdrawn": "Thu hồi",
    "commented": "Góp ý",
    "import questions": "Nhập câu hỏi",
    "undo import": "Hoàn tác nhập câu hỏi",
    "create matrix": "Tạo ma trận",
    "change matrix": "Sửa ma trận",
    "delete matrix": "Xoá ma trận",
    "restore matrix": "Khôi phục ma trận",
    "build quiz": "Tạo đề",
    "add variants": "Thêm mã đề",
    "remove variant": "Bỏ mã đề",
    "swap question": "Đổi câu hỏi",
    "freeze quiz": "Chốt đề",
    "delete quiz": "Xoá đề",
    "restore quiz": "Khôi phục đề",
    "create class": "Tạo lớp",
    "join class": "Vào lớp",
    "remove member": "Đưa ra khỏi lớp",
    "renew join code": "Đổi mã lớp",
    "assign quiz": "Giao đề",
    "close assignment": "Đóng bài giao",
    "start attempt": "Bắt đầu làm bài",
    "submit attempt": "Nộp bài",
    "publish record": "Xuất bản bản ghi",
    "update record": "Cập nhật bản ghi",
    "withdraw record": "Thu hồi bản ghi",
    "request delivery": "Yêu cầu gửi bản ghi",
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


def action_label(action: str, thing_kind: str) -> str | None:
    """The msgid of what was done: ``revised lecture`` and ``create-matrix`` are found as they are recorded."""
    words = action.replace("-", " ")
    return ACTION_LABELS.get(words) or ACTION_LABELS.get(words.removesuffix(" " + thing_kind))


def address_of(thing_kind: str, thing_id: int | None) -> str | None:
    """Where a thing of the trail can be seen."""
    pattern = ADDRESSES.get(thing_kind)
    return pattern.format(id=thing_id) if pattern and thing_id is not None else None
