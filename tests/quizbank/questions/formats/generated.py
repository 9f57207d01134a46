"""Questions of every kind with every sign in them, for round trips through a format."""

import hashlib
import io
import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from hypothesis import strategies as st

from quizbank.questions.formats.paper import ParsedQuestion, SourceFile
from quizbank.questions.formats.writing import Export, Loss, Writer
from quizbank.questions.rules import (
    AnswerKind,
    NewQuestion,
    Part,
    Placement,
    QuestionContent,
    QuestionType,
    check_content,
)
from repository.markup import nfc

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000 1f15c4890000000d49444154789c6364f8cf500f0003860180"
    "5a3497 6b0000000049454e44ae426082".replace(" ", "")
)
SHA256 = hashlib.sha256(PIXEL).hexdigest()

SIGNS = "a B 1 2,5 $ \\ < > & ; ( ) [ ] { } _ ! ^ * - = / “ đ Ệ # : :: ~ % . ? -> %50% // [html] ' \" , | & <"
PIECES = (
    *SIGNS.split(),
    " ",
    "\n",
    "\n\n",
    "$x^2$",
    r"$\frac{1}{2}$",
    r"$$\int_0^1 x\,dx$$",
    r"\(a b\)",
    "y_1",
    f"![hình](media:{SHA256})",
    "<b>đậm</b>",
    "H<sub>2</sub>O",
    "<ul><li>một</li></ul>",
    r"\textbf{x}",
    "&lt;b>",
    "Thủ đô",
    "\\$5",
    "a\tb\nc\td",
)
texts = st.lists(st.sampled_from(PIECES), min_size=1, max_size=8).map("".join).map(nfc).map(str.strip).filter(bool)
values = (
    st.lists(st.sampled_from([*SIGNS.split(), " ", "Hà Nội", "*"]), min_size=1, max_size=4)
    .map("".join)
    .filter(lambda text: bool(text.strip()))
)
numbers = st.sampled_from(["0", "1822", "-3", "2,5", "3.14", "-0,05", "1/3", "22/7", "1000000"])
tolerances = st.sampled_from([None, Decimal("0.01"), Decimal(5)])


@st.composite
def contents(draw: st.DrawFn) -> QuestionContent:
    kind = draw(st.sampled_from(list(QuestionType)))
    stem, explanation = draw(texts), draw(st.one_of(st.just(""), texts))
    if kind is QuestionType.SHORT_ANSWER:
        is_number = draw(st.booleans())
        accepted = draw(st.lists(numbers if is_number else values, min_size=1, max_size=3, unique=True))
        parts = tuple(Part(nfc(value).strip(), is_true=True) for value in accepted)
        answer_kind = AnswerKind.NUMERIC if is_number else AnswerKind.TEXT
        tolerance = draw(tolerances) if is_number else None
        return QuestionContent(kind, stem, parts, explanation, answer_kind, tolerance)
    if kind is QuestionType.ESSAY:
        return QuestionContent(kind, stem, (), explanation)
    count = 4 if kind is QuestionType.TRUE_FALSE else draw(st.integers(2, 8))
    options = draw(st.lists(texts, min_size=count, max_size=count, unique=True))
    if kind is QuestionType.SINGLE_CHOICE:
        key = draw(st.integers(0, count - 1))
        truths = [place == key for place in range(count)]
    else:
        truths = draw(st.lists(st.booleans(), min_size=count, max_size=count))
    locked = draw(st.sets(st.integers(0, count - 1), max_size=1)) if kind is not QuestionType.TRUE_FALSE else set()
    parts = tuple(Part(text, truths[place], place in locked) for place, text in enumerate(options))
    return QuestionContent(kind, stem, parts, explanation, keeps_order=draw(st.booleans()))


@st.composite
def new_questions(draw: st.DrawFn) -> NewQuestion:
    content = draw(contents().filter(lambda content: not check_content(content)))
    placement = Placement(
        draw(st.sampled_from(["", "toan", "tieng-anh"])),
        draw(st.sampled_from(["", "2018"])),
        draw(st.sampled_from([None, 12])),
        None,
        draw(st.sampled_from([None, "2018.van-dung"])),
        draw(st.sampled_from([(), ("đại số", "HK1: [ôn]")])),
    )
    return NewQuestion(
        content,
        placement,
        passage=draw(st.one_of(st.just(""), texts)),
        source=draw(st.sampled_from(["", "Đề thi thử 2025"])),
        licence=draw(st.sampled_from(["", "cc-by-4.0"])),
    )


def media(sha256: str) -> bytes:
    if sha256 != SHA256:
        raise KeyError(sha256)
    return PIXEL


def there_and_back(
    news: Iterable[NewQuestion], write: Writer, read: Callable[[SourceFile], Iterable[ParsedQuestion]], path: Path
) -> tuple[list[ParsedQuestion], list[Loss]]:
    """What comes back of questions that were written and read again."""
    output = io.BytesIO()
    losses = write(Export("Đề số 1", ((f"q-{n}", new) for n, new in enumerate(news, start=1)), media), output)
    path.write_bytes(output.getvalue())
    return list(read(SourceFile(path, path.name))), list(losses)


def with_media(question: ParsedQuestion, text: str) -> str:
    """A text with the pictures that came in the file named by their hash, as an import would store them."""

    def named(found: re.Match[str]) -> str:
        data = question.pictures.get(found[1])
        return f"](media:{hashlib.sha256(data).hexdigest()})" if data is not None else found[0]

    return re.sub(r"\]\(([^()\s]+)\)", named, text)


def content_back(question: ParsedQuestion) -> QuestionContent | None:
    draft = question.draft
    if draft is None:
        return None
    return replace(
        draft,
        stem=with_media(question, draft.stem),
        explanation=with_media(question, draft.explanation),
        parts=tuple(replace(part, text=with_media(question, part.text)) for part in draft.parts),
    )


def assert_the_same(question: ParsedQuestion, new: NewQuestion, losses: list[Loss], about_order: str) -> None:
    """What came back is what left, as far as the writer named no other loss than that of an order."""
    lost = [loss.problem.facts["what"] for loss in losses]
    if any(not what.startswith(about_order) for what in lost):
        return
    place, said = new.placement, question.said
    assert content_back(question) == new.content
    assert with_media(question, question.passage) == new.passage
    assert (said.subject, said.programme, said.grade) == (place.subject, place.programme, place.grade)
    assert (said.topic, said.level) == (place.topic or "", place.level or "")
    assert (said.licence, said.source) == (new.licence, new.source)
    assert said.tags == place.tags
    assert question.problems == ()
