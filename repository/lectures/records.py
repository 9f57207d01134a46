"""A lecture's metadata record: Dublin Core and schema.org."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from repository.accounts.models import Organisation
from repository.curriculum.queries import curriculum
from repository.lectures.descriptions import KIND_LABELS, LICENCE_ADDRESSES, LICENCE_LABELS
from repository.lectures.models import Lecture, LectureVersion
from repository.lectures.queries import published_ids
from repository.lectures.rules import LectureKind
from repository.markup import plain
from repository.publishing.rules import RecordContent, RecordSource

DEFAULT_PUBLISHER = "Bộ Giáo dục và Đào tạo"
DCMI_TYPES = {
    LectureKind.VIDEO: "MovingImage",
    LectureKind.AUDIO: "Sound",
    LectureKind.IMAGE: "StillImage",
    LectureKind.MAP: "Image",
    LectureKind.PDF: "Text",
    LectureKind.EPUB: "Text",
    LectureKind.PPTX: "Text",
}
SCHEMA_TYPES = {
    LectureKind.VIDEO: "VideoObject",
    LectureKind.AUDIO: "AudioObject",
    LectureKind.IMAGE: "ImageObject",
    LectureKind.MAP: "Map",
    LectureKind.EPUB: "Book",
    LectureKind.PPTX: "PresentationDigitalDocument",
    LectureKind.PDF: "DigitalDocument",
}


def read_records(session: Session, lecture_ids: Sequence[int]) -> Mapping[int, RecordContent]:
    """Records of the published among the lectures: four queries, however many."""
    query = (
        select(Lecture, LectureVersion, Organisation.name)
        .join(LectureVersion, LectureVersion.id == Lecture.published_version_id)
        .outerjoin(Organisation, Organisation.id == Lecture.organisation_id)
        .where(Lecture.id.in_(lecture_ids))
    )
    return {
        lecture.id: record_of(lecture, version, organisation or "")
        for lecture, version, organisation in session.execute(query)
    }


RECORDS = RecordSource(list_ids=published_ids, read=read_records)


def record_of(lecture: Lecture, version: LectureVersion, organisation: str) -> RecordContent:
    """The record of one version. Who made it stands for the author where none is named, as Dublin Core asks for one."""
    names = curriculum().name_of
    kind, publisher = LectureKind(version.kind), organisation or DEFAULT_PUBLISHER
    authors = tuple(row.name for row in version.authors)
    subjects = tuple(names(id) for id in (version.subject, *(row.topic for row in version.topics)) if id)
    described = plain(version.abstract) if version.abstract else f"{KIND_LABELS[kind]}: {version.title}"
    return RecordContent(
        version_id=version.id,
        path=f"/lectures/{lecture.id}",
        title=version.title,
        creators=authors or (publisher,),
        date=(lecture.published_at or version.created_at).date(),
        description=described,
        publisher=publisher,
        subjects=subjects,
        types=(DCMI_TYPES.get(kind, "InteractiveResource"), "LearningResource"),
        formats=(version.media_type,) if version.media_type else (),
        sources=(version.link_url,) if version.link_url else (),
        languages=(version.language,),
        coverage=tuple(f"Lớp {row.grade}" for row in version.grades),
        rights=(LICENCE_ADDRESSES.get(version.licence) or LICENCE_LABELS[version.licence],),
        sets=(
            *((f"subject:{version.subject}",) if version.subject else ()),
            *(f"grade:{row.grade}" for row in version.grades),
        ),
        schema_org=schema_org_of(lecture, version, described, organisation),
    )


def schema_org_of(lecture: Lecture, version: LectureVersion, described: str, organisation: str) -> dict[str, Any]:
    """schema.org metadata with LRMI terms, without addresses. Empty properties are left out."""
    names, kind = curriculum().name_of, LectureKind(version.kind)
    described_as: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": ["LearningResource", SCHEMA_TYPES.get(kind, "CreativeWork")],
        "name": version.title,
        "description": described,
        "inLanguage": version.language,
        "license": LICENCE_ADDRESSES.get(version.licence, ""),
        "author": [{"@type": "Person", "name": row.name} for row in version.authors],
        "publisher": {"@type": "Organization", "name": organisation or DEFAULT_PUBLISHER},
        "about": [names(id) for id in (version.subject, *(row.topic for row in version.topics)) if id],
        "educationalLevel": [f"Lớp {row.grade}" for row in version.grades],
        "learningResourceType": KIND_LABELS[kind],
        "timeRequired": f"PT{version.duration_minutes}M" if version.duration_minutes else "",
        "datePublished": lecture.published_at.date().isoformat() if lecture.published_at else "",
        "version": str(version.number),
        "isAccessibleForFree": True,
    }
    return {name: value for name, value in described_as.items() if value not in ("", None, [])}
