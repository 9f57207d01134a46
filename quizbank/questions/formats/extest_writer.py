r"""Write questions for the LaTeX package ``ex_test``; ``read_extest`` reads them again."""

import re
from typing import BinaryIO

from quizbank.questions.formats.extest_notes import GRADES
from quizbank.questions.formats.text_lines import IMAGE
from quizbank.questions.formats.writing import Export, Loss, Losses, lost_levels
from quizbank.questions.problems import Problem, problem
from quizbank.questions.rules import NewQuestion, QuestionContent, QuestionType

_PIECE = re.compile(
    r"(?P<math>\$\$.+?\$\$|(?<!\\)\$(?:[^$\\\n]|\\.)+?\$)|(?P<dollar>\\\$)|(?P<open><(?P<tag>b|strong|i|em|u|sub|sup)>)"
    r"|(?P<close></(?:b|strong|i|em|u|sub|sup)>)|(?P<image>!\[[^\]\n]*\]\((?P<target>[^()\s]*)\))|(?P<break><br\s*/?>|\n)"
    r"|(?P<entity>&(?:amp|lt|gt);)",
    re.DOTALL,
)
_COMMANDS = {"b": "textbf", "strong": "textbf", "i": "textit", "em": "textit", "u": "underline"}
_COMMANDS |= {"sub": "textsubscript", "sup": "textsuperscript"}
_ESCAPED = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "%": r"\%",
    "&": r"\&",
    "#": r"\#",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "$": r"\$",
    "–": "--",
    "—": "---",
    "“": "``",
    "”": "''",
}
_ENTITIES = {"&amp;": r"\&", "&lt;": "<", "&gt;": ">"}
_OTHER_TAG = re.compile(r"</?(?:table|ul|ol|li|p|code|pre|blockquote|a|s)\b", re.IGNORECASE)


def write_extest(export: Export, output: BinaryIO) -> Losses:
    """Write a ``.tex``, exercise after exercise; see ``formats.writing.Writer``."""
    output.write(f"% {' '.join(export.title.split())}\n% ex_test\n\n".encode())
    for identifier, new in export.questions:
        output.write(f"{exercise_of(new)}\n\n".encode())
        export.losses.extend(Loss(identifier, found) for found in losses_of(new))
    return export.losses


def exercise_of(new: NewQuestion) -> str:
    content = new.content
    code = next((tag.removeprefix("ID6:") for tag in new.placement.tags if tag.startswith("ID6:")), "")
    answers = [] if content.type is QuestionType.ESSAY else [_answers(content)]
    lines = [r"\begin{ex}" + (f"%[{code}]" if code else ""), tex_of(content.stem), *answers]
    if content.explanation:
        lines.append(rf"\loigiai{{{tex_of(content.explanation)}}}")
    return "\n".join([*lines, r"\end{ex}"])


def _answers(content: QuestionContent) -> str:
    if content.type is QuestionType.SHORT_ANSWER:
        return rf"\shortans{{{tex_of(content.parts[0].text)}}}"
    command = "choiceTF" if content.type is QuestionType.TRUE_FALSE else "choice"
    marks = {True: r"\True ", False: ""}
    parts = [f"{{{marks[part.is_true]}{tex_of(part.text)}}}" for part in content.parts]
    return "\n".join([f"\\{command}", *parts])


def tex_of(source: str) -> str:
    """A text of the markup as LaTeX: formulas as they are, everything else escaped."""
    pieces: list[str] = []
    at = 0
    for found in _PIECE.finditer(source):
        pieces += [_escaped(source[at : found.start()]), _piece(found)]
        at = found.end()
    return "".join([*pieces, _escaped(source[at:])])


def _piece(found: re.Match[str]) -> str:
    if found["math"]:
        return found["math"]
    if found["dollar"]:
        return r"\$"
    if found["open"]:
        return f"\\{_COMMANDS[found['tag']]}{{"
    if found["close"]:
        return "}"
    if found["image"]:
        return rf"\includegraphics{{{found['target'].removeprefix('media:')}}}"
    return "\\\\\n" if found["break"] else _ENTITIES[found["entity"]]


def _escaped(text: str) -> str:
    return "".join(_ESCAPED.get(char, char) for char in text)


def losses_of(new: NewQuestion) -> list[Problem]:
    """What ``ex_test`` has no place for."""
    content, placement = new.content, new.placement
    texts = [content.stem, content.explanation, *(part.text for part in content.parts)]
    has_code = any(tag.startswith("ID6:") and tag[4:5] in GRADES for tag in placement.tags)
    kept = {
        "hình": any(IMAGE.search(text) for text in texts),
        "bảng và danh sách": any(_OTHER_TAG.search(text) for text in texts),
        "ngữ liệu": new.passage,
        "nhiều đáp án đúng": content.type is QuestionType.MULTIPLE_RESPONSE,
        "các đáp án khác": content.type is QuestionType.SHORT_ANSWER and len(content.parts) > 1,
        "sai số": content.tolerance is not None,
        "phương án giữ chỗ": content.keeps_order or any(part.is_locked for part in content.parts),
        "chủ đề": placement.topic,
        "mức độ": placement.level and not has_code,
        "nhãn": [tag for tag in placement.tags if not tag.startswith("ID6:")],
        "giấy phép": new.licence,
        "nguồn": new.source,
    }
    return [*(problem("cannot-hold", what=what) for what, value in kept.items() if value), *lost_levels(content)]
