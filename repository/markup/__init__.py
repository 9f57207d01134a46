"""The text of questions, passages and abstracts: what people write, made safe and readable once, when it is stored.

``render`` for sources (plain text, TeX, pictures, a little HTML), ``clean_html`` for rich text, ``nfc`` for short
fields. Formulas become MathML whose ``annotation`` keeps the TeX: it is not spoken (screen readers read the MathML
itself, where ``alttext`` would make some of them read raw TeX) and copying a formula brings its source along.

Classes for the style sheet:

``m-left m-right``                                   cells of arrays: text-align (and justify-items) left, right
``m-no-pad-left m-no-pad-right``                     cells without padding on that side
``m-pad-left m-thin-right``                          padding-left 1em, padding-right 0.1667em
``m-line-left m-line-right m-line-top m-line-bottom``  a solid rule of 0.05em at that side of a cell
``m-dash-left m-dash-right m-dash-top``              a dashed one
``menclose-*  math-core-serif-font  math-core-sans-serif-font``  strikes and fonts, as the converter names them
``tex``                                              ``<code>`` with TeX that could not be shown as a formula
"""

from repository.markup.characters import nfc
from repository.markup.openings import opening
from repository.markup.rendering import Rendered, excerpt, is_read_as_formula, plain, render
from repository.markup.sanitising import clean_html

__all__ = ["Rendered", "clean_html", "excerpt", "is_read_as_formula", "nfc", "opening", "plain", "render"]
