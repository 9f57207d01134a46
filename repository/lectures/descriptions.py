"""A lecture as others see it: names of its properties, its search document."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from repository.accounts.models import Organisation
from repository.curriculum.queries import curriculum
from repository.lectures.models import Lecture, LectureOpenings, LectureVersion
from repository.lectures.places import split
from repository.lectures.queries import published_ids, reviewed_ids
from repository.lectures.rules import LectureEvent, LectureKind
from repository.markup import plain
from repository.search.documents import DocumentSource, SearchDocument

KIND = "lecture"

KIND_LABELS = {
    LectureKind.SCORM: "Bài giảng tương tác (SCORM)",
    LectureKind.H5P: "Nội dung tương tác (H5P)",
    LectureKind.HTML: "Trang web (HTML)",
    LectureKind.VIDEO: "Video",
    LectureKind.AUDIO: "Âm thanh",
    LectureKind.PDF: "Tài liệu PDF",
    LectureKind.PPTX: "Trình chiếu",
    LectureKind.EPUB: "Sách điện tử (EPUB)",
    LectureKind.IMAGE: "Hình ảnh",
    LectureKind.MAP: "Bản đồ",
    LectureKind.LINK: "Liên kết",
}
EVENT_LABELS = {
    LectureEvent.UPLOADED: "Tải lên",
    LectureEvent.REVISED: "Sửa, thành bản mới",
    LectureEvent.SUBMITTED: "Gửi thẩm định",
    LectureEvent.RETURNED: "Trả lại",
    LectureEvent.APPROVED: "Duyệt và xuất bản",
    LectureEvent.WITHDRAWN: "Thu hồi",
    LectureEvent.COMMENTED: "Nhận xét",
}
LICENCE_LABELS = {
    "cc-by-4.0": "CC BY 4.0 (ghi nguồn)",
    "cc-by-sa-4.0": "CC BY-SA 4.0 (ghi nguồn, chia sẻ tương tự)",
    "cc-by-nc-4.0": "CC BY-NC 4.0 (ghi nguồn, phi thương mại)",
    "cc-by-nc-sa-4.0": "CC BY-NC-SA 4.0 (ghi nguồn, phi thương mại, chia sẻ tương tự)",
    "cc-by-nd-4.0": "CC BY-ND 4.0 (ghi nguồn, không sửa đổi)",
    "cc0-1.0": "CC0 (không giữ quyền)",
    "all-rights": "Giữ mọi quyền",
}
LICENCE_ADDRESSES = {
    **{
        f"cc-{name}-4.0": f"https://creativecommons.org/licenses/{name}/4.0/"
        for name in ("by", "by-sa", "by-nc", "by-nc-sa", "by-nd")
    },
    "cc0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
}
LANGUAGE_LABELS = {
    "vi": "Tiếng Việt",
    "en": "Tiếng Anh",
    "fr": "Tiếng Pháp",
    "ru": "Tiếng Nga",
    "zh": "Tiếng Trung",
    "ja": "Tiếng Nhật",
    "ko": "Tiếng Hàn",
    "de": "Tiếng Đức",
}
FIELD_LABELS = {
    "title": "Tên bài giảng",
    "subject": "Môn",
    "abstract": "Tóm tắt",
    "programme": "Chương trình",
    "grades": "Lớp",
    "topics": "Chủ đề",
    "authors": "Tác giả",
    "language": "Ngôn ngữ",
    "licence": "Giấy phép",
    "duration_minutes": "Thời lượng (phút)",
    "year": "Năm",
    "link_url": "Liên kết",
}


def documents_of(session: Session, lecture_ids: Sequence[int]) -> Iterable[SearchDocument]:
    """Search documents of the published among the lectures: five queries, however many."""
    reviewed = reviewed_ids(session, lecture_ids)
    query = (
        select(Lecture, LectureVersion, Organisation.name, LectureOpenings.openings)
        .join(LectureVersion, LectureVersion.id == Lecture.published_version_id)
        .outerjoin(Organisation, Organisation.id == Lecture.organisation_id)
        .outerjoin(LectureOpenings, LectureOpenings.lecture_id == Lecture.id)
        .where(Lecture.id.in_(lecture_ids))
        .options(undefer(LectureVersion.text), undefer(LectureVersion.places))
    )
    for lecture, version, organisation, openings in session.execute(query):
        yield document_of(
            lecture, version, organisation or "", openings=openings or 0, is_reviewed=lecture.id in reviewed
        )


def document_of(
    lecture: Lecture, version: LectureVersion, organisation: str, *, openings: int = 0, is_reviewed: bool = False
) -> SearchDocument:
    topics, grades = tuple(row.topic for row in version.topics), tuple(str(row.grade) for row in version.grades)
    names = curriculum().name_of
    people = (*(row.name for row in version.authors), *((organisation,) if organisation else ()))
    places, rest = split(version.text, version.places) if version.places else ((), version.text)
    facets: dict[str, tuple[str, ...]] = {
        "subject": (version.subject,) if version.subject else (),
        "grade": grades,
        "topic": topics,
        "media": (str(version.kind),),
        "programme": (version.programme,),
        "licence": (version.licence,),
        "language": (version.language,),
        "year": (str(version.year),) if version.year else (),
        "organisation": (organisation,) if organisation else (),
    }
    return SearchDocument(
        kind=KIND,
        id=lecture.id,
        title=version.title,
        body=plain(version.abstract) if version.abstract else "",
        more=rest,
        keywords=(
            *((names(version.subject),) if version.subject else ()),
            *(names(topic) for topic in topics),
            *people,
        ),
        facets=facets,
        published_at=lecture.published_at,
        places=places,
        people=people,
        uses=openings,
        quality_fraction=quality_of(version, is_reviewed=is_reviewed),
    )


def quality_of(version: LectureVersion, *, is_reviewed: bool) -> float:
    """How far a lecture was reviewed and described, 0..1: a reviewer's approval is worth two fifths."""
    signs = (
        (is_reviewed, 4),
        (bool(version.abstract), 2),
        (bool(version.topics), 2),
        (bool(version.thumbnail_sha256), 1),
        (bool(version.authors), 1),
    )
    return sum(weight for is_there, weight in signs if is_there) / 10


DOCUMENTS = DocumentSource(list_ids=published_ids, read=documents_of)
