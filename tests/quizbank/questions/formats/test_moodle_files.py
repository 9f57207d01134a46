from pathlib import Path

from tests.quizbank.questions.formats.moodle_files import table, tallies
from tests.shared_data import needs_shared_data

DOCUMENT = Path(__file__).resolve().parents[4] / "docs" / "formats.md"


@needs_shared_data
def test_every_real_file_is_read_and_the_document_says_what_became_of_it() -> None:
    found = tallies()
    assert sum(tally.files for tally in found.values()) == 79
    assert not any(tally.refused for tally in found.values())
    assert table() in DOCUMENT.read_text(encoding="utf-8")
