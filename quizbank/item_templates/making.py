"""From the fields of a template to the parts of a question: one maker for every type."""

from collections.abc import Callable, Iterator
from random import Random

from quizbank.item_templates.compiling import Step, same
from quizbank.item_templates.errors import Place, TemplateError
from quizbank.item_templates.names import Names
from quizbank.item_templates.operations import Run, Value, is_number
from quizbank.item_templates.programs import compile_text, compile_value
from quizbank.item_templates.rules import BLANK, MAX_PARTS, ItemTemplate, TemplatePart
from quizbank.item_templates.shapes import Draft, Statement, Wrong, choice, cluster, essay, several, short, worded
from quizbank.item_templates.writing import plain
from quizbank.questions.rules import AnswerKind, QuestionType

Maker = Callable[[Run, Random], Draft]
Show = Callable[[Run, Value], str]


def maker_of(template: ItemTemplate, names: Names) -> Maker:
    """What turns a finished run of the parameters into a question.

    Raises:
        TemplateError: a field cannot be read, is missing, or does not belong to this type.
    """
    if len(template.parts) > MAX_PARTS:
        raise TemplateError("Câu mẫu có quá {limit} phần.", Place("parts"), limit=MAX_PARTS)
    if not template.stem.strip():
        raise TemplateError("Câu mẫu không có lời dẫn.", Place("stem"))
    return MAKERS[template.type](template, names)


def _single_choice(template: ItemTemplate, names: Names) -> Maker:
    stem, because = _texts(template, names)
    show = _show_of(template, names)
    key = _shown(template.key, "key", names, show)
    parts = []
    for field, part in _fields(template):
        shown, why = _shown(part, field, names, show), compile_text(part.why, f"{field}.why", names)
        parts.append((_when(part, field, names), shown, why))
    rows = _rows(template, names, 2)

    def wrongs(run: Run) -> Iterator[Wrong]:
        for when, text, why in parts:
            if when is None or when(run):
                yield text(run), why(run)
        for text, why in rows(run):
            yield text if type(text) is str else show(run, text), _text(why)

    def make(run: Run, r: Random) -> Draft:
        others = list(wrongs(run)) if run.is_thorough else wrongs(run)
        return choice(r, stem(run), key(run), others, because(run))

    return make


def _several(template: ItemTemplate, names: Names) -> Maker:
    stem, because = _texts(template, names)
    show = _show_of(template, names)
    parts = []
    for field, part in _fields(template):
        truth = compile_value(part.truth, f"{field}.truth", names)
        parts.append((_when(part, field, names), _shown(part, field, names, show), truth))
    rows = _rows(template, names, 2)

    def options(run: Run) -> list[tuple[str, bool]]:
        fixed = [(text(run), bool(truth(run))) for when, text, truth in parts if when is None or when(run)]
        return fixed + [(_text(text), bool(truth)) for text, truth in rows(run)]

    return lambda run, r: several(r, stem(run), options(run), because(run))


def _true_false(template: ItemTemplate, names: Names) -> Maker:
    stem, _ = _texts(template, names)
    claims = [_claim(part, field, names) for field, part in _fields(template)]
    rows = _rows(template, names, 3, 4)

    def statements(run: Run, r: Random) -> list[Statement]:
        made = [claim(run, r) for claim in claims]
        return made + [_statement_of(row) for row in rows(run)]

    def make(run: Run, r: Random) -> Draft:
        made = statements(run, r)
        if len(made) != 4:
            raise TemplateError("Câu đúng/sai phải có đúng bốn ý.", Place("parts"))
        return cluster(stem(run), made)

    return make


def _statement_of(row: tuple[Value, ...]) -> Statement:
    text, truth, why, *level = row
    return Statement(_text(text), bool(truth), _text(why), *map(_text, level))


def _claim(part: TemplatePart, field: str, names: Names) -> Callable[[Run, Random], Statement]:
    """One statement: with a truth of its own, or with a blank that chance fills."""
    why = compile_text(part.why, f"{field}.why", names)
    if part.truth:
        text, truth = (
            compile_text(part.text, f"{field}.text", names),
            compile_value(part.truth, f"{field}.truth", names),
        )
        return lambda run, _random: Statement(text(run), bool(truth(run)), why(run), part.level)
    slot = names.take()
    right = compile_text(part.right, f"{field}.right", names)
    wrong = compile_text(part.wrong, f"{field}.wrong", names)
    frame = compile_text(part.text, f"{field}.text", names, lambda run: run.variables[slot])
    if not BLANK.search(part.text):
        raise TemplateError(
            "Ý đúng/sai cần truth, hoặc chỗ trống {{@ ? @}} với right và wrong.", Place(f"{field}.text")
        )

    def fill(run: Run, r: Random) -> Statement:
        good, bad = right(run), wrong(run)
        holds = r.random() < 0.5
        run.variables[slot] = good if holds else bad
        return Statement(frame(run), holds or good == bad, why(run), part.level)

    return fill


def _short_answer(template: ItemTemplate, names: Names) -> Maker:
    stem, because = _texts(template, names)
    if template.answer_kind is AnswerKind.TEXT:
        accepted = [_shown(template.key, "key", names, _show_of(template, names))]
        accepted += [compile_text(part.text, f"{field}.text", names) for field, part in _fields(template)]
        return lambda run, _random: worded(stem(run), [text(run) for text in accepted], because(run))
    value = compile_value(template.key.value, "key.value", names)

    def make(run: Run, r: Random) -> Draft:
        answer = value(run)
        if not is_number(answer):
            raise TemplateError("Đáp án phải là một số.", Place("key.value"))
        return short(stem(run), answer, because(run), template.places)

    return make


def _essay(template: ItemTemplate, names: Names) -> Maker:
    stem, because = _texts(template, names)
    return lambda run, _random: essay(stem(run), because(run))


MAKERS: dict[QuestionType, Callable[[ItemTemplate, Names], Maker]] = {
    QuestionType.SINGLE_CHOICE: _single_choice,
    QuestionType.MULTIPLE_RESPONSE: _several,
    QuestionType.TRUE_FALSE: _true_false,
    QuestionType.SHORT_ANSWER: _short_answer,
    QuestionType.ESSAY: _essay,
}


def _texts(template: ItemTemplate, names: Names) -> tuple[Step, Step]:
    return compile_text(template.stem, "stem", names), compile_text(template.explanation, "explanation", names)


def _fields(template: ItemTemplate) -> Iterator[tuple[str, TemplatePart]]:
    return ((f"parts[{place}]", part) for place, part in enumerate(template.parts))


def _when(part: TemplatePart, field: str, names: Names) -> Step | None:
    return compile_value(part.when, f"{field}.when", names) if part.when else None


def _shown(part: TemplatePart, field: str, names: Names, show: Show) -> Step:
    """The text of a part, or its value as ``show`` writes it."""
    if not part.value:
        return compile_text(part.text, f"{field}.text", names)
    value = compile_value(part.value, f"{field}.value", names)
    return lambda run: show(run, value(run))


def _show_of(template: ItemTemplate, names: Names) -> Show:
    if not template.show:
        return _plainly
    inner = names.within(["value"])
    slot, text = inner.inner["value"], compile_text(template.show, "show", inner)

    def show(run: Run, value: Value) -> str:
        run.variables[slot] = value
        return str(text(run))

    return show


def _plainly(run: Run, value: Value) -> str:
    if not is_number(value):
        raise TemplateError("Phương án value phải là một số; với chữ, dùng text.", Place("show"))
    return plain(value)


def _rows(template: ItemTemplate, names: Names, *widths: int) -> Callable[[Run], tuple[Value, ...]]:
    """Further parts, as tuples of one of the widths."""
    if not template.rows:
        return same(())
    step = compile_value(template.rows, "rows", names)

    def rows(run: Run) -> tuple[Value, ...]:
        values = step(run)
        if type(values) is not tuple or not all(type(row) is tuple and len(row) in widths for row in values):
            raise TemplateError("rows phải là danh sách các bộ {count} giá trị.", Place("rows"), count=widths[0])
        return values

    return rows


def _text(value: Value) -> str:
    if type(value) is not str:
        raise TemplateError("rows cần đoạn chữ ở chỗ này.", Place("rows"))
    return value
