"""Item templates as they are stored and as other programs see them: plain JSON."""

import json
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from quizbank.item_templates.drafts import TemplateDraft
from quizbank.item_templates.models import KeptTemplate, TemplateGeneration, TemplateVersion
from quizbank.item_templates.rules import ItemTemplate, TemplatePart
from quizbank.item_templates.trying import Clone, Fault, Trial, message_of
from quizbank.questions.rules import AnswerKind, Part, Placement, QuestionType

KIND = "item template"


def content_of(template: ItemTemplate) -> str:
    """A template as it is stored. Decimals of tables are written as they are read: exactly."""
    return json.dumps(asdict(template), ensure_ascii=False, default=float)


def template_from(content: dict[str, Any]) -> ItemTemplate:
    """The inverse of ``asdict``."""
    fields = dict(content)
    fields["type"] = QuestionType(fields["type"])
    fields["key"] = TemplatePart(**(fields.get("key") or {}))
    fields["parts"] = tuple(TemplatePart(**part) for part in fields.get("parts", ()))
    kind = fields.get("answer_kind")
    fields["answer_kind"] = AnswerKind(kind) if kind else None
    return ItemTemplate(**fields)


def template_of(version: TemplateVersion) -> ItemTemplate:
    return template_from(json.loads(version.content))


def placement_of(version: TemplateVersion) -> Placement:
    return Placement(
        version.subject, version.programme, version.grade, version.topic, version.level, tuple(version.tags)
    )


def draft_of_version(version: TemplateVersion) -> TemplateDraft:
    """A version as it could be stored again."""
    fixed = (version.room, version.licence, version.may_meet)
    return TemplateDraft(version.name, template_of(version), placement_of(version), *fixed)


def json_of(template: KeptTemplate, version: TemplateVersion) -> dict[str, Any]:
    """A template with one of its versions."""
    return {
        **listed_json(template, version),
        "programme": version.programme,
        "tags": version.tags,
        "licence": version.licence,
        "room": version.room,
        "may_meet": version.may_meet,
        "template": json.loads(version.content),
    }


def listed_json(template: KeptTemplate, version: TemplateVersion) -> dict[str, Any]:
    """A template in a list: without what it is made of."""
    return {
        "id": template.id,
        "version": version.number,
        "name": version.name,
        "type": version.type,
        "subject": version.subject,
        "grade": version.grade,
        "topic": version.topic,
        "level": version.level,
        "updated_at": template.updated_at,
        "withdrawn_at": template.withdrawn_at,
    }


def generation_json(generation: TemplateGeneration, version: int) -> dict[str, Any]:
    """How far an order of questions is."""
    return {
        "id": generation.id,
        "template": generation.template_id,
        "version": version,
        "first": generation.first_number,
        "wanted": generation.wanted_count,
        "made": generation.made_count,
        "known": generation.known_count,
        "duplicates": generation.duplicate_count,
        "unlucky": generation.unlucky_count,
        "is_over": generation.finished_at is not None,
    }


def trial_json(trial: Trial, say: Callable[[Fault], str] = message_of) -> dict[str, Any]:
    """What a preview shows, and what is wrong where; ``say`` puts it in the reader's language."""
    return {
        "clones": [clone_json(clone) for clone in trial.clones],
        "faults": [fault_json(fault, say) for fault in trial.faults],
        "draws": trial.draws,
        "different": trial.different,
        "unlucky": trial.unlucky,
        "unused": list(trial.unused),
        "doubts": [say(doubt) for doubt in trial.doubts],
    }


def fault_json(fault: Fault, say: Callable[[Fault], str] = message_of) -> dict[str, Any]:
    return {"field": fault.field, "line": fault.line, "column": fault.column, "message": say(fault)}


def part_json(part: Part) -> dict[str, Any]:
    shown = {"text": part.text, "is_true": part.is_true}
    return shown | {"level": part.level} if part.level else shown


def clone_json(clone: Clone) -> dict[str, Any]:
    content = clone.content
    question = content and {
        "type": content.type,
        "stem": content.stem,
        "parts": [part_json(part) for part in content.parts],
        "explanation": content.explanation,
    }
    return {"number": clone.number, "values": dict(clone.values), "question": question}
