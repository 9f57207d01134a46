"""Lessons as web pages: a plain HTML zip, SCORM 1.2, SCORM 2004 and H5P. Their scripts are this project's own."""

import json
from functools import cache
from html import escape
from pathlib import Path

from quizbank.demo.lectures.figures import figure_of, wheel
from quizbank.demo.lectures.lessons import Check, Lesson
from quizbank.demo.lectures.study_guides import MIND_MAP, centre_of, spokes_of
from quizbank.demo.lectures.zips import zipped

ASSETS = Path(__file__).with_name("assets")
WORDS = {
    "vi": {
        "right": "Đúng rồi!",
        "wrong": "Chưa đúng, hãy đọc lại phần trên rồi chọn lại.",
        "back": "Trang trước",
        "next": "Trang sau",
        "try": "Thử với mô phỏng",
        "check": "Tự kiểm tra",
    },
    "en": {
        "right": "Right!",
        "wrong": "Not yet. Read the text again and choose once more.",
        "back": "Back",
        "next": "Next",
        "try": "Try the simulation",
        "check": "Check yourself",
    },
}
SCORM_12 = """<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="{id}" version="1.0" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"
  xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
  <metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>
  <organizations default="course">
    <organization identifier="course"><title>{title}</title>
      <item identifier="lesson" identifierref="page"><title>{title}</title></item>
    </organization>
  </organizations>
  <resources>
    <resource identifier="page" type="webcontent" adlcp:scormtype="sco" href="index.html">{files}</resource>
  </resources>
</manifest>
"""
SCORM_2004 = """<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="{id}" version="1.0" xmlns="http://www.imsglobal.org/xsd/imscp_v1p1"
  xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3" xmlns:imsss="http://www.imsglobal.org/xsd/imsss">
  <metadata><schema>ADL SCORM</schema><schemaversion>2004 4th Edition</schemaversion></metadata>
  <organizations default="course">
    <organization identifier="course"><title>{title}</title>
      <item identifier="lesson" identifierref="page"><title>{title}</title>
        <imsss:sequencing><imsss:deliveryControls completionSetByContent="true"/></imsss:sequencing></item>
    </organization>
  </organizations>
  <resources>
    <resource identifier="page" type="webcontent" adlcp:scormType="sco" href="index.html">{files}</resource>
  </resources>
</manifest>
"""
H5P_LIBRARY = {
    "title": "Học Liệu Text",
    "machineName": "H5P.HocLieuText",
    "majorVersion": 1,
    "minorVersion": 0,
    "patchVersion": 0,
    "runnable": 1,
    "author": "Học Liệu",
    "license": "MIT",
    "coreApi": {"majorVersion": 1, "minorVersion": 24},
    "preloadedJs": [{"path": "hoclieu-text.js"}],
    "preloadedCss": [{"path": "hoclieu-text.css"}],
}
H5P_SEMANTICS = [
    {"name": "paragraphs", "type": "list", "entity": "paragraph", "field": {"name": "paragraph", "type": "text"}},
    {
        "name": "questions",
        "type": "list",
        "entity": "question",
        "field": {
            "name": "question",
            "type": "group",
            "fields": [
                {"name": "stem", "type": "text"},
                {"name": "options", "type": "list", "field": {"name": "option", "type": "text"}},
                {"name": "right", "type": "number"},
            ],
        },
    },
    {"name": "rightText", "type": "text"},
    {"name": "wrongText", "type": "text"},
]


@cache
def asset(name: str) -> str:
    return (ASSETS / name).read_text(encoding="utf-8")


def page_of(lesson: Lesson, scripts: tuple[str, ...], author: str) -> str:
    """One page that shows everything without scripts, and pages through it with them."""
    words = WORDS[lesson.language]
    data = " ".join(f'data-{name}="{escape(words[name])}"' for name in ("right", "wrong", "back", "next"))
    tags = "".join(f'<script src="{name}" defer></script>' for name in scripts)
    return f"""<!doctype html>
<html lang="{lesson.language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{escape(lesson.title)}</title><meta name="description" content="{escape(lesson.abstract)}">
<meta name="author" content="{escape(author)}"><link rel="stylesheet" href="lesson.css">{tags}</head>
<body {data}><main><h1>{escape(lesson.title)}</h1>{"".join(sections_of(lesson))}</main></body></html>
"""


def sections_of(lesson: Lesson) -> list[str]:
    words = WORDS[lesson.language]
    parts = ["".join(f"<p>{escape(sentence)}</p>" for sentence in page) for page in lesson.pages]
    if figure := figure_for(lesson):
        parts[0] += f"<figure>{figure}</figure>"
    if has_simulation(lesson):
        label = escape(lesson.title)
        parts[0] += f'<h2>{words["try"]}</h2><div data-simulation="{lesson.asset}" data-label="{label}"></div>'
    if lesson.checks:
        checks = "".join(check_html(check, number) for number, check in enumerate(lesson.checks, 1))
        parts.append(f"<h2>{words['check']}</h2>{checks}")
    return [f"<section>{part}</section>" for part in parts]


def figure_for(lesson: Lesson) -> str:
    if lesson.asset == MIND_MAP:
        return wheel(lesson.title, centre_of(lesson), spokes_of(lesson))
    return figure_of(lesson.asset)


def has_simulation(lesson: Lesson) -> bool:
    return lesson.kind == "html" and (ASSETS / "simulations" / f"{lesson.asset}.js").exists()


def check_html(check: Check, number: int) -> str:
    options = "".join(
        f'<label><input type="radio" name="q{number}" value="{place}"> {escape(option)}</label>'
        for place, option in enumerate(check.options)
    )
    return (
        f'<fieldset id="q{number}" data-right="{check.right}"><legend>{escape(check.stem)}</legend>{options}'
        f'<p class="answer" role="status"></p></fieldset>'
    )


def html_package(lesson: Lesson, author: str) -> bytes:
    """A zip of web pages; a lesson whose asset is a simulation brings it along."""
    files = {"lesson.css": asset("lesson.css"), "lesson.js": asset("lesson.js")}
    scripts: tuple[str, ...] = ("lesson.js",)
    if has_simulation(lesson):
        files["model.js"] = asset(f"simulations/{lesson.asset}.js")
        files["simulation.js"] = asset("simulation.js")
        scripts = ("model.js", "simulation.js", "lesson.js")
    return zipped({"index.html": page_of(lesson, scripts, author), **files})


def scorm_package(lesson: Lesson, author: str, manifest: str) -> bytes:
    files = {
        "index.html": page_of(lesson, ("scorm.js", "lesson.js"), author),
        "lesson.css": asset("lesson.css"),
        "lesson.js": asset("lesson.js"),
        "scorm.js": asset("scorm.js"),
    }
    listed = "".join(f'<file href="{name}"/>' for name in files)
    id = "hoclieu-" + lesson.topic.replace(".", "-")
    described = manifest.format(id=id, title=escape(lesson.title), files=listed)
    return zipped({"imsmanifest.xml": described, **files})


def h5p_package(lesson: Lesson, author: str) -> bytes:
    """An H5P package with the one small library that it needs."""
    words = WORDS[lesson.language]
    head = {
        "title": lesson.title,
        "language": lesson.language,
        "mainLibrary": "H5P.HocLieuText",
        "embedTypes": ["iframe"],
        "license": "CC BY",
        "licenseVersion": "4.0",
        "authors": [{"name": author, "role": "Author"}],
        "preloadedDependencies": [{"machineName": "H5P.HocLieuText", "majorVersion": 1, "minorVersion": 0}],
    }
    content = {
        "paragraphs": list(lesson.sentences),
        "questions": [{"stem": c.stem, "options": list(c.options), "right": c.right} for c in lesson.checks],
        "rightText": words["right"],
        "wrongText": words["wrong"],
    }
    folder = "H5P.HocLieuText-1.0"
    return zipped(
        {
            "h5p.json": json.dumps(head, ensure_ascii=False),
            "content/content.json": json.dumps(content, ensure_ascii=False),
            f"{folder}/library.json": json.dumps(H5P_LIBRARY, ensure_ascii=False),
            f"{folder}/semantics.json": json.dumps(H5P_SEMANTICS),
            f"{folder}/hoclieu-text.js": asset("h5p/hoclieu-text.js"),
            f"{folder}/hoclieu-text.css": asset("h5p/hoclieu-text.css"),
        }
    )
