"""Read question papers in Word (.docx): the document becomes lines, and the parser of plain-text papers reads them.

``docs/formats.md`` says which conventions of teachers are understood. What stands in a line and is no text (formulas,
pictures, tables) is one private character until the questions are built; how the letters of options look decides,
over the whole paper, which of them are marked as right.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from quizbank.questions.formats.paper import ParsedQuestion, SourceFile
from quizbank.questions.formats.text import parse_lines
from quizbank.questions.formats.text_lines import IMAGE
from quizbank.questions.formats.word_document import Document, read_document
from quizbank.questions.formats.word_marks import key_marks
from quizbank.questions.formats.word_metafiles import is_packed_metafile, pictures_for_the_web
from quizbank.questions.formats.word_objects import Objects
from quizbank.questions.formats.word_office import as_docx
from quizbank.questions.formats.word_package import WordPackage, open_word
from quizbank.questions.formats.word_separators import without_separators
from quizbank.questions.problems import Problem, problem
from quizbank.questions.rules import MAX_TEXT, Part, QuestionContent


def read_word(source: SourceFile) -> Iterator[ParsedQuestion]:
    """The questions of a Word document, in its order. Old binary documents go through LibreOffice where it is.

    Raises:
        Invalid: encrypted, broken, hostile, too large, or of a kind that only LibreOffice could read and it isn't here.
    """
    with as_docx(source) as path:
        yield from _read(path)


def _read(path: Path) -> Iterator[ParsedQuestion]:
    with open_word(path) as package:
        objects = Objects()
        document, pictures = read_document(package, objects)
        paper = parse_lines(without_separators(document.lines), key_marks(document.looks))
        notes = _notes_by_question(document, paper.questions) if paper.questions else {}
        shown = _Pictures(package, pictures)
        for place, question in enumerate(paper.questions):
            yield _finished(question, notes.get(place, ()), document, objects, shown)


class _Pictures:
    """The bytes of pictures by their names in the texts, as they may be shown.

    Metafiles are drawn together, the first time that one is asked for: starting a program takes seconds.
    """

    def __init__(self, package: WordPackage, paths: Mapping[str, str]) -> None:
        self._package, self._paths = package, paths
        self._drawn: dict[str, bytes] | None = None

    def of(self, targets: tuple[str, ...]) -> tuple[dict[str, bytes], list[Problem]]:
        found: dict[str, bytes] = {}
        doubts: list[Problem] = []
        for target in targets:
            if target not in self._paths:
                doubts.append(problem("missing-image", image=target))
                continue
            data = self._data(target)
            shown = self._shown(target, data)
            if shown is None and is_packed_metafile(data):
                doubts.append(problem("unreadable-part", what=f"hình {target} (WMF/EMF)"))
            elif shown is None:
                doubts.append(problem("bad-image", image=target))
            found[target] = data if shown is None else shown
        return found, doubts

    def _data(self, target: str) -> bytes:
        return self._package.data(self._paths[target]) or b""

    def _shown(self, target: str, data: bytes) -> bytes | None:
        if not is_packed_metafile(data):
            return pictures_for_the_web({target: data}).get(target)
        if self._drawn is None:
            metafiles = {name: other for name in self._paths if is_packed_metafile(other := self._data(name))}
            self._drawn = pictures_for_the_web(metafiles)
        return self._drawn.get(target)


def _notes_by_question(document: Document, questions: Sequence[ParsedQuestion]) -> dict[int, tuple[Problem, ...]]:
    """What was noted while reading, by the position of the question it stands in or above.

    What stands above the first question is read only where it's a passage, and only then its notes count.
    """
    order = sorted(range(len(questions)), key=lambda place: questions[place].lines)
    found: dict[int, tuple[Problem, ...]] = {}
    for note in document.notes:
        place = next((place for place in order if note.line <= questions[place].lines[1]), order[-1])
        is_letterhead = place == order[0] and note.line < questions[place].lines[0] and questions[place].label
        if is_letterhead and not questions[place].passage:
            continue
        if note.problem not in found.get(place, ()):
            found[place] = (*found.get(place, ()), note.problem)
    return found


def _finished(
    question: ParsedQuestion,
    notes: tuple[Problem, ...],
    document: Document,
    objects: Objects,
    pictures: _Pictures,
) -> ParsedQuestion:
    """The question with its formulas, tables and pictures, its place, and its source in words."""
    draft = _expanded(question.draft, objects) if question.draft else None
    passage = objects.expand(question.passage)
    images = _images_in(draft, passage)
    found, doubts = pictures.of(images)
    problems = [replace(one, facts={k: objects.expand(v) for k, v in one.facts.items()}) for one in question.problems]
    if images:  # the parser could not see a picture inside a table
        problems = [one for one in problems if one.code != "missing-figure"]
    problems += [*notes, *doubts]
    if draft and _is_too_long(draft) and all(one.code != "too-long" for one in problems):
        problems.append(problem("too-long", limit=MAX_TEXT))
    return replace(
        question,
        lines=(0, 0),
        at=document.place_of(question.lines[0]),
        source=_source_of(question, document, objects),
        draft=draft,
        passage=passage,
        images=images,
        pictures=found,
        problems=tuple(problems),
    )


def _expanded(draft: QuestionContent, objects: Objects) -> QuestionContent:
    parts = tuple(Part(objects.expand(part.text), part.is_true, part.is_locked) for part in draft.parts)
    return replace(draft, stem=objects.expand(draft.stem), explanation=objects.expand(draft.explanation), parts=parts)


def _images_in(draft: QuestionContent | None, passage: str) -> tuple[str, ...]:
    texts = [passage, *([draft.stem, draft.explanation, *(part.text for part in draft.parts)] if draft else [])]
    return tuple(dict.fromkeys(found["target"] for text in texts for found in IMAGE.finditer(text)))


def _is_too_long(draft: QuestionContent) -> bool:
    return max(map(len, (draft.stem, draft.explanation, *(part.text for part in draft.parts)))) > MAX_TEXT


def _source_of(question: ParsedQuestion, document: Document, objects: Objects) -> str:
    """The lines of the question with the marks on its options in words: ``B. hai ⟨B gạch chân⟩``."""
    first, last = question.lines
    lines = [
        f"{line.text} ⟨{document.marks[line.number]}⟩" if line.number in document.marks else line.text
        for line in document.lines[first - 1 : last]
    ]
    return objects.expand("\n".join(lines))[:100_000].strip()
