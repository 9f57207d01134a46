"""A large XML document whose many equal children wait in a file, so that none of them stays in memory."""

import shutil
from collections.abc import Iterable
from typing import IO

from lxml import etree

PLACE = b"<!--here-->"


class Spool:
    """The children of one element of a document.

    Args:
        root: the document without these children; its namespaces are not declared again in them.
        parent: the element in it that gets them.
        file: where they wait.
    """

    def __init__(self, root: etree._Element, parent: etree._Element, file: IO[bytes]) -> None:
        self.root, self.parent, self.file = root, parent, file
        self.known = [f' xmlns{f":{prefix}" if prefix else ""}="{uri}"'.encode() for prefix, uri in root.nsmap.items()]

    def add(self, element: etree._Element) -> None:
        self.file.write(self._text_of(element))

    def write(self, output: IO[bytes], first: Iterable[etree._Element] = ()) -> None:
        """The whole document; ``first`` stand before the children that were added."""
        self.parent.append(etree.Comment("here"))
        head, _, tail = etree.tostring(self.root, xml_declaration=True, encoding="UTF-8").partition(PLACE)
        self.parent.remove(self.parent[-1])
        output.write(head)
        for element in first:
            output.write(self._text_of(element))
        self.file.seek(0)
        shutil.copyfileobj(self.file, output)
        output.write(tail)

    def _text_of(self, element: etree._Element) -> bytes:
        self.parent.append(element)
        opening, sign, rest = etree.tostring(element, encoding="UTF-8", with_tail=False).partition(b">")
        self.parent.remove(element)
        for declaration in self.known:
            opening = opening.replace(declaration, b"")
        return opening + sign + rest
