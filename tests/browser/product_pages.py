"""Every kind of page and who may open it; ``{lecture}`` and its like stand for things of the library."""

from dataclasses import dataclass
from typing import Literal

from repository.permissions import Role

THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


@dataclass(frozen=True)
class ProductPage:
    name: str
    address: str
    role: Role | None = None
    is_main: bool = False

    @property
    def is_public(self) -> bool:
        return self.role is None

    def __str__(self) -> str:
        return self.name


PAGES = (
    ProductPage("home", "/", is_main=True),
    ProductPage("help", "/help"),
    ProductPage("sign-in", "/sign-in"),
    ProductPage("not-found", "/khong-co-trang-nay"),
    ProductPage("search", "/search?q=hàm số", is_main=True),
    ProductPage("search-nothing", "/search?q=zzzzqqqq"),
    ProductPage("lectures", "/lectures"),
    ProductPage("lecture", "/lectures/{lecture}", is_main=True),
    ProductPage("practice", "/practice", is_main=True),
    ProductPage("record", "/records/{record}"),
    ProductPage("me", "/me", Role.STUDENT),
    ProductPage("account", "/account", Role.STUDENT),
    ProductPage("classes-student", "/classes", Role.STUDENT),
    ProductPage("questions", "/questions", Role.TEACHER, is_main=True),
    ProductPage("question", "/questions/{question}", Role.TEACHER),
    ProductPage("question-new", "/questions/new", Role.TEACHER, is_main=True),
    ProductPage("question-import", "/questions/import", Role.TEACHER),
    ProductPage("matrices", "/matrices", Role.TEACHER),
    ProductPage("matrix-new", "/matrices/new", Role.TEACHER),
    ProductPage("matrix", "/matrices/{matrix}", Role.TEACHER, is_main=True),
    ProductPage("quizzes", "/quizzes", Role.TEACHER),
    ProductPage("quiz", "/quizzes/{quiz}", Role.TEACHER, is_main=True),
    ProductPage("classes", "/classes", Role.TEACHER),
    ProductPage("class", "/classes/{class}", Role.TEACHER),
    ProductPage("lecture-new", "/lectures/new", Role.EDITOR),
    ProductPage("ledger", "/ledger", Role.EDITOR),
    ProductPage("review", "/review", Role.REVIEWER, is_main=True),
    ProductPage("people", "/admin/people", Role.ADMINISTRATOR),
    ProductPage("jobs", "/admin/jobs", Role.ADMINISTRATOR),
    ProductPage("health", "/admin/health", Role.ADMINISTRATOR),
)
