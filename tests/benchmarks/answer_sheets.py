"""How well and how fast answer sheets are read: ``python -m tests.benchmarks.answer_sheets [--sheets 200]``.

Each sheet is drawn by the product, filled in by a simulated hand (five pens, incomplete, erased, crossed, ticked and
double marks, stray strokes) and taken by a simulated scanner or phone; everything follows from a seed. Time is that
of the processor in one process, from the file's bytes to the fields and the flat picture that is kept.
"""

import argparse
import statistics
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

import cv2

from quizbank.answer_sheets.pictures import picture_of
from quizbank.answer_sheets.reading import NoSheet, read_sheet
from tests.quizbank.answer_sheets.simulating import CAMERAS, Score, jpeg_of, saved, shot


def one(camera: str, seed: int, number: int) -> tuple[Score, float, bool]:
    """Reads one sheet: its score, seconds, and whether its QR code was read."""
    cv2.setNumThreads(1)
    score, made = Score(), shot(camera, number, seed)
    with tempfile.TemporaryDirectory() as folder:
        path = saved(made.jpeg, Path(folder))
        started = time.process_time()
        try:
            read = read_sheet(picture_of(path, 0), made.layout.counts)
        except NoSheet:
            score.unread = 1
            return score, time.process_time() - started, False
        jpeg_of(read.picture, 82)
        seconds = time.process_time() - started
    score.add(made.filled, read.fields)
    return score, seconds, read.label is not None


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--sheets", type=int, default=200)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--workers", type=int, default=2)
    given = parser.parse_args()
    print(
        "| pictures | sheets | fields | wrong, unflagged | flagged | set aside | QR read | s a sheet: median | 95 % |"
    )
    print("|---|---|---|---|---|---|---|---|---|")
    with ProcessPoolExecutor(given.workers) as pool:
        for camera in CAMERAS:
            results = list(pool.map(partial(one, camera, given.seed), range(given.sheets), chunksize=4))
            fields = sum(score.fields for score, _, _ in results)
            wrong = [text for score, _, _ in results for text in score.unflagged]
            flagged = sum(score.flagged for score, _, _ in results)
            unread = sum(score.unread for score, _, _ in results)
            times = sorted(seconds for _, seconds, _ in results)
            labels = sum(has_label for _, _, has_label in results)
            print(
                f"| {camera} | {given.sheets} | {fields} | {len(wrong)} ({len(wrong) / max(fields, 1):.3%}) | "
                f"{flagged / max(fields, 1):.2%} | {unread} | {labels} | {statistics.median(times):.3f} | "
                f"{times[int(len(times) * 0.95)]:.3f} |"
            )
            for text in wrong:
                print(f"    {text}")


if __name__ == "__main__":
    main()
