"""The real files beside the project, read one by one; folders that hold an unpacked package are zipped first.

``python -m tests.quizbank.questions.formats.foreign_files`` writes the table of ``docs/formats.md``; with ``--print``
it only shows it.
"""

import sys
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from quizbank.questions.formats.catalogue import get_format
from quizbank.questions.formats.paper import ParsedQuestion, Reader, SourceFile
from quizbank.questions.problems import PROBLEMS, Verdict
from repository.errors import Invalid
from tests.quizbank.questions.formats.word_documents import PIXEL, docx, equation_object, p
from tests.quizbank.questions.formats.word_fixtures import KEY, PLAIN
from tests.shared_data import SHARED

DOCUMENT = Path(__file__).resolve().parents[4] / "docs" / "formats.md"
BEGIN, END = "<!-- real files: begin -->\n", "\n<!-- real files: end -->"
_XML = (".xml", ".qti", ".zip")
FOLDERS: dict[str, tuple[str, tuple[str, ...]]] = {
    "exams": ("text", (".txt",)),
    "word": ("docx", (".docx",)),
    "mathtype": ("docx", (".bin",)),
    "xlsx": ("xlsx", (".xlsx",)),
    "csv": ("csv", (".csv",)),
    "gift": ("gift", (".gift", ".txt")),
    "aiken": ("aiken", (".txt",)),
    "missingword": ("missingword", (".txt",)),
    "cloze": ("cloze", (".txt", ".xml")),
    "moodlexml": ("moodle", (".xml",)),
    "qti12": ("qti", _XML),
    "qti21": ("qti", _XML),
    "qti22": ("qti", _XML),
    "qti3": ("qti", _XML),
    "cc": ("imscc", (*_XML, ".imscc")),
    "h5p": ("h5p", (".h5p", ".zip")),
}
"""Folder -> format, and the endings of files that may hold questions; Moodle's XML files are Moodle XML everywhere."""
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
    "chọn từ vào chỗ trống (gapselect)": "gapselect",
    "ghép đôi": "pairing",
    "ghép đôi trên hình": "pairing on a picture",
    "kéo thả lên hình (ddimageortext)": "ddimageortext",
    "sắp xếp thứ tự": "ordering",
    "điền nhiều chỗ trống (cloze)": "several blanks",
    "đoạn mô tả": "description",
    "đặt dấu lên hình (ddmarker)": "ddmarker",
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
    "Không nhận ra cột câu hỏi và đáp án trong {name}: hãy gán cột bằng tay.": "no column of questions",
    "Gói không có câu hỏi QTI nào.": "a package without questions",
    "Tệp {name} không có câu hỏi nào.": "no question in it",
    "Gói H5P loại {library} không có câu hỏi nào.": "content without questions",
    "Gói nén bị hỏng hoặc không đúng định dạng ZIP.": "no zip",
    "Tệp {path}, dòng {line}: JSON sai cú pháp.": "JSON not well-formed",
}
"""What the table of the guide calls the reasons."""


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
    held: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)


def base_of(folder: str) -> Path:
    return SHARED / folder if folder == "exams" else SHARED / "formats" / folder


def files_of(folder: str, scratch: Path) -> Iterator[tuple[str, Path]]:
    """Every file that may hold questions, every unpacked package as a zip, every equation in a question of its own."""
    base, (_, endings) = base_of(folder), FOLDERS[folder]
    for path in sorted(base.rglob("*")):
        if path.is_file() and path.suffix in endings:
            name = str(path.relative_to(base))
            yield name, path if path.suffix != ".bin" else _question_with(path, scratch)
        if path.name == "imsmanifest.xml" and ".zip" in endings:
            zipped = scratch / f"{folder}-{len(list(scratch.iterdir()))}.zip"
            with zipfile.ZipFile(zipped, "w") as package:
                for inner in sorted(path.parent.rglob("*")):
                    if inner.is_file():
                        package.write(inner, inner.relative_to(path.parent))
            yield f"{path.parent.relative_to(base)}/", zipped


def _question_with(equation: Path, scratch: Path) -> Path:
    """A Word paper whose one question has this equation object in its stem."""
    body = p("Câu 1. Tính ", equation_object("e1", "m1"), "?") + PLAIN + KEY
    media = {"e1:embeddings/oleObject1.bin": equation.read_bytes(), "m1:media/image1.png": PIXEL}
    written = scratch / f"{equation.stem}.docx"
    written.write_bytes(docx(body, media=media))
    return written


def reader_for(folder: str, path: Path) -> Reader:
    return get_format("moodle" if folder == "cloze" and path.suffix == ".xml" else FOLDERS[folder][0]).read


def read_folder(folder: str, scratch: Path) -> Iterator[Found]:
    """What becomes of each file; one without any question is refused, as the reading process does."""
    for name, path in files_of(folder, scratch):
        try:
            questions = tuple(reader_for(folder, path)(SourceFile(path, path.name)))
            if not questions:
                raise Invalid("Tệp {name} không có câu hỏi nào.", name=path.name)
            yield Found(name, questions)
        except Invalid as error:
            yield Found(name, refusal=error)


def tallies(folder: str, scratch: Path) -> dict[str, Tally]:
    """What became of the files, by the repository they come from."""
    found: dict[str, Tally] = {}
    for file in read_folder(folder, scratch):
        source = folder if folder == "exams" else f"{folder}/{file.name.partition('/')[0]}"
        tally = found.setdefault(source, Tally())
        tally.files += 1
        if file.refusal is not None:
            tally.refused[in_english(str(file.refusal.message))] += 1
        for question in file.questions:
            if any(problem.code == "no-questions" for problem in question.problems):
                tally.refused["`no-questions`"] += 1
                continue
            tally.questions += 1
            if question.verdict is not Verdict.LEAVE_OUT:
                tally.imported += 1
                tally.held += question.verdict is Verdict.HOLD
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
                held = f" ({tally.held} held)" if tally.held else ""
                lines.append(
                    f"| `{name.replace('__', '/')}` | {tally.files} | {tally.questions} | {tally.imported}{held} | "
                    f"{left or 'none'} | {refused or 'none'} |"
                )
    return "\n".join(lines)


def documented() -> str:
    """The table as the guide has it."""
    return DOCUMENT.read_text(encoding="utf-8").partition(BEGIN)[2].partition(END)[0]


def write_table() -> None:
    before, _, rest = DOCUMENT.read_text(encoding="utf-8").partition(BEGIN)
    DOCUMENT.write_text(f"{before}{BEGIN}{table()}{END}{rest.partition(END)[2]}", encoding="utf-8")


if __name__ == "__main__":
    if "--print" in sys.argv[1:]:
        print(table())
    else:
        write_table()
