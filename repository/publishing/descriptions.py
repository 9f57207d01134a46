"""Records and their log as people and other programs see them."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _

from repository.publishing.models import DeliveryState, Record
from repository.publishing.rules import RecordEventKind, absolute

EVENT_LABELS: Mapping[str, Any] = {
    RecordEventKind.PUBLISH: _("Đã xuất bản"),
    RecordEventKind.UPDATE: _("Đã cập nhật"),
    RecordEventKind.WITHDRAW: _("Đã thu hồi"),
}
STATE_LABELS: Mapping[str, Any] = {
    DeliveryState.WAITING: _("Chờ gửi lại"),
    DeliveryState.DELIVERED: _("Đã nhận"),
    DeliveryState.REFUSED: _("Bị từ chối"),
}
DC_LABELS: Mapping[str, Any] = {
    "title": _("Nhan đề"),
    "creator": _("Tác giả"),
    "subject": _("Chủ đề"),
    "description": _("Mô tả"),
    "publisher": _("Nhà xuất bản"),
    "contributor": _("Người cộng tác"),
    "date": _("Ngày"),
    "type": _("Loại"),
    "format": _("Định dạng"),
    "identifier": _("Định danh"),
    "source": _("Nguồn"),
    "language": _("Ngôn ngữ"),
    "relation": _("Liên quan"),
    "coverage": _("Phạm vi"),
    "rights": _("Giấy phép"),
}


def json_ld_of(record: Record, base_url: str) -> dict[str, Any]:
    """The record as schema.org JSON-LD: what its source said, completed from Dublin Core."""
    url = absolute(record.path, base_url)
    core = record.dublin_core
    said = dict(record.schema_org)
    completed = {
        "@context": "https://schema.org",
        "@type": "LearningResource",
        "name": core["title"][0],
        "description": core["description"][0],
        "author": [{"@type": "Person", "name": name} for name in core["creator"]],
        "publisher": {"@type": "Organization", "name": core["publisher"][0]},
        "datePublished": core["date"][0],
        "inLanguage": core.get("language", ["vi"])[0],
        "keywords": core.get("subject", []),
        "license": next((text for text in core.get("rights", []) if text.startswith("http")), ""),
    }
    filled = {name: value for name, value in (completed | said).items() if value not in ("", [], None)}
    return {**filled, "@id": url, "url": url, "identifier": record.identifier}
