"""How long a recording plays, read from its container; None where the container does not say."""

import struct
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

BOXES_MAX = 10_000
MPEG_BITRATES = {
    # (is version 1, layer) -> kbit/s by index
    (True, 1): (0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448),
    (True, 2): (0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384),
    (True, 3): (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    (False, 1): (0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256),
    (False, 2): (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
    (False, 3): (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
MPEG_RATES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}
EBML_SEGMENT, EBML_INFO, EBML_SCALE, EBML_DURATION = 0x18538067, 0x1549A966, 0x2AD7B1, 0x4489


def seconds_of(path: Path, media_type: str) -> float | None:
    """Seconds of a video or audio file, by its media type."""
    reader = READERS.get(media_type)
    if reader is None:
        return None
    try:
        with path.open("rb") as file:
            seconds = reader(file, path.stat().st_size)
    except (struct.error, ValueError, IndexError, ZeroDivisionError, OverflowError):
        return None
    return seconds if seconds and 0 < seconds < 86_400 * 7 else None


def boxes(file: BinaryIO, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """(name, first byte of the body, end) of the ISO media boxes between two places."""
    at = start
    for _ in range(BOXES_MAX):
        if at + 8 > end:
            return
        file.seek(at)
        size, name = struct.unpack(">L4s", file.read(8))
        header = 8
        if size == 1:
            size, header = struct.unpack(">Q", file.read(8))[0], 16
        size = size or end - at
        if size < header:
            return
        yield name, at + header, min(at + size, end)
        at += size


def iso_media_seconds(file: BinaryIO, size: int) -> float | None:
    for name, start, end in boxes(file, 0, size):
        if name != b"moov":
            continue
        for inner, at, _ in boxes(file, start, end):
            if inner == b"mvhd":
                file.seek(at)
                version = file.read(4)[0]
                layout = ">8x8xLQ" if version == 1 else ">4x4xLL"
                scale, duration = struct.unpack(layout, file.read(struct.calcsize(layout)))
                return float(duration / scale)
    return None


def wav_seconds(file: BinaryIO, size: int) -> float | None:
    at, bytes_per_second = 12, 0
    for _ in range(BOXES_MAX):
        file.seek(at)
        head = file.read(8)
        if len(head) < 8:
            return None
        name, length = struct.unpack("<4sL", head)
        if name == b"fmt ":
            bytes_per_second = struct.unpack("<HHLL", file.read(12))[3]
        if name == b"data":
            return float(min(length, size - at - 8) / bytes_per_second)
        at += 8 + length + length % 2
    return None


def ogg_seconds(file: BinaryIO, size: int) -> float | None:
    head = file.read(512)
    rate = 48_000 if b"OpusHead" in head else 0
    if (at := head.find(b"\x01vorbis")) >= 0:
        rate = struct.unpack_from("<L", head, at + 12)[0]
    file.seek(max(0, size - 65_536))
    tail = file.read()
    last = tail.rfind(b"OggS")
    if not rate or last < 0:
        return None
    return float(struct.unpack_from("<Q", tail, last + 6)[0] / rate)


def mpeg_audio_seconds(file: BinaryIO, size: int) -> float | None:
    """From the Xing or VBRI frame where there is one, else from the first frame's bit rate."""
    start = 0
    head = file.read(10)
    if head[:3] == b"ID3":
        start = 10 + sum((byte & 0x7F) << shift for byte, shift in zip(head[6:10], (21, 14, 7, 0), strict=True))
    file.seek(start)
    data = file.read(65_536)
    at = next((i for i in range(len(data) - 4) if data[i] == 0xFF and is_mpeg_frame(data[i : i + 4])), None)
    if at is None:
        return None
    version, layer = (data[at + 1] >> 3) & 3, 4 - ((data[at + 1] >> 1) & 3)
    rate = MPEG_RATES[version][(data[at + 2] >> 2) & 3]
    frame = data[at : at + 200]
    samples = 384 if layer == 1 else 1152 if layer == 2 or version == 3 else 576
    for mark, offset in ((b"Xing", 8), (b"Info", 8), (b"VBRI", 14)):
        if (found := frame.find(mark)) >= 0:
            return float(struct.unpack_from(">L", frame, found + offset)[0] * samples / rate)
    kilobits = MPEG_BITRATES[version == 3, layer][data[at + 2] >> 4]
    return (size - start - at) * 8 / (kilobits * 1000)


def is_mpeg_frame(head: bytes) -> bool:
    version, layer = (head[1] >> 3) & 3, (head[1] >> 1) & 3
    return head[1] & 0xE0 == 0xE0 and version != 1 and layer != 0 and 0 < head[2] >> 4 < 15 and (head[2] >> 2) & 3 != 3


def webm_seconds(file: BinaryIO, size: int) -> float | None:
    """``Duration`` of the segment's ``Info``, in units of ``TimecodeScale`` nanoseconds."""
    for name, start, end in elements(file, 0, size):
        if name != EBML_SEGMENT:
            continue
        for inner, at, stop in elements(file, start, end):
            if inner == EBML_INFO:
                return webm_info_seconds(file, at, stop)
    return None


def webm_info_seconds(file: BinaryIO, start: int, end: int) -> float | None:
    scale, duration = 1_000_000, None
    for name, at, stop in elements(file, start, end):
        file.seek(at)
        body = file.read(min(stop - at, 8))
        if name == EBML_SCALE:
            scale = int.from_bytes(body, "big")
        if name == EBML_DURATION:
            duration = struct.unpack(">d" if len(body) == 8 else ">f", body)[0]
    return duration * scale / 1e9 if duration else None


def elements(file: BinaryIO, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """(id, first byte of the body, end) of the EBML elements between two places."""
    at = start
    for _ in range(BOXES_MAX):
        if at >= end:
            return
        file.seek(at)
        head = file.read(12)
        if not head or not head[0]:
            return
        id_length = 9 - head[0].bit_length()
        size_length = 9 - head[id_length].bit_length()
        size = int.from_bytes(head[id_length : id_length + size_length], "big") & ((1 << 7 * size_length) - 1)
        body = at + id_length + size_length
        is_unknown = size == (1 << 7 * size_length) - 1
        stop = end if is_unknown else min(body + size, end)
        yield int.from_bytes(head[:id_length], "big"), body, stop
        at = stop


READERS: dict[str, Callable[[BinaryIO, int], float | None]] = {
    "video/mp4": iso_media_seconds,
    "audio/mp4": iso_media_seconds,
    "video/webm": webm_seconds,
    "audio/wav": wav_seconds,
    "audio/ogg": ogg_seconds,
    "audio/mpeg": mpeg_audio_seconds,
}
