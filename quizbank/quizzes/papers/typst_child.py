"""The process that sets papers: sources in a folder become PDF beside it. It knows no database and no network."""

import json
import sys
from pathlib import Path

import typst

from repository.confinement import allow_time, confine, only_answers

MEMORY_BYTES = 2 << 30
FILE_BYTES = 256 << 20
FEW_LINES = 0.24
"""The share of a last page above which it is worth its paper."""


def main() -> None:
    answers = only_answers()
    request = json.loads(sys.stdin.readline())
    confine(MEMORY_BYTES, FILE_BYTES)
    allow_time(4 * (int(request["seconds"]) + 1))
    folder = Path(request["folder"])
    compiler = compiler_in(folder / "root", folder / "packages")
    for place in request["places"]:
        answers.write(json.dumps(answer_of(compiler, folder, place)).encode() + b"\n")
        answers.flush()


def compiler_in(root: Path, packages: Path) -> typst.Compiler:
    """Typst with the fonts it brings and no packages, seeing nothing outside ``root``."""
    return typst.Compiler(
        root=root,
        font_paths=typst.Fonts(include_system_fonts=False, include_embedded_fonts=True),
        ignore_system_fonts=True,
        package_path=packages,
        package_cache_path=packages,
    )


def answer_of(compiler: typst.Compiler, folder: Path, place: int) -> dict[str, object]:
    source = folder / "root" / f"main{place}.typ"
    try:
        made = set_tightly(compiler, source)
    except typst.TypstError as error:
        return {"place": place, "error": f"{error.message} {' '.join(error.trace)}"[:2_000]}
    (folder / "made" / f"{place}.pdf").write_bytes(made)
    return {"place": place}


def set_tightly(compiler: typst.Compiler, source: Path) -> bytes:
    """A source as PDF; tighter, if that saves a last page with next to nothing on it."""
    made = pdf_of(compiler, source, {})
    pages, filled = end_of(compiler)
    if pages > 1 and filled < FEW_LINES:
        tight = pdf_of(compiler, source, {"tight": "yes"})
        if end_of(compiler)[0] < pages:
            return tight
    return made


def pdf_of(compiler: typst.Compiler, source: Path, inputs: dict[str, str]) -> bytes:
    """Accessible PDF (PDF/UA-1) with tags; with tags alone where the paper can't be (it names no exam, say)."""
    try:
        made = compiler.compile(input=source, format="pdf", sys_inputs=inputs, pdf_standards="ua-1")
    except typst.TypstError as error:
        if not error.message.startswith("PDF/UA-1"):
            raise
        made = compiler.compile(input=source, format="pdf", sys_inputs=inputs)
    return made if isinstance(made, bytes) else b""


def end_of(compiler: typst.Compiler) -> tuple[int, float]:
    """The last page and how much of it is filled, of the source set last; of one that does not say, none."""
    said = json.loads(compiler.query("<end>", field="value"))
    return (int(said[0][0]), float(said[0][1])) if said else (0, 1.0)


if __name__ == "__main__":
    main()
