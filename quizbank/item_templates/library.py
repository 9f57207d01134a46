"""The whole library of the language: every module of functions has put its own into the table."""

from quizbank.item_templates import functions_chance, functions_lists, functions_numbers, functions_texts
from quizbank.item_templates.functions import CONSTANTS, LIBRARY

__all__ = ["CONSTANTS", "LIBRARY", "functions_chance", "functions_lists", "functions_numbers", "functions_texts"]
