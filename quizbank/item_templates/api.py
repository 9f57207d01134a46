"""Item templates for other programs."""

from typing import Any

from apiflask import APIBlueprint
from flask_babel import gettext as _

from quizbank.item_templates import actions, queries
from quizbank.item_templates.descriptions import generation_json, json_of, listed_json, trial_json
from quizbank.item_templates.jobs import schedule_clones
from quizbank.item_templates.models import KeptTemplate
from quizbank.item_templates.schemas import (
    GenerationIn,
    GenerationOut,
    TemplateIn,
    TemplateOut,
    TemplatePreviewIn,
    TemplateRevisionIn,
    TemplatesIn,
    TemplatesOut,
    TrialOut,
    draft_from,
)
from quizbank.item_templates.trying import check_draft, try_out
from quizbank.permissions import EDIT_ITEM_TEMPLATE, WRITE_ITEM_TEMPLATE
from repository import web
from repository.db import writing

api = APIBlueprint("item_templates_api", __name__, url_prefix="/api/item-templates", tag="Item templates")


def shown(template: KeptTemplate, number: int | None = None) -> dict[str, Any]:
    return json_of(template, queries.get_version(web.session(), template, number))


@api.get("")
@api.input(TemplatesIn, location="query", arg_name="wanted")
@api.output(TemplatesOut)
@api.doc(summary="Item templates you may see, the newest first")
def list_templates(wanted: dict[str, Any]) -> dict[str, Any]:
    names = ("subject", "grade", "withdrawn")
    wish = queries.TemplateWish(" ".join(wanted["q"].split()), **{name: wanted[name] for name in names})
    page = {"after": wanted["after"], "limit": wanted["limit"]}
    rows, after = queries.list_templates(web.session(), web.actor(), wish, **page)
    return {"templates": [listed_json(row.template, row.version) for row in rows], "next": after}


@api.post("")
@api.input(TemplateIn, arg_name="given")
@api.output(TemplateOut, status_code=201)
@api.doc(summary="Keep a new template")
def create_template(given: dict[str, Any]) -> dict[str, Any]:
    WRITE_ITEM_TEMPLATE.require(web.actor())
    draft = draft_from(given)
    check_draft(draft)
    return shown(actions.create_template(web.session(), web.actor(), draft, now=web.now(), is_checked=True))


@api.post("/preview")
@api.input(TemplatePreviewIn, arg_name="given")
@api.output(TrialOut)
@api.doc(summary="Draw some clones of a template that is not kept; say what is wrong where")
def preview_template(given: dict[str, Any]) -> dict[str, Any]:
    WRITE_ITEM_TEMPLATE.require(web.actor())
    trial = try_out(draft_from(given), given["first"], given["count"])
    return trial_json(trial, lambda fault: _(fault.message).format(**fault.facts))


@api.get("/<int:template_id>")
@api.output(TemplateOut)
@api.doc(summary="The newest version of a template")
def get_template(template_id: int) -> dict[str, Any]:
    return shown(queries.get_template(web.session(), web.actor(), template_id))


@api.get("/<int:template_id>/versions/<int:number>")
@api.output(TemplateOut)
@api.doc(summary="One version of a template")
def get_version(template_id: int, number: int) -> dict[str, Any]:
    return shown(queries.get_template(web.session(), web.actor(), template_id), number)


@api.post("/<int:template_id>/versions")
@api.input(TemplateRevisionIn, arg_name="given")
@api.output(TemplateOut, status_code=201)
@api.doc(summary="Add a version to a template; what older ones made stays as it is")
def revise_template(template_id: int, given: dict[str, Any]) -> dict[str, Any]:
    draft, session, actor = draft_from(given), web.session(), web.actor()
    EDIT_ITEM_TEMPLATE.require(actor, queries.get_template(session, actor, template_id))
    session.rollback()
    check_draft(draft)
    return shown(
        actions.revise_template(
            writing(session),
            actor,
            template_id,
            draft,
            now=web.now(),
            based_on=given["based_on"],
            is_checked=True,
        )
    )


@api.post("/<int:template_id>/withdraw")
@api.output(TemplateOut)
@api.doc(summary="Put a template away: it can still be read, and what it made stays")
def withdraw_template(template_id: int) -> dict[str, Any]:
    return shown(actions.withdraw_template(web.session(), web.actor(), template_id, now=web.now()))


@api.post("/<int:template_id>/restore")
@api.output(TemplateOut)
@api.doc(summary="Take a template out again")
def restore_template(template_id: int) -> dict[str, Any]:
    return shown(actions.restore_template(web.session(), web.actor(), template_id, now=web.now()))


@api.post("/<int:template_id>/generations")
@api.input(GenerationIn, arg_name="given")
@api.output(GenerationOut, status_code=202)
@api.doc(summary="Have a template make questions, as drafts; the worker makes them")
def generate_questions(template_id: int, given: dict[str, Any]) -> dict[str, Any]:
    session, actor = web.session(), web.actor()
    generation = actions.order_clones(session, actor, template_id, given["count"], first=given["first"], now=web.now())
    schedule_clones(session, actor, generation, now=web.now())
    return generation_json(generation, queries.get_template(session, actor, template_id).last_number)


@api.get("/<int:template_id>/generations/<int:generation_id>")
@api.output(GenerationOut)
@api.doc(summary="How far an order of questions is")
def get_generation(template_id: int, generation_id: int) -> dict[str, Any]:
    session = web.session()
    queries.get_template(session, web.actor(), template_id)
    generation = queries.get_generation(session, template_id, generation_id)
    return generation_json(generation, queries.version_number(session, generation.template_version_id))
