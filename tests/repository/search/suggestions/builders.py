"""A small library, and the index as a helper sees it, read from the documents themselves."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from repository.search.documents import SearchDocument
from repository.search.suggestions.building import LexiconBuilder
from repository.search.suggestions.fresh import FreshTitles
from repository.search.suggestions.helper import Helper
from repository.search.suggestions.lexicon import Lexicon
from repository.search.text import words_of
from tests.repository.search.builders import a_document

SENTENCES = (
    "Giải phương trình bậc hai một ẩn.",
    "Phương trình bậc hai có hai nghiệm phân biệt.",
    "Tìm nghiệm của phương trình đường thẳng.",
    "Lập phương trình mặt cầu.",
    "Lập phương trình, rồi giải phương trình.",
    "Hàm số đồng biến trên khoảng nào?",
    "Xét tính đồng biến của hàm số bậc ba.",
    "Đường thẳng vuông góc với mặt phẳng.",
    "Hai đường thẳng vuông góc với nhau.",
    "Phản ứng hoá học toả nhiệt.",
    "Tốc độ của phản ứng hóa học.",
    "Chiến tranh lạnh bắt đầu năm nào?",
    "Việt Nam trong thời kì Chiến tranh lạnh.",
    "Dân số của phường trong thành phố.",
    "Bầu cử ở phường và xã.",
)


class LiveDocuments:
    """What is published: take a document away and it is withdrawn."""

    def __init__(self, documents: Iterable[SearchDocument]) -> None:
        self.documents = {(document.kind, document.id): document for document in documents}

    def withdraw(self, document: SearchDocument) -> None:
        del self.documents[document.kind, document.id]

    def holds_phrase(self, words: Sequence[str]) -> bool:
        wanted = set(pairwise(words))
        texts = map(folded_of, self.documents.values())
        return any(set(words) <= set(text) and wanted <= set(pairwise(text)) for text in texts)

    def holds_words(self, words: Sequence[str]) -> bool:
        return any(set(words) <= set(folded_of(document)) for document in self.documents.values())

    def title_of(self, kind: str, id: int) -> str | None:
        found = self.documents.get((kind, id))
        return found.title if found else None


def folded_of(document: SearchDocument) -> list[str]:
    texts = (document.title, document.body, document.more, *document.keywords, *document.people)
    return [form.folded for form in words_of("\n".join(texts))]


def questions_of(*sentences: str) -> list[SearchDocument]:
    return [a_document("Câu hỏi", body=sentence) for sentence in sentences]


def a_lecture(title: str, id: int = 0, *, people: tuple[str, ...] = (), topic: str = "") -> SearchDocument:
    lecture = a_document(title, kind="lecture", id=id, keywords=people)
    return replace(lecture, people=people, facets={"topic": (topic,)} if topic else {})


def a_library() -> list[SearchDocument]:
    """Every sentence in three questions, two lectures."""
    return [
        *questions_of(*(SENTENCES * 3)),
        a_lecture("Bài 3: Phương trình bậc hai", 11, people=("Nguyễn Thị Hoà",)),
        a_lecture("Chuyển động thẳng đều", 12, people=("Sở Giáo dục và Đào tạo Hà Nội",)),
    ]


def a_lexicon(documents: Iterable[SearchDocument]) -> Lexicon:
    builder = LexiconBuilder()
    for document in documents:
        builder.add(document)
    return builder.finish()


def a_helper(documents: Sequence[SearchDocument], live: LiveDocuments | None = None) -> Helper:
    return Helper(a_lexicon(documents), live or LiveDocuments(documents), FreshTitles())
