"""Programs that write to the product without pause and remember what it acknowledged, whatever is killed meanwhile."""

import io
import queue
import random
import re
import threading
import time
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

import httpx
from PIL import Image

PAUSE_SECONDS = 0.02
OFFLINE_SECONDS = 0.1


@dataclass
class Acknowledged:
    """What the product said it has kept."""

    answers: dict[tuple[str, int, int], str] = field(default_factory=dict)
    uploads: dict[int, str] = field(default_factory=dict)
    pieces: int = 0
    publications: set[int] = field(default_factory=set)
    broken: list[str] = field(default_factory=list)


class Writer(threading.Thread):
    """Does one kind of thing again and again until told to stop; a lost line is tried again, as programs do."""

    def __init__(self, base_url: str, kept: Acknowledged, token: str = "") -> None:
        super().__init__(daemon=True)
        self.base_url, self.kept = base_url, kept
        self.stopping = threading.Event()
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        self.client = httpx.Client(base_url=base_url, headers=headers, timeout=20)
        self.error: BaseException | None = None

    def run(self) -> None:
        with self.client:
            while not self.stopping.is_set() and self.error is None:
                try:
                    self.act()
                except httpx.TransportError:
                    time.sleep(OFFLINE_SECONDS)
                except Exception as error:
                    self.error = error
                time.sleep(PAUSE_SECONDS)

    def act(self) -> None:
        raise NotImplementedError

    def ask(self, method: str, address: str, *expected: int, **more: Any) -> httpx.Response:
        answer = self.client.request(method, address, **more)
        if answer.status_code >= 500:
            raise httpx.ReadError(f"{answer.status_code} while the product starts or stops")
        if answer.status_code not in expected:
            raise AssertionError(f"{method} {address}: {answer.status_code} {answer.text[:300]}")
        return answer


class Answerer(Writer):
    """Practises without an account and changes its mind all the time."""

    def __init__(self, base_url: str, kept: Acknowledged, seed: int) -> None:
        super().__init__(base_url, kept)
        self.chance = random.Random(seed)
        self.attempt = ""
        self.revisions: dict[int, int] = {}

    def act(self) -> None:
        if not self.attempt:
            self.begin()
        position, response = self.chance.randint(1, 10), self.chance.choice("ABCD")
        based_on = self.revisions.get(position, 0)
        body = {"response": response, "revision_based_on": based_on}
        answer = self.ask("PUT", f"/attempts/{self.attempt}/answers/{position}", 200, 409, json=body)
        if answer.status_code == 409:
            self.catch_up()
            return
        revision = answer.json()["revision"]
        self.kept.answers[self.attempt, position, revision] = response
        self.revisions[position] = revision

    def begin(self) -> None:
        page = self.ask("GET", "/practice?subject=toan", 200)
        found = re.search(r'name="csrf-token" content="([^"]+)"', page.text)
        assert found
        self.client.headers["X-CSRFToken"] = found[1]
        begun = self.ask("POST", "/practice", 303, data={"subject": "toan", "count": "10"})
        self.attempt = begun.headers["Location"].rpartition("/")[2]

    def catch_up(self) -> None:
        """An answer whose acknowledgement was lost has been kept: go on from there."""
        state = self.ask("GET", f"/attempts/{self.attempt}/state", 200).json()
        self.revisions = {one["position"]: one["revision"] for one in state["answers"]}


class Uploader(Writer):
    """Uploads pictures, every other one in pieces, and sends them to the review desk."""

    def __init__(self, base_url: str, kept: Acknowledged, token: str, submitted: "queue.Queue[int]") -> None:
        super().__init__(base_url, kept, token)
        self.submitted = submitted
        self.number = 0
        self.unsubmitted: int | None = None

    def act(self) -> None:
        if self.unsubmitted is not None:
            self.ask("POST", f"/api/lectures/{self.unsubmitted}/submit", 200, 409, json={})
            self.submitted.put(self.unsubmitted)
            self.unsubmitted = None
        self.number += 1
        content = a_picture(self.number)
        metadata = a_lecture_named(f"Hình số {self.number}")
        if self.number % 2:
            metadata["upload"] = self.in_pieces(content)
            answer = self.ask("POST", "/api/lectures", 201, 404, 409, json=metadata)
        else:
            files = {"file": (f"hinh-{self.number}.png", content, "image/png")}
            answer = self.ask("POST", "/api/lectures", 201, data={"metadata": as_json(metadata)}, files=files)
        if answer.status_code == 201:
            self.unsubmitted = answer.json()["id"]
            self.kept.uploads[answer.json()["id"]] = sha256(content).hexdigest()

    def in_pieces(self, content: bytes) -> str:
        wanted = {"file_name": f"hinh-{self.number}.png", "size_bytes": len(content)}
        upload = str(self.ask("POST", "/api/uploads", 201, json=wanted).json()["id"])
        offset, size = 0, len(content) // 3 + 1
        while offset < len(content) and not self.stopping.is_set():
            try:
                offset = self.send_piece(upload, offset, content[offset : offset + size])
            except httpx.TransportError:
                offset = self.offset_after_cut(upload, offset)
        return upload

    def send_piece(self, upload: str, offset: int, piece: bytes) -> int:
        headers = {"Upload-Offset": str(offset)}
        sent = self.ask("PATCH", f"/api/uploads/{upload}", 200, 409, content=piece, headers=headers)
        if sent.status_code == 409:
            return self.offset_after_cut(upload, offset)
        self.kept.pieces += 1
        return int(sent.json()["offset"])

    def offset_after_cut(self, upload: str, acknowledged: int) -> int:
        """Where to go on; less than what was acknowledged is a loss."""
        while not self.stopping.is_set():
            try:
                offset = int(self.ask("GET", f"/api/uploads/{upload}", 200).json()["offset"])
            except httpx.TransportError:
                time.sleep(OFFLINE_SECONDS)
                continue
            if offset < acknowledged:
                self.kept.broken.append(f"upload {upload} had {acknowledged} bytes and has {offset}")
            return offset
        return acknowledged


class Publisher(Writer):
    """Approves what stands at the review desk."""

    def __init__(self, base_url: str, kept: Acknowledged, token: str, submitted: "queue.Queue[int]") -> None:
        super().__init__(base_url, kept, token)
        self.submitted = submitted
        self.current: int | None = None

    def act(self) -> None:
        if self.current is None:
            try:
                self.current = self.submitted.get(timeout=OFFLINE_SECONDS)
            except queue.Empty:
                return
        answer = self.ask("POST", f"/api/lectures/{self.current}/approve", 200, 409, json={})
        if answer.status_code == 200:
            self.kept.publications.add(self.current)
        self.current = None


def a_picture(number: int) -> bytes:
    """A small picture unlike any other."""
    picture = Image.frombytes("RGB", (40, 40), random.Random(number).randbytes(40 * 40 * 3))
    file = io.BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()


def a_lecture_named(title: str) -> dict[str, Any]:
    return {
        "title": title,
        "abstract": "Một hình để học sinh quan sát và nêu nhận xét.",
        "subject": "toan",
        "grades": [12],
        "authors": ["Trần Thị Bình"],
        "licence": "cc-by-4.0",
        "language": "vi",
    }


def as_json(data: dict[str, Any]) -> str:
    return str(httpx.Request("POST", "http://x", json=data).content.decode())
