"""cmi5 course structures and older xAPI (``tincan.xml``) packages: web pages that report to a record store."""

from xml.etree.ElementTree import Element

from repository.files.archives import Archive
from repository.files.media_types import ZIP
from repository.files.packages.info import Launch, PackageInfo, PackageKind, PackageWarning
from repository.files.packages.lom import string_of
from repository.files.packages.manifest import refuse_without_launch
from repository.files.packages.paths import PathFinder, is_outside, split_address
from repository.files.packages.xml import attribute, children, find_all, find_first, parse_xml, text_of

TRACKING = PackageWarning("tracking")


def inspect_cmi5(archive: Archive, path: str) -> PackageInfo:
    """A cmi5 course: its assignable units are the launches.

    Raises:
        PackageRefused: no unit's page is in the package.
    """
    root = parse_xml(archive.read_small(path), path)
    units = [
        (string_of(first_child(unit, "title")), text_of(first_child(unit, "url"))) for unit in find_all(root, "au")
    ]
    return web_package(archive, path, "cmi5", find_first(root, "course"), units)


def inspect_tincan(archive: Archive, path: str) -> PackageInfo:
    """An xAPI package: the activities with a ``launch`` are the launches."""
    root = parse_xml(archive.read_small(path), path)
    activities = list(find_all(root, "activity"))
    units = [
        (text_of(first_child(activity, "name")), text_of(first_child(activity, "launch"))) for activity in activities
    ]
    course = next((activity for activity in activities if attribute(activity, "type").endswith("course")), None)
    return web_package(archive, path, "xAPI", course, [unit for unit in units if unit[1]])


def first_child(element: Element, name: str) -> Element | None:
    return next(iter(children(element, name)), None)


def web_package(
    archive: Archive, manifest_path: str, standard: str, course: Element | None, units: list[tuple[str, str]]
) -> PackageInfo:
    finder, folder = PathFinder(archive.paths), manifest_path.rpartition("/")[0]
    launches, warnings = [], []
    for title, address in units:
        inside, rest = split_address(address, folder)
        found = None if is_outside(address) else finder.find(inside)
        if found:
            launches.append(Launch(title or found, found, rest))
        else:
            warnings.append(PackageWarning("outside-launch" if is_outside(address) else "missing-launch", address))
    if not launches:
        refuse_without_launch(warnings)
    name = first_child(course, "title") if course is not None else None
    if name is None and course is not None:
        name = first_child(course, "name")
    return PackageInfo(
        kind=PackageKind.HTML,
        media_type=ZIP,
        standard=standard,
        title=string_of(name) or launches[0].title,
        description=string_of(first_child(course, "description")) if course is not None else "",
        launches=tuple(launches),
        warnings=(*warnings, TRACKING),
    )
