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
    ProductPage("sign-up", "/sign-up"),
    ProductPage("not-found", "/khong-co-trang-nay"),
    ProductPage("search", "/search?q=hàm số", is_main=True),
    ProductPage("search-nothing", "/search?q=zzzzqqqq"),
    ProductPage("lectures", "/lectures"),
    ProductPage("lecture", "/lectures/{lecture}", is_main=True),
    ProductPage("record", "/records/{record}"),
    ProductPage("api", "/api/docs"),
    ProductPage("practice", "/practice"),
    ProductPage("practice-subject", "/practice?subject=toan"),
    ProductPage("me", "/me", Role.STUDENT, is_main=True),
    ProductPage("account", "/account", Role.STUDENT),
    ProductPage("tokens", "/account/tokens", Role.TEACHER),
    ProductPage("classes-student", "/classes", Role.STUDENT),
    ProductPage("assignment", "/assignments/{assignment}", Role.STUDENT),
    ProductPage("attempt", "/attempts/{attempt}", Role.STUDENT, is_main=True),
    ProductPage("attempt-submit", "/attempts/{attempt}/submit", Role.STUDENT),
    ProductPage("attempt-review", "/attempts/{reviewed}/review", Role.STUDENT, is_main=True),
    ProductPage("questions", "/questions", Role.TEACHER, is_main=True),
    ProductPage("questions-filtered", "/questions?subject=toan&type=true-false&text=f", Role.TEACHER),
    ProductPage("questions-nothing", "/questions?text=zzzzqqqq", Role.TEACHER),
    ProductPage("question", "/questions/{question}", Role.TEACHER),
    ProductPage("question-new", "/questions/new", Role.TEACHER, is_main=True),
    ProductPage("question-new-essay", "/questions/new?type=essay", Role.TEACHER),
    ProductPage("question-new-statements", "/questions/new?type=true-false", Role.TEACHER),
    ProductPage("question-import", "/questions/import", Role.TEACHER),
    ProductPage("question-export", "/questions/export", Role.TEACHER),
    ProductPage("question-edit", "/questions/{revised}/edit", Role.EDITOR, is_main=True),
    ProductPage("question-changes", "/questions/{revised}", Role.EDITOR, is_main=True),
    ProductPage("question-version", "/questions/{revised}/versions/1", Role.EDITOR),
    ProductPage("question-uses", "/questions/{question}/uses", Role.EDITOR),
    ProductPage("import-reading", "/questions/imports/{reading}", Role.TEACHER),
    ProductPage("import-refused", "/questions/imports/{table}", Role.TEACHER),
    ProductPage("import-undone", "/questions/imports/{undone}", Role.TEACHER),
    ProductPage("quiz-build", "/quizzes/build?matrix_id={matrix}", Role.TEACHER, is_main=True),
    ProductPage("quiz-build-short", "/quizzes/build?matrix_id={matrix_short}", Role.TEACHER),
    ProductPage("papers-new", "/quizzes/{quiz}/papers/new", Role.TEACHER, is_main=True),
    ProductPage("papers-builds", "/quizzes/{quiz}/papers/builds", Role.TEACHER),
    ProductPage("papers-build", "/quizzes/papers/{papers}", Role.TEACHER, is_main=True),
    ProductPage("exports", "/questions/exports", Role.TEACHER),
    ProductPage("export", "/questions/exports/{export}", Role.TEACHER),
    ProductPage("import-desk", "/questions/imports/{desk}", Role.TEACHER, is_main=True),
    ProductPage("import-doubtful", "/questions/imports/{desk}?doubtful=1", Role.TEACHER),
    ProductPage("import-item", "/questions/imports/{desk}/items/0", Role.TEACHER),
    ProductPage("import-columns", "/questions/imports/{table}/columns", Role.TEACHER),
    ProductPage("coverage", "/questions/coverage?subject=toan&grade=12", Role.TEACHER),
    ProductPage("coverage-choose", "/questions/coverage", Role.TEACHER),
    ProductPage("bulk-edits", "/questions/bulk-edits", Role.TEACHER),
    ProductPage("bulk-edit", "/questions/bulk-edits/{bulk_edit}", Role.EDITOR),
    ProductPage("imports", "/questions/imports", Role.TEACHER),
    ProductPage("import", "/questions/imports/{import}", Role.TEACHER, is_main=True),
    ProductPage("matrices", "/matrices", Role.TEACHER),
    ProductPage("matrix-format", "/matrices/new", Role.TEACHER),
    ProductPage("matrix-import", "/matrices/import", Role.TEACHER),
    ProductPage("matrices-nothing", "/matrices?q=zzzzqqqq", Role.TEACHER),
    ProductPage("matrix-short", "/matrices/{matrix_short}", Role.TEACHER),
    ProductPage("matrix-new", "/matrices/new/table?subject=toan&grade=12", Role.TEACHER),
    ProductPage("matrix-table", "/matrices/new/table?format=tot-nghiep-2025-toan", Role.TEACHER),
    ProductPage("matrix-frame", "/matrices/new/table?frame=kiem-tra-7991&subject=toan&grade=12", Role.TEACHER),
    ProductPage("matrix-essays", "/matrices/new/table?format=tot-nghiep-2025-ngu-van", Role.TEACHER),
    ProductPage("matrix", "/matrices/{matrix}", Role.TEACHER, is_main=True),
    ProductPage("matrix-shared", "/matrices/{matrix_shared}", Role.EDITOR),
    ProductPage("matrices-shared", "/matrices?list=shared", Role.EDITOR),
    ProductPage("matrix-versions", "/matrices/{matrix_shared}/versions", Role.TEACHER),
    ProductPage("matrix-version", "/matrices/{matrix_shared}/versions/1", Role.TEACHER),
    ProductPage("quizzes", "/quizzes", Role.TEACHER),
    ProductPage("quiz", "/quizzes/{quiz}", Role.TEACHER, is_main=True),
    ProductPage("workbench", "/quizzes/{bench}", Role.TEACHER, is_main=True),
    ProductPage("workbench-choose", "/quizzes/{bench}/items/1/alternatives", Role.TEACHER),
    ProductPage("workbench-add", "/quizzes/{bench}/add", Role.TEACHER),
    ProductPage("scans", "/quizzes/{quiz}/scans", Role.TEACHER),
    ProductPage("scan", "/scans/{scan}", Role.TEACHER),
    ProductPage("scan-review", "/scans/{scan}/review", Role.TEACHER, is_main=True),
    ProductPage("scan-sheet", "/scans/sheets/{sheet}", Role.TEACHER),
    ProductPage("repair-key", "/quizzes/{quiz}/items/2/repair?treatment=all-right", Role.TEACHER),
    ProductPage("repair-bank", "/questions/{question}/repair?treatment=key&key=A", Role.EDITOR),
    ProductPage("repairs", "/repairs", Role.TEACHER),
    ProductPage("repair", "/repairs/{repair}", Role.TEACHER),
    ProductPage("repair-undo", "/repairs/{repair}/undo", Role.TEACHER),
    ProductPage("keys-of-forms", "/quizzes/{bench}/keys", Role.TEACHER),
    ProductPage("quiz-export", "/quizzes/{quiz}/export", Role.TEACHER),
    ProductPage("papers", "/quizzes/{quiz}/papers?code=101", Role.TEACHER),
    ProductPage("keys", "/quizzes/{quiz}/keys", Role.TEACHER),
    ProductPage("quiz-codes", "/quizzes/{quiz}/codes", Role.TEACHER),
    ProductPage("codes-new", "/quizzes/{bench}/codes", Role.TEACHER),
    ProductPage("handout-wrong", "/quizzes/{quiz}/handout?rows=1&columns=1&people=18", Role.TEACHER),
    ProductPage("handout-class", "/quizzes/{quiz}/handout?class={class}&rows=4&columns=5", Role.TEACHER),
    ProductPage("scans-class", "/quizzes/{quiz}/scans?class={class}", Role.TEACHER),
    ProductPage("scan-field", "/scans/{scan}/review?sheet={sheet}&field=1.3", Role.TEACHER),
    ProductPage("handout", "/quizzes/{quiz}/handout?rows=4&columns=5&people=18", Role.TEACHER),
    ProductPage("classes", "/classes", Role.TEACHER),
    ProductPage("class", "/classes/{class}", Role.TEACHER),
    ProductPage("class-assign", "/classes/{class}/assign", Role.TEACHER),
    ProductPage("results", "/assignments/{assignment}/results", Role.TEACHER),
    ProductPage("lectures-own", "/lectures/mine", Role.EDITOR),
    ProductPage("duplicates", "/questions/duplicates", Role.EDITOR),
    ProductPage("duplicates-nothing", "/questions/duplicates?verdict=same", Role.EDITOR),
    ProductPage("lecture-new", "/lectures/new", Role.EDITOR),
    ProductPage("lecture-edit", "/lectures/{lecture}/edit", Role.EDITOR),
    ProductPage("ledger", "/ledger", Role.EDITOR),
    ProductPage("review", "/review", Role.REVIEWER, is_main=True),
    ProductPage("administration", "/admin", Role.ADMINISTRATOR),
    ProductPage("people", "/admin/people", Role.ADMINISTRATOR),
    ProductPage("person-new", "/admin/people/new", Role.ADMINISTRATOR),
    ProductPage("organisations", "/admin/organisations", Role.ADMINISTRATOR),
    ProductPage("audit", "/admin/audit", Role.ADMINISTRATOR),
    ProductPage("jobs", "/admin/jobs", Role.ADMINISTRATOR),
    ProductPage("health", "/admin/health", Role.ADMINISTRATOR),
)
