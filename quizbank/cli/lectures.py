"""``hoclieu import lectures``: packages, recordings and documents from files and folders."""

import json
from collections import Counter
from dataclasses import asdict
from pathlib import Path

import click

from quizbank.cli.context import follow_changes, now, one_session, open_product, run_pending_jobs
from repository.curriculum.queries import curriculum
from repository.lectures.actions import PROCESS
from repository.lectures.importing import ImportedFile, Outcome, Placing, files_below, import_file
from repository.permissions import SYSTEM
from repository.services import Services


@click.command("lectures")
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--publish", is_flag=True, help="Approve and publish what is imported.")
@click.option("--subject", default="", help="Subject of all files. Default: told by keywords or folder names.")
@click.option("--grade", type=click.IntRange(1, 12), default=None, help="Grade of all files.")
@click.option("--report", type=click.Path(dir_okay=False, path_type=Path), help="Write what became of each file here.")
def import_lectures(
    paths: tuple[Path, ...], publish: bool, subject: str, grade: int | None, report: Path | None
) -> None:
    """Import lectures from files and folders; metadata comes from each package and from FILE.json beside it."""
    if subject:
        curriculum().get_subject(subject)
    services = open_product()
    outcomes = []
    for path in files_below(list(paths)):
        outcomes.append(imported(services, path, Placing(subject, grade), publish))
        click.echo(line_of(outcomes[-1]))
    run_pending_jobs(services, (PROCESS,))
    follow_changes(services)
    counts = Counter(outcome.outcome for outcome in outcomes)
    click.echo(f"{len(outcomes)} files: " + ", ".join(f"{counts[outcome]} {outcome}" for outcome in Outcome))
    if report:
        report.write_text(json.dumps(report_of(outcomes), ensure_ascii=False, indent=1), encoding="utf-8")


def imported(services: Services, path: Path, placing: Placing, publish: bool) -> ImportedFile:
    """One file in a transaction of its own: a refusal leaves the others alone."""
    with one_session(services, writes=False) as session:
        outcome = import_file(
            session,
            SYSTEM,
            path,
            placing,
            store=services.store,
            limit_bytes=services.settings.upload_limit_bytes,
            now=now(),
            is_published=publish,
        )
        if outcome.outcome is Outcome.REFUSED:
            session.rollback()
    return outcome


def line_of(outcome: ImportedFile) -> str:
    reason = f"{outcome.code}: {outcome.message}" if outcome.code else f"{outcome.kind} “{outcome.title}”"
    warnings = f" [{', '.join(outcome.warnings)}]" if outcome.warnings else ""
    return f"{outcome.outcome:<10} {outcome.file}  {reason}{warnings}"


def report_of(outcomes: list[ImportedFile]) -> dict[str, object]:
    return {
        "files": len(outcomes),
        **{str(outcome): sum(found.outcome is outcome for found in outcomes) for outcome in Outcome},
        "items": [asdict(outcome) for outcome in outcomes],
    }
