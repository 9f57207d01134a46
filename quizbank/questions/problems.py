"""What a reader of questions may doubt, drop or refuse, and what becomes of the question then: one table."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum


@dataclass(frozen=True)
class Problem:
    """Something in a question that a person must decide. ``code`` is stable; ``message`` a Vietnamese msgid."""

    code: str
    message: str
    facts: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.message.format(**self.facts)


class Verdict(StrEnum):
    """What becomes of a question with a problem.

    ``LEAVE_OUT``: not stored until a person mends it. ``HOLD``: stored as a draft, never published by the machine.
    ``NOTE``: stored as usual; the person is told how the doubtful place was read.
    """

    LEAVE_OUT = "leave-out"
    HOLD = "hold"
    NOTE = "note"


_LEAVE, _HOLD, _NOTE = Verdict.LEAVE_OUT, Verdict.HOLD, Verdict.NOTE

PROBLEMS: dict[str, tuple[Verdict, str]] = {
    "not-a-question": (_LEAVE, "Đoạn này không đọc được thành câu hỏi."),
    "empty-stem": (_LEAVE, "Câu hỏi không có lời dẫn."),
    "no-options": (_LEAVE, "Câu hỏi không có phương án nào."),
    "missing-option": (_LEAVE, "Thiếu phương án {letters}."),
    "repeated-option": (_LEAVE, "Chữ cái {letters} được dùng cho hai phương án."),
    "empty-option": (_LEAVE, "Phương án {letters} để trống."),
    "identical-options": (_LEAVE, "Các phương án {letters} giống hệt nhau."),
    "glued-option": (_LEAVE, "Phương án {letters} dính vào đoạn trước, không rõ bắt đầu từ đâu."),
    "runaway-option": (_LEAVE, "Sau phương án {letters} có dòng thừa: “{text}”."),
    "too-many-options": (_LEAVE, "Câu hỏi có quá {limit} phương án."),
    "wrong-statement-count": (_LEAVE, "Câu đúng/sai phải có đúng bốn ý."),
    "no-key": (_LEAVE, "Không có đáp án."),
    "two-keys": (_LEAVE, "Hai chỗ nêu đáp án khác nhau: {keys}."),
    "key-not-an-option": (_LEAVE, "Đáp án “{key}” không phải là một phương án của câu."),
    "key-does-not-fit": (_LEAVE, "Đáp án “{key}” không khớp với số ý của câu."),
    "contradicts-another": (_LEAVE, "Câu giống hệt đã có trong kho nhưng đáp án khác ({other})."),
    "missing-image": (_LEAVE, "Không tìm thấy tệp hình {image}."),
    "bad-image": (_LEAVE, "Tệp {image} không phải là hình dùng được."),
    "left-out": (_LEAVE, "Người nhập đã bỏ câu này."),
    "too-long": (_LEAVE, "Đoạn văn bản dài quá {limit} ký tự."),
    "essay-with-options": (_LEAVE, "Câu tự luận không có phương án."),
    "not-a-number": (_LEAVE, "Đáp án “{key}” không phải là số."),
    "unread-key-row": (_LEAVE, "Không đọc được dòng này trong bảng đáp án: “{text}”."),
    "key-of-no-question": (_LEAVE, "Bảng đáp án nêu câu {number}, nhưng đề không có câu này."),
    "unclear-table-key": (_LEAVE, "Nhiều câu cùng mang số này, nên không rõ đáp án trong bảng là của câu nào."),
    "no-questions": (_LEAVE, "Không tìm thấy câu hỏi nào: mỗi câu bắt đầu bằng “Câu 1.”, “Câu 2.”…"),
    "unreadable-file": (_LEAVE, "Không đọc được tệp này: {reason}"),
    "no-subject": (_LEAVE, "Không rõ câu thuộc môn nào."),
    "missing-figure": (_HOLD, "Câu nhắc đến hình hoặc biểu đồ nhưng không có hình nào."),
    "unclear-image": (_HOLD, "Hình có thể thuộc về câu sau: câu này không nhắc đến hình, câu sau thì có."),
    "missing-passage": (_HOLD, "Câu dùng chung ngữ liệu nhưng không rõ ngữ liệu bắt đầu và kết thúc ở đâu."),
    "glued-question": (_HOLD, "Câu này bắt đầu giữa dòng, dính vào câu trước."),
    "text-before-question": (_HOLD, "Không rõ đoạn ngay trước câu này thuộc về câu nào: “{text}”."),
    "option-mark": (_NOTE, "Chữ cái {letters} đứng đầu dòng thiếu dấu chấm, được đọc là phương án."),
    "option-order": (_NOTE, "Các phương án không theo thứ tự chữ cái trong nguồn."),
    "continued-option": (_NOTE, "Phương án {letters} kéo dài sang dòng sau."),
    "image-after-options": (_NOTE, "Hình đứng sau các phương án được đưa vào lời dẫn."),
    "key-from-explanation": (_NOTE, "Đáp án lấy từ câu “Chọn {key}” trong lời giải."),
    "key-from-statements": (_NOTE, "Đáp án lấy từ lời giải của từng ý: {key}."),
    "repeated-number": (_NOTE, "Số câu này đã có trước đó."),
    "skipped-number": (_NOTE, "Không thấy câu {number} trong nguồn."),
    "stem-from-blank": (_NOTE, "Lời dẫn là chỗ trống số {number} trong ngữ liệu."),
    "tag-before-stem": (_NOTE, "Nhãn đứng trước lời dẫn được tách riêng: {text}."),
    "page-line": (_NOTE, "Đã bỏ dòng của trang giấy: “{text}”."),
    "not-in-curriculum": (_NOTE, "“{text}” không có trong chương trình, nên được giữ làm nhãn."),
    "duplicate": (_NOTE, "Câu này đã có trong kho ({other})."),
    "near-duplicate": (_NOTE, "Câu này giống {percent}% một câu đã có trong kho ({other})."),
    "unsupported-type": (_LEAVE, "Dạng câu “{kind}” kho chưa giữ được; nguồn được giữ nguyên."),
    "missing-file": (_HOLD, "Gói thiếu tệp {path} mà câu này dùng."),
    "broken-file": (_LEAVE, "Không đọc được tệp {path} trong gói: {reason}"),
    "unreadable-part": (_HOLD, "Không đọc được {what}."),
    "dropped": (_NOTE, "Đã bỏ {what}: kho không giữ được."),
    "changed": (_NOTE, "{what} được đọc thành {meant}."),
    "scored-otherwise": (_NOTE, "Câu gốc chấm khác kho: {cases}."),
    "unchecked-scoring": (_NOTE, "Không chạy được cách chấm của câu gốc ({what}); đáp án lấy từ chỗ câu khai."),
    "cannot-hold": (_NOTE, "Định dạng này không giữ được {what}."),
    "not-written": (_NOTE, "Định dạng này không có dạng câu này: câu không có trong tệp."),
    "unclosed-tex": (_LEAVE, "Không thấy chỗ đóng của {what}."),
    "two-answers": (_LEAVE, "Một câu có hai nhóm phương án hoặc đáp án."),
    "drawn-figure": (_HOLD, "Hình vẽ bằng {what} được giữ trong nguồn, chưa thành hình."),
}
"""One table decides: what each problem says, and whether the question comes in."""


def problem(code: str, **facts: object) -> Problem:
    return Problem(code, PROBLEMS[code][1], {name: str(value) for name, value in facts.items()})


def verdict_of(problems: Iterable[Problem]) -> Verdict:
    """The gravest verdict among the problems."""
    verdicts = {PROBLEMS[found.code][0] for found in problems}
    return next((verdict for verdict in (_LEAVE, _HOLD) if verdict in verdicts), _NOTE)
