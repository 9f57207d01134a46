"""Invented people and organisations. Nobody here exists; the addresses end in ``.example``, which nobody can own."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from quizbank.demo.lectures.generate import invented_name
from quizbank.demo.stages import DemoSize
from quizbank.questions.storing import take_ids
from repository.accounts.actions import add_organisation
from repository.accounts.models import OrganisationKind, Person, RoleGrant
from repository.accounts.rules import password_hash_of
from repository.permissions import SYSTEM, Actor, Role

PASSWORD = "hoc-lieu-demo"  # noqa: S105 - printed at the end of every build
DOMAIN = "demo.example"


@dataclass(frozen=True)
class Account:
    """Somebody a visitor may sign in as."""

    local_part: str
    name: str
    role: Role
    organisation: str

    @property
    def email(self) -> str:
        return f"{self.local_part}@{DOMAIN}"


ACCOUNTS = (
    Account("quan-tri", "Trần Quản Trị", Role.ADMINISTRATOR, "bo"),
    Account("tham-dinh", "Lê Thẩm Định", Role.REVIEWER, "bo"),
    Account("bien-tap", "Phạm Biên Tập", Role.EDITOR, "so-ha-noi"),
    Account("giao-vien", "Nguyễn Giáo Viên", Role.TEACHER, "thpt-song-hong"),
    Account("giao-vien-2", "Hoàng Thu Giảng", Role.TEACHER, "thpt-song-hong"),
    Account("giao-vien-3", "Đỗ Minh Dạy", Role.TEACHER, "thpt-song-han"),
    Account("hoc-sinh", "Vũ Học Sinh", Role.STUDENT, "thpt-song-hong"),
)
ORGANISATIONS = (
    ("bo", OrganisationKind.MINISTRY, "Bộ Giáo dục và Đào tạo (bản thử)", None, None),
    ("so-ha-noi", OrganisationKind.DEPARTMENT, "Sở Giáo dục và Đào tạo Hà Nội (bản thử)", "2025-07:01", "bo"),
    ("so-da-nang", OrganisationKind.DEPARTMENT, "Sở Giáo dục và Đào tạo Đà Nẵng (bản thử)", "2025-07:48", "bo"),
    ("thpt-song-hong", OrganisationKind.SCHOOL, "Trường THPT Sông Hồng (hư cấu)", "2025-07:01", "so-ha-noi"),
    ("thpt-song-han", OrganisationKind.SCHOOL, "Trường THPT Sông Hàn (hư cấu)", "2025-07:48", "so-da-nang"),
    ("thcs-ban-mai", OrganisationKind.SCHOOL, "Trường THCS Ban Mai (hư cấu)", "2025-07:48", "so-da-nang"),
)


@dataclass(frozen=True)
class Cast:
    """Who acts in the demo. ``students`` are person ids, the one a visitor may sign in as first."""

    editor: Actor
    reviewer: Actor
    teachers: tuple[Actor, ...]
    students: tuple[int, ...]


def add_people(session: Session, size: DemoSize, seed: int, now: dt.datetime) -> None:
    """Organisations, the accounts to sign in as, and students who share their password's hash."""
    ids: dict[str, int] = {}
    for code, kind, name, province, parent in ORGANISATIONS:
        parent_id = ids[parent] if parent else None
        made = add_organisation(
            session, SYSTEM, kind=kind, name=name, code=f"demo-{code}", province=province, parent_id=parent_id, now=now
        )
        ids[code] = made.id
    password = password_hash_of(PASSWORD)
    rows = [(account.email, account.name, account.role, ids[account.organisation]) for account in ACCOUNTS]
    chance = Random(f"{seed}:people")
    schools = [ids["thpt-song-hong"], ids["thpt-song-han"]]
    for number in range(2, size.students + 1):
        school = schools[(number - 1) * 4 // size.students // 2]
        rows.append((f"hoc-sinh-{number}@{DOMAIN}", invented_name(chance), Role.STUDENT, school))
    insert_people(session, rows, password, now)


def insert_people(
    session: Session, rows: Sequence[tuple[str, str, Role, int]], password: str, now: dt.datetime
) -> None:
    people = take_ids(session, Person.__table__, len(rows))
    common = {"password_hash": password, "is_active": True, "created_at": now}
    session.execute(
        insert(Person),
        [
            {"id": id_, "email": email, "name": name, "organisation_id": organisation, **common}
            for id_, (email, name, _, organisation) in zip(people, rows, strict=True)
        ],
    )
    grants = [{"person_id": id_, "role": role} for id_, (_, _, role, _) in zip(people, rows, strict=True)]
    session.execute(insert(RoleGrant), grants)


def read_cast(session: Session) -> Cast:
    people = {person.email: person for person in session.scalars(select(Person).order_by(Person.id))}
    actors = {account.local_part: actor_of(people[account.email]) for account in ACCOUNTS}
    students = tuple(person.id for person in people.values() if Role.STUDENT in person.roles)
    teachers = tuple(actors[account.local_part] for account in ACCOUNTS if account.role is Role.TEACHER)
    return Cast(actors["bien-tap"], actors["tham-dinh"], teachers, students)


def actor_of(person: Person) -> Actor:
    return Actor(person.id, person.name, person.roles, person.organisation_id)
