"""Administration of organisations: the Ministry, departments, schools."""

from flask import Blueprint, request
from flask_babel import get_locale
from flask_babel import gettext as _

from repository import permissions, web
from repository.accounts import actions, queries
from repository.accounts.descriptions import ORGANISATION_LABELS
from repository.accounts.models import OrganisationKind
from repository.accounts.pages.forms import Page, errors_of
from repository.accounts.provinces import find_province, provinces
from repository.collation import sort_key
from repository.errors import HocLieuError, Invalid

pages = Blueprint("organisations", __name__, url_prefix="/admin/organisations")


@pages.get("")
def list_organisations() -> str:
    text, after = request.args.get("q", "").strip()[:200], request.args.get("after", type=int)
    rows, next_key = queries.list_organisations(web.session(), web.actor(), text=text, after=after)
    return web.render(
        "repository/accounts/list_organisations.html",
        rows=rows,
        next_key=next_key,
        is_first=after is None,
        text=text,
        kinds=dict(kind_choices()),
        province_name=province_name,
    )


@pages.get("/new")
def new_organisation() -> Page:
    return new_organisation_page()


@pages.post("")
def add_organisation() -> Page:
    form = request.form
    try:
        organisation = actions.add_organisation(
            web.session(),
            web.actor(),
            kind=kind_given(),
            name=form.get("name", ""),
            code=form.get("code", ""),
            province=province_given(),
            parent_id=form.get("parent", type=int),
            now=web.now(),
        )
    except HocLieuError as error:
        return new_organisation_page(error)
    web.say("Đã thêm {name}.", name=organisation.name)
    return web.go_to("/admin/organisations")


def new_organisation_page(error: HocLieuError | None = None) -> Page:
    permissions.ADMINISTER.require(web.actor())
    page = web.render(
        "repository/accounts/new_organisation.html",
        given=request.form,
        errors=errors_of(error),
        kinds=kind_choices(),
        provinces=province_choices(),
        offices=[(office.id, office.name) for office in queries.list_offices(web.session())],
    )
    return page, error.status if error else 200


def kind_given() -> OrganisationKind:
    kind = request.form.get("kind", "")
    if kind not in set(OrganisationKind):
        raise Invalid("Hãy chọn loại đơn vị.", fields={"kind": []})
    return OrganisationKind(kind)


def province_given() -> str | None:
    key = request.form.get("province") or None
    if key and find_province(key) is None:
        raise Invalid("Hãy chọn tỉnh, thành phố trong danh sách.", fields={"province": []})
    return key


def kind_choices() -> list[tuple[str, str]]:
    return [(kind, _(label)) for kind, label in ORGANISATION_LABELS.items()]


def province_choices() -> list[tuple[str, None, list[tuple[str, str]]]]:
    """Today's provinces, then those of before July 2025, each in alphabetical order."""
    ordered = sorted(provinces(), key=lambda province: sort_key(province.name))
    return [
        (_("34 tỉnh, thành phố hiện nay"), None, [(p.key, province_name(p.key)) for p in ordered if p.is_current]),
        (
            _("63 tỉnh, thành phố trước 7/2025"),
            None,
            [(p.key, province_name(p.key)) for p in ordered if not p.is_current],
        ),
    ]


def province_name(key: str | None) -> str:
    found = find_province(key)
    return found.name_in(str(get_locale())) if found else ""
