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
            tally.refused[str(file.refusal.message)] += 1
        for question in file.questions:
            if question.verdict is not Verdict.LEAVE_OUT:
                tally.imported += 1
                continue
            reasons = [problem for problem in question.problems if PROBLEMS[problem.code][0] is Verdict.LEAVE_OUT]
            tally.left_out[reasons[0].facts.get("kind") or reasons[0].code] += 1
    return found


def table() -> str:
    lines = [
        "| source | files | questions | imported | left out, and why | refused, and why |",
        "|---|---|---|---|---|---|",
    ]
    with tempfile.TemporaryDirectory() as scratch:
        for folder in FOLDERS:
            for name, tally in tallies(folder, Path(scratch)).items():
                left = "; ".join(f"{count} {reason}" for reason, count in tally.left_out.most_common())
                refused = "; ".join(f"{count} {reason}" for reason, count in tally.refused.most_common())
                lines.append(
                    f"| {name} | {tally.files} | {tally.questions} | {tally.imported} | "
                    f"{sum(tally.left_out.values())}: {left} | {sum(tally.refused.values())}: {refused} |"
                )
    return "\n".join(lines)


if __name__ == "__main__":
    print(table())
