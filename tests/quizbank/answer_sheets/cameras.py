"""What scanners and phones make of a sheet of paper. Seeded; all in grey."""

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

Grey = NDArray[Any]
Chance = np.random.Generator


def scanned(page: Grey, chance: Chance) -> Grey:
    """A sheet feeder at 200 dpi: a little turned and shifted, at times upside down or sideways."""
    scale = 1654 / page.shape[1]
    small = cv2.resize(page, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    height, width = small.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), chance.uniform(-1.5, 1.5), chance.uniform(0.985, 1.0))
    turn = turn + np.array([[0, 0, chance.uniform(-12, 12)], [0, 0, chance.uniform(-12, 12)]])
    turned = cv2.warpAffine(small, turn, (width, height), borderValue=float(chance.integers(215, 256)))
    turned = cv2.GaussianBlur(turned, (0, 0), chance.uniform(0.4, 0.9))
    bright = turned.astype(np.float32) * chance.uniform(0.9, 1.0) + chance.normal(0, 3, turned.shape)
    rotated = np.rot90(clipped(bright), int(chance.choice([0, 0, 0, 2, 1, 3])))
    return compressed(np.ascontiguousarray(rotated), int(chance.integers(70, 91)))


def good_photo(page: Grey, chance: Chance) -> Grey:
    """A phone held with care: nearly from above, even light, sharp."""
    photo = on_a_desk(page, chance, fill=chance.uniform(0.82, 0.94), tilt=0.06, turn=6)
    photo = light(photo, chance, darkest=chance.uniform(0.75, 0.95))
    photo = cv2.GaussianBlur(photo, (0, 0), chance.uniform(0.7, 1.2))
    return compressed(noisy(photo, chance, 4), int(chance.integers(80, 93)))


def careless_photo(page: Grey, chance: Chance) -> Grey:
    """A phone in a hurry: aslant, crumpled paper, a hand's shadow, dim light, shaken, strongly compressed."""
    page = crumpled(page, chance, chance.uniform(0.5, 2.2)) if chance.random() < 0.7 else page
    photo = on_a_desk(page, chance, fill=chance.uniform(0.68, 0.9), tilt=0.2, turn=180)
    photo = light(photo, chance, darkest=chance.uniform(0.5, 0.8))
    if chance.random() < 0.5:
        photo = shadowed(photo, chance)
    if chance.random() < 0.5:
        photo = shaken(photo, chance, chance.uniform(2, 7))
    photo = cv2.GaussianBlur(photo, (0, 0), chance.uniform(1.0, 2.4))
    dim = chance.uniform(0.4, 1.0)
    photo = noisy((photo.astype(np.float32) * dim).astype(np.uint8), chance, 3 + 7 * (1 - dim))
    return compressed(photo, int(chance.integers(45, 75)))


def on_a_desk(page: Grey, chance: Chance, *, fill: float, tilt: float, turn: float) -> Grey:
    """The page in a photo of 12 megapixels, seen through a camera that is a little aslant."""
    height, width = 4000, 3000
    side = fill * min(height / page.shape[0], width / page.shape[1])
    if turn > 30:
        side *= 0.97
    corners = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)], float) * (page.shape[1] / 2, page.shape[0] / 2) * side
    quarter = int(chance.integers(4)) if turn > 30 else 0
    angle = np.deg2rad(chance.uniform(-min(turn, 12), min(turn, 12)) + 180 * (quarter // 2))
    corners = corners @ np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    lean = chance.uniform(-tilt, tilt, 2)
    depth = 1 + corners @ (lean / np.array([width / 2, height / 2]))
    corners = corners / depth[:, None]
    corners *= min(1.0, 0.98 * width / np.ptp(corners[:, 0]), 0.98 * height / np.ptp(corners[:, 1]))
    corners += (width / 2, height / 2) - (corners.max(axis=0) + corners.min(axis=0)) / 2
    source = np.array([(0, 0), (page.shape[1], 0), (page.shape[1], page.shape[0]), (0, page.shape[0])], np.float32)
    home = cv2.getPerspectiveTransform(source, corners.astype(np.float32))
    desk = cv2.resize(
        chance.normal(chance.uniform(60, 150), 18, (60, 45)).astype(np.float32),
        (width, height),
        interpolation=cv2.INTER_CUBIC,
    )
    desk = clipped(desk)
    photo = cv2.warpPerspective(
        page, home, (width, height), dst=desk, flags=cv2.INTER_AREA, borderMode=cv2.BORDER_TRANSPARENT
    )
    return np.ascontiguousarray(np.rot90(photo, 1)) if quarter % 2 else np.asarray(photo, np.uint8)


def light(photo: Grey, chance: Chance, *, darkest: float) -> Grey:
    """Light that falls off smoothly over the desk."""
    coarse = cv2.resize(
        chance.uniform(darkest, 1.0, (3, 3)).astype(np.float32), photo.shape[::-1], interpolation=cv2.INTER_CUBIC
    )
    return clipped(photo * coarse)


def shadowed(photo: Grey, chance: Chance) -> Grey:
    """The shadow of a hand or a phone, with an edge a few millimetres wide."""
    height, width = photo.shape
    small = np.zeros((height // 8, width // 8), np.float32)
    middle = chance.uniform(0.2, 0.8, 2) * (width // 8, height // 8)
    points = middle + np.array([(-1, -0.8), (1.2, -1), (0.8, 1), (-1.1, 0.9)]) * chance.uniform(0.25, 0.6, (4, 2)) * (
        width // 8,
        height // 8,
    )
    cv2.fillPoly(small, [points.astype(np.int32)], 1.0)
    soft = cv2.resize(cv2.GaussianBlur(small, (0, 0), chance.uniform(1.5, 12)), (width, height))
    return clipped(photo * (1 - soft * chance.uniform(0.2, 0.5)))


def shaken(photo: Grey, chance: Chance, length: float) -> Grey:
    size = int(length) * 2 + 1
    kernel = np.zeros((size, size), np.float32)
    angle = chance.uniform(0, np.pi)
    middle = size // 2
    reach = np.array([np.cos(angle), np.sin(angle)]) * length / 2
    ends = [tuple(np.rint(np.array([middle, middle]) + sign * reach).astype(int).tolist()) for sign in (-1, 1)]
    cv2.line(kernel, ends[0], ends[1], 1.0, 1, cv2.LINE_AA)
    return np.asarray(cv2.filter2D(photo, -1, kernel / kernel.sum()), np.uint8)


def crumpled(page: Grey, chance: Chance, reach_mm: float) -> Grey:
    """Paper that was folded and does not lie flat: parts of it move by up to ``reach_mm``."""
    height, width = page.shape
    scale = width / 210
    coarse = chance.normal(0, 1, (2, 6, 5)).astype(np.float32)
    coarse *= reach_mm * scale / np.abs(coarse).max()
    moved = [cv2.resize(one, (width, height), interpolation=cv2.INTER_CUBIC) for one in coarse]
    columns, rows = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    bent = cv2.remap(page, columns + moved[0], rows + moved[1], cv2.INTER_LINEAR, borderValue=200.0)
    slope = cv2.Sobel(cv2.GaussianBlur(moved[1], (0, 0), 30), cv2.CV_32F, 0, 1)
    shade = 1 + 0.15 * slope / max(float(np.abs(slope).max()), 1e-6)
    return clipped(bent * np.clip(shade, 0.8, 1.05))


def noisy(photo: Grey, chance: Chance, sigma: float) -> Grey:
    noise = chance.standard_normal(photo.shape, dtype=np.float32) * sigma
    return clipped(photo + noise)


def compressed(photo: Grey, quality: int) -> Grey:
    _, data = cv2.imencode(".jpg", photo, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return np.asarray(cv2.imdecode(data, cv2.IMREAD_GRAYSCALE), np.uint8)


def clipped(picture: NDArray[Any]) -> Grey:
    bytes_of: Grey = np.clip(picture, 0, 255).astype(np.uint8)
    return bytes_of
