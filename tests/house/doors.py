"""Every door of the product, and what each visitor is answered there.

The columns of ``answers`` are ``world.VISITORS``: a stranger, another student, another teacher, an editor, a
reviewer, an administrator, and the owner of the thing. 2xx and 303 let in; 302 leads a stranger to the sign-in page;
401, 403 and 404 refuse; 409 and 422 are for somebody who may, but whose request makes no sense. ``{name}`` stands for
a thing of the world.
"""

import json
from dataclasses import dataclass
from typing import Any

EVERYBODY = "200 200 200 200 200 200 200"
SIGNED_IN = "302 200 200 200 200 200 200"
TEACHING = "302 403 200 200 200 200 200"
PREPARING = "302 403 200 200 403 200 200"
OWN = "302 403 403 403 403 200 200"
ADMIN = "302 403 403 403 403 200 403"
MEMBERS = "302 404 404 404 404 404 200"
MAKER = "302 403 403 403 403 403 200"
SCANNING = "404 404 404 404 404 404 200"
DECIDING = "404 404 404 404 404 404 303"
UNPUBLISHED = "404 404 404 200 200 200 200"
OWN_STEP = "401 403 403 403 403 403 303"
OWN_PAGE = "302 403 403 403 403 403 200"
OWN_CHANGE = "401 403 403 403 403 403 200"
OWN_CLASH = "401 403 403 403 403 403 409"
FIRST = {"revision": 1}

CELL = {"topic": None, "level": None, "type": "single-choice", "count": 1, "marks": "1"}
MATRIX = {"title": "Đề", "subject": "toan", "grade": 12, "duration_minutes": 45, "cells": [CELL]}
MATRIX_FORM = {"title": "Đề", "subject": "toan", "grade": "12", "duration_minutes": "45", "row-0-topic": ""}
LECTURE = {"title": "Bài", "subject": "toan", "grades": [12], "link_url": "https://vidu.example/a"}
QUESTION = {
    "type": "single-choice",
    "stem": "1 + 1 = ?",
    "parts": [{"text": "2", "is_true": True}, {"text": "3"}],
    "subject": "toan",
    "grade": 12,
}
ASSIGNMENT = {
    "quiz_id": 1,
    "opens_at": "2026-01-01T00:00:00Z",
    "closes_at": "2099-01-01T00:00:00Z",
    "duration_minutes": 45,
}
TEMPLATE = {
    "name": "Mẫu cộng",
    "template": {
        "type": "short-answer",
        "stem": "Tính ${@ a @} + 1$.",
        "parameters": "a = integer(1, 99)",
        "key": {"value": "a + 1"},
    },
    "subject": "toan",
    "grade": 6,
}
REVISION = {**QUESTION, "based_on": 1}
PAPER = {"text": "Câu 1. Một cộng một?\nA. 1\nB. 2\nC. 3\nD. 4\nĐáp án: B\n", "subject": "toan", "grade": "12"}


@dataclass(frozen=True)
class DoorRow:
    """``answers``: statuses in the order of ``world.VISITORS``."""

    method: str
    address: str
    answers: str
    body: dict[str, Any] | None = None

    def __str__(self) -> str:
        return f"{self.method} {self.address}"


def get(address: str, answers: str) -> DoorRow:
    return DoorRow("GET", address, answers)


def post(address: str, answers: str, **body: Any) -> DoorRow:
    return DoorRow("POST", address, answers, body)


def send(method: str, address: str, answers: str, body: dict[str, Any] | None = None) -> DoorRow:
    return DoorRow(method, address, answers, {} if body is None else body)


FRONT = [
    get("/", EVERYBODY),
    get("/help", EVERYBODY),
    get("/language/en", "303 303 303 303 303 303 303"),
    get("/static/css/base.css", EVERYBODY),
    get("/search", EVERYBODY),
    get("/api/search", EVERYBODY),
    get("/api/suggest?q=ham", EVERYBODY),
    get("/api/curriculum", EVERYBODY),
    get("/api/openapi.json", EVERYBODY),
    get("/api/docs", EVERYBODY),
]

ACCOUNTS = [
    get("/sign-in", "200 303 303 303 303 303 303"),
    post("/sign-in", "401 401 401 401 401 401 401", email="ai@vidu.example", password="sai"),
    get("/sign-up", "200 303 303 303 303 303 303"),
    post("/sign-up", "422 422 422 422 422 422 422"),
    post("/sign-out", "303 303 303 303 303 303 303"),
    get("/account", SIGNED_IN),
    post("/account", "401 303 303 303 303 303 303", name="Tên Mới", locale="vi"),
    post("/account/password", "401 422 422 422 422 422 422"),
    get("/account/tokens", SIGNED_IN),
    post("/account/tokens", "401 200 200 200 200 200 200", name="máy"),
    post("/account/tokens/{token}/revoke", "404 404 404 404 404 404 303"),
]

ADMINISTRATION = [
    get("/admin", ADMIN),
    get("/admin/audit", ADMIN),
    get("/admin/jobs", ADMIN),
    post("/admin/jobs/{job}/retry", "401 403 403 403 403 409 403"),
    get("/admin/organisations", ADMIN),
    post("/admin/organisations", "401 403 403 403 403 422 403"),
    get("/admin/organisations/new", ADMIN),
    get("/admin/people", ADMIN),
    post("/admin/people", "401 403 403 403 403 422 403"),
    get("/admin/people/new", ADMIN),
    get("/admin/people/{person}", ADMIN),
    post("/admin/people/{person}/active", "401 403 403 403 403 303 403"),
    post("/admin/people/{person}/organisation", "401 403 403 403 403 303 403"),
    post("/admin/people/{person}/password", "401 403 403 403 403 303 403", password="mat-khau-moi-2026"),
    post("/admin/people/{person}/roles", "401 403 403 403 403 303 403", roles="administrator"),
    get("/admin/health", ADMIN),
    get("/jobs/{job}", "404 404 404 404 404 200 404"),
    get("/api/jobs/{job}", "404 404 404 404 404 200 404"),
]

PUBLISHING = [
    get("/records/{record}", EVERYBODY),
    get("/ledger", "302 403 403 200 200 200 403"),
    post("/ledger/deliver", "401 403 403 403 303 303 403"),
    get("/oai?verb=Identify", EVERYBODY),
    post("/oai", EVERYBODY, verb="Identify"),
]

LECTURES = [
    get("/lectures", EVERYBODY),
    get("/lectures/{lecture}", EVERYBODY),
    get("/lectures/{draft}", UNPUBLISHED),
    get("/lectures/{draft}/changes", UNPUBLISHED),
    get("/lectures/{draft}/download", "404 404 404 404 404 404 404"),
    get("/lectures/{draft}/edit", "404 404 404 200 403 200 200"),
    post("/lectures/{draft}/edit", "404 404 404 422 403 422 422"),
    post("/lectures/{draft}/submit", "401 404 404 303 403 303 303"),
    post("/lectures/{draft}/comment", "401 404 404 303 303 303 303", comment="Xem lại."),
    post("/lectures/{submitted}/approve", "401 404 404 403 303 303 403"),
    post("/lectures/{submitted}/return", "401 404 404 403 303 303 403", comment="Sửa lại."),
    post("/lectures/{lecture}/withdraw", "401 403 403 403 303 303 403", comment="Lỗi thời."),
    get("/lectures/mine", PREPARING),
    get("/lectures/new", PREPARING),
    post("/lectures/new", "401 403 422 422 403 422 422"),
    get("/review", "302 403 403 403 200 200 403"),
    get("/api/lectures", EVERYBODY),
    send("POST", "/api/lectures", "401 403 201 201 403 201 201", LECTURE),
    get("/api/lectures/{draft}", UNPUBLISHED),
    send("PUT", "/api/lectures/{draft}", "401 404 404 200 403 200 200", LECTURE),
    send("PUT", "/api/lectures/{draft}/file", "401 403 422 422 403 422 422"),
    send("POST", "/api/lectures/{draft}/comment", "401 404 404 200 200 200 200", {"comment": "Xem lại."}),
    send("POST", "/api/lectures/{submitted}/return", "401 404 404 403 200 200 403", {"comment": "Sửa lại."}),
    send("POST", "/api/uploads", "401 403 201 201 403 201 201", {"file_name": "bai.pdf", "size_bytes": 100}),
    get("/api/uploads/{upload}", "401 403 404 404 403 404 200"),
    send("PATCH", "/api/uploads/{upload}", "401 403 404 404 403 404 200"),
    send("DELETE", "/api/uploads/{upload}", "401 403 404 404 403 404 204"),
]

QUESTIONS = [
    get("/questions", TEACHING),
    get("/questions/{question}", EVERYBODY),
    get("/questions/{question_draft}", UNPUBLISHED),
    get("/questions/{question_draft}/versions/1", UNPUBLISHED),
    get("/questions/{question_draft}/edit", "404 404 404 200 403 200 200"),
    post("/questions/{question_draft}/edit", "404 404 404 422 403 422 422"),
    post("/questions/{question_draft}/submit", "404 404 404 303 403 303 303"),
    post("/questions/{question_draft}/comment", "404 404 404 303 303 303 303", comment="Xem lại."),
    post("/questions/{question_submitted}/approve", "404 404 404 403 303 303 403"),
    post("/questions/{question_submitted}/return", "404 404 404 403 303 303 403", comment="Sửa lại."),
    post("/questions/{question}/withdraw", "401 403 403 403 303 303 403", comment="Sai đáp án."),
    post("/questions/several", "401 403 303 303 303 303 303", id="{question_draft}", step="submit"),
    get("/questions/new", PREPARING),
    post("/questions/new", "401 403 422 422 403 422 422"),
    post("/questions/preview", "401 403 200 200 403 200 200"),
    get("/questions/choices", PREPARING),
    post("/questions/images", "401 403 422 422 403 422 422"),
    get("/questions/coverage", TEACHING),
    get("/questions/export", TEACHING),
    post("/questions/export", "401 403 303 303 303 303 303", format="text"),
    get("/questions/exports", TEACHING),
    get("/questions/exports/{export}", "404 404 404 404 404 404 200"),
    get("/questions/exports/{export}/file", "404 404 404 404 404 404 200"),
    get("/questions/exports/{export}/losses", "404 404 404 404 404 404 200"),
    send("POST", "/api/questions/exports", "401 403 201 201 201 201 201", {"format": "text"}),
    get("/api/questions/exports", "401 403 200 200 200 200 200"),
    get("/api/questions/exports/{export}", "404 404 404 404 404 404 200"),
    get("/api/questions/exports/{export}/file", "404 404 404 404 404 404 200"),
    get("/api/questions/exports/{export}/losses", "404 404 404 404 404 404 200"),
    get("/questions/bulk-edits", PREPARING),
    post("/questions/bulk-edits", "401 403 303 303 403 303 303", id="{question}"),
    get("/questions/bulk-edits/{bulk_edit}", UNPUBLISHED),
    post("/questions/bulk-edits/{bulk_edit}", "404 404 404 403 403 403 303", level="biet"),
    post("/questions/bulk-edits/{bulk_edit}/apply", "404 404 404 403 403 403 303", plan="1"),
    post("/questions/bulk-edits/{bulk_edit}/undo", "404 404 404 409 403 409 409"),
    send(
        "POST", "/api/questions/bulk-edits", "401 403 201 201 403 201 201", {"filter": {}, "change": {"level": "biet"}}
    ),
    get("/api/questions/bulk-edits", "401 403 200 200 403 200 200"),
    get("/api/questions/bulk-edits/{bulk_edit}", UNPUBLISHED),
    get("/api/questions/bulk-edits/{bulk_edit}/items", UNPUBLISHED),
    send("POST", "/api/questions/bulk-edits/{bulk_edit}/plan", "404 404 404 403 403 403 200", {"level": "biet"}),
    send("POST", "/api/questions/bulk-edits/{bulk_edit}/apply", "404 404 404 403 403 403 200", {"plan": 1}),
    send("POST", "/api/questions/bulk-edits/{bulk_edit}/undo", "404 404 404 409 403 409 409"),
    get("/questions/duplicates", "302 403 403 200 200 200 403"),
    post("/questions/duplicates/1/2", "401 403 403 422 422 422 403"),
    get("/questions/import", PREPARING),
    post("/questions/import", "401 403 303 303 403 303 303", **PAPER),
    get("/questions/imports", PREPARING),
    get("/questions/imports/{import}", UNPUBLISHED),
    get("/questions/imports/{import}/source", UNPUBLISHED),
    post("/questions/imports/{import}/store", "404 404 404 303 403 303 303"),
    post("/questions/imports/{import}/undo", "404 404 404 303 403 303 303"),
    post("/questions/imports/{import}/read", "404 404 404 303 403 303 303", subject="toan"),
    post("/questions/imports/{import}/pictures", "404 404 404 422 403 422 422"),
    get("/questions/imports/{import}/columns", "404 404 404 404 403 404 404"),
    post("/questions/imports/{import}/columns", "404 404 404 422 403 422 422"),
    get("/questions/imports/{import}/items/0", "404 404 404 200 403 200 200"),
    post("/questions/imports/{import}/items/0", "404 404 404 422 403 422 422"),
    post("/questions/imports/{import}/items/0/source", "404 404 404 422 403 422 422"),
    post("/questions/imports/{import}/items/0/left-out", "404 404 404 303 403 303 303", left_out="yes"),
    send("POST", "/api/questions/imports", "401 403 422 422 403 422 422"),
    get("/api/questions/imports/{import}", UNPUBLISHED),
    get("/api/questions/imports/{import}/items", UNPUBLISHED),
    send("POST", "/api/questions/imports/{import}/store", "404 404 404 200 403 200 200"),
    send("POST", "/api/questions/imports/{import}/undo", "404 404 404 200 403 200 200"),
    get("/api/questions", "401 403 200 200 200 200 200"),
    send("POST", "/api/questions", "401 403 201 201 403 201 201", QUESTION),
    get("/api/questions/{question_draft}", UNPUBLISHED),
    send("POST", "/api/questions/{question_draft}/submission", "404 404 404 200 403 200 200"),
    send(
        "POST", "/api/questions/{question_draft}/versions", "404 404 404 201 403 201 201", {**QUESTION, "based_on": 1}
    ),
]

ITEM_TEMPLATES = [
    get("/item-templates", TEACHING),
    get("/item-templates/new", PREPARING),
    post("/item-templates/new", "401 403 422 422 403 422 422"),
    post("/item-templates/preview", "401 403 200 200 403 200 200"),
    get("/item-templates/{template}", UNPUBLISHED),
    get("/item-templates/{template}/edit", "404 404 404 200 403 200 200"),
    post("/item-templates/{template}/edit", "404 404 404 422 403 422 422"),
    post("/item-templates/{template}/generations", "404 404 404 303 403 303 303", count="3"),
    get("/item-templates/{template}/generations/{generation}", UNPUBLISHED),
    post("/item-templates/{template}/withdraw", "404 404 404 303 403 303 303"),
    post("/item-templates/{template}/restore", "404 404 404 303 403 303 303"),
    get("/api/item-templates", "401 403 200 200 200 200 200"),
    send("POST", "/api/item-templates", "401 403 201 201 403 201 201", TEMPLATE),
    send("POST", "/api/item-templates/preview", "401 403 200 200 403 200 200", TEMPLATE),
    get("/api/item-templates/{template}", UNPUBLISHED),
    get("/api/item-templates/{template}/versions/1", UNPUBLISHED),
    send("POST", "/api/item-templates/{template}/versions", "404 404 404 201 403 201 201", {**TEMPLATE, "based_on": 1}),
    send("POST", "/api/item-templates/{template}/generations", "404 404 404 202 403 202 202", {"count": 3}),
    get("/api/item-templates/{template}/generations/{generation}", UNPUBLISHED),
    send("POST", "/api/item-templates/{template}/withdraw", "404 404 404 200 403 200 200"),
    send("POST", "/api/item-templates/{template}/restore", "404 404 404 200 403 200 200"),
]

MATRICES = [
    get("/matrices", TEACHING),
    get("/matrices/new", TEACHING),
    get("/matrices/new/table?format=tot-nghiep-2025-toan", TEACHING),
    post("/matrices/new/table", "401 403 303 303 303 303 303", **MATRIX_FORM, **{"row-0-single-choice-any": "1"}),
    post("/matrices/check", "401 403 200 200 200 200 200", **MATRIX_FORM, **{"row-0-single-choice-any": "1"}),
    post(
        "/matrices/draft",
        "401 403 200 200 200 200 200",
        matrix=json.dumps(MATRIX).replace("{", "{{").replace("}", "}}"),
    ),
    get("/matrices/import", TEACHING),
    post("/matrices/import", "401 403 422 422 422 422 422"),
    get("/matrices/{matrix}/file?format=docx", OWN),
    get("/api/matrices/{shared_matrix}/file", "401 403 200 200 200 200 200"),
    send("POST", "/api/matrices/read", "401 403 422 422 422 422 422"),
    get("/matrices/{matrix}", OWN),
    get("/matrices/{shared_matrix}", TEACHING),
    post("/matrices/{matrix}", "401 403 403 403 403 403 422"),
    post("/matrices/{shared_matrix}", "401 403 403 403 403 403 422"),
    post("/matrices/{matrix}/copy", "401 403 403 403 403 303 303"),
    post("/matrices/{shared_matrix}/copy", "401 403 303 303 303 303 303"),
    post("/matrices/{shared_matrix}/share", "401 403 403 403 403 403 303", sharing="private"),
    get("/matrices/{matrix}/versions", OWN),
    get("/matrices/{shared_matrix}/versions", TEACHING),
    get("/matrices/{matrix}/versions/1", OWN),
    get("/matrices/{shared_matrix}/versions/1", TEACHING),
    post("/matrices/{shared_matrix}/versions/1/restore", "401 403 403 403 403 403 303", based_on="1"),
    post("/matrices/{matrix}/delete", "401 403 403 403 403 403 303"),
    post("/matrices/{matrix}/restore", "401 403 403 403 403 403 303"),
    get("/api/matrices", "401 403 200 200 200 200 200"),
    get("/api/matrices/supply?subject=toan&programme=gdpt-2018", "401 403 200 200 200 200 200"),
    get("/api/matrices/funnel?subject=toan&programme=gdpt-2018&last=5", "401 403 200 200 200 200 200"),
    send("POST", "/api/matrices", "401 403 201 201 201 201 201", MATRIX),
    get("/api/matrices/{matrix}", "401 403 403 403 403 200 200"),
    send("PUT", "/api/matrices/{matrix}", "401 403 403 403 403 403 200", {**MATRIX, "revision": 1}),
    send("DELETE", "/api/matrices/{matrix}", "401 403 403 403 403 403 204"),
]

QUIZZES = [
    get("/quizzes", TEACHING),
    get("/quizzes/build?matrix_id={matrix}", OWN),
    send("POST", "/api/quizzes/check", "401 403 200 200 200 200 200", {"matrix": MATRIX}),
    post("/quizzes", "401 403 403 403 403 303 303", matrix_id="{matrix}", seed="1"),
    get("/quizzes/{quiz}", OWN),
    get("/quizzes/{quiz}/papers", OWN),
    get("/quizzes/{quiz}/keys", OWN),
    get("/quizzes/{quiz}/papers/new", OWN),
    post("/quizzes/{quiz}/papers/new", "401 403 403 403 403 303 303", codes="101", forms="html"),
    get("/quizzes/{quiz}/papers/builds", OWN),
    get("/quizzes/papers/{papers}", "404 404 404 404 404 404 200"),
    get("/quizzes/papers/{papers}/file", "404 404 404 404 404 404 200"),
    get("/quizzes/papers/{papers}/files/1", "404 404 404 404 404 404 200"),
    send("POST", "/api/quizzes/{quiz}/papers", "401 403 403 403 403 201 201", {"codes": ["101"], "formats": ["html"]}),
    get("/api/quizzes/{quiz}/papers", "401 403 403 403 403 200 200"),
    get("/api/quizzes/papers/{papers}", "404 404 404 404 404 404 200"),
    get("/api/quizzes/papers/{papers}/file", "404 404 404 404 404 404 200"),
    get("/quizzes/{quiz}/export", OWN),
    post("/quizzes/{quiz}/export", "401 403 403 403 403 303 303", format="text"),
    send("POST", "/api/quizzes/{quiz}/exports", "401 403 403 403 403 201 201", {"format": "text"}),
    post("/quizzes/{quiz}/items/1/lock", OWN_STEP, is_locked="yes", revision="1"),
    post("/quizzes/{quiz}/items/1/swap", OWN_STEP, revision="1"),
    get("/quizzes/{quiz}/items/1/alternatives", OWN_PAGE),
    post("/quizzes/{quiz}/items/1/replace", OWN_STEP, question_id="1", revision="1"),
    post("/quizzes/{quiz}/items/1/move", OWN_STEP, by="1", revision="1"),
    post("/quizzes/{quiz}/items/1/remove", OWN_STEP, revision="1"),
    post("/quizzes/{quiz}/marks", OWN_STEP, **{"marks-1": "0,5", "revision": "1"}),
    post("/quizzes/{quiz}/parts/1/marks", OWN_STEP, total="2", revision="1"),
    get("/quizzes/{quiz}/add", OWN_PAGE),
    post("/quizzes/{quiz}/items", OWN_STEP, question_id="{question}", revision="1"),
    post("/quizzes/{quiz}/redraw", OWN_STEP, revision="1"),
    post("/quizzes/{quiz}/undo", OWN_STEP, revision="1"),
    post("/quizzes/{quiz}/redo", OWN_STEP, revision="1"),
    post("/quizzes/{quiz}/variants", "401 403 403 403 403 403 303", codes="201"),
    get("/quizzes/{quiz}/codes", OWN),
    post("/quizzes/{quiz}/codes", "401 403 403 403 403 403 303", codes="201-202", questions="yes"),
    post("/quizzes/{quiz}/codes/delete", "401 403 403 403 403 403 303"),
    get("/quizzes/{quiz}/key-files?name=keys.json", OWN),
    get("/quizzes/{quiz}/key-files/TNMaker-2025.xlsx", OWN),
    get("/quizzes/{quiz}/key-files/keys.json?code=101", OWN),
    get("/quizzes/{quiz}/handout", OWN),
    get("/quizzes/{quiz}/handout.xlsx?rows=2", "302 403 403 403 403 422 422"),
    send("POST", "/api/quizzes/{quiz}/codes", "401 403 403 403 403 403 200", {"codes": ["201-202"]}),
    get("/api/quizzes/{quiz}/key-files/A-vertical.csv", "401 403 403 403 403 200 200"),
    post("/quizzes/{quiz}/variants/101/delete", "401 403 403 403 403 403 303"),
    post("/quizzes/{quiz}/delete", "401 403 403 403 403 403 303"),
    post("/quizzes/{quiz}/restore", "401 403 403 403 403 403 303"),
    get("/api/quizzes", "401 403 200 200 200 200 200"),
    send("POST", "/api/quizzes", "401 403 201 201 201 201 201", {"matrix": MATRIX, "seed": 1}),
    get("/api/quizzes/{quiz}", "401 403 403 403 403 200 200"),
    get("/api/quizzes/{quiz}/keys", "401 403 403 403 403 200 200"),
    get("/api/quizzes/{quiz}/workbench", "401 403 403 403 403 200 200"),
    send("POST", "/api/quizzes/{quiz}/items/1/lock", OWN_CHANGE, {"is_locked": True, **FIRST}),
    send("POST", "/api/quizzes/{quiz}/items/1/swap", OWN_CHANGE, FIRST),
    get("/api/quizzes/{quiz}/items/1/alternatives", "401 403 403 403 403 200 200"),
    send("POST", "/api/quizzes/{quiz}/items/1/replace", OWN_CLASH, {"question_id": 1, **FIRST}),
    send("POST", "/api/quizzes/{quiz}/items/1/move", OWN_CHANGE, {"by": 1, **FIRST}),
    send("PUT", "/api/quizzes/{quiz}/items/1/marks", OWN_CHANGE, {"marks": "0.5", **FIRST}),
    send("DELETE", "/api/quizzes/{quiz}/items/1?revision=1", OWN_CHANGE),
    get("/api/quizzes/{quiz}/candidates", "401 403 403 403 403 200 200"),
    send("POST", "/api/quizzes/{quiz}/items", OWN_CLASH, {"question_id": 10**6, **FIRST}),
    send("PUT", "/api/quizzes/{quiz}/parts/1/marks", OWN_CHANGE, {"total": "2", **FIRST}),
    send("POST", "/api/quizzes/{quiz}/redraw", OWN_CHANGE, FIRST),
    send("POST", "/api/quizzes/{quiz}/undo", OWN_CLASH, FIRST),
    send("POST", "/api/quizzes/{quiz}/redo", OWN_CLASH, FIRST),
    send("POST", "/api/quizzes/{quiz}/variants", "401 403 403 403 403 403 200", {"codes": ["201"]}),
    send("DELETE", "/api/quizzes/{quiz}", "401 403 403 403 403 403 204"),
]

REPAIR = {"treatment": "all-right", "reason": "Đề sai."}
REPAIRS = [
    get("/questions/{question}/repair", "302 403 403 200 200 200 403"),
    post("/questions/{question}/repair", "401 403 403 303 303 303 403", treatment="all-right", reason="Đề sai."),
    get("/quizzes/{scanned}/scans", MAKER),
    post("/quizzes/{scanned}/scans", "401 403 403 403 403 403 422"),
    get("/quizzes/{scanned}/answer-sheets", MAKER),
    post("/quizzes/{scanned}/answer-sheets", "401 403 403 403 403 403 200", candidates="000123 Lan"),
    get("/scans/{scan}", SCANNING),
    get("/scans/{scan}/marks.xlsx", SCANNING),
    get("/scans/{scan}/review", SCANNING),
    post("/scans/{scan}/review", DECIDING, sheet="{sheet}", field="1.1", value="B"),
    post("/scans/{scan}/undo", DECIDING),
    get("/scans/sheets/{sheet}", SCANNING),
    get("/scans/sheets/{sheet}/picture", SCANNING),
    get("/scans/sheets/{sheet}/fields/1.1", SCANNING),
    post("/scans/sheets/{sheet}/digits", DECIDING, kind="number", digits="000124"),
    post("/scans/sheets/{sheet}/discard", DECIDING),
    post("/scans/sheets/{sheet}/restore", DECIDING),
    get("/quizzes/{quiz}/items/1/repair", OWN),
    post("/quizzes/{quiz}/items/1/repair", "401 403 403 403 403 303 303", treatment="left-out", reason="Đề sai."),
    get("/questions/{question}/uses", "302 403 403 200 200 200 200"),
    get("/api/questions/{question}/uses", "401 403 403 200 200 200 200"),
    get("/repairs", TEACHING),
    get("/repairs/{repair}", OWN),
    get("/repairs/{repair}/undo", OWN),
    post("/repairs/{repair}/undo", "401 403 403 403 403 303 303", reason="Nhầm đề."),
    get("/api/repairs", "401 403 200 200 200 200 200"),
    get("/api/repairs/{repair}", "401 403 403 403 403 200 200"),
    get("/api/repairs/{repair}/changes", "401 403 403 403 403 200 200"),
    send("POST", "/api/repairs/{repair}/undo", "401 403 403 403 403 201 201", {"reason": "Nhầm đề."}),
    get("/api/questions/{question}/repairs/preview?treatment=all-right", "401 403 403 200 200 200 403"),
    send("POST", "/api/questions/{question}/repairs", "401 403 403 201 201 201 403", REPAIR),
    get("/api/quizzes/{quiz}/items/1/repairs/preview?treatment=all-right", "401 403 403 403 403 200 200"),
    send("POST", "/api/quizzes/{quiz}/items/1/repairs", "401 403 403 403 403 201 201", REPAIR),
]

CLASSES = [
    get("/classes", SIGNED_IN),
    post("/classes", "401 403 303 303 303 303 303", name="12A2"),
    post("/classes/join", "401 303 303 303 303 303 303", code="{join_code}"),
    get("/classes/{class}", MEMBERS),
    post("/classes/{class}/code", "401 404 404 404 404 404 303"),
    post("/classes/{class}/members/{pupil}/remove", "401 404 404 404 404 404 303"),
    get("/classes/{class}/assign", MEMBERS),
    post("/classes/{class}/assign", "401 404 404 404 404 404 422", quiz_id="{quiz}"),
    get("/assignments/new", SIGNED_IN),
    get("/assignments/{assignment}", "302 404 404 404 404 404 303"),
    post("/assignments/{assignment}/attempts", "401 404 404 404 404 404 403"),
    get("/assignments/{assignment}/results", MEMBERS),
    post("/assignments/{assignment}/close", "401 404 404 404 404 404 303"),
    get("/api/classes", "401 200 200 200 200 200 200"),
    send("POST", "/api/classes/{class}/assignments", "401 404 404 404 404 404 201", ASSIGNMENT),
    get("/api/assignments/{assignment}/results", "401 404 404 404 404 404 200"),
]

ATTEMPTS = [
    get("/practice", EVERYBODY),
    post("/practice", "303 303 303 303 303 303 303", subject="toan", count="5"),
    get("/me", SIGNED_IN),
    get("/attempts/{attempt}", "404 404 404 404 404 404 200"),
    post("/attempts/{attempt}", "404 404 404 404 404 404 303"),
    get("/attempts/{attempt}/submit", "404 404 404 404 404 404 200"),
    post("/attempts/{attempt}/submit", "404 404 404 404 404 404 303"),
    get("/attempts/{attempt}/review", "404 404 404 404 404 404 303"),
    get("/attempts/{attempt}/state", "404 404 404 404 404 404 200"),
    send(
        "PUT",
        "/attempts/{attempt}/answers/1",
        "404 404 404 404 404 404 200",
        {"response": "A", "revision_based_on": 0},
    ),
]

DOORS = [
    *FRONT,
    *ACCOUNTS,
    *ADMINISTRATION,
    *PUBLISHING,
    *LECTURES,
    *QUESTIONS,
    *ITEM_TEMPLATES,
    *MATRICES,
    *QUIZZES,
    *REPAIRS,
    *CLASSES,
    *ATTEMPTS,
]
