"""The real files of QTI, Common Cartridge and H5P beside the project, read one by one; folders that hold an unpacked
package are zipped first. ``python -m tests.quizbank.questions.formats.foreign_files`` prints the table of
``docs/formats.md``."""

import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from quizbank.questions.formats.h5p import read_h5p
from quizbank.questions.formats.paper import ParsedQuestion, Reader, SourceFile
from quizbank.questions.formats.qti import read_qti
from quizbank.questions.problems import PROBLEMS, Verdict
from repository.errors import Invalid
from tests.shared_data import SHARED

FOLDERS: dict[str, Reader] = {
    "qti12": read_qti,
    "qti21": read_qti,
    "qti22": read_qti,
    "qti3": read_qti,
    "cc": read_qti,
    "h5p": read_h5p,
}
ENGLISH = {
    "chọn hình": "choosing pictures",
    "chọn trên hình": "hot spot",
    "chọn trong văn bản": "hot text",
    "chọn từ trong văn bản": "marking words",
    "chấm điểm trên hình": "points on a picture",
    "câu có tham số": "calculated",
    "câu có tham số (template)": "template",
    "câu thích ứng (adaptive)": "adaptive",
    "câu ở một ngân hàng khác": "item of another bank",
    "ghép cặp": "matching",
    "ghép đôi": "associating",
    "ghép đôi trên hình": "associating on a picture",
    "không có phần trả lời": "nothing to answer",
    "không khai báo câu trả lời": "no declared response",
    "kéo thả": "dragging",
    "kéo vào chỗ trống": "gap match",
    "kéo vào hình": "gap match on a picture",
    "nghe nhìn": "media only",
    "nhiều chỗ trống": "several blanks",
    "nhiều danh sách chọn": "several dropdowns",
    "nộp tệp": "upload",
    "phân loại": "categorising",
    "phép tính ngẫu nhiên": "random sums",
    "sắp thứ tự": "ordering",
    "sắp thứ tự trên hình": "ordering on a picture",
    "thanh trượt": "slider",
    "tự luận": "essay",
    "vẽ hình": "drawing",
    "đặt vật trên hình": "placing on a picture",
    "Dòng {line}: <{name}> không phải là câu hỏi QTI.": "no question file (results, manifests, settings)",
    "Dòng {line}: tệp XML sai cú pháp ({reason}).": "XML not well-formed",
    "Dòng {line}: tệp này không có câu hỏi nào.": "no item in it",
    "Dòng {line}: tệp này là bài kiểm tra QTI, chỉ trỏ tới các câu hỏi ở tệp khác; hãy nhập cả gói.": (
        "a test that only points to items"
    ),
    "Gói không có câu hỏi QTI nào.": "a package without questions",
    "Gói H5P loại {library} không có câu hỏi nào.": "content without questions",
    "Gói nén bị hỏng hoặc không đúng định dạng ZIP.": "no zip",
    "Tệp {path}, dòng {line}: JSON sai cú pháp.": "JSON not well-formed",
}
"""What the table of the guide calls the reasons."""
_ENDINGS = {".xml", ".qti", ".zip", ".imscc", ".h5p"}


@dataclass(frozen=True)
class Found:
    """What became of one file: its questions, or why it was refused."""

    name: str
    questions: tuple[ParsedQuestion, ...] = ()
    refusal: Invalid | None = None


@dataclass
class Tally:
    files: int = 0
    questions: int = 0
    imported: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)


def files_of(folder: str, scratch: Path) -> Iterator[tuple[str, Path]]:
    """Every file that may hold questions, and every unpacked package as a zip."""
    base = SHARED / "formats" / folder
    for path in sorted(base.rglob("*")):
        if path.is_file() and path.suffix in _ENDINGS:
            yield str(path.relative_to(base)), path
        if path.name == "imsmanifest.xml":
            zipped = scratch / f"{folder}-{len(list(scratch.iterdir()))}.zip"
            with zipfile.ZipFile(zipped, "w") as package:
                for inner in sorted(path.parent.rglob("*")):
                    if inner.is_file():
                        package.write(inner, inner.relative_to(path.parent))
            yield f"{path.parent.relative_to(base)}/", zipped


def read_folder(folder: str, scratch: Path) -> Iterator[Found]:
    for name, path in files_of(folder, scratch):
        try:
            yield Found(name, tuple(FOLDERS[folder](SourceFile(path, path.name))))
        except Invalid as error:
            yield Found(name, refusal=error)


def tallies(folder: str, scratch: Path) -> dict[str, Tally]:
    """What became of the files, by the repository they come from."""
    found: dict[str, Tally] = {}
    for file in read_folder(folder, scratch):
        tally = found.setdefault(f"{folder}/{file.name.partition('/')[0]}", Tally())
        tally.files += 1
        tally.questions += len(file.questions)
        if file.refusal is not None:
            tally.refused[in_english(str(file.refusal.message))] += 1
        for question in file.questions:
            if question.verdict is not Verdict.LEAVE_OUT:
                tally.imported += 1
                continue
            grave = [problem for problem in question.problems if PROBLEMS[problem.code][0] is Verdict.LEAVE_OUT]
            reasons = grave or question.problems
            tally.left_out[in_english(reasons[0].facts.get("kind") or f"`{reasons[0].code}`")] += 1
    return found


def in_english(reason: str) -> str:
    return "several parts" if reason.startswith("nhiều phần trả lời") else ENGLISH.get(reason, reason)


def table() -> str:
    lines = [
        "| source | files | questions | imported | left out, and why | refused, and why |",
        "|---|---|---|---|---|---|",
    ]
    with tempfile.TemporaryDirectory() as scratch:
        for folder in FOLDERS:
            for name, tally in tallies(folder, Path(scratch)).items():
                left = ", ".join(f"{count} {reason}" for reason, count in tally.left_out.most_common())
                refused = ", ".join(f"{count} {reason}" for reason, count in tally.refused.most_common())
                lines.append(
                    f"| {name.replace('__', '/')} | {tally.files} | {tally.questions} | {tally.imported} | "
                    f"{left or 'none'} | {refused or 'none'} |"
                )
    return "\n".join(lines)


if __name__ == "__main__":
    print(table())
