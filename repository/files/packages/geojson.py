"""GeoJSON (RFC 7946): checked through before anybody's map draws it."""

import json
import math
from pathlib import Path
from typing import Any

from repository.files.media_types import GEOJSON
from repository.files.packages.info import PackageInfo, PackageKind, PackageRefused
from repository.files.packages.tidying import tidy

SIZE_MAX_BYTES = 20 << 20
POSITIONS_MAX = 200_000
NESTING = {
    "Point": 0,
    "MultiPoint": 1,
    "LineString": 1,
    "MultiLineString": 2,
    "Polygon": 2,
    "MultiPolygon": 3,
}
COLLECTIONS_DEPTH_MAX = 5
NAME_KEYS = ("name", "title", "ten", "tên", "Name", "NAME")


def inspect_geojson(path: Path) -> PackageInfo:
    """A map.

    Raises:
        PackageRefused: not GeoJSON, coordinates out of range, or more than a browser draws well.
    """
    value = read_geojson(path)
    title = value.get("name") or value.get("title") or ""
    features = value.get("features", [value])
    return PackageInfo(
        kind=PackageKind.MAP,
        media_type=GEOJSON,
        standard="GeoJSON",
        title=tidy(title) if isinstance(title, str) else "",
        files=1,
        size_bytes=path.stat().st_size,
        keywords=tuple(dict.fromkeys(names_of(features)))[:20],
    )


def read_geojson(path: Path) -> dict[str, Any]:
    """The parsed and checked map.

    Raises:
        PackageRefused: as ``inspect_geojson``.
    """
    if path.stat().st_size > SIZE_MAX_BYTES:
        raise PackageRefused("map-too-large", "Bản đồ lớn hơn {limit} MB.", limit=SIZE_MAX_BYTES >> 20)
    try:
        value = json.loads(path.read_text("utf-8-sig"), parse_constant=refuse_constant)
    except (ValueError, RecursionError) as error:
        raise PackageRefused("json-broken", "Bản đồ không phải JSON đúng.") from error
    if not isinstance(value, dict):
        raise PackageRefused("map-type", "Tệp không phải bản đồ GeoJSON.")
    positions = sum(count_positions(geometry) for geometry in geometries_of(value, 0))
    if positions > POSITIONS_MAX:
        raise PackageRefused("map-too-large", "Bản đồ có quá nhiều điểm (tối đa {limit}).", limit=POSITIONS_MAX)
    if not positions:
        raise PackageRefused("map-empty", "Bản đồ không có điểm nào.")
    return value


def refuse_constant(name: str) -> float:
    raise ValueError(name)


def geometries_of(value: Any, depth: int) -> list[dict[str, Any]]:
    """All simple geometries below a GeoJSON object."""
    kind = value.get("type") if isinstance(value, dict) else None
    if kind == "FeatureCollection" and depth == 0:
        return [found for feature in members(value, "features") for found in geometries_of(feature, 1)]
    if kind == "Feature" and depth <= 1:
        geometry = value.get("geometry")
        return geometries_of(geometry, 2) if geometry is not None else []
    if kind == "GeometryCollection" and depth <= COLLECTIONS_DEPTH_MAX:
        return [
            found for geometry in members(value, "geometries") for found in geometries_of(geometry, max(depth, 2) + 1)
        ]
    if kind in NESTING:
        return [value]
    raise PackageRefused("map-type", "Bản đồ có đối tượng lạ ({type}); chỉ nhận GeoJSON.", type=str(kind)[:40])


def members(value: dict[str, Any], name: str) -> list[Any]:
    found = value.get(name)
    if not isinstance(found, list):
        raise PackageRefused("map-type", "Tệp không phải bản đồ GeoJSON.")
    return found


def count_positions(geometry: dict[str, Any]) -> int:
    """How many positions a geometry has; each must be [longitude, latitude, …] in degrees."""
    level = [geometry.get("coordinates")]
    for _ in range(NESTING[geometry["type"]]):
        if not all(isinstance(part, list) for part in level):
            raise PackageRefused("map-coordinates", "Bản đồ có toạ độ sai.")
        level = [item for part in level for item in part]  # type: ignore[union-attr]
    if not all(is_position(position) for position in level):
        raise PackageRefused(
            "map-coordinates", "Bản đồ có toạ độ sai: cần kinh độ từ -180 đến 180 và vĩ độ từ -90 đến 90 (WGS 84)."
        )
    return len(level)


def is_position(value: Any) -> bool:
    if not isinstance(value, list) or not 2 <= len(value) <= 4:
        return False
    if not all(type(number) in (int, float) and math.isfinite(number) for number in value):
        return False
    return -180 <= float(value[0]) <= 180 and -90 <= float(value[1]) <= 90


def names_of(features: Any) -> list[str]:
    """Names of places, for search."""
    names = []
    for feature in features if isinstance(features, list) else []:
        found = feature.get("properties") if isinstance(feature, dict) else None
        properties = found if isinstance(found, dict) else {}
        for key in NAME_KEYS:
            if isinstance(name := properties.get(key), str) and name.strip():
                names.append(tidy(name)[:200])
                break
    return names
