"""Literal text written so that our markup reads it as nothing but text."""

import re

from repository.markup.sanitising import ALLOWED_TAGS

_TAG_LIKE = re.compile(rf"<(?=/?(?:{'|'.join(sorted(ALLOWED_TAGS, key=len, reverse=True))})(?:[\s/][^<>]{{0,2000}})?>)")
_ENTITY_LIKE = re.compile(r"&(?=(?:[a-zA-Z]{2,31}|#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6});)")
_COMMAND_LIKE = re.compile(r"\\(?=[(\[]|begin\{|(?:underline|uline|textbf|textit|emph|texttt)\s?\{)|\\\Z")
_PICTURE_LIKE = re.compile(r"!(?=\[[^\]\n]{0,500}\]\([^()\s]{0,500}\))")
_ODD = re.compile(r"[<&$\\!]")


def escape_text(text: str) -> str:
    """The text as a source that renders as exactly it. Bare TeX (``x^2``) stays, and is read as it is in a paper."""
    if not _ODD.search(text):
        return text
    text = _ENTITY_LIKE.sub("&amp;", text.replace("\\$", "$"))
    text = _TAG_LIKE.sub("&lt;", text)
    text = _COMMAND_LIKE.sub("&#92;", text)
    return _PICTURE_LIKE.sub("&#33;", text).replace("$", "\\$")
