"""The hand-out list: which seat, and which student of a class, gets which code of a quiz."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quizbank.classes.models import ClassMember, SchoolClass
from quizbank.classes.queries import get_taught_class, list_members
from quizbank.quizzes.forms import forms_of
from quizbank.quizzes.key_files.tables import xlsx_bytes
from quizbank.quizzes.models import Quiz
from quizbank.quizzes.queries import get_quiz
from quizbank.quizzes.seating import Clashes, Hall, Seat, check_hall, clashes_of, deal_seats
from quizbank.quizzes.variant_actions import codes_of
from repository.collation import sort_key
from repository.permissions import Actor

MOST_CLASSES = 200
CANDIDATE_DIGITS = 6


def candidate_number(number: int) -> str:
    """What the one with this number in the list fills in on the answer sheet."""
    return str(number).zfill(CANDIDATE_DIGITS)


@dataclass(frozen=True)
class Place:
    """A seat with who sits there; ``number`` counts through the list, ``name`` is empty where nobody is known."""

    number: int
    seat: Seat
    name: str

    @property
    def candidate_number(self) -> str:
        return candidate_number(self.number)


@dataclass(frozen=True)
class Room:
    """A room: its places row by row, rows that end early are filled up with None."""

    number: int
    rows: tuple[tuple[Place | None, ...], ...]

    @property
    def places(self) -> list[Place]:
        return [place for row in self.rows for place in row if place is not None]


@dataclass(frozen=True)
class Handout:
    """A list that is ready to print. ``forms``: how many different papers lie on the tables."""

    quiz: Quiz
    rooms: tuple[Room, ...]
    clashes: Clashes
    forms: int
    class_name: str = ""

    @property
    def counts(self) -> list[tuple[str, int]]:
        """How many copies of each code are needed."""
        found: dict[str, int] = {}
        for room in self.rooms:
            for place in room.places:
                found[place.seat.code] = found.get(place.seat.code, 0) + 1
        return sorted(found.items())


def taught_classes(session: Session, actor: Actor) -> list[tuple[int, str, int]]:
    """Id, name and size of the classes that the actor teaches, the newest first."""
    size = select(func.count()).where(ClassMember.class_id == SchoolClass.id).scalar_subquery()
    query = select(SchoolClass.id, SchoolClass.name, size).where(SchoolClass.teacher_id == actor.person_id)
    found = session.execute(query.order_by(SchoolClass.id.desc()).limit(MOST_CLASSES))
    return [(id_, name, count) for id_, name, count in found]


def make_handout(
    session: Session, actor: Actor, quiz_id: int, hall: Hall, seed: int, class_id: int | None = None
) -> Handout:
    """Deal the codes of all forms of a quiz to the seats of a hall; the same seed gives the same list.

    Args:
        session: the database.
        actor: who asks.
        quiz_id: any form of the quiz.
        hall: its ``people`` are those of the class where one is given.
        seed: any integer.
        class_id: a class that the actor teaches; its members sit in the order of their given names.

    Raises:
        Invalid: too few seats or codes.
    """
    quiz = get_quiz(session, actor, quiz_id)
    names, class_name = [""] * max(hall.people, 0), ""
    if class_id is not None:
        school_class = get_taught_class(session, actor, class_id)
        names, class_name = names_of(session, actor, school_class), school_class.name
        hall = Hall(hall.rooms, hall.rows, hall.columns, len(names))
    check_hall(hall)
    forms = [codes for form in forms_of(session, quiz) if (codes := codes_of(session, form.id))]
    seats = deal_seats(hall, forms, seed)
    places = [Place(number, seat, name) for number, (seat, name) in enumerate(zip(seats, names, strict=True), 1)]
    return Handout(quiz, _rooms_of(places, hall), clashes_of(seats), len(forms), class_name)


def names_of(session: Session, actor: Actor, school_class: SchoolClass) -> list[str]:
    """The members of a class as class lists have them: by given name, which stands last."""
    names = [member.name for member in list_members(session, actor, school_class)]
    return sorted(names, key=lambda name: (sort_key(name.split()[-1] if name.split() else ""), sort_key(name), name))


def candidates_of(session: Session, actor: Actor, class_id: int) -> str:
    """A class as the list of candidates that answer sheets and their marks go by: the numbers of its hand-out list.

    Raises:
        NotFound: the actor teaches no such class.
    """
    names = names_of(session, actor, get_taught_class(session, actor, class_id))
    return "\n".join(f"{candidate_number(number)} {name}" for number, name in enumerate(names, 1))


def _rooms_of(places: Sequence[Place], hall: Hall) -> tuple[Room, ...]:
    rooms = []
    for number in range(1, hall.rooms + 1):
        found = {(one.seat.row, one.seat.column): one for one in places if one.seat.room == number}
        if found:
            last = max(row for row, _ in found)
            rows = [
                tuple(found.get((row, column)) for column in range(1, hall.columns + 1)) for row in range(1, last + 1)
            ]
            rooms.append(Room(number, tuple(rows)))
    return tuple(rooms)


def handout_xlsx(handout: Handout) -> bytes:
    """The list as a workbook: everybody, one plan for each room, and how many copies are needed."""
    listed = [["STT", "Số báo danh", "Họ và tên", "Phòng", "Hàng", "Dãy", "Đề số", "Mã đề"]]
    for room in handout.rooms:
        for one in room.places:
            numbers = (one.seat.room, one.seat.row, one.seat.column, one.seat.form)
            listed.append([str(one.number), one.candidate_number, one.name, *map(str, numbers), one.seat.code])
    plans = [(f"Phòng {room.number}", _plan_rows(room)) for room in handout.rooms]
    copies = [["Mã đề", "Số bản"], *([code, str(count)] for code, count in handout.counts)]
    return xlsx_bytes([("Danh sách", listed), *plans, ("Số bản in", copies)])


def _plan_rows(room: Room) -> list[list[str]]:
    header = ["Hàng", *(f"Dãy {column}" for column in range(1, len(room.rows[0]) + 1))]
    rows = [
        [str(number), *(f"{one.seat.code} {one.name}".strip() if one else "" for one in row)]
        for number, row in enumerate(room.rows, 1)
    ]
    return [header, *rows]
