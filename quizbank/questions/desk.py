"""The import desk's form: the paper, its pictures, what the person mended and left out. Between two steps it holds
everything itself, so that nothing is stored before the person says so."""

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO

from quizbank.questions.formats.text_reader import decode_paper
from quizbank.questions.images import LIMIT_BYTES, is_sound_image
from quizbank.questions.papers import Paper, mend, programme_of
from quizbank.questions.rules import Placement
from repository.errors import Invalid
from repository.files.archives import ArchiveLimits, open_archive
from repository.files.store import FileStore, is_sha256

ZIP_LIMITS = ArchiveLimits(entries=2_000, total_bytes=256 << 20)
ZIP_LIMIT_BYTES = 64 * 1024 * 1024
MAX_IMAGES = 500


@dataclass(frozen=True)
class DeskForm:
    """What is on the desk. ``images``: target or file name -> SHA-256 of a kept picture."""

    text: str = ""
    name: str = "paste.txt"
    subject: str = ""
    programme: str = ""
    grade: str = ""
    licence: str = ""
    images: Mapping[str, str] = field(default_factory=dict)
    left_out: frozenset[int] = frozenset()

    @property
    def paper(self) -> Paper:
        grade = int(self.grade) if self.grade.isdecimal() and 1 <= int(self.grade) <= 12 else None
        placement = Placement(self.subject, self.programme or programme_of(self.name), grade)
        return Paper(self.name, self.text, placement, self.licence, self.left_out)


def desk_from(fields: Mapping[str, str], all_of: Callable[[str], Sequence[str]]) -> DeskForm:
    """The desk as sent: mended lines are put into the paper, and questions to leave out keep their mark.

    Args:
        fields: the form's fields.
        all_of: every value of a field that comes more than once.
    """
    text = fields.get("text", "").replace("\r\n", "\n")
    edits = {
        position: fields.get(f"source-{position}", "")
        for position in (int(given) for given in all_of("mended") if given.isdecimal())
    }
    images = dict(pair.rsplit("|", 1) for pair in all_of("image")[:MAX_IMAGES] if "|" in pair)
    return DeskForm(
        text=mend(text, edits) if edits else text,
        name=fields.get("name", "").strip()[:200] or "paste.txt",
        subject=fields.get("subject", ""),
        programme=fields.get("programme", ""),
        grade=fields.get("grade", ""),
        licence=fields.get("licence", ""),
        images={target: sha256 for target, sha256 in images.items() if is_sha256(sha256)},
        left_out=frozenset(int(given) for given in all_of("left_out") if given.isdecimal()),
    )


def with_file(desk: DeskForm, data: bytes, name: str) -> DeskForm:
    """The desk with an uploaded paper on it.

    Raises:
        Invalid: the file can't be read as text.
    """
    return replace(desk, text=decode_paper(data, name).replace("\r\n", "\n"), name=name)


def with_pictures(desk: DeskForm, stream: IO[bytes], name: str, keep: Callable[[str, bytes], str]) -> DeskForm:
    """The desk with the pictures of a zip, or one picture, beside the paper.

    Args:
        stream: the upload.
        name: its file name.
        keep: stores a sound picture and returns its hash.

    Raises:
        Invalid: neither a sound zip nor a sound picture.
    """
    if not name.lower().endswith(".zip"):
        data = stream.read(LIMIT_BYTES + 1)
        return replace(desk, images={**desk.images, name: keep(name, data)})
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "images.zip"
        data = stream.read(ZIP_LIMIT_BYTES + 1)
        if len(data) > ZIP_LIMIT_BYTES:
            raise Invalid("Gói hình quá lớn: tối đa 64 MB.")
        path.write_bytes(data)
        kept = {entry: keep(entry, picture) for entry, picture in _pictures_in(path)}
    return replace(desk, images={**desk.images, **kept})


def _pictures_in(path: Path) -> Iterator[tuple[str, bytes]]:
    with open_archive(path, ZIP_LIMITS) as archive:
        for entry in archive.entries[:MAX_IMAGES]:
            if entry.size_bytes <= LIMIT_BYTES and is_sound_image(picture := archive.read_small(entry.path)):
                yield entry.path, picture


def image_finder(desk: DeskForm, store: FileStore) -> Callable[[str], bytes | None]:
    """Looks pictures up by their whole target, else by the file name where only one picture has it."""
    by_name: dict[str, set[str]] = {}
    for target, sha256 in desk.images.items():
        by_name.setdefault(target.rsplit("/", 1)[-1], set()).add(sha256)

    def find(target: str) -> bytes | None:
        same_name = by_name.get(target.rsplit("/", 1)[-1], set())
        sha256 = desk.images.get(target) or (next(iter(same_name)) if len(same_name) == 1 else None)
        if sha256 is None or not store.has(sha256):
            return None
        with store.open(sha256) as stream:
            return stream.read(LIMIT_BYTES + 1)

    return find
