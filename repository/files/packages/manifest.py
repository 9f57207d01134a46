"""``imsmanifest.xml``: SCORM 1.2 and 2004, Common Cartridge, plain IMS content packages."""

from dataclasses import dataclass
from xml.etree.ElementTree import Element

from repository.files.archives import Archive
from repository.files.media_types import ZIP
from repository.files.packages.info import Launch, PackageInfo, PackageKind, PackageRefused, PackageWarning
from repository.files.packages.lom import Lom, read_lom
from repository.files.packages.paths import PathFinder, ending_of, is_flash, is_outside, split_address
from repository.files.packages.xml import attribute, children, find_all, find_first, first_text, parse_xml

WEB_ENDINGS = frozenset({"html", "htm", "xhtml", "pdf", "svg", "png", "jpg", "jpeg", "gif", "mp4", "mp3", "webm"})
SHOWN_IN_CARTRIDGES = ("webcontent", "associatedcontent")


@dataclass(frozen=True)
class Resource:
    address: str
    base: str
    type: str
    scorm_type: str


def inspect_manifest(archive: Archive, manifest_path: str) -> PackageInfo:
    """A package described by ``imsmanifest.xml``.

    Raises:
        PackageRefused: nothing in it can be started, or it holds questions rather than a lecture.
    """
    root = parse_xml(archive.read_small(manifest_path), manifest_path)
    folder = manifest_path.rpartition("/")[0]
    standard = standard_of(root)
    if standard.startswith("QTI"):
        raise PackageRefused(
            "questions", "Gói này chứa câu hỏi (QTI), không phải bài giảng; hãy nhập ở trang Nhập câu hỏi."
        )
    resources = resources_of(root, folder)
    launches, warnings = launches_of(root, resources, PathFinder(archive.paths), standard)
    lom = read_external_lom(archive, root, folder)
    return PackageInfo(
        kind=PackageKind.SCORM if standard.startswith("SCORM") else PackageKind.HTML,
        media_type=ZIP,
        standard=standard,
        title=title_of(root) or lom.title,
        launches=launches,
        description=lom.description,
        language=lom.language,
        authors=lom.authors,
        keywords=lom.keywords,
        licence=lom.rights,
        duration_minutes=lom.duration_minutes,
        warnings=warnings,
    )


def standard_of(root: Element) -> str:
    """``SCORM 1.2``, ``SCORM 2004 3rd Edition``, ``Common Cartridge 1.1``, ``QTI`` or ``IMS Content Package``."""
    schema, version = first_text(root, "metadata", "schema"), first_text(root, "metadata", "schemaversion")
    namespaces = " ".join(
        {str(element.tag) for element in root.iter()} | {key for e in root.iter() for key in e.attrib}
    )
    if "cartridge" in schema.lower() or "imscc" in root.tag:
        return f"Common Cartridge {version}".strip()
    if "qti" in schema.lower():
        return "QTI"
    if "2004" in version or "CAM" in version or "adlcp_v1p3" in namespaces:
        return f"SCORM {version}" if "2004" in version else "SCORM 2004"
    if version.startswith("1.2") or "adlcp_rootv1p2" in namespaces or "adl" in schema.lower():
        return "SCORM 1.2"
    types = {attribute(resource, "type").lower() for resource in find_all(root, "resource")}
    return "QTI" if types and all("qti" in name for name in types) else "IMS Content Package"


def resources_of(root: Element, folder: str) -> dict[str, Resource]:
    """Resources by identifier, with every ``xml:base`` above them."""
    found = {}
    for group in find_all(root, "resources"):
        for resource in children(group, "resource"):
            bases = [attribute(element, "base") for element in (root, group, resource)]
            base = "/".join(part.strip("/") for part in [folder, *bases] if part.strip("/"))
            found[attribute(resource, "identifier")] = Resource(
                address=attribute(resource, "href"),
                base=base,
                type=attribute(resource, "type").lower(),
                scorm_type=attribute(resource, "scormtype").lower(),
            )
    return found


def launches_of(
    root: Element, resources: dict[str, Resource], finder: PathFinder, standard: str
) -> tuple[tuple[Launch, ...], tuple[PackageWarning, ...]]:
    """What can be started, in the order of the table of contents, and what can't."""
    wanted = [
        (title, resources[reference], parameters)
        for title, reference, parameters in items_of(root)
        if reference in resources
    ]
    if not any(resource.address for _, resource, _ in wanted):
        wanted = [("", resource, "") for resource in startable(resources)]
    launches, warnings = [], []
    for title, resource, parameters in wanted:
        launch, problem = launch_of(title, resource, parameters, finder, standard)
        launches += [launch] if launch else []
        warnings += [problem] if problem else []
    if not launches:
        refuse_without_launch(warnings)
    return tuple(launches), tuple(warnings)


def startable(resources: dict[str, Resource]) -> list[Resource]:
    """Without a table of contents: the SCOs, else whatever a browser can show."""
    with_address = [resource for resource in resources.values() if resource.address]
    scos = [resource for resource in with_address if resource.scorm_type == "sco"]
    return scos or [resource for resource in with_address if ending_of(resource.address.split("?")[0]) in WEB_ENDINGS]


def refuse_without_launch(warnings: list[PackageWarning]) -> None:
    if any(warning.code == "flash" for warning in warnings):
        raise PackageRefused("flash", "Gói chỉ có nội dung Flash, trình duyệt ngày nay không phát được.")
    if any(warning.code == "outside-launch" for warning in warnings):
        raise PackageRefused("outside-launch", "Gói chỉ trỏ tới trang ngoài; hãy đăng dưới dạng liên kết.")
    raise PackageRefused(
        "nothing-to-start", "Trong gói không có trang nào để mở: bản kê không nêu, hoặc tệp được nêu bị thiếu."
    )


def launch_of(
    title: str, resource: Resource, parameters: str, finder: PathFinder, standard: str
) -> tuple[Launch | None, PackageWarning | None]:
    address = resource.address
    if is_outside(address):
        return None, PackageWarning("outside-launch", address)
    if standard.startswith("Common") and not resource.type.startswith(SHOWN_IN_CARTRIDGES):
        return None, PackageWarning("not-shown", title or resource.type)
    if not address:
        return None, None
    path, rest = split_address(address, resource.base)
    found = finder.find(path)
    if found is None:
        return None, PackageWarning("missing-launch", path)
    if is_flash(found):
        return None, PackageWarning("flash", found)
    return Launch(title or found.rpartition("/")[2], found, joined_parameters(rest, parameters)), None


def joined_parameters(rest: str, parameters: str) -> str:
    """The address's own query and the item's parameters, joined as SCORM 2004 CAM 3.4.1.12 says."""
    extra = parameters.lstrip("?&")
    if not extra:
        return rest
    if extra.startswith("#"):
        return rest if "#" in rest else rest + extra
    query, mark, fragment = rest.partition("#")
    return f"{query}{'&' if query else '?'}{extra}{mark}{fragment}"


def items_of(root: Element) -> list[tuple[str, str, str]]:
    """(title, resource id, parameters) of the default organisation's items, depth first."""
    organisation = default_organisation(root)
    if organisation is None:
        return []
    return [
        (first_text_of_child(item, "title"), attribute(item, "identifierref"), attribute(item, "parameters"))
        for item in find_all(organisation, "item")
        if attribute(item, "identifierref") and attribute(item, "isvisible").lower() not in ("false", "0")
    ]


def default_organisation(root: Element) -> Element | None:
    group = find_first(root, "organizations")
    if group is None:
        return None
    organisations = children(group, "organization")
    wanted = attribute(group, "default")
    matching = [found for found in organisations if attribute(found, "identifier") == wanted]
    return next(iter(matching + organisations), None)


def first_text_of_child(element: Element, name: str) -> str:
    from_child = children(element, name)
    return first_text(from_child[0]) if from_child else ""


def title_of(root: Element) -> str:
    organisation = default_organisation(root)
    return first_text_of_child(organisation, "title") if organisation is not None else ""


def read_external_lom(archive: Archive, root: Element, folder: str) -> Lom:
    """LOM inside the manifest, else in the file that ``adlcp:location`` names."""
    metadata = next(iter(children(root, "metadata")), None)
    if metadata is None:
        return Lom()
    if find_first(metadata, "lom") is not None:
        return read_lom(metadata)
    path = PathFinder(archive.paths).find(split_address(first_text(metadata, "location"), folder)[0])
    return read_lom(parse_xml(archive.read_small(path), path)) if path else Lom()
