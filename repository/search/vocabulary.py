"""The word lists of search: data files in ``words/`` that a librarian may edit; their first lines say how."""

from pathlib import Path

FOLDER = Path(__file__).with_name("words")
ONE_WAY = " > "


def lines_of(name: str) -> list[str]:
    """The lines of a list, without comments and empty lines."""
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    return [line.rstrip() for line in lines if line.strip() and not line.startswith("#")]


def spellings() -> dict[str, str]:
    """Other spelling -> the spelling that stands for both."""
    rows = (line.split("\t") for line in lines_of("spellings.tsv"))
    return {other: chosen for chosen, others in rows for other in others.split(",")}


def abbreviations() -> dict[str, str]:
    """Abbreviation -> what it stands for."""
    rows = (line.split("\t") for line in lines_of("abbreviations.tsv"))
    return {short: words for shorts, words in rows for short in shorts.split(",")}


def synonyms() -> list[tuple[str, tuple[str, ...]]]:
    """A word or phrase, and what may stand in its place in a query."""
    found: list[tuple[str, tuple[str, ...]]] = []
    for line in lines_of("synonyms.tsv"):
        asked, _, others = line.partition(ONE_WAY)
        group = tuple((others or asked).split("\t"))
        if others:
            found.append((asked, group))
        else:
            found += [(member, tuple(other for other in group if other != member)) for member in group]
    return found


def stop_words() -> tuple[frozenset[str], frozenset[str]]:
    """Words skipped in any query, and those skipped only in a query that has marks."""
    lines = lines_of("stop_words.txt")
    return (
        frozenset(line for line in lines if not line.endswith("*")),
        frozenset(line.rstrip("* ") for line in lines if line.endswith("*")),
    )


def fields() -> dict[str, str]:
    """Name of a filter -> facet."""
    rows = (line.split("\t") for line in lines_of("fields.tsv"))
    return {name: facet for facet, names in rows for name in (facet, *names.split(","))}


def values() -> list[tuple[str, str, tuple[str, ...]]]:
    """Facet, id, names."""
    rows = (line.split("\t") for line in lines_of("values.tsv"))
    return [(facet, id, (id, *names.split(","))) for facet, id, names in rows]
