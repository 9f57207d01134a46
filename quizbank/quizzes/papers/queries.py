"""The papers of a quiz, made of what the database holds."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import groupby

from sqlalchemy.orm import Session

from quizbank.permissions import SEE_QUIZ_KEYS
from quizbank.questions.rules import CHOICE_TYPES, OPTION_LETTERS, QuestionType
from quizbank.questions.rulings import NO_RULINGS, content_with_key
from quizbank.quizzes import queries
from quizbank.quizzes.descriptions import key_of
from quizbank.quizzes.explanations import explanation_for
from quizbank.quizzes.layout import option_columns
from quizbank.quizzes.models import Quiz, QuizVariant
from quizbank.quizzes.papers import wording
from quizbank.quizzes.papers.numbering import numbered_anew, own_intro
from quizbank.quizzes.papers.paper import Block, Choice, Heading, Paper, PaperOptions, PaperPart, PaperQuestion
from quizbank.quizzes.queries import PaperItem
from repository.accounts.models import Organisation, OrganisationKind
from repository.curriculum.queries import curriculum
from repository.errors import NotFound
from repository.permissions import Actor

DOTS = "." * 36


def papers_of(
    session: Session, actor: Actor, quiz_id: int, codes: Sequence[str] = (), options: PaperOptions | None = None
) -> list[Paper]:
    """The papers of a quiz in the order of ``codes``; without codes those of all, or the quiz itself if it has none.

    Raises:
        NotFound: no such quiz, or it has no such code.
        Forbidden: another's quiz, or its keys are asked for by someone who may not see them.
    """
    options = options or PaperOptions()
    quiz = queries.get_quiz(session, actor, quiz_id)
    if options.with_keys:
        SEE_QUIZ_KEYS.require(actor, quiz)
    versions = queries.versions_of(session, quiz)
    rulings = queries.rulings_of(session, quiz) if options.with_keys else NO_RULINGS
    variants = {variant.code: variant for variant in queries.variants_with_items(session, quiz.id)}
    missing = [code for code in codes if code not in variants]
    if missing:
        raise NotFound("Đề này không có mã đề {code}.", code=missing[0])
    heading = heading_of(session, quiz, options)
    wanted: list[QuizVariant | None] = [variants[code] for code in codes or variants]
    return [
        paper_from(
            quiz,
            queries.paper_of(quiz, versions, variant, rulings),
            heading,
            options,
            code=variant.code if variant else "",
        )
        for variant in wanted or [None]
    ]


def heading_of(session: Session, quiz: Quiz, options: PaperOptions) -> Heading:
    """The lines above the questions: what the teacher says, else what quiz and organisation say."""
    authority, school = _organisations_of(session, quiz)

    def said(own: str | None, otherwise: str) -> str:
        return (otherwise if own is None else own).strip()

    note = options.note
    return Heading(
        authority=said(options.authority, authority).upper(),
        school=said(options.school, school).upper(),
        exam=said(options.exam, quiz.title).upper(),
        year=said(options.year, wording.school_year_of(quiz.created_at.date())).upper(),
        subject=wording.subject_line(curriculum().name_of(quiz.subject), quiz.grade),
        duration=wording.duration_line(quiz.duration_minutes),
        notes=wording.NOTES if note is None else tuple(line.strip() for line in note.splitlines() if line.strip()),
    )


def _organisations_of(session: Session, quiz: Quiz) -> tuple[str, str]:
    """The names of the superior and of the school: dots where nobody knows them."""
    own = queries.organisation_of(session, quiz)
    if own is None:
        return f"Sở Giáo dục và Đào tạo {'.' * 12}", f"Trường {DOTS}"
    parent = session.get(Organisation, own.parent_id) if own.parent_id else None
    if own.kind is OrganisationKind.MINISTRY or parent is None:
        return own.name, ""
    return parent.name, own.name


def paper_from(
    quiz: Quiz, items: Sequence[PaperItem], heading: Heading, options: PaperOptions, *, code: str = ""
) -> Paper:
    """One code of a quiz as a paper."""
    is_english = quiz.subject == wording.ENGLISH
    by_part = {part: list(members) for part, members in groupby(items, key=lambda one: one.item.part)}
    parts: list[PaperPart] = []
    for part, members in by_part.items():
        if part == 4 and quiz.subject == wording.LITERATURE and len(by_part) == 1:
            parts += _literature_sections(members, options)
            continue
        types = [QuestionType(one.version.type) for one in members]
        parts.append(
            PaperPart(
                part,
                wording.part_title(part, sorted(by_part)),
                wording.part_order(part, types, is_english=is_english),
                tuple(_blocks_of(members, lambda one: _question_of(one, options, is_english=is_english))),
            )
        )
    title = f"{quiz.title} – {wording.code_line(code)}" if code else quiz.title
    return Paper(title, heading, tuple(_with_intros(parts, is_english=is_english)), code, options)


def _literature_sections(items: Sequence[PaperItem], options: PaperOptions) -> Iterator[PaperPart]:
    """I. ĐỌC HIỂU: the questions on a passage; II. VIẾT: the others. Numbers start anew in each."""
    names = {True: "ĐỌC HIỂU", False: "VIẾT"}
    numerals = iter(wording.ROMAN.values())
    for is_reading, name in names.items():
        members = [one for one in items if (one.version.passage_version_id is not None) is is_reading]
        if not members:
            continue
        renumbered = [replace(one, number=number) for number, one in enumerate(members, 1)]
        marks = sum((one.item.marks for one in members), Decimal(0))
        blocks = tuple(_blocks_of(renumbered, lambda one: _question_of(one, options, is_english=False)))
        yield PaperPart(4, wording.section_title(next(numerals), name, marks), "", blocks)


def _blocks_of(items: Sequence[PaperItem], question_of: Callable[[PaperItem], PaperQuestion]) -> Iterator[Block]:
    for _, neighbours in groupby(items, key=lambda one: one.version.passage_version_id):
        members = list(neighbours)
        passage = members[0].version.passage
        yield Block(tuple(map(question_of, members)), passage.text if passage else "")


def _with_intros(parts: Sequence[PaperPart], *, is_english: bool) -> Iterator[PaperPart]:
    for part in parts:
        blocks = (_introduced(block, part.part, is_english=is_english) for block in part.blocks)
        yield replace(part, blocks=tuple(blocks))


def _introduced(block: Block, part: int, *, is_english: bool) -> Block:
    """A block with the words around its passage, and its passage in the numbers of this code."""
    if not block.passage:
        return block
    numbers = [one.number for one in block.questions]
    block = numbered_anew(block) if part != 4 else block
    intro, outro = wording.passage_words(numbers[0], numbers[-1], is_essay=part == 4, is_english=is_english)
    own, rest = own_intro(block.passage)
    says_itself = own or wording.says_what_to_do(block.passage)
    return replace(block, passage=rest, intro=own if says_itself else intro, outro=outro)


def _question_of(one: PaperItem, options: PaperOptions, *, is_english: bool) -> PaperQuestion:
    kind = QuestionType(one.version.type)
    explanation = _explanation_of(one) if options.with_keys else ""
    choices = tuple(_choices_of(one, kind, with_keys=options.with_keys))
    return PaperQuestion(
        number=one.number,
        label=wording.question_label(
            one.number, one.item.marks, shows_marks=kind is QuestionType.ESSAY, is_english=is_english
        ),
        type=kind,
        stem=one.version.stem,
        choices=choices,
        marks=one.item.marks,
        columns=option_columns([choice.text for choice in choices]) if kind in CHOICE_TYPES else 1,
        position=one.item.position,
        key=key_of(one) if options.with_keys else "",
        explanation=explanation,
    )


def _explanation_of(one: PaperItem) -> str:
    """In the letters of this code; letters that may not be options are left, and said to be."""
    explained = explanation_for(content_with_key(one.version.content, one.ruling), one.option_order)
    if not explained.doubtful:
        return explained.text
    return f"{explained.text}\n{wording.doubtful_letters(explained.doubtful)}"


def _choices_of(one: PaperItem, kind: QuestionType, *, with_keys: bool) -> Iterator[Choice]:
    if kind in {QuestionType.SHORT_ANSWER, QuestionType.ESSAY}:
        return
    letters = OPTION_LETTERS.lower() if kind is QuestionType.TRUE_FALSE else OPTION_LETTERS
    for letter, canonical in zip(letters, one.option_order, strict=False):
        place = OPTION_LETTERS.index(canonical)
        yield Choice(letter, one.version.parts[place].text, one.keyed.parts[place].is_true if with_keys else None)
