"""The process that reads strangers' files: ``python -m repository.files.extract KIND PATH [facts] [text] [thumbnail]``.

It limits itself first, answers one JSON object on standard output, and touches nothing else.
"""

import base64
import json
import resource
import sys
from dataclasses import astuple
from pathlib import Path
from typing import Any

from repository.files.text_extraction import read_facts, read_text
from repository.files.thumbnails import make_thumbnail

MEMORY_MAX_BYTES = 1536 << 20
CPU_MAX_SECONDS = 60
LIMITS = (
    (resource.RLIMIT_AS, MEMORY_MAX_BYTES),
    (resource.RLIMIT_CPU, CPU_MAX_SECONDS),
    (resource.RLIMIT_FSIZE, 0),
    (resource.RLIMIT_CORE, 0),
)


def limit_this_process() -> None:
    """Bound memory and CPU time and forbid writing files, as far as the system lets us."""
    for limit, value in LIMITS:
        hard = resource.getrlimit(limit)[1]
        ceiling = value if hard == resource.RLIM_INFINITY else min(value, hard)
        try:
            resource.setrlimit(limit, (ceiling, ceiling))
        except (ValueError, OSError):
            continue


def main(arguments: list[str]) -> None:
    kind, path, *wants = arguments
    limit_this_process()
    answer: dict[str, Any] = {}
    if "facts" in wants:
        answer["facts"] = read_facts(Path(path), kind)
    if "text" in wants:
        answer["texts"] = [astuple(found) for found in read_text(Path(path), kind)]
    if "thumbnail" in wants:
        thumbnail = make_thumbnail(Path(path), kind)
        answer["thumbnail"] = base64.b64encode(thumbnail).decode() if thumbnail else None
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main(sys.argv[1:])
