"""What the search index is told of lectures."""

from sqlalchemy.orm import Session

from repository.accounts.models import Organisation, OrganisationKind
from repository.lectures.descriptions import documents_of
from repository.lectures.models import LectureHistory
from repository.lectures.queries import get_version
from repository.lectures.rules import LectureEvent, LectureKind, LectureState
from repository.permissions import Role
from repository.search.documents import PlacedText, Where
from repository.services import Services
from tests.builders import MOMENT, an_actor
from tests.counting import count_queries
from tests.repository.lectures.builders import TOPIC, a_lecture


def test_places_of_a_text_are_told(session: Session) -> None:
    lecture = a_lecture(session, kind=LectureKind.PDF, text="Một\n\nHai")
    get_version(session, lecture.published_version_id).places = [["page", 1, 0], ["page", 2, 5]]
    session.flush()
    session.expire_all()
    [document] = documents_of(session, [lecture.id])
    assert document.places == (PlacedText(Where("page", 1), "Một"), PlacedText(Where("page", 2), "Hai"))
    assert document.more == ""


def test_a_text_read_before_places_were_kept_is_found_as_a_whole(session: Session) -> None:
    lecture = a_lecture(session, text="Một\n\nHai")
    [document] = documents_of(session, [lecture.id])
    assert (document.places, document.more) == ((), "Một\n\nHai")


def test_authors_and_organisation_are_people(session: Session) -> None:
    maker = Organisation(kind=OrganisationKind.SCHOOL, name="Trường A", code="A", created_at=MOMENT)
    session.add(maker)
    session.flush()
    lecture = a_lecture(session, authors=("Lê An",), organisation_id=maker.id)
    [document] = documents_of(session, [lecture.id])
    assert document.people == ("Lê An", "Trường A")
    assert set(document.people) <= set(document.keywords)


def test_a_reviewed_and_described_lecture_is_of_better_quality(session: Session) -> None:
    bare = a_lecture(session, authors=())
    full = a_lecture(session, abstract="Tóm tắt", topics=(TOPIC,))
    reviewer = an_actor(session, Role.REVIEWER)
    session.add(
        LectureHistory(
            lecture_id=full.id,
            version_id=full.published_version_id,
            actor_id=reviewer.person_id,
            at=MOMENT,
            event=LectureEvent.APPROVED,
        )
    )
    session.flush()
    found = {document.id: document.quality_fraction for document in documents_of(session, [bare.id, full.id])}
    assert found == {bare.id: 0.0, full.id: 0.9}


def test_only_published_lectures_have_documents(session: Session) -> None:
    hidden = [a_lecture(session, state=state).id for state in LectureState if state is not LectureState.PUBLISHED]
    assert list(documents_of(session, hidden)) == []


def test_many_documents_cost_no_more_queries(session: Session, services: Services) -> None:
    ids = [a_lecture(session, topics=(TOPIC,)).id for _ in range(20)]
    session.commit()
    with services.sessions() as reader, count_queries(services.engine) as queries:
        assert len(list(documents_of(reader, ids))) == 20
    assert len(queries) <= 6
