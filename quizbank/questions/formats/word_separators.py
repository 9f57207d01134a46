"""Papers for mixing programs, whose questions have no number but end with ``[<br>]``."""

import re
from collections.abc import Sequence
from dataclasses import replace

from quizbank.questions.formats.text_lines import HEADER, Line
from quizbank.questions.formats.text_options import OPTION_INNER, OPTION_START

_SEPARATOR = re.compile(r"\s*\[?\s*(?:<|&lt;)/?br\s*/?>\s*\]?\s*", re.IGNORECASE)


def without_separators(lines: Sequence[Line]) -> list[Line]:
    """The lines with blank ones for separators; where no question has a header, each piece with options gets one."""
    if not any(_SEPARATOR.fullmatch(line.text) for line in lines):
        return list(lines)
    is_headed = any(HEADER.match(line.text) for line in lines)
    found: list[Line] = []
    count = start = 0
    for line in [*lines, Line(0, "[<br>]")]:
        if not _SEPARATOR.fullmatch(line.text):
            found.append(line)
            continue
        piece = found[start:]
        if not is_headed and any(OPTION_START.match(one.text) or OPTION_INNER.search(one.text) for one in piece):
            count += 1
            place = next(place for place in range(start, len(found)) if not found[place].is_blank)
            found[place] = replace(found[place], text=f"Câu {count}. {found[place].text.lstrip()}")
        start = len(found) + 1
        found.append(replace(line, text=""))
    return found[:-1]
