"""The process that reads pictures of sheets: one request a line, one answer a line.

It knows no database and no network, and limits itself before it opens anything.
"""

import json
import sys
from pathlib import Path
from typing import Any

import cv2

from quizbank.answer_sheets.pictures import BadPicture, count_pages, picture_of
from quizbank.answer_sheets.reading import NoSheet, SheetReading, read_sheet
from repository.confinement import allow_time, confine, only_answers

Json = dict[str, Any]

MEMORY_BYTES = 1536 << 20
FILE_BYTES = 64 << 20
CPU_SECONDS = 20
JPEG_QUALITY = 82


def main() -> None:
    answers = only_answers()
    cv2.setNumThreads(1)
    confine(MEMORY_BYTES, FILE_BYTES)
    for line in sys.stdin.buffer:
        allow_time(CPU_SECONDS)
        answers.write(json.dumps(answer_to(json.loads(line))).encode() + b"\n")
        answers.flush()


def answer_to(request: Json) -> Json:
    """``pages`` of a file, or what was ``read`` on one of them, or a ``reason`` why not."""
    path = Path(request["path"])
    try:
        if "page" not in request:
            return {"pages": count_pages(path)}
        counts = request["counts"]
        read = read_sheet(picture_of(path, request["page"]), tuple(counts) if counts else None)
        _, data = cv2.imencode(".jpg", read.picture, [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY])
        Path(request["keep"]).write_bytes(data.tobytes())
        return {"read": json_of(read)}
    except (BadPicture, NoSheet) as error:
        return {"reason": error.reason}
    except MemoryError:
        return {"reason": "too-large"}
    except Exception as error:
        return {"reason": "broken", "error": f"{type(error).__name__}: {error}"[:300]}


def json_of(read: SheetReading) -> Json:
    layout = read.layout
    return {
        "number_digits": layout.number_digits,
        "code_digits": layout.code_digits,
        "counts": layout.counts,
        "label": str(read.label) if read.label else "",
        "fields": [
            (one.name, one.value, str(one.state), round(one.confidence, 3), [box.left, box.top, box.width, box.height])
            for one, box in zip(read.fields, read.boxes, strict=True)
        ],
    }


if __name__ == "__main__":
    main()
