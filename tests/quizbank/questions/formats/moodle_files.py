"""The real files of GIFT, Aiken, Moodle XML, missing words and cloze beside the project, read one by one.

``python -m tests.quizbank.questions.formats.moodle_files`` prints the table of ``docs/formats.md``.
"""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from quizbank.questions.formats.catalogue import get_format
from quizbank.questions.formats.paper import ParsedQuestion, SourceFile
from quizbank.questions.problems import PROBLEMS, Verdict
from repository.errors import Invalid
from tests.shared_data import SHARED

FOLDERS = {"gift": "gift", "aiken": "aiken", "moodlexml": "moodle", "missingword": "missingword", "cloze": "cloze"}
"""Folder -> format; an XML file is Moodle XML wherever it lies."""


@dataclass
class Tally:
    files: int = 0
    questions: int = 0
    imported: int = 0
    held: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)


def files_of(folder: str) -> list[Path]:
    paths = sorted((SHARED / "formats" / folder).rglob("*"))
    return [path for path in paths if path.is_file() and path.suffix in {".gift", ".txt", ".xml"}]


def tallies() -> dict[str, Tally]:
    """What became of the files, by folder and the repository they come from."""
    found: dict[str, Tally] = {}
    for folder, format_id in FOLDERS.items():
        for path in files_of(folder):
            repository = path.relative_to(SHARED / "formats" / folder).parts[0]
            tally = found.setdefault(f"{folder}/{repository}", Tally())
            read = get_format("moodle" if path.suffix == ".xml" else format_id).read
            tally.files += 1
            try:
                for question in read(SourceFile(path, path.name)):
                    _count(tally, question)
            except Invalid as refusal:
                tally.refused[str(refusal)] += 1
    return found


def _count(tally: Tally, question: ParsedQuestion) -> None:
    tally.questions += 1
    if question.verdict is not Verdict.LEAVE_OUT:
        tally.imported += 1
        tally.held += question.verdict is Verdict.HOLD
        return
    reason = next(found for found in question.problems if PROBLEMS[found.code][0] is Verdict.LEAVE_OUT)
    tally.left_out[reason.facts.get("kind") or reason.code] += 1


def table() -> str:
    lines = ["| source | files | questions found | imported | left out, why |", "|---|---|---|---|---|"]
    for name, tally in sorted(tallies().items()):
        why = "; ".join(f"{count} {reason}" for reason, count in (tally.left_out + tally.refused).most_common())
        held = f" ({tally.held} held)" if tally.held else ""
        lines.append(f"| `{name}` | {tally.files} | {tally.questions} | {tally.imported}{held} | {why or 'none'} |")
    return "\n".join(lines)


if __name__ == "__main__":
    print(table())
